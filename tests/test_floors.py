"""Each module imports only what ARCHITECTURE.md draws below it; read from the sources, for a run sees one path only."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"memory_imports": "wrapper", "memory_imports_sandbox": "sandbox", "memory_imports_contract": "contract_tests"}
HTTP = {"httpx", "httpx2", "httpcore", "requests", "aiohttp", "urllib3"}
SPEAKERS = {"_http", "_deadline", "_probe", "_drive_sync", "_drive_async"}
# These two share a line: the errors are the lower one.
SAME_LINE = {("models", "errors")}
# Names one generated enum, as a type only.
AS_A_TYPE = {("memory_imports.models", "memory_imports_api")}
FORBIDDEN = {
    "memory_imports": {"memory_imports_sandbox", "memory_imports_contract"},
    "memory_imports_sandbox": {"memory_imports", "memory_imports_api", "memory_imports_contract", *HTTP},
    "memory_imports_contract": {"memory_imports", "memory_imports_sandbox"},
}
Floors = Mapping[str, int]


def floors() -> Floors:
    """The line on which each module is drawn; `_flow.` before those drawn inside it."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    drawing = text.partition("## Floors of the wrapper")[2].split("```")[1]
    found: dict[str, int] = {}
    for number, line in enumerate(drawing.splitlines()):
        names = line[:36]
        prefix = "_flow." if re.match(r" {2}\w", names) else ""
        for name in re.findall(r"\w+", names.replace(".py", "").replace("/", "")):
            found[prefix + name] = number
    return found


@cache
def sources() -> dict[str, str]:
    """The source of every hand-written module of the packages, by its full name; a package's ends in __init__."""
    return {
        ".".join(file.relative_to(ROOT / room).with_suffix("").parts): file.read_text(encoding="utf-8")
        for package, room in ROOMS.items()
        for file in sorted((ROOT / room / package).rglob("*.py"))
    }


def imports(name: str, source: str, known: Collection[str]) -> Iterator[tuple[int, str, bool]]:
    """Line, target and whether for types only, of every import: at the top, in a function, relative."""
    tree = ast.parse(source)
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, id(node) in typing) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = name.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                is_module = inner in known or f"{inner}.__init__" in known
                yield node.lineno, inner if is_module else base, id(node) in typing


def place(name: str) -> str:
    """The floor's name of a module of the wrapper: its file's or its folder's."""
    return name.split(".")[1] if "." in name else "__init__"


def complaint(name: str, target: str, drawn: Floors, *, typing: bool) -> str | None:
    """What is wrong with one import; None if nothing."""
    package, to = name.split(".", maxsplit=1)[0], target.split(".", maxsplit=1)[0]
    here = place(name)
    if to in FORBIDDEN[package]:
        return "another package"
    if package != "memory_imports":
        return None
    if to in HTTP and here not in SPEAKERS:
        return "the HTTP library"
    if to == "memory_imports_api" and here != "_endpoints" and not (typing and (name, to) in AS_A_TYPE):
        return "the generated package"
    if to != "memory_imports" or here in {"__init__", "__main__"}:
        return None
    return within(name, target, drawn)


def within(name: str, target: str, drawn: Floors) -> str | None:
    """What is wrong with one import of the wrapper by itself; None if nothing."""
    here, there = place(name), place(target)
    if there == "__init__":
        return "the public face"
    if here == "tables" and there not in {"tables", "models", "errors"}:
        return "more than errors and models"
    if here == there:
        step, other = (each.removeprefix("memory_imports.") for each in (name, target))
        is_drawn = step in drawn and other in drawn
        return "upwards" if is_drawn and drawn[other] < drawn[step] else None
    return None if drawn[there] > drawn[here] or (here, there) in SAME_LINE else "upwards"


def complaints(checked: Mapping[str, str], drawn: Floors, known: Collection[str]) -> list[str]:
    """Each import that goes where it may not, in a tree that knows these modules."""
    return [
        f"{name}:{line} imports {target}: {wrong}"
        for name, source in checked.items()
        for line, target, typing in imports(name, source, known)
        if (wrong := complaint(name, target, drawn, typing=typing))
    ]


def test_every_module_imports_only_what_is_below_it() -> None:
    """In the tree as it is."""
    assert [] == complaints(sources(), floors(), sources())


