"""What an upload sends: the same bytes at every attempt, or a refusal."""

import hashlib
import io
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports._body import CHUNK, Body, body_of
from memory_imports._endpoints import RULES
from memory_imports._flow import Part
from memory_imports.errors import InvalidRequest, SourceChanged
from memory_imports.tables.preparation import opened, plan_of
from memory_imports.tables.rules import Options

CONTENT = b"email,name\na@example.com,A\n"


def path_of(folder: Path, content: bytes = CONTENT) -> Path:
    """A file with this content."""
    path = folder / "people.csv"
    path.write_bytes(content)
    return path


def content_of(body: Body) -> bytes:
    """All that one attempt sends."""
    return b"".join(body.chunks())


def test_a_path_is_read_afresh_for_every_attempt(tmp_path: Path) -> None:
    """Text or path object; the name is the path, the size in bytes."""
    path = path_of(tmp_path)
    for source in (path, str(path)):
        body = body_of(source)
        assert (str(path), len(CONTENT)) == (body.name, body.size)
        assert [CONTENT, CONTENT] == [content_of(body), content_of(body)]


def test_bytes_are_sent_as_they_are() -> None:
    """Empty ones as no chunk at all."""
    assert [CONTENT, CONTENT] == [content_of(body_of(CONTENT)) for _ in range(2)]
    assert (0, []) == (body_of(b"").size, list(body_of(b"").chunks()))


def test_a_stream_is_sent_from_where_it_stands(tmp_path: Path) -> None:
    """Every attempt starts at the same place, and the stream stays open for its owner."""
    with path_of(tmp_path).open("rb") as opened:
        for stream in (io.BytesIO(CONTENT), opened):
            stream.seek(11)
            body = body_of(stream)
            assert len(CONTENT) - 11 == body.size
            assert [CONTENT[11:], CONTENT[11:]] == [content_of(body), content_of(body)]
            assert not stream.closed


def test_a_stream_past_its_end_has_nothing_left() -> None:
    """Nothing, not less than nothing."""
    stream = io.BytesIO(CONTENT)
    stream.seek(1000)
    assert (0, b"") == (body_of(stream).size, content_of(body_of(stream)))


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 3 * CHUNK + 1))
def test_chunks_are_of_one_size_but_the_last(size: int) -> None:
    """Full ones until the last, whatever the size."""
    lengths = [len(chunk) for chunk in body_of(bytes(size)).chunks()]
    assert size == sum(lengths)
    assert all(length == CHUNK for length in lengths[:-1])
    assert all(0 < length <= CHUNK for length in lengths[-1:])


class Dribble(io.BytesIO):
    """Gives less than it is asked for, as a raw file may."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Give three bytes at most."""
        return super().read(min(3, 3 if size is None or size < 0 else size))


def test_a_stream_that_gives_less_than_asked_is_read_to_its_end() -> None:
    """Short reads are no end."""
    assert CONTENT == content_of(body_of(Dribble(CONTENT)))


def rewrite(path: Path) -> None:
    """The same length, another time."""
    os.utime(path, ns=(0, 0))


