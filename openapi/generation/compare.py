"""Compares two folders both ways and makes one like the other. Knows nothing of what is in them."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

IGNORED = "__pycache__"


def files(folder: Path) -> dict[str, bytes]:
    """Returns the bytes of every file below `folder`, by relative path, but for Python's caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and IGNORED not in path.parts
    }


def differences(fresh: Path, standing: Path) -> Iterator[str]:
    """Yields a sentence and a unified diff for every file of `standing` that is not as in `fresh`."""
    wanted, found = files(fresh), files(standing)
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield f"{standing.name}/{name} is missing.\n"
        elif name not in wanted:
            yield f"{standing.name}/{name} does not come from the generator.\n"
        elif found[name] != wanted[name]:
            yield f"{standing.name}/{name} is not what the generator writes.\n"
        else:
            continue
        yield from _diff(f"{standing.name}/{name}", found.get(name), wanted.get(name))


def replace(fresh: Path, standing: Path) -> list[str]:
    """Makes `standing` equal to `fresh`, touching only what differs; returns the paths that it touched."""
    wanted, found = files(fresh), files(standing)
    touched = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    for name in touched:
        path = standing / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name])
        else:
            path.unlink()
    return touched


def _diff(name: str, found: bytes | None, wanted: bytes | None) -> Iterator[str]:
    before, after = ((side or b"").decode("utf-8", "replace").splitlines() for side in (found, wanted))
    source = "/dev/null" if found is None else name
    target = "/dev/null" if wanted is None else name
    for line in difflib.unified_diff(before, after, source, target, lineterm=""):
        yield f"{line}\n"
