"""One pass over the bytes of a file: what they say, and whether the file is still the one it was."""

import os
from typing import TYPE_CHECKING, BinaryIO

from memory_imports.errors import changed, unreadable
from memory_imports.tables.raw import Raw
from memory_imports.tables.unpacking import Unpacked

if TYPE_CHECKING:
    from collections.abc import Callable


class Content:
    """``read`` gives the bytes as they were before they were packed, if they are ``packed``."""

    def __init__(self, raw: Raw, stream: BinaryIO) -> None:
        self._raw, self._stream, self._length = raw, stream, 0
        self._check()
        head = self._read(4)
        stream.seek(-len(head), os.SEEK_CUR)
        unpacked = Unpacked(self._bytes, head)
        self.packed: bool = unpacked.packed
        self.read: Callable[[int], bytes] = unpacked.read

    def finish(self) -> None:
        """See that the file, read to its end, is still the one it was."""
        if self._length != self._raw.size:
            raise changed(self._raw.name)
        self._check()

    def _bytes(self, size: int) -> bytes:
        some = self._read(size)
        self._length += len(some)
        return some

    def _read(self, size: int) -> bytes:
        try:
            return self._stream.read(size)
        except OSError as problem:
            raise unreadable(self._raw.name, problem) from None

    def _check(self) -> None:
        if self._raw.stamp(self._stream) != self._raw.expected:
            raise changed(self._raw.name)
