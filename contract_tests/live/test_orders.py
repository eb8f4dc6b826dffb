"""Which lists are in order: by what imports tell of themselves, and by when this run has made them."""

import pytest

from memory_imports_contract.live import contract
from memory_imports_contract.live.answers import Answer, Gap
from memory_imports_contract.live.bench import Bench, Created
from memory_imports_contract.live.checks.orders import Shown, orders
from memory_imports_contract.live.exchange import Ask, Exchange
from memory_imports_contract.live.session import Session

CONTRACT = contract.read()
SEEN = Exchange(Ask("GET", "https://a.example"), 200, (), b"", 0.0)
SECONDS = {"a": 1, "b": 2, "c": 2, "d": 5, "e": 9}


class Told(Bench):
    """A bench that knows when imports were created without asking anybody."""

    def fetch(self, import_id: str, rule: str = "") -> Answer:  # noqa: ARG002 - as the bench has it
        """The import tells its second; some tell nothing."""
        second = SECONDS.get(import_id)
        document = {} if second is None else {"createdAt": f"2026-10-05T14:48:0{second}Z"}
        return Answer(CONTRACT.fetch, SEEN, ok=True, document=document)


def said(*lists: Shown, made: dict[str, float] | None = None) -> list[tuple[str, str]]:
    """What is said of the lists."""
    bench = Told(CONTRACT, Session("https://a.example", ("u", "p"), 1, 0.0), "store", "create", 0, 1.0)
    bench.created += [
        Created({}, Answer(CONTRACT.create, SEEN, ok=True), one, None, at) for one, at in (made or {}).items()
    ]
    orders(bench, lists)
    return [(one.rule, one.message) for one in bench.book.findings()]


def shown(ids: str, *, rising: bool = False, rule: str = "list-order") -> Shown:
    """A list of imports with names of one letter."""
    return Shown("ASC" if rising else "DESC", list(ids), Answer(CONTRACT.listing, SEEN, ok=True), rule, rising=rising)


NEWEST = ("list-order", "With DESC the imports are not by createdAt, newest first.")
OLDEST = ("list-order", "With ASC the imports are not by createdAt, oldest first.")


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ([shown("edcba"), shown("abcde", rising=True)], []),
        ([shown("edbca"), shown("acbde", rising=True)], []),  # of one moment
        ([shown("edxca"), shown("axcde", rising=True)], []),  # tells nothing
        ([shown("abcde")], [NEWEST]),
        ([shown("edcab")], [NEWEST]),
        ([shown("edcba"), shown("edcba", rising=True)], [OLDEST]),
        ([shown("edcba"), shown("abced", rising=True)], [OLDEST]),
        ([shown("edcba"), shown("dcba", rule="default-order")], [("default-order", NEWEST[1])]),
        ([shown("dcba"), shown("edcba", rule="default-order")], []),  # somebody made one meanwhile
        ([shown(""), shown("", rising=True)], []),
    ],
)
def test_a_list_is_by_what_its_imports_tell(lists: list[Shown], expected: list[tuple[str, str]]) -> None:
    """At both ends and in the middle; one that falls begins with the newest."""
    assert expected == said(*lists)


@pytest.mark.parametrize(
    ("ids", "made", "good"),
    [
        ("zyx", {"x": 1.0, "y": 2.0, "z": 3.0}, True),
        ("xyz", {"x": 1.0, "y": 2.1, "z": 3.0}, False),
        ("xyz", {"x": 1.0, "y": 2.0, "z": 3.0}, True),  # z may have been made a moment after x
        ("zxy", {"x": 1.0, "y": 1.5, "z": 3.0}, True),  # made within a second
        ("yxz", {"x": 1.0, "y": 1.5, "z": 1.9}, True),
        ("yqxz", {"x": 1.0, "y": 5.0, "z": 9.0}, False),
        ("zqyx", {"x": 1.0, "y": 5.0, "z": 9.0}, True),  # another one's import among them
    ],
)
def test_a_list_is_by_when_its_imports_were_made(ids: str, made: dict[str, float], good: bool) -> None:  # noqa: FBT001 - pytest names it
    """All of those of this run, in either direction."""
    assert ([] if good else [NEWEST]) == said(shown(ids), made=made)
    assert ([] if good else [OLDEST]) == said(shown(ids[::-1], rising=True), made=made)


def test_a_value_is_one_that_can_be_relied_on() -> None:
    """Not below what is wrong, nor above it; a neighbour of a like name is its own."""
    answer = Answer(
        CONTRACT.fetch, SEEN, ok=True, document={"a": {"b": 1}, "ab": 2, "c": 3}, faulty=frozenset({"/a/b"})
    )
    values = [answer.value(*path) for path in (("a", "b"), ("a",), ("ab",), ("c", "d"), ("d",))]
    assert [Gap.FAULTY, Gap.FAULTY, 2, Gap.FAULTY, Gap.ABSENT] == values
    assert [None, 2, None] == [answer.get("a", "b"), answer.get("ab"), answer.get("d")]
    whole = Answer(CONTRACT.fetch, SEEN, ok=True, document={"a": {"b": 1}}, faulty=frozenset({"/a"}))
    assert Gap.FAULTY is whole.value("a", "b")
    assert Gap.FAULTY is Answer(CONTRACT.fetch, SEEN, ok=False, document={"a": 1}).value("a")
    assert Gap.FAULTY is Answer(CONTRACT.fetch, SEEN, ok=True, document=[1]).value("a")
