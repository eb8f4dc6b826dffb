"""The pinned files: whole, by hash, and without a word on where things are fetched."""

import json
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"([\w.-]+)==([\w.!+]+)( ; [^\\\n]+)? \\")
NAME = re.compile(r"[\w-]+")
GROUP_OF = {
    "tests": "test",
    "types": "types",
    "lint": "lint",
    "generate": "generate",
    "build": "build",
    "audit": "audit",
}
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")


def versions(name: str) -> list[tuple[str, str]]:
    """What one of the pinned files names, and its version; more than one where versions of Python differ in it."""
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return [(match[1], match[2]) for line in lines if (match := PIN.fullmatch(line))]


def pins(name: str) -> dict[str, str]:
    """The versions that one of the pinned files names."""
    return dict(versions(name))


def test_there_is_a_file_for_every_session_that_installs() -> None:
    """A file that vanished would make the tests below pass for nothing."""
    names = ["audit", "build", "demo", "generate", "lint", "mutate", "tests", "tests-floor", "types"]
    assert names == sorted(file.stem for file in FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_is_a_pin_or_a_hash_and_every_pin_has_a_hash(file: Path) -> None:
    """No option, no address, no range, no path: pins and hashes are all there is."""
    lines = file.read_text().splitlines()
    assert lines
    assert [] == [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))]
    assert [] == [
        line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if PIN.fullmatch(line) and not HASH.fullmatch(following)
    ]


def test_everything_that_the_project_asks_for_is_pinned_where_it_is_needed() -> None:
    """A dependency that was added without `nox -s lock` is named here, not by a session that lacks it."""
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    extras = asked["project"]["optional-dependencies"]
    shown = [*asked["project"]["dependencies"], *extras["cli"], *extras["sandbox"]]
    wanted = {
        file: [line for line in asked["dependency-groups"][group] if isinstance(line, str)]
        for file, group in GROUP_OF.items()
    }
    project = [*shown, *extras["contract"], *extras["data"]]
    wanted |= {file: [*wanted.get(file, []), *project] for file in ("tests", "tests-floor", "types")}
    wanted["demo"] = shown
    names = {(file, *NAME.findall(line)[:1]) for file, lines in wanted.items() for line in lines}
    assert set() == {(file, name) for file, name in names if name not in pins(file)}


def test_files_agree_on_every_version() -> None:
    """What is type-checked, linted and shown is what is tested; only the floor may be older."""
    agreed = pins("types")
    others = {file.stem: pins(file.stem) for file in FILES if file.stem != "tests-floor"}
    assert [] == [
        (name, tool, version)
        for name, tools in others.items()
        for tool, version in tools.items()
        if agreed.get(tool, version) != version
    ]


def test_the_floor_is_the_oldest_version_that_is_promised() -> None:
    """A floor that no test ever ran with is a guess."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    promised = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    tested = versions("tests-floor")
    floors = [f"{name}{sign}{_short(version)}" for name, version in tested for sign in (">=", "==")]
    assert [] == [line for line in promised if _short(line.partition(",")[0]) not in floors]


def test_the_node_tools_are_exact_and_locked_by_hash_alone() -> None:
    """The lock names what is installed, never where it was fetched."""
    node = ROOT / "requirements" / "node"
    wanted = json.loads((node / "package.json").read_text())["dependencies"]
    locked = json.loads((node / "package-lock.json").read_text())["packages"]
    packages = {name.removeprefix("node_modules/"): entry for name, entry in locked.items() if name}
    assert wanted == {name: packages[name]["version"] for name in wanted}
    assert [] == [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")]
    assert [] == [name for name, entry in packages.items() if "resolved" in entry]


def _short(version: str) -> str:
    """1.5 and 1.5.0 are one version."""
    return re.sub(r"([.]0)+$", "", version)
