"""Where tables come from: files, pipes, streams, bytes; that a change is noticed, and that copies are private."""

from __future__ import annotations

import builtins
import gzip
import io
import os
import stat
import sys
import threading
from typing import TYPE_CHECKING, cast

import pytest

from memory_imports.errors import InvalidRequest, SourceChanged
from memory_imports.tables.sources import open_table

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

PLAIN = b"a,b\n1,2\n"


def cells(source: str | Path | bytes | BinaryIO, **given: str) -> list[list[str]]:
    """Return the data rows of a source."""
    with open_table(source, **given) as table:  # type: ignore[arg-type]
        return [record.cells for record in table.rows()]


class Once(io.BytesIO):
    """A stream that can be read once, as a socket can."""

    def seekable(self) -> bool:
        """Say that it cannot go back."""
        return False


def test_a_plain_file_may_be_sent_as_it_is(tmp_path: Path) -> None:
    """Its facts are those of its bytes, and it can be read again."""
    path = tmp_path / "people.csv"
    path.write_bytes(PLAIN)
    table = open_table(path)
    assert table.as_is
    assert (str(path), len(PLAIN), ("a", "b"), 4) == (table.name, table.size, table.header, table.header_bytes)
    assert list(table.rows()) == list(table.rows())
    with table.open() as stream:
        assert table.stamp(stream) == table.expected
        assert PLAIN == stream.read()
    table.close()
    assert path.exists()
    assert () == table.notes


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (b"\xef\xbb\xbf" + PLAIN, ["encoding"]),
        (b"a;b\n\xfc;2\n", ["encoding", "delimiter"]),
        (gzip.compress(PLAIN, mtime=0), []),
        (b"a,b\r1,2\r", []),
    ],
)
def test_any_other_file_is_not_sent_as_it_is(tmp_path: Path, content: bytes, notes: list[str]) -> None:
    """What was found out is named in a note."""
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    table = open_table(path)
    assert not table.as_is
    assert [(code, "note") for code in notes] == [(note.code, note.severity) for note in table.notes]


def test_what_is_found_out_can_be_overruled() -> None:
    """By naming an encoding or a delimiter, in words too."""
    assert [["Ã¼;1"]] == cells("a;b\nü;1\n".encode(), encoding="cp1252", delimiter=",")
    assert [["ü", "1"]] == cells("a\tb\nü\t1\n".encode("utf-16"), encoding="UTF-16", delimiter="tab")
    assert [["ü"]] == cells("a\nü\n".encode("utf-16-le"), encoding="utf-16")


@pytest.mark.parametrize(
    "given",
    [
        {"encoding": "klingon"},
        {"encoding": "base64"},
        {"encoding": "a\0b"},
        {"delimiter": ",,"},
        {"delimiter": '"'},
        {"delimiter": "é"},
    ],
)
def test_what_cannot_be_named(given: dict[str, str]) -> None:
    """An encoding that is none, a delimiter that is none."""
    with pytest.raises(InvalidRequest) as caught:
        cells(PLAIN, **given)
    assert next(iter(given)) == caught.value.field


def test_standard_input_is_copied_for_its_owner_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """To be read twice; the copy goes when the table is closed."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN)))
    with open_table("-", spool=tmp_path) as table:
        (folder,) = tmp_path.iterdir()
        (copy,) = folder.iterdir()
        assert (0o700, 0o600) == (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(copy.stat().st_mode))
        assert "standard input" == table.name
        assert list(table.rows()) == list(table.rows())
    assert [] == list(tmp_path.iterdir())


def test_a_copy_is_removed_where_it_is_no_table(tmp_path: Path) -> None:
    """A refusal leaves nothing behind, and neither does a stream that breaks off."""
    with pytest.raises(ValueError, match="empty"):
        open_table(Once(b""), spool=tmp_path)

    class Broken(Once):
        def read(self, size: int | None = -1, /) -> bytes:
            if size:
                raise OSError(5, "Input/output error")
            return b""

    with pytest.raises(InvalidRequest, match="Input/output error"):
        open_table(Broken(), spool=tmp_path)

    class Interrupted(Once):
        def read(self, size: int | None = -1, /) -> bytes:
            if size:
                raise KeyboardInterrupt
            return b""

    with pytest.raises(KeyboardInterrupt):
        open_table(Interrupted(), spool=tmp_path)
    assert [] == list(tmp_path.iterdir())


def test_a_copy_that_cannot_be_made(tmp_path: Path) -> None:
    """The folder for it is not there."""
    with pytest.raises(InvalidRequest, match="No such file"):
        open_table(Once(PLAIN), spool=tmp_path / "none")


def test_a_pipe_is_copied(tmp_path: Path) -> None:
    """A named one, as a shell makes for the output of a command."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(PLAIN,))
    writer.start()
    assert [["1", "2"]] == cells(path)
    writer.join()


