"""The tree of errors is the one its docstring draws, and every leaf crosses a process with all that it knows."""

import copy
import pickle
import re
from collections.abc import Iterator

import pytest

from memory_imports import errors
from memory_imports.errors import MemoryImportsError, Problem

PROBLEM = Problem(code="blank_cell", severity="error", file="a.csv", row=1, line=2, column="email", message="blank.")
IDS = {"import_id": "mem_import_1", "request_id": "RQ1"}


def examples() -> Iterator[MemoryImportsError]:
    """One of every kind, with all its attributes set."""
    yield errors.InvalidRequest("no", field="pageSize")
    yield errors.CredentialsMissing("no", import_id="mem_import_1", request_id="RQ1", state="PENDING")
    yield errors.FileRefused("no", problems=[PROBLEM], counts={"blank_cell": 7})
    yield errors.SourceChanged("no", state="PENDING")
    conflict = errors.JobConflict("no", import_id="mem_import_1")
    conflict.code = "half_done"
    yield conflict
    for kind in (errors.BadRequest, errors.CredentialsRefused, errors.NotFound, errors.ServiceUnavailable):
        yield kind("no", status=400, code=520046, **IDS)
    limited = errors.RateLimited("no", status=429, code=20429, **IDS)
    limited.retry_after = 7.0
    yield limited
    yield errors.UploadRefused("no", status=400, code="EntityTooLarge", **IDS)
    yield errors.UploadExpired("no", status=403, code="AccessDenied", **IDS)
    yield errors.ContractBroken("no", operation="FetchProfileImportV2", pointer="/status", status=200, **IDS)
    unknown = errors.UnknownState("no", operation="FetchProfileImportV2", pointer="/status", status=200, **IDS)
    unknown.word = "QUEUED"
    yield unknown
    yield errors.ConnectionLost("no", reason="ReadTimeout", import_id="mem_import_1")
    yield errors.WaitTimeout("no", import_id="mem_import_1", state="PROCESSING", waited=600.0)


EXAMPLES = {type(error).__name__: error for error in examples()}


def kinds(kind: type[MemoryImportsError] = MemoryImportsError) -> Iterator[type[MemoryImportsError]]:
    """A kind of error and all kinds of it that the module defines."""
    yield kind
    for below in kind.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from kinds(below)


def drawn() -> Iterator[tuple[str, str, list[str]]]:
    """Name, parent and attributes of each line that the docstring draws."""
    line = re.compile(r"^    ([│├└─ ]*)([A-Z]\w+)(.*)$", re.MULTILINE)
    above: list[str] = []
    for branch, name, words in line.findall(str(errors.__doc__)):
        above = above[: len(branch) // 4]
        yield name, above[-1] if above else "", re.findall(r" \.(\w+)", words)
        above.append(name)


def test_the_tree_is_the_one_that_is_drawn() -> None:
    """Every kind is in the drawing, under its parent."""
    expected = {kind.__name__: kind.__bases__[0].__name__ for kind in kinds()} | {"MemoryImportsError": ""}
    found = {name: parent for name, parent, _ in drawn()}
    assert len(expected) == 19
    assert expected == found


def test_every_leaf_has_an_example_with_what_the_drawing_promises() -> None:
    """The attributes that are drawn are there, those of every error too."""
    leaves = {kind.__name__ for kind in kinds() if not kind.__subclasses__()}
    assert leaves <= set(EXAMPLES)
    attributes = {name: words for name, _, words in drawn()}
    for name, error in EXAMPLES.items():
        promised = [word for kind in type(error).__mro__ for word in attributes.get(kind.__name__, [])]
        for word in ("message", "import_id", "request_id", "state", *promised):
            assert hasattr(error, word), f"{name}.{word}"


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_survives_pickling(name: str, protocol: int) -> None:
    """The same kind, sentence and attributes: a worker's error is as good as one's own."""
    error = EXAMPLES[name]
    again = pickle.loads(pickle.dumps(error, protocol))  # noqa: S301 - what it has just made
    assert (type(error), str(error), error.args, vars(error)) == (type(again), str(again), again.args, vars(again))


@pytest.mark.parametrize("name", EXAMPLES)
def test_survives_copying_with_its_notes(name: str) -> None:
    """As pickling, in one process."""
    error = copy.copy(EXAMPLES[name])
    error.add_note("while importing a.csv")
    again = copy.copy(error)
    assert (str(error), vars(error)) == (str(again), vars(again))
    assert ["while importing a.csv"] == again.__notes__


def test_an_error_is_also_what_python_calls_it() -> None:
    """Code that knows only the language catches the right things."""
    assert isinstance(EXAMPLES["InvalidRequest"], ValueError)
    assert isinstance(EXAMPLES["WaitTimeout"], TimeoutError)
    assert "no" == str(EXAMPLES["WaitTimeout"])


def test_a_refused_file_keeps_its_own_lists() -> None:
    """What the caller does with its lists later changes no error."""
    problems, counts = [PROBLEM], {"blank_cell": 1}
    error = errors.FileRefused("no", problems=problems, counts=counts)
    problems.clear()
    counts.clear()
    assert ((PROBLEM,), {"blank_cell": 1}) == (error.problems, error.counts)


def test_what_to_do_can_be_left_out() -> None:
    """By whoever knows better; it crosses a process, too."""
    advised = errors.advised(errors.JobConflict("It is locked."), "wait for it")
    for problem in (advised, pickle.loads(pickle.dumps(advised))):  # noqa: S301 - our own
        assert ("It is locked; wait for it.", "It is locked.") == (str(problem), problem.fact)
        assert ("It is locked; wait for it.", "wait for it") == (problem.message, problem.advice)
    assert "It is so." == errors.JobConflict("It is so.").fact
