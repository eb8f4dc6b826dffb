"""A file's own header and some of its own bytes, as one stream: a part that needs no copy."""

import io
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from typing_extensions import Buffer


class Ranged(io.RawIOBase):
    """Reads ``header``, then the bytes from ``start`` to ``end`` of the file behind it."""

    def __init__(self, file: BinaryIO, header: bytes, start: int, end: int) -> None:
        super().__init__()
        self.file = file
        self._left, self._until = header, end
        self._at = file.seek(start)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "Buffer") -> int:
        """Fill what it can of a buffer."""
        room = memoryview(buffer).cast("B")
        if self._left:
            some, self._left = self._left[: len(room)], self._left[len(room) :]
        else:
            some = self.file.read(min(len(room), self._until - self._at))
            self._at += len(some)
        room[: len(some)] = some
        return len(some)

    def close(self) -> None:
        """Close the file behind it."""
        super().close()
        self.file.close()