def replace(path: Path) -> None:
    """Another file of the same length and time."""
    facts = path.stat()
    other = path.with_suffix(".new")
    other.write_bytes(CONTENT.swapcase())
    os.utime(other, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    other.replace(path)


def grow(path: Path) -> None:
    """A line more."""
    path.write_bytes(CONTENT * 2)


def shrink(path: Path) -> None:
    """A line less."""
    path.write_bytes(CONTENT[:11])


@pytest.mark.parametrize("change", [rewrite, replace, grow, shrink])
def test_a_file_that_changed_between_attempts_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """Before a byte of it is sent."""
    path = path_of(tmp_path)
    body = body_of(path)
    assert CONTENT == content_of(body)
    change(path)
    with pytest.raises(SourceChanged, match=r"people\.csv has changed"):
        next(body.chunks())


@pytest.mark.parametrize("change", [rewrite, grow])
def test_a_file_that_changes_while_it_is_sent_is_never_sent_whole(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """The last chunk stays back, so the object store gets a torn upload and not a torn file."""
    path = path_of(tmp_path, CONTENT * 100_000)
    sent = []
    body = body_of(path)

    def send() -> None:
        for chunk in body.chunks():
            sent.append(len(chunk))
            if len(sent) == 1:
                change(path)

    with pytest.raises(SourceChanged):
        send()
    assert 0 < sum(sent) < body.size


def edit_unseen(path: Path, at: int) -> None:
    """Another byte in the same file, of the same length and time."""
    facts = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b" ")
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_bytes_that_are_not_those_with_the_digest_are_never_sent_whole(tmp_path: Path, size: int, place: float) -> None:
    """Whatever the file system says of the file: the last chunk stays back, be it the only one."""
    path = path_of(tmp_path, b"x" * size)
    body = evolve(body_of(path), sha256=hashlib.sha256(b"x" * size).hexdigest())
    assert [size, size] == [len(content_of(body)) for _ in range(2)]
    edit_unseen(path, int(place * (size - 1)))
    sent: list[int] = []
    with pytest.raises(SourceChanged, match=r"people\.csv has changed"):
        sent.extend(map(len, body.chunks()))
    assert sum(sent) < size


def test_a_part_is_sent_with_the_bytes_that_were_planned_or_not_at_all(tmp_path: Path) -> None:
    """A cell that was emptied afterwards would empty what is stored, and nobody was asked about that."""
    path = path_of(tmp_path)
    columns = {"email": "Contact.email", "name": "Contact.firstName"}
    with opened([path], Options()) as tables:
        (planned,) = plan_of(tables, columns, RULES, Options()).parts
        part = Part.of("mem_store_00000000000000000000000000", planned)
        assert CONTENT == content_of(part.body)
        edit_unseen(path, CONTENT.rindex(b"A"))
        with pytest.raises(SourceChanged):
            next(part.body.chunks())


def test_a_file_that_shrinks_while_it_is_sent_is_refused(tmp_path: Path) -> None:
    """Fewer bytes than announced are no upload."""
    path = path_of(tmp_path, bytes(CHUNK + 1))
    chunks = body_of(path).chunks()
    assert CHUNK == len(next(chunks))
    os.truncate(path, CHUNK)
    with pytest.raises(SourceChanged):
        next(chunks)


def test_a_stream_that_shrinks_is_refused() -> None:
    """The same for a stream, which has no time of change."""
    stream = io.BytesIO(CONTENT)
    body = body_of(stream)
    stream.truncate(3)
    with pytest.raises(SourceChanged, match="stream"):
        content_of(body)


def test_a_stream_that_its_owner_closed_is_refused() -> None:
    """A retry would need it."""
    stream = io.BytesIO(CONTENT)
    body = body_of(stream)
    stream.close()
    with pytest.raises(InvalidRequest, match="seekable") as caught:
        content_of(body)
    assert "source" == caught.value.field


def folder(here: Path) -> Path:
    """A folder in place of a file."""
    path = here / "folder"
    path.mkdir()
    return path


def missing(here: Path) -> Path:
    """No file."""
    return here / "missing"


def fifo(here: Path) -> Path:
    """A pipe that nobody writes to."""
    path = here / "fifo"
    os.mkfifo(path)
    return path


def nul(here: Path) -> str:
    """A name that no file can have."""
    return f"{here}/a\0b"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (folder, "not a regular file"),
        (missing, "No such file"),
        (fifo, "not a regular file"),
        (nul, "cannot be read"),
        (lambda _: "/dev/zero", "not a regular file"),
    ],
    ids=["folder", "missing", "fifo", "nul", "device"],
)
def test_refuses_what_cannot_be_read_more_than_once(
    tmp_path: Path, make: Callable[[Path], Path | str], reason: str
) -> None:
    """At once: opening a pipe would wait for a writer who never comes."""
    source = make(tmp_path)
    caught: list[BaseException] = []

    def attempt() -> None:
        try:
            body_of(source)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the test looks at it
            caught.append(problem)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(5)
    assert [InvalidRequest] == [type(problem) for problem in caught]
    assert reason in str(caught[0])


def test_a_file_that_is_gone_or_a_pipe_at_the_next_attempt_is_refused(tmp_path: Path) -> None:
    """The second attempt is as careful as the first."""
    path = path_of(tmp_path)
    body = body_of(path)
    path.unlink()
    with pytest.raises(InvalidRequest, match="No such file"):
        content_of(body)
    os.mkfifo(path)
    with pytest.raises(InvalidRequest, match="not a regular file"):
        content_of(body)


def test_refuses_what_it_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's reason is in the sentence; a system without words for it still gives a sentence."""
    path = path_of(tmp_path)

    def refuse(*_: Any, **__: Any) -> BinaryIO:  # noqa: ANN401 - as Path.open
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InvalidRequest, match=r"people\.csv cannot be read: Permission denied\."):
        body_of(path)

    def refuse_wordlessly(*_: Any, **__: Any) -> BinaryIO:  # noqa: ANN401 - as Path.open
        raise OSError

    monkeypatch.setattr(Path, "open", refuse_wordlessly)
    with pytest.raises(InvalidRequest, match=r"cannot be read: OSError\."):
        body_of(path)


def test_refuses_what_is_no_seekable_binary_file() -> None:
    """Text, a socket, anything else."""
    here, there = socket.socketpair()
    with here, there, here.makefile("rb") as not_seekable:
        for source in (io.StringIO("a,b\n"), not_seekable, bytearray(b"a"), 7, None):
            with pytest.raises(InvalidRequest, match="seekable binary file"):
                body_of(source)  # type: ignore[arg-type] # on purpose


def test_a_repr_holds_no_content() -> None:
    """A logged body is its name and its size."""
    assert "Body(name='the bytes given', size=27)" == repr(body_of(CONTENT))
