"""The bytes of a source, to be read more than once: a file, bytes, a stream; what comes only once is copied.

A copy is for its owner's eyes only, in a folder of its own, and is removed when it is discarded.
"""

import io
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from memory_imports.errors import InvalidRequest, unreadable
from memory_imports.tables.encoding import CHUNK
from memory_imports.tables.private import NEW

# What is called so in sentences has no name of its own.
BYTES, STREAM, TABLE, INPUT = NAMELESS = ("the bytes given", "the stream given", "the table given", "standard input")


@frozen(kw_only=True)
class Raw:
    """``size`` bytes that ``open`` gives from the start each time; ``stamp`` tells one version from another."""

    name: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]] = field(repr=False)
    stamp: Callable[[BinaryIO], object] = field(repr=False, default=lambda _: None)
    expected: object = field(repr=False, default=None)
    discard: Callable[[], None] = field(repr=False, default=lambda: None)


def raw_of(source: str | os.PathLike[str] | bytes | BinaryIO, spool: Path | None) -> Raw:
    """Return the bytes of a source; "-" is standard input.

    Raises:
        InvalidRequest: It cannot be read.
    """
    if isinstance(source, bytes):
        return Raw(name=BYTES, size=len(source), open=lambda: io.BytesIO(source))
    if source == "-":
        return copied(INPUT, lambda out: shutil.copyfileobj(sys.stdin.buffer, out, CHUNK), spool)
    if isinstance(source, str | os.PathLike):
        return _of_path(Path(source), spool)
    return _of_stream(source, spool)


def copied(name: str, fill: Callable[[BinaryIO], object], spool: Path | None) -> Raw:
    """Return what ``fill`` writes, kept in a private file until it is discarded.

    Raises:
        InvalidRequest: It cannot be read or written.
    """
    folder = None
    try:
        folder = Path(tempfile.mkdtemp(prefix="memory-imports-", dir=spool))
        with os.fdopen(os.open(folder / "source", NEW, 0o600), "wb") as out:
            fill(out)
        raw = _of_file(folder / "source")
    except BaseException as problem:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(problem, OSError | ValueError) and not isinstance(problem, InvalidRequest):
            raise unreadable(name, problem) from None
        raise
    return Raw(
        name=name,
        size=raw.size,
        open=raw.open,
        stamp=raw.stamp,
        expected=raw.expected,
        discard=lambda: shutil.rmtree(folder, ignore_errors=True),
    )


def _of_path(path: Path, spool: Path | None) -> Raw:
    try:
        is_pipe = stat.S_ISFIFO(path.stat().st_mode)
    except (OSError, ValueError) as problem:
        raise unreadable(str(path), problem) from None
    if not is_pipe:
        return _of_file(path)

    def fill(out: BinaryIO) -> None:
        with path.open("rb") as stream:
            shutil.copyfileobj(stream, out, CHUNK)

    return copied(str(path), fill, spool)


def _of_file(path: Path) -> Raw:
    def open_file() -> BinaryIO:
        try:
            # Nothing else is opened: a pipe would keep us waiting until someone writes to it.
            stream = path.open("rb") if stat.S_ISREG(path.stat().st_mode) else None
        except (OSError, ValueError) as problem:
            raise unreadable(str(path), problem) from None
        if stream is None:
            raise InvalidRequest(f"{path} is not a regular file; save it as one first.", field="source")
        return stream

    with open_file() as stream:
        stamp = _file_stamp(stream)
    return Raw(name=str(path), size=stamp[0], open=open_file, stamp=_file_stamp, expected=stamp)


def _file_stamp(stream: BinaryIO) -> tuple[int, int, int]:
    facts = os.fstat(stream.fileno())
    return (facts.st_size, facts.st_mtime_ns, facts.st_ino)


def _of_stream(stream: BinaryIO, spool: Path | None) -> Raw:
    try:
        is_binary = stream.read(0) == b""
        is_seekable = is_binary and stream.seekable()
        start = stream.tell() if is_seekable else 0
        size = stream.seek(0, os.SEEK_END) - start if is_seekable else 0
    except (OSError, ValueError, AttributeError, TypeError):
        raise _not_a_source() from None
    if not is_binary:
        raise _not_a_source()
    if not is_seekable:
        return copied(STREAM, lambda out: shutil.copyfileobj(stream, out, CHUNK), spool)

    def rewound() -> AbstractContextManager[BinaryIO]:
        try:
            stream.seek(start)
        except (OSError, ValueError):
            raise _not_a_source() from None
        return nullcontext(stream)

    rewound()
    return Raw(name=STREAM, size=max(0, size), open=rewound)


def _not_a_source() -> InvalidRequest:
    return InvalidRequest("The source must be a path, bytes or an open binary file.", field="source")
