"""What an upload sends: opened afresh for every attempt, and refused if it has changed in between.

Nothing here knows of HTTP; a body says how many bytes it has and gives them in chunks.
"""

import hashlib
import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from attrs import field, frozen

from memory_imports.errors import InvalidRequest, changed, unreadable

# Measured: 512 KiB chunks are up to twice as fast as 64 KiB ones, larger ones are no faster, and one bytes object is
# slower than any. Each upload under way holds one or two.
CHUNK = 512 * 1024

Source = str | os.PathLike[str] | bytes | BinaryIO


@frozen
class Body:
    """``size`` bytes of ``name``, which ``open`` gives from the start each time it is called.

    ``stamp`` tells one version of the content from another; None where it cannot change. ``sha256`` is the digest that
    the content must have, in hexadecimal, None where any will do.
    """

    name: str
    size: int
    open: Callable[[], AbstractContextManager[BinaryIO]] = field(repr=False)
    stamp: Callable[[BinaryIO], object] = field(repr=False, default=lambda _: None)
    expected: object = field(repr=False, default=None)
    sha256: str | None = field(repr=False, default=None)

    def chunks(self) -> Iterator[bytes]:
        """Yield the content once.

        Raises:
            SourceChanged: The content is not what it was when the body was made.
            InvalidRequest: It cannot be read any more.
        """
        with self.open() as stream:
            if self.stamp(stream) != self.expected:
                raise changed(self.name)
            digest = hashlib.sha256()
            left = self.size
            while left and (chunk := self._read(stream, left)):
                left -= len(chunk)
                # Measured: 800 MiB a second, so that a line of 2.5 gigabits is as full with it as without.
                if self.sha256 is not None:
                    digest.update(chunk)
                # The last chunk stays back where it or the others were of another version: none arrives whole.
                if not left and not self._is_whole(stream, digest.hexdigest()):
                    raise changed(self.name)
                yield chunk
        if left:
            raise changed(self.name)

    def _is_whole(self, stream: BinaryIO, digest: str) -> bool:
        return self.stamp(stream) == self.expected and self.sha256 in {None, digest}

    def _read(self, stream: BinaryIO, left: int) -> bytes:
        try:
            return stream.read(min(CHUNK, left))
        except OSError as problem:
            raise unreadable(self.name, problem) from None


def body_of(source: Source) -> Body:
    """Make a body of a path, bytes or a seekable binary file (from where it stands to its end).

    Raises:
        InvalidRequest: The source cannot be read more than once, or not at all.
    """
    if isinstance(source, bytes):
        return Body("the bytes given", len(source), lambda: io.BytesIO(source))
    if isinstance(source, str | os.PathLike):
        return _of_path(Path(source))
    return _of_stream(source)


def _of_path(path: Path) -> Body:
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
    return Body(str(path), stamp[0], open_file, _file_stamp, stamp)


def _file_stamp(stream: BinaryIO) -> tuple[int, int, int]:
    facts = os.fstat(stream.fileno())
    return (facts.st_size, facts.st_mtime_ns, facts.st_ino)


def _of_stream(stream: BinaryIO) -> Body:
    try:
        start = stream.tell()
        size = max(0, stream.seek(0, os.SEEK_END) - start)
        stream.seek(start)
        is_binary = stream.read(0) == b""
    except (OSError, ValueError, AttributeError, TypeError):
        raise _not_a_source() from None
    if not is_binary:
        raise _not_a_source()

    def rewound() -> AbstractContextManager[BinaryIO]:
        try:
            stream.seek(start)
        except (OSError, ValueError):
            raise _not_a_source() from None
        return nullcontext(stream)

    return Body("the stream given", size, rewound)


def _not_a_source() -> InvalidRequest:
    message = "The source must be a path, bytes or an open, seekable binary file: a retry reads it again."
    return InvalidRequest(message, field="source")
