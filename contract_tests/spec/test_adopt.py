"""What the vendor changed ends up in the contract, and nothing else does."""

import json
from copy import deepcopy
from difflib import unified_diff
from pathlib import Path

import pytest
import yaml

from memory_imports_contract import Severity
from memory_imports_contract.adopt import adopted
from memory_imports_contract.adopt.command import main
from memory_imports_contract.adopt.versions import Bump, sentence
from memory_imports_contract.spec import source
from memory_imports_contract.spec.compare import differences
from memory_imports_contract.spec.document import Document
from memory_imports_contract.spec.merge import changes

from .adoptions import ALL, FACTS, FILE, of, told
from .pair import Pair, Spec
from .silent import SILENT
from .test_catalogue import PAIRS

# These touch code, credentials or addresses, or shapes whose parts need names: a person decides.
BY_HAND = {
    "operation-missing", "operation-moved", "server-changed", "security-changed", "security-added", "security-dropped",
    "parameter-added", "required-parameter-added", "parameter-removed", "parameter-moved", "parameter-encoding-changed",
    "body-removed", "required-body-added", "media-type-added", "media-type-changed", "answer-body-removed",
    "success-changed", "success-removed", "alternative-added", "keyword-added", "unique-items-added",
    "multiple-of-added", "additional-properties-limited", "items-freed",
}  # fmt: skip
NUMBERS: dict[Bump, str] = {"none": "No release", "minor": "a minor version", "major": "a major version"}
KEPT = json.loads(FILE.read_text(encoding="utf-8"))
ODD = {"one shape of two", "404 with a shape of its own", "any other status", "create may answer 200"}


@pytest.fixture(scope="session")
def text() -> str:
    """The contract as it is written."""
    return source.packaged().read_text(encoding="utf-8")


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.name)
def test_a_change_is_taken_over_or_left_to_a_person(pair: Pair, packaged: Spec, text: str) -> None:
    """Afterwards the two agree, or what is left is said; a second time there is nothing to do."""
    raw = deepcopy(packaged)
    pair.change(raw)
    new = Document(raw, "new", older=True)
    outcome = adopted(text, new)
    assert KEPT[pair.name] == told(text, outcome)
    left = [(change.rule, change.where) for change in outcome.by_hand]
    if pair.rule in BY_HAND or pair.name in ODD:
        assert [(pair.rule, pair.where)] == left
        assert text == outcome.text
        return
    assert [] == left
    assert [pair.rule] == [change.rule for change in outcome.adopted]
    contract = source.parse(outcome.text.encode(), "contract")
    assert {Severity.NOTE} >= {change.severity for change in changes(differences(contract, new, contract))}
    again = adopted(outcome.text, new)
    assert (outcome.text, (), ()) == (again.text, again.adopted, again.by_hand)


@pytest.mark.parametrize("name", FACTS)
def test_the_facts_of_something_new_are_taken_over(name: str, packaged: Spec, text: str) -> None:
    """What the contract's readers enforce, in one order, with none of the vendor's words."""
    assert KEPT[name] == told(text, of(FACTS[name], packaged, text))


def test_nothing_is_kept_of_what_is_gone() -> None:
    """Each name in the file is one of a planted change."""
    assert list(ALL) == list(KEPT)


@pytest.mark.parametrize("name", sorted(SILENT))
def test_nothing_is_touched_where_nothing_changed(name: str, packaged: Spec, text: str) -> None:
    """Not a byte."""
    raw = deepcopy(packaged)
    SILENT[name](raw)
    assert text == adopted(text, Document(raw, "new", older=raw["openapi"].startswith("3.0"))).text


@pytest.fixture
def tree(tmp_path: Path, text: str) -> Path:
    """A folder with a contract and a generator that only takes contracts with a maximum it likes."""
    (tmp_path / "imports.yaml").write_text(text, encoding="utf-8")
    generator = (
        "import sys, pathlib\nsys.exit('maximum: 7' in pathlib.Path(__file__).with_name('imports.yaml').read_text())"
    )
    (tmp_path / "generate.py").write_text(generator, encoding="utf-8")
    return tmp_path


