"""Compressed files, known by how they start and read as what is in them."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from memory_imports.errors import InvalidRequest, how_to_install

if TYPE_CHECKING:
    from zstandard import ZstdDecompressionObj

_GZIP = b"\x1f\x8b\x08"
_ZSTD = b"\x28\xb5\x2f\xfd"
_PACKED = 16 * 1024
# Four bytes of a frame can stand for 128 KiB, and what they stand for comes at once: so few are unpacked at a time.
_BITE = 128


# People's rows do not shrink to a tenth of this; a file that does is made to fill disks and to take hours.
SWOLLEN = 200
_HARMLESS = 1024 * 1024 * 1024


class Damaged(Exception):  # noqa: N818 - a finding about the file, turned into a problem by the reader of it
    """What is in the compressed file cannot be had: the code and the sentence of the problem."""

    def __init__(
        self,
        code: str = "damaged",
        message: str = "the compressed file is damaged or cut off; compress it again.",
    ) -> None:
        super().__init__(code)
        self.code: str = code
        self.message: str = message


class Unpacked:
    """The content of a file, compressed or not, given what reads its bytes and how they start."""

    def __init__(self, read: Callable[[int], bytes], head: bytes) -> None:
        self.packed: bool = head.startswith((_GZIP, _ZSTD))
        self._read = self._source = read
        self._taken = self._given = 0
        self._errors: tuple[type[Exception], ...] = ()
        if head.startswith(_GZIP):
            self._read = gzip.GzipFile(fileobj=cast("BinaryIO", _Stream(self._packed))).read
            self._errors = (gzip.BadGzipFile, EOFError, zlib.error)
        elif head.startswith(_ZSTD):
            self._unpack_zstd(self._packed)

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end.

        Raises:
            Damaged: There is something wrong with how they were packed.
        """
        try:
            some = self._read(size)
        except self._errors:
            raise Damaged from None
        self._given += len(some)
        if self.packed and self._given > max(_HARMLESS, SWOLLEN * self._taken):
            message = f"it unpacks to more than {SWOLLEN} times its size; if that is right, give it unpacked."
            raise Damaged("swollen", message)
        return some

    def _packed(self, size: int) -> bytes:
        some = self._source(size)
        self._taken += len(some)
        return some

    def _unpack_zstd(self, read: Callable[[int], bytes]) -> None:
        try:
            import zstandard  # noqa: PLC0415 - an extra
        except ImportError:
            message = f"Zstandard files need another library; {how_to_install('data')}."
            raise InvalidRequest(message, field="source") from None
        self._read = partial(_next, _frames(read, zstandard.ZstdDecompressor().decompressobj))
        self._errors = (zstandard.ZstdError,)


def _frames(read: Callable[[int], bytes], frame: "Callable[[], ZstdDecompressionObj]") -> Iterator[bytes]:
    """Yield what is in each frame; the library's own reader takes one that is cut off for the end."""
    current = None
    while packed := read(_PACKED):
        at = 0
        while at < len(packed):
            current = current or frame()
            bite = packed[at : at + _BITE]
            yield current.decompress(bite)
            at += len(bite) - len(current.unused_data)
            if current.eof:
                current = None
    if current is not None:
        raise Damaged


def _next(chunks: Iterator[bytes], size: int) -> bytes:
    some = bytearray()
    while len(some) < size and (chunk := next(chunks, None)) is not None:
        some += chunk
    return bytes(some)


class _Stream:
    """As much of a binary file as unpacking asks for."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.read = read
