"""What the checks suspect, and the few findings that it comes down to: one drift, one finding.

Suspicions of one rule and one cause are one finding, whatever the operations and however often; then the table of
rules says which findings are only consequences. Sends nothing.
"""

import re
from collections.abc import Iterable, Sequence

from attrs import define, evolve, field, frozen

from memory_imports_contract.findings import Finding
from memory_imports_contract.live.exchange import Exchange, Shown, evidence, redacted
from memory_imports_contract.live.rules import RULES

UPLOAD = "upload"
_INDEX = re.compile(r"/\d+(?=/|$)")
_FAMILIES = {
    "limit-loosened": "validation-missing",
    "type-unchecked": "validation-missing",
    "required-unchecked": "validation-missing",
    "extra-field-accepted": "validation-missing",
    "body-unchecked": "validation-missing",
    "answer-field-unknown": "answer-field-renamed",
    "answer-field-missing": "answer-field-renamed",
}
"""Rules that are one drift when they come together, and its name then."""
_ABSENT = frozenset({"answer-field-missing", "field-vanished"})


@frozen
class Suspicion:
    """One sight of drift; those with the same rule and cause are one finding."""

    rule: str
    operation: str
    where: str
    message: str
    cause: str
    exchange: Exchange | None = field(default=None, repr=False)
    times: int = 1


@define
class Book:
    """Collects suspicions."""

    _seen: list[Suspicion] = field(factory=list)

    def note(
        self,
        rule: str,
        operation: str,
        where: str,
        message: str,
        exchange: Exchange | None = None,
        *,
        cause: str | None = None,
    ) -> None:
        """Writes a suspicion down; without a cause, its place is the cause."""
        if rule not in RULES:
            raise KeyError(rule)
        self._seen.append(Suspicion(rule, operation, where, message, cause or _INDEX.sub("/*", where), exchange))

    def has(self, *rules: str) -> bool:
        """Whether a suspicion of one of these rules is written down."""
        return any(one.rule in rules for one in self._seen)

    def findings(self, held: Shown = str) -> tuple[Finding, ...]:
        """What it all comes down to, in the order of the table of rules; ``held`` takes secrets out of a text."""
        seen = _grouped(self._seen)
        found = _collapsed(_renamed(_unexplained_there(seen)))
        rules = {one.rule for one in (*seen, *found)}  # what is itself a consequence has its own all the same
        order = list(RULES)
        told = [one for one in found if not rules & set(RULES[one.rule].explained_by)]
        return tuple(_finding(one, held) for one in sorted(told, key=lambda one: (order.index(one.rule), one.where)))


def _grouped(seen: Iterable[Suspicion]) -> list[Suspicion]:
    groups: dict[tuple[str, str], Suspicion] = {}
    for one in seen:
        first = groups.get((one.rule, one.cause))
        if first is None:
            groups[one.rule, one.cause] = one
        else:
            names = [*first.operation.split(", "), one.operation]
            groups[one.rule, one.cause] = evolve(
                first, operation=", ".join(dict.fromkeys(names)), times=first.times + 1
            )
    return list(groups.values())


def _unexplained_there(found: Sequence[Suspicion]) -> list[Suspicion]:
    """Without those whose explanation has been seen at their place."""
    places: dict[str, set[str]] = {}
    for one in found:
        places.setdefault(one.rule, set()).add(_named(one.where))
    return [
        one
        for one in found
        if not any(
            f"{_named(one.where)}/".startswith(f"{place}/")
            for rule in RULES[one.rule].explained_there
            for place in places.get(rule, ())
        )
    ]


def _named(where: str) -> str:
    """The place without the side of the exchange that it is on."""
    return re.sub("^/(request|answer)", "", _INDEX.sub("/*", where))


def _parent(one: Suspicion) -> tuple[str, str]:
    return one.operation, _INDEX.sub("/*", one.where).rpartition("/")[0]


def _renamed(found: Sequence[Suspicion]) -> list[Suspicion]:
    """An unknown field beside a missing one is a new name."""
    absent = {_parent(one): one for one in found if one.rule in _ABSENT}
    unknown = {_parent(one): one for one in found if one.rule == "answer-field-unknown"}
    both = absent.keys() & unknown.keys()
    rest = [one for one in found if one.rule not in {*_ABSENT, "answer-field-unknown"} or _parent(one) not in both]
    new = [
        evolve(
            unknown[key],
            rule="answer-field-renamed",
            message=f"The contract knows no such field, and {absent[key].where.rpartition('/')[2]} is missing.",
        )
        for key in both
    ]
    return rest + new


def _collapsed(found: Sequence[Suspicion]) -> list[Suspicion]:
    """The same kind of fault at many places of one operation is one finding, at the place above them all."""
    groups: dict[tuple[str, str], list[Suspicion]] = {}
    for one in found:
        groups.setdefault((_FAMILIES.get(one.rule, one.rule), one.operation), []).append(one)
    return [_together(family, group) for (family, _), group in groups.items()]


def _together(family: str, group: Sequence[Suspicion]) -> Suspicion:
    first = group[0]
    places = list(dict.fromkeys(one.where for one in group))
    if len(places) == 1:
        return evolve(first, times=sum(one.times for one in group))
    rule = first.rule if len({one.rule for one in group}) == 1 else family
    message = f"{first.message} The same at {len(places)} places: {', '.join(places)}."
    return evolve(first, rule=rule, where=_common(places), message=message, times=sum(one.times for one in group))


def _common(places: Sequence[str]) -> str:
    """The longest pointer that leads to, or above, every place."""
    steps = [place.split("/") for place in places]
    shared = []
    for column in zip(*steps, strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    return "/".join(shared)


def _finding(one: Suspicion, held: Shown) -> Finding:
    """The one place in which what a server said gets into a report."""
    often = f" Seen {one.times} times." if one.times > 1 else ""
    shown = "" if one.exchange is None else evidence(one.exchange, held)
    return Finding(one.rule, one.operation, held(redacted(one.where)), held(redacted(one.message)) + often, shown)
