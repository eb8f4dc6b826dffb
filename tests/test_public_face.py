"""What people import: these names, described, cheap to import, and nothing of the HTTP library in a signature."""

import hashlib
import inspect
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import memory_imports
from memory_imports import errors

ROOT = Path(__file__).resolve().parents[1]
NAMES = [
    "SPEC_SHA256",
    "AsyncMemoryImports",
    "ColumnMapping",
    "CreatedImport",
    "Credentials",
    "ImportStatus",
    "ImportSummary",
    "MemoryImports",
    "MemoryImportsError",
    "PartResult",
    "Polling",
    "Progress",
    "Retry",
    "RunResult",
    "__version__",
    "errors",
]
CLIENTS = (memory_imports.MemoryImports, memory_imports.AsyncMemoryImports)
OPERATIONS = ("create", "upload", "fetch", "wait", "list", "run")
# Close without being asked to do anything that could fail.
HARMLESS = {"close", "perform"}


def classes() -> Iterator[type]:
    """Every public class, the errors among them."""
    yield from (each for name in NAMES if inspect.isclass(each := getattr(memory_imports, name)))
    yield from (each for each in vars(errors).values() if inspect.isclass(each) and each.__module__ == errors.__name__)


def members(owner: type) -> Iterator[tuple[str, Any]]:
    """The public functions and properties of a class, inherited ones of ours included."""
    for name in dir(owner):
        found = inspect.getattr_static(owner, name)
        if not name.startswith("_") and (inspect.isfunction(found) or isinstance(found, property)):
            function = found.fget if isinstance(found, property) else found
            if str(getattr(function, "__module__", "")).startswith("memory_imports"):
                yield name, function


def test_the_names_are_these() -> None:
    """Adding one is a decision, losing one breaks people; each is there when asked for, and in dir."""
    assert NAMES == memory_imports.__all__
    assert sorted(NAMES) == dir(memory_imports)
    for name in NAMES:
        assert getattr(memory_imports, name) is not None
    for client in CLIENTS:
        assert set(OPERATIONS) | HARMLESS == {name for name, _ in members(client)}


def test_another_name_is_not_there() -> None:
    """And says so in Python's own way."""
    with pytest.raises(AttributeError, match=r"module 'memory_imports' has no attribute 'Client'"):
        _ = memory_imports.Client


def test_every_error_derives_from_one() -> None:
    """One except clause catches all."""
    kinds = [each for each in classes() if issubclass(each, Exception)]
    assert len(kinds) >= 19
    assert all(issubclass(each, memory_imports.MemoryImportsError) for each in kinds)


def test_signatures_hold_nothing_of_the_http_library() -> None:
    """It can be replaced without breaking anyone."""
    callables: list[Callable[..., Any]] = [*classes()]
    callables += [function for each in classes() for _, function in members(each)]
    read = 0
    for each in callables:
        text = str(inspect.signature(each))
        assert not re.search(r"http[xc]|_api\.client", text), f"{each}: {text}"
        read += 1
    assert read > 40


def test_both_clients_say_the_same() -> None:
    """Names, order, kinds and defaults of every operation's arguments."""
    one, other = CLIENTS
    for name in ("__init__", *OPERATIONS):
        assert inspect.signature(getattr(one, name)).parameters == inspect.signature(getattr(other, name)).parameters


def test_every_public_callable_is_described() -> None:
    """By one sentence first; an operation says what it raises, or where that is said."""
    read = 0
    for owner in classes():
        for name, described in (("", owner), *members(owner)):
            text = inspect.cleandoc(str(described.__doc__))
            first = text.split("\n\n")[0]
            assert described.__doc__, f"{owner.__name__}.{name}"
            assert first.endswith((".", ":")), f"{owner.__name__}.{name}: {first}"
            assert len(first) < 250, f"{owner.__name__}.{name}: {first}"
            read += 1
    assert read > 40
    for name in OPERATIONS:
        assert "\nRaises:\n" in inspect.cleandoc(str(getattr(memory_imports.MemoryImports, name).__doc__)), name
        assert f"`MemoryImports.{name}`" in str(getattr(memory_imports.AsyncMemoryImports, name).__doc__)


@pytest.mark.parametrize(
    "statement",
    ["import memory_imports", "from memory_imports import MemoryImports", "from memory_imports import *"],
)
def test_importing_costs_no_library_of_http_or_of_the_command_line(statement: str) -> None:
    """Those wait until a client is used or a command runs."""
    heavy = "{'httpx', 'httpcore', 'rich', 'rich_argparse', 'argparse', 'click', 'typer', 'ssl', 'yaml', 'jsonschema'}"
    code = f"import sys; before = set(sys.modules); {statement}; print(sorted(({heavy} & set(sys.modules)) - before))"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(str(ROOT / room) for room in ("wrapper", "generated"))},
    )
    assert "[]" == ended.stdout.strip()


def test_names_the_contract_that_it_was_built_on() -> None:
    """By the hash of its bytes."""
    assert hashlib.sha256((ROOT / "openapi" / "imports.yaml").read_bytes()).hexdigest() == memory_imports.SPEC_SHA256


def test_the_largest_size_is_written_in_the_contract_alone() -> None:
    """Digits grouped or not; a second place would be forgotten when the first one moves."""
    git = shutil.which("git")
    assert git is not None
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    files = [Path(name) for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    elsewhere = [file for file in files if not {"openapi", "generated", "tests", "contract_tests"} & set(file.parts)]
    elsewhere = [file for file in elsewhere if not file.name.startswith("test_")]
    limit = re.compile(r"\b104[_,]?857[_,]?600\b|\b100 ?\* ?1024 ?(\* ?1024|<< ?10)|\b100 ?<< ?20\b")
    assert len(elsewhere) > 80
    assert [] == [str(file) for file in elsewhere if limit.search((ROOT / file).read_text("utf-8", "replace"))]
    assert limit.search((ROOT / "openapi" / "imports.yaml").read_text(encoding="utf-8"))


def test_is_silent_and_typed() -> None:
    """No log line unless the application asks for them; type checkers are told to look."""
    logger = logging.getLogger("memory_imports")
    assert ["NullHandler"] == [type(handler).__name__ for handler in logger.handlers]
    assert (ROOT / "wrapper" / "memory_imports" / "py.typed").is_file()