def test_the_drawing_and_the_tree_show_the_same_modules() -> None:
    """Enough files were read in each package, every module of the wrapper is drawn, and nothing else is."""
    read = sources()
    counts = {package: sum(name.split(".")[0] == package for name in read) for package in ROOMS}
    assert {"memory_imports": True, "memory_imports_sandbox": True, "memory_imports_contract": True} == {
        package: count >= least for (package, count), least in zip(counts.items(), (50, 20, 25), strict=True)
    }
    assert sum(1 for name, source in read.items() for _ in imports(name, source, read)) > 500
    present = {place(name) for name in read if name.startswith("memory_imports.")} - {"__init__", "__main__"}
    assert present == {name for name in floors() if "." not in name}
    drawn_inside = {name for name in floors() if "." in name}
    assert drawn_inside <= {name.removeprefix("memory_imports.") for name in read}


FAULTS: dict[str, tuple[str, str, str]] = {
    "upwards": ("memory_imports._policy", "from memory_imports._answers import read", "upwards"),
    "upwards, in a function": ("memory_imports._url", "def f():\n    import memory_imports._policy", "upwards"),
    "upwards, relative": ("memory_imports._body", "from ._effects import Call", "upwards"),
    "upwards, relative, a module": ("memory_imports._body", "from . import _effects", "upwards"),
    "upwards, two folders up": ("memory_imports._flow.wait", "from ..client import MemoryImports", "upwards"),
    "upwards, by a package": ("memory_imports._flow.__init__", "from ..client import MemoryImports", "upwards"),
    "upwards, for a type": (
        "memory_imports.errors",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from memory_imports.models import Order",
        "upwards",
    ),
    "a neighbour": ("memory_imports._drive_sync", "from memory_imports import _drive_async", "upwards"),
    "the public face": ("memory_imports._url", "from memory_imports import MemoryImports", "the public face"),
    "a step of a flow, upwards": ("memory_imports._flow.retry", "from memory_imports._flow.run import run", "upwards"),
    "tables of HTTP": ("memory_imports.tables.scan", "from memory_imports._url import scrub", "errors and models"),
    "httpx in a flow": ("memory_imports._flow.wait", "import httpx", "the HTTP library"),
    "httpx in the client": ("memory_imports.client", "def f():\n    from httpx import URL", "the HTTP library"),
    "generated in the client": ("memory_imports.client", "from memory_imports_api import models", "the generated"),
    "generated in the models": ("memory_imports.models", "from memory_imports_api.models import X", "the generated"),
    "generated as a type elsewhere": (
        "memory_imports._flow.wait",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import memory_imports_api",
        "the generated",
    ),
    "the sandbox in the wrapper": ("memory_imports.cli.demo", "import memory_imports_sandbox.app", "another package"),
    "the wrapper in the sandbox": ("memory_imports_sandbox.world", "from memory_imports import errors", "another"),
    "generated in the sandbox": ("memory_imports_sandbox.world", "import memory_imports_api.contract", "another"),
    "the sandbox in the detector": ("memory_imports_contract.live.run", "import memory_imports_sandbox", "another"),
    "the wrapper in the detector": ("memory_imports_contract.spec.rules", "import memory_imports._schema", "another"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str) -> None:
    """Each kind of wrong import, in place of a module that is there."""
    name, source, expected = FAULTS[fault]
    assert name in sources()
    found = complaints({name: source}, floors(), sources())
    assert 1 == len(found)
    assert f"{name}:" in found[0]
    assert expected in found[0]


def test_what_is_allowed_is_not_complained_of() -> None:
    """Downwards at any depth, the one type, and the HTTP library where it belongs."""
    known = {
        "memory_imports.client": "from memory_imports import _flow\nfrom . import errors, models",
        "memory_imports.models": "from typing import TYPE_CHECKING\nfrom .errors import Problem\n"
        "if TYPE_CHECKING:\n    from memory_imports_api.models import ImportState",
        "memory_imports._http": "import httpx",
        "memory_imports._flow.run": "from memory_imports._flow.retry import Tries\nimport json",
        "memory_imports.errors": "",
        "memory_imports._flow.__init__": "from memory_imports._flow.run import run",
    }
    assert [] == complaints(known, floors(), known)
