"""Turns differences into changes: one for one drift, however many places show it, with its severity and sentence."""

import json
import re
from collections.abc import Iterable

from memory_imports_contract.findings import Change, Severity
from memory_imports_contract.spec.difference import Difference
from memory_imports_contract.spec.document import Json
from memory_imports_contract.spec.rules import ADVICE, RULES, Rule

ORDER = list(Severity)
_OPERATION = re.compile(r"^/paths/[^/]+(/(get|put|post|delete|options|head|patch|trace)(?=/|$))?")
# Every specification is written in its own words, so these would drown the rest one by one.
_COUNTED = frozenset(("words-changed", "examples-changed", "extensions-changed", "header-undeclared"))
_SIDES = {"request": "In requests", "answer": "In answers"}
_SHOWN = 120
_PLAIN = frozenset(("operation-missing", "operation-added", "operation-moved", "operation-id-changed"))


def changes(found: Iterable[Difference]) -> tuple[Change, ...]:
    """Return the changes that differences amount to, the worst first."""
    groups: dict[tuple[str, ...], list[Difference]] = {}
    for difference in found:
        groups.setdefault(_key(difference), []).append(difference)
    merged = [_change(group) for group in groups.values()]
    return tuple(sorted(merged, key=lambda change: (ORDER.index(change.severity), change.where, change.rule)))


def _key(difference: Difference) -> tuple[str, ...]:
    if difference.rule in _COUNTED:
        return (difference.rule,)
    values = (json.dumps(value, sort_keys=True, default=str) for value in (difference.old, difference.new))
    return (difference.rule, _local(difference), difference.name, *values)


def _local(difference: Difference) -> str:
    """The place, without what makes one thing that is written many times look like many things."""
    kind, _, answer = difference.scope.partition(" ")
    if answer and difference.where.startswith(answer):
        rest = difference.where.removeprefix(answer)
        if kind == "error" or "/schema" not in rest:
            return f"{kind}{rest}"
    if difference.rule.startswith("operation-"):
        return difference.where
    return _OPERATION.sub("", difference.where)


def _change(group: list[Difference]) -> Change:
    rule = RULES[group[0].rule]
    worst = min(group, key=lambda each: ORDER.index(rule.severity(each.side)))
    severity = rule.severity(worst.side)
    names = list(dict.fromkeys(each.operation for each in group))
    counted = rule.name in _COUNTED and len({each.where for each in group}) > 1
    return Change(
        rule=rule.name,
        severity=severity,
        operation=", ".join(names),
        where=worst.where,
        old=None if counted else plain(worst.old),
        new=None if counted else plain(worst.new),
        message=_message(rule, worst, group),
    )


def _message(rule: Rule, worst: Difference, group: list[Difference]) -> str:
    severity = rule.severity(worst.side)
    what = rule.what.format(
        name=worst.name,
        old=_brief(worst.old),
        new=_brief(worst.new),
        gone=_brief(_only(worst.old, worst.new)),
        fresh=_brief(_only(worst.new, worst.old)),
    )
    sentences = [what if rule.name in _PLAIN else f"{_SIDES[worst.side]}: {what}"]
    places = {each.where for each in group}
    if rule.name in _COUNTED and len(places) > 1:
        sentences.append(f"That is so in {len(places)} places, of which this is the first.")
    elif any(each.side != worst.side for each in group):
        sentences.append(f"The same holds {_SIDES['answer' if worst.side == 'request' else 'request'].lower()}.")
    return " ".join((*sentences, ADVICE[severity, worst.side]))


def _only(one: Json, two: Json) -> Json:
    """What one list has and another has not."""
    return [each for each in one if each not in two] if isinstance(one, list) and isinstance(two, list) else []


def plain(value: Json) -> Json:
    """Return a value as JSON has it."""
    return json.loads(json.dumps(value, default=str))


def _brief(value: Json) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
