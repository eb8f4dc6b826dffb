"""Looks into freshly built distributions: `python distribution.py FOLDER FOLDER`.

Two folders, each with one wheel and one source distribution, must hold the same bytes, and the wheel exactly
what people install. Needs nothing but the standard library; builds nothing itself and is no test module.
"""

import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGES = {"memory_imports", "memory_imports_api", "memory_imports_contract", "memory_imports_sandbox"}
MUST_HOLD = {
    "memory_imports/__init__.py",
    "memory_imports/py.typed",
    "memory_imports_api/imports.yaml",
    "memory_imports_api/py.typed",
    "memory_imports_contract/py.typed",
    "memory_imports_sandbox/py.typed",
}
SOURCE_MUST_HOLD = {"LICENSE", "README.md", "openapi/imports.yaml", "pyproject.toml"}
# Made by running, not by writing: their presence says that the tree was packed and not the project.
LEFTOVERS = {".git", ".hypothesis", ".mypy_cache", ".nox", ".ruff_cache", "__pycache__", "node_modules"}


def wheel_faults(names: set[str]) -> list[str]:
    """What is wrong with a wheel that holds these files, one sentence each."""
    tops = {name.partition("/")[0] for name in names}
    metadata = {top for top in tops if top.endswith(".dist-info")}
    licences = {f"{top}/licenses/LICENSE" for top in metadata}
    faults = [f"the wheel also holds {top}/" for top in sorted(tops - PACKAGES - metadata)]
    faults += [f"the wheel does not hold {name}" for name in sorted((MUST_HOLD | licences) - names)]
    faults += [f"the wheel holds a test: {name}" for name in sorted(names) if "test_" in name or "conftest" in name]
    return faults + _leftovers("the wheel", names)


def source_faults(names: set[str]) -> list[str]:
    """What is wrong with a source distribution that holds these files (its top folder taken off)."""
    faults = [f"the source distribution does not hold {name}" for name in sorted(SOURCE_MUST_HOLD - names)]
    return faults + _leftovers("the source distribution", names)


def folder_faults(first: Path, second: Path) -> list[str]:
    """What differs between two builds of the same tree."""
    names = [{file.name for file in folder.iterdir()} for folder in (first, second)]
    if names[0] != names[1]:
        return [f"two builds made different files: {sorted(names[0])}, {sorted(names[1])}"]
    return [
        f"two builds of {name} differ"
        for name in sorted(names[0])
        if (first / name).read_bytes() != (second / name).read_bytes()
    ]


def _leftovers(where: str, names: set[str]) -> list[str]:
    return [f"{where} holds a leftover: {name}" for name in sorted(names) if LEFTOVERS & set(name.split("/"))]


def main(first: Path, second: Path) -> int:
    """Say every fault on standard error; 1 if there is one."""
    (wheel,) = first.glob("*.whl")
    (source,) = first.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    with tarfile.open(source) as archive:
        written = {name.partition("/")[2] for name in archive.getnames()}
    faults = [*folder_faults(first, second), *wheel_faults(packed), *source_faults(written)]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    sys.stdout.write(f"{wheel.name}: {len(packed)} files; {source.name}: {len(written)} files\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:3])))