def published(folder: Path, packaged: Spec, maximum: int) -> str:
    """A file of the vendor's with another largest page."""
    raw = deepcopy(packaged)
    raw["components"]["schemas"]["PageSize"]["maximum"] = maximum
    path = folder / "vendor.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return str(path)


def run(folder: Path, *arguments: str) -> int:
    """The command, for the contract of a folder."""
    return main([*arguments, "--spec", str(folder / "imports.yaml")])


def test_the_command_changes_one_line_and_says_so(
    tree: Path, packaged: Spec, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text keeps every other byte; once more does nothing."""
    new = published(tree, packaged, 2000)
    assert 0 == run(tree, new)
    after = (tree / "imports.yaml").read_text(encoding="utf-8")
    lines = [line for line in unified_diff(text.splitlines(), after.splitlines(), n=0) if line[0] in "+-"][2:]
    assert ["-      maximum: 1000", "+      maximum: 2000"] == lines
    assert "minor version" in capsys.readouterr().out
    stamp = (tree / "imports.yaml").stat().st_mtime_ns
    assert 0 == run(tree, new)
    assert stamp == (tree / "imports.yaml").stat().st_mtime_ns
    assert "Taken over: 0." in capsys.readouterr().out


def test_a_dry_run_writes_nothing(tree: Path, packaged: Spec, text: str) -> None:
    """It says the same."""
    assert 0 == run(tree, published(tree, packaged, 2000), "--dry-run")
    assert text == (tree / "imports.yaml").read_text(encoding="utf-8")


def test_the_contract_is_changed_alone_where_that_is_asked_for(tree: Path, packaged: Spec) -> None:
    """Not even a generator that would refuse it is run."""
    assert 0 == run(tree, "--no-generate", published(tree, packaged, 7))
    assert "maximum: 7\n" in (tree / "imports.yaml").read_text(encoding="utf-8")


def test_what_the_generator_refuses_is_taken_back(
    tree: Path, packaged: Spec, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The contract and what is generated from it never part."""
    assert 2 == run(tree, published(tree, packaged, 7))
    assert text == (tree / "imports.yaml").read_text(encoding="utf-8")
    assert "nothing was taken over" in capsys.readouterr().err


def test_what_cannot_be_read_is_an_error(tree: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    assert 2 == run(tree, str(tree / "nothing.yaml"))
    assert text == (tree / "imports.yaml").read_text(encoding="utf-8")
    assert "cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("page size maximum raised", "minor"),
        ("state added", "minor"),
        ("order word gone", "major"),
        ("state renamed", "major"),
        ("url renamed", "major"),
        ("fetch gone", "major"),
        ("reworded", "none"),
    ],
)
def test_the_version_follows_what_people_have_to_change(name: str, number: str, packaged: Spec, text: str) -> None:
    """A name or a word that is lost is major, a limit or a word more is minor, words for people are nothing."""
    raw = deepcopy(packaged)
    (SILENT.get(name) or next(pair.change for pair in PAIRS if pair.name == name))(raw)
    assert number == adopted(text, Document(raw, "new", older=True)).bump


def test_every_number_has_its_sentence() -> None:
    """Which names it."""
    assert [True] * 3 == [word in sentence(number) for number, word in NUMBERS.items()]


def test_several_changes_are_taken_over_together(packaged: Spec, text: str) -> None:
    """Each keeps its place."""
    raw = deepcopy(packaged)
    chosen = [
        pair for pair in PAIRS if pair.name in ("state added", "url renamed", "409 on list", "largest file raised")
    ]
    for pair in chosen:
        pair.change(raw)
    outcome = adopted(text, Document(raw, "new", older=True))
    assert ((), 4) == (outcome.by_hand, len(outcome.adopted))
    assert "[PENDING, PROCESSING, COMPLETED, FAILED, QUEUED]" in outcome.text
    assert text.count("#") == outcome.text.count("#") - 1
    assert yaml.safe_load(outcome.text)["components"]["schemas"]["FileSize"]["maximum"] == 209715200
