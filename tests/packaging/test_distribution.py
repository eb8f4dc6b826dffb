"""The checker of built distributions, on distributions with planted faults."""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKER = Path(__file__).with_name("distribution.py")
WHEEL = {
    "memory_imports/__init__.py",
    "memory_imports/py.typed",
    "memory_imports_api/imports.yaml",
    "memory_imports_api/py.typed",
    "memory_imports_contract/py.typed",
    "memory_imports_sandbox/py.typed",
    "memory_imports-1.dist-info/licenses/LICENSE",
}
SOURCE = {"LICENSE", "README.md", "openapi/imports.yaml", "pyproject.toml"}


def pack(folder: Path, wheel: Iterable[str], source: Iterable[str], content: str = "") -> Path:
    """Write a wheel and a source distribution that hold empty files of these names."""
    folder.mkdir()
    with zipfile.ZipFile(folder / "memory_imports-1.whl", "w") as archive:
        for name in sorted(wheel):
            archive.writestr(zipfile.ZipInfo(name), content)
    # Without compression no time stands in the file, and equal contents are equal bytes.
    with tarfile.open(folder / "memory_imports-1.tar.gz", "w") as archive:
        for name in sorted(source):
            archive.addfile(tarfile.TarInfo(f"memory_imports-1/{name}"))
    return folder


def check(first: Path, second: Path) -> subprocess.CompletedProcess[str]:
    """Run the checker as the build session does."""
    command = [sys.executable, str(CHECKER), str(first), str(second)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_passes_two_equal_builds_that_hold_what_people_install(tmp_path: Path) -> None:
    """Nothing is reported, and how much was looked at is."""
    done = check(pack(tmp_path / "first", WHEEL, SOURCE), pack(tmp_path / "second", WHEEL, SOURCE))
    assert "" == done.stderr
    assert 0 == done.returncode
    assert "memory_imports-1.whl: 7 files; memory_imports-1.tar.gz: 4 files\n" == done.stdout


@pytest.mark.parametrize(
    ("wheel", "source", "fault"),
    [
        (WHEEL | {"tests/helper.py"}, SOURCE, "the wheel also holds tests/"),
        (WHEEL | {"memory_imports/test_it.py"}, SOURCE, "the wheel holds a test: memory_imports/test_it.py"),
        (WHEEL | {"memory_imports/__pycache__/a"}, SOURCE, "a leftover: memory_imports/__pycache__/a"),
        (WHEEL - {"memory_imports/py.typed"}, SOURCE, "does not hold memory_imports/py.typed"),
        (
            WHEEL - {"memory_imports_api/imports.yaml"},
            SOURCE,
            "does not hold memory_imports_api/imports.yaml",
        ),
        (
            WHEEL - {"memory_imports-1.dist-info/licenses/LICENSE"} | {"memory_imports-1.dist-info/METADATA"},
            SOURCE,
            "/LICENSE",
        ),
        (WHEEL, SOURCE - {"LICENSE"}, "the source distribution does not hold LICENSE"),
        (WHEEL, SOURCE | {"node_modules/a"}, "the source distribution holds a leftover: node_modules/a"),
    ],
)
def test_it_names_what_a_build_holds_wrongly(tmp_path: Path, wheel: set[str], source: set[str], fault: str) -> None:
    """Each fault alone, in both builds alike, is one sentence and exit code 1."""
    done = check(pack(tmp_path / "first", wheel, source), pack(tmp_path / "second", wheel, source))
    assert 1 == done.returncode
    assert fault in done.stderr
    assert 1 == done.stderr.count("\n")


def test_it_names_a_file_that_two_builds_made_differently(tmp_path: Path) -> None:
    """The same names with other contents are not the same build."""
    done = check(pack(tmp_path / "first", WHEEL, SOURCE), pack(tmp_path / "second", WHEEL, SOURCE, "later"))
    assert 1 == done.returncode
    assert "two builds of memory_imports-1.whl differ\n" == done.stderr
