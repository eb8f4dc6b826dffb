"""The page on security: every promise names the tests that hold it, and they are there."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([\w/.-]+\.py)::(test_\w+)`")


@cache
def held_in(file: str) -> frozenset[str]:
    """The tests that a file holds; none if there is no such file."""
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def missing(page: str) -> list[str]:
    """What is named and not there."""
    return [f"{file}::{name}" for file, name in NAMED.findall(page) if name not in held_in(file)]


def unheld(page: str) -> list[str]:
    """The lines of tables that promise something and name no test."""
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    return [row for row in rows if not NAMED.search(row.rsplit(" | ", 1)[-1])]


def test_every_test_that_the_page_names_is_there() -> None:
    """A promise whose test was renamed or removed is no promise."""
    assert [] == missing(PAGE)
    assert len(NAMED.findall(PAGE)) > 60


def test_every_promise_names_a_test() -> None:
    """In each part of the page but the last, which says what is not promised."""
    assert [] == unheld(PAGE)
    *parts, last = PAGE.split("\n## ")[1:]
    assert [] == [part.splitlines()[0] for part in parts if not NAMED.search(part)]
    assert last.startswith("What cannot be promised")


def test_a_promise_that_nothing_holds_is_seen() -> None:
    """A test that is not there, a file that is not there, a line without either."""
    here = "tests/packaging/test_security_page.py"
    page = f"| a | `{here}::test_no_such` |\n| b | `tests/nowhere.py::test_x` |\n| c | |\n"
    assert [f"{here}::test_no_such", "tests/nowhere.py::test_x"] == missing(page)
    assert ["| c | |"] == unheld(page)