def test_streams(tmp_path: Path) -> None:
    """A seekable one is read from where it stands; one that is not is copied."""
    stream = io.BytesIO(b"before" + PLAIN)
    stream.seek(6)
    with open_table(stream) as table:
        assert list(table.rows()) == list(table.rows())
        assert len(PLAIN) == table.size
    assert [["1", "2"]] == cells(Once(PLAIN))
    closed = (tmp_path / "closed").open("wb")
    closed.close()
    for wrong in (io.StringIO("a,b"), 3, closed):
        with pytest.raises(InvalidRequest, match="must be a path"):
            open_table(cast("BinaryIO", wrong))


def test_a_stream_that_is_closed_later() -> None:
    """It is refused when it is read again."""
    stream = io.BytesIO(PLAIN)
    table = open_table(stream)
    stream.close()
    with pytest.raises(InvalidRequest, match="must be a path"):
        list(table.rows())


@pytest.mark.parametrize("path", ["none.csv", "a\0b", ""])
def test_a_path_that_cannot_be_read(tmp_path: Path, path: str) -> None:
    """It is not there, is no path, or is a folder."""
    with pytest.raises(InvalidRequest, match=r"cannot be read|is not a regular file"):
        open_table(tmp_path / path)


def test_a_file_that_goes_away(tmp_path: Path) -> None:
    """It is missed when it is read again."""
    path = tmp_path / "people.csv"
    path.write_bytes(PLAIN)
    table = open_table(path)
    path.unlink()
    with pytest.raises(InvalidRequest, match="No such file"):
        list(table.rows())


def test_a_file_that_changes(tmp_path: Path) -> None:
    """Between two passes, or during one."""
    path = tmp_path / "people.csv"
    path.write_bytes(PLAIN)
    table = open_table(path)
    rows = table.rows()
    next(rows)
    path.write_bytes(PLAIN + PLAIN)
    for again in (rows, table.rows()):
        with pytest.raises(SourceChanged):
            list(again)


def test_a_file_that_changes_to_one_of_the_same_length(tmp_path: Path) -> None:
    """Its time tells, at the end of a pass too."""
    path = tmp_path / "people.csv"
    path.write_bytes(PLAIN)
    table = open_table(path)
    rows = table.rows()
    next(rows)
    os.utime(path, (1, 1))
    with pytest.raises(SourceChanged):
        list(rows)


def test_a_stream_that_grows() -> None:
    """Its length tells."""
    stream = io.BytesIO(PLAIN)
    table = open_table(stream)
    stream.seek(0, os.SEEK_END)
    stream.write(b"3,4\n")
    with pytest.raises(SourceChanged):
        list(table.rows())


def test_a_stream_that_has_more_in_a_pass_than_before() -> None:
    """As much as was there when it was opened is all that may come."""
    stream = io.BytesIO(PLAIN)
    table = open_table(stream)
    stream.truncate(len(PLAIN) - 1)
    with pytest.raises(SourceChanged):
        list(table.rows())


def test_a_disk_that_fails() -> None:
    """The system's word is handed on."""

    class Failing(io.BytesIO):
        fails = False

        def read(self, size: int | None = -1, /) -> bytes:
            if self.fails and size:
                raise OSError(5, "Input/output error")
            return super().read(size)

    stream = Failing(PLAIN)
    table = open_table(stream)
    rows = table.rows()
    next(rows)
    stream.fails = True
    for again in (rows, table.rows()):
        with pytest.raises(InvalidRequest, match="Input/output error"):
            list(again)


def test_zstandard_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence says what to install."""
    found = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name == "zstandard":
            raise ImportError
        return found(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InvalidRequest, match="install memory-imports with its extra data, from where"):
        open_table(b"\x28\xb5\x2f\xfd")


def test_a_long_header_and_a_line_end_on_the_edge_of_what_is_looked_at() -> None:
    """A CRLF that is cut in two there is still one."""
    head = b"a" * (64 * 1024 - 1)
    assert "\r\n" == open_table(head + b"\r\n" + b"1\r\n" * 10).dialect.line_end
