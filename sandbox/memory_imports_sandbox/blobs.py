"""Where uploaded bytes lie: a folder of files, or a dictionary. An object is either whole or not there."""

import io
from pathlib import Path
from typing import BinaryIO, Protocol

from attrs import define, field, frozen

from memory_imports_sandbox.folder import UNFINISHED, WHOLE, objects, own, sweep


class Sink(Protocol):
    """Takes the bytes of one object; nothing is visible before `keep`."""

    def write(self, data: bytes) -> None:
        """Takes some more bytes."""

    def keep(self) -> None:
        """Puts the object in place of the one of that name, at once."""

    def drop(self) -> None:
        """Forgets the bytes."""


class Blobs(Protocol):
    """Objects by name."""

    def begin(self, name: str) -> Sink:
        """Starts an object."""

    def read(self, name: str) -> BinaryIO:
        """Opens an object that is there."""

    def size(self, name: str) -> int | None:
        """Bytes of the object, or None if it is not there."""

    def names(self) -> list[str]:
        """Every object that is there."""

    def remove(self, name: str) -> None:
        """Removes the object, if it is there."""


@frozen
class _MemorySink:
    objects: dict[str, bytes]
    name: str
    parts: list[bytes] = field(factory=list)

    def write(self, data: bytes) -> None:
        self.parts.append(data)

    def keep(self) -> None:
        self.objects[self.name] = b"".join(self.parts)

    def drop(self) -> None:
        self.parts.clear()


@define
class MemoryBlobs:
    """Objects in a dictionary, for simulations."""

    objects: dict[str, bytes] = field(factory=dict, repr=False)

    def begin(self, name: str) -> Sink:
        """Starts an object."""
        return _MemorySink(self.objects, name)

    def read(self, name: str) -> BinaryIO:
        """Opens an object that is there."""
        return io.BytesIO(self.objects[name])

    def size(self, name: str) -> int | None:
        """Bytes of the object, or None if it is not there."""
        return len(self.objects[name]) if name in self.objects else None

    def names(self) -> list[str]:
        """Every object that is there."""
        return list(self.objects)

    def remove(self, name: str) -> None:
        """Removes the object, if it is there."""
        self.objects.pop(name, None)


class _FileSink:
    def __init__(self, unfinished: Path, target: Path) -> None:
        self._target = target
        self._path = unfinished
        unfinished.touch(mode=0o600)
        self._file = unfinished.open("wb")

    def write(self, data: bytes) -> None:
        self._file.write(data)

    def keep(self) -> None:
        self._file.close()
        self._path.replace(self._target)

    def drop(self) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


class FolderBlobs:
    """Objects as files; what an earlier process left unfinished is removed at the start.

    Raises:
        SandboxError: What lies in the places of its folders is something else, or another user's.
    """

    def __init__(self, folder: Path) -> None:
        self._whole = folder / WHOLE
        self._unfinished = folder / UNFINISHED
        self._count = 0
        for path in (self._whole, self._unfinished):
            own(path)
        sweep(self._unfinished)

    def begin(self, name: str) -> Sink:
        """Starts an object."""
        self._count += 1
        return _FileSink(self._unfinished / f"{name}.{self._count}", self._whole / name)

    def read(self, name: str) -> BinaryIO:
        """Opens an object that is there."""
        return (self._whole / name).open("rb")

    def size(self, name: str) -> int | None:
        """Bytes of the object, or None if it is not there."""
        path = self._whole / name
        return path.stat().st_size if path.exists() else None

    def names(self) -> list[str]:
        """Every object that is there."""
        return objects(self._whole)

    def remove(self, name: str) -> None:
        """Removes the object, if it is there."""
        (self._whole / name).unlink(missing_ok=True)
