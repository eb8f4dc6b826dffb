"""Problems of files, for people: the first ones with their places, or all of them by kind. Counts are exact."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from memory_imports.cli.amounts import plural
from memory_imports.cli.screen import Screen, Table
from memory_imports.errors import Problem

NOT_SENT = "already_imported"
_SHOWN = 20
_PLACES = 3
_SAID_APART = 3
_WEIGHTS = ("error", "warning", "note")


def tell(problems: Sequence[Problem], counts: Mapping[str, int], screen: Screen) -> None:
    """Say the first problems with their places, and how many more there are; notes only how it goes."""
    placed = _without_notes(problems, counts, screen)
    files = ("file",) if len({problem.file for problem in placed}) > 1 else ()
    headings = (*files, "row", "line", "column", "what")
    told = _first(placed)
    screen.tell(Table(headings, _lines(told, with_file=bool(files)), numbers=frozenset({"row", "line"})))
    silent = {problem.code for problem in problems if problem.severity == "note"}
    loud = {code: number for code, number in counts.items() if code not in silent}
    left = sum(loud.values()) - len(told)
    if left > 0:
        by_code = ", ".join(f"{code} {number:,}" for code, number in sorted(loud.items()))
        screen.tell(f"and {left:,} more ({by_code})")


def sum_up(problems: Sequence[Problem], counts: Mapping[str, int], screen: Screen) -> None:
    """Say what did not stop a run, by kind; notes only how it goes."""
    placed = _without_notes(problems, counts, screen)
    if placed:
        codes = {problem.code for problem in placed}
        screen.tell(by_kind(placed, {code: number for code, number in counts.items() if code in codes}))


def _without_notes(problems: Sequence[Problem], counts: Mapping[str, int], screen: Screen) -> list[Problem]:
    """Say each note once, and return the other problems."""
    notes = {each.message: each.code for each in problems if each.severity == "note"}
    kinds = Counter(notes.values())
    for message, code in list(notes.items())[:_SHOWN]:
        # A message that its code shares with others has no count of its own.
        often = f" ({counts[code]:,} times)" if kinds[code] == 1 and counts.get(code, 1) > 1 else ""
        # Whoever asked for an import has to hear that there was none.
        (screen.tell if code == NOT_SENT else screen.note)(f"note: {message}{often}")
    return [problem for problem in problems if problem.severity != "note"]


def _first(problems: Sequence[Problem]) -> list[Problem]:
    """Return the first problems, and of those that say the same only some: the others are not news."""
    said = Counter[tuple[str, str]]()
    some: list[Problem] = []
    for problem in problems:
        said[problem.file, problem.message] += 1
        if said[problem.file, problem.message] <= _PLACES:
            some.append(problem)
    return some[:_SHOWN]


def _lines(problems: Iterable[Problem], *, with_file: bool) -> list[tuple[str, ...]]:
    lines: list[tuple[str, ...]] = []
    said = ""
    for problem in problems:
        places = (*((problem.file,) if with_file else ()), problem.row, problem.line, problem.column)
        what = "as above" if problem.message == said else problem.message
        lines.append((*("" if place is None else str(place) for place in places), what))
        said = problem.message
    return lines


def by_kind(problems: Sequence[Problem], counts: Mapping[str, int]) -> Table:
    """Return every kind of problem, the grave ones first: how often, where first, and what it is."""
    several = len({problem.file for problem in problems}) > 1
    found = [kind for code in counts for kind in _kinds(code, counts[code], problems)]
    rows = [
        (
            kind.code,
            kind.some[0].severity if kind.some else "",
            f"{kind.count:,}",
            "; ".join(_place(problem, several=several) for problem in kind.some[:_PLACES])
            + ("; …" if kind.count > len(kind.some[:_PLACES]) else ""),
            kind.what,
        )
        for kind in sorted(found, key=lambda kind: _weight(kind.some))
    ]
    headings = ("problem", "severity", "count", "first at", "what")
    # A code that is folded is found in no page.
    return Table(headings, rows, numbers=frozenset({"count"}), whole=frozenset({"problem"}))


@frozen
class _Kind:
    """Problems that are told in one line: how many there are, those that are known, what they are."""

    code: str
    count: int
    some: Sequence[Problem]
    what: str


def _kinds(code: str, count: int, problems: Sequence[Problem]) -> list[_Kind]:
    """Return the problems of a code: what is said differently apart, if it is known how often each was said."""
    some = [problem for problem in problems if problem.code == code]
    said: dict[str, list[Problem]] = {}
    for problem in some:
        said.setdefault(problem.message, []).append(problem)
    if len(some) == count and len(said) <= _SAID_APART:
        return [_Kind(code, len(alike), alike, message) for message, alike in said.items()]
    what = some[0].message if some else ""
    return [_Kind(code, count, some, f"{what} (The first; the others differ in detail.)" if len(said) > 1 else what)]


def _weight(problems: Sequence[Problem]) -> int:
    return _WEIGHTS.index(problems[0].severity) if problems else len(_WEIGHTS)


def _place(problem: Problem, *, several: bool) -> str:
    line = "" if problem.line is None else f"line {problem.line:,}"
    words = (
        problem.file if several else "",
        line if problem.row is None else f"row {problem.row:,}",
        "" if problem.column is None else repr(problem.column),
    )
    return " ".join(filter(None, words)) or "the file"


def kept(rows: int, file: str | None) -> str:
    """Return where rows that stay out are to be found, as the end of a sentence; nothing where they are not kept."""
    if file is None:
        return ""
    return f"; it is in {file}" if rows == 1 else f"; they are in {file}"


def summed(counts: Mapping[str, int], problems: Sequence[Problem]) -> str:
    """Return how many problems there are of each weight, in words; nothing where there are none."""
    weights = {problem.code: problem.severity for problem in problems}
    totals = {weight: sum(n for code, n in counts.items() if weights.get(code) == weight) for weight in _WEIGHTS}
    return ", ".join(plural(number, weight) for weight, number in totals.items() if number)
