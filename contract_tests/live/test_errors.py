"""A field that one kind of error lacks and all others have has vanished; what is always missing was never promised."""

import json
from pathlib import Path

import pytest
import yaml

from memory_imports_contract.live import contract
from memory_imports_contract.live.answers import Answer
from memory_imports_contract.live.book import Book
from memory_imports_contract.live.errors import Errors
from memory_imports_contract.live.exchange import Ask, Exchange

CONTRACT = contract.read()
LIST, FETCH, CREATE = CONTRACT.listing, CONTRACT.fetch, CONTRACT.create
WHOLE = {"code": 400, "message": "No.", "more_info": "https://a.example", "status": 400}
BARE = {name: value for name, value in WHOLE.items() if name != "more_info"}


def said(*answers: tuple[contract.Operation, int, dict[str, object]]) -> list[tuple[str, str, str]]:
    """What is said of these errors."""
    errors, book = Errors(), Book()
    for operation, status, document in answers:
        exchange = Exchange(Ask("GET", "https://a.example"), status, (), json.dumps(document).encode(), 0.0)
        errors.note(Answer(operation, exchange, ok=True, document=document))
    errors.judge(book)
    return [(one.rule, one.operation, one.where) for one in book.findings()]


FOUND = ("field-vanished", LIST.name, "/answer/body/more_info")
OTHERS = ((FETCH, 404, WHOLE), (CREATE, 400, WHOLE), (FETCH, 401, WHOLE))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([(LIST, 400, BARE), *OTHERS], [FOUND]),
        ([(LIST, 400, BARE), (LIST, 404, BARE), *OTHERS], [FOUND]),
        (
            [(LIST, 401, BARE), (CREATE, 401, BARE), *OTHERS[:2], (LIST, 400, WHOLE)],
            [(FOUND[0], f"{LIST.name}, {CREATE.name}", FOUND[2])],
        ),
        ([(LIST, 400, BARE), *OTHERS[:2]], []),  # too few others to tell
        ([(LIST, 400, BARE), (CREATE, 404, BARE), *OTHERS], []),  # nothing in common
        ([(LIST, 400, BARE), (LIST, 400, WHOLE), *OTHERS], []),  # now and then
        ([(LIST, 400, BARE), (FETCH, 403, BARE), (FETCH, 403, WHOLE), *OTHERS], []),  # now and then elsewhere
        ([(one, status, BARE) for one, status, _ in OTHERS], []),  # never
        (list(OTHERS), []),
        ([(LIST, 401, BARE), (CREATE, 401, BARE), (FETCH, 401, BARE), (LIST, 403, BARE), *OTHERS[:2]], []),
        (
            [(LIST, status, BARE) for status in (400, 401, 403, 404)] + list(OTHERS),
            [],
        ),  # more of them than of the others
    ],
)
def test_a_field_has_vanished_where_all_other_errors_have_it(
    answers: list[tuple[contract.Operation, int, dict[str, object]]], expected: list[tuple[str, str, str]]
) -> None:
    """One operation or one status that lacks it, at least three others that do not, and none in between."""
    assert expected == said(*answers)


def test_a_specification_may_show_no_examples(tmp_path: Path) -> None:
    """Then it says nothing of codes, and all else as before."""
    raw = yaml.safe_load(contract.packaged().read_text(encoding="utf-8"))
    for answer in raw["components"]["responses"].values():
        answer["content"]["application/json"].pop("examples", None)
    path = tmp_path / "imports.yaml"
    path.write_text(yaml.safe_dump(raw), encoding="utf-8")
    found = contract.read(path).fetch
    assert (FETCH.answers, dict.fromkeys(FETCH.codes, frozenset())) == (found.answers, found.codes)
