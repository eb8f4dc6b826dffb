"""Compares what one operation sends and gets: parameters, bodies, answers, headers. Emits differences.

An answer that stands for many statuses (`4XX`, `default`) answers for each of them.
"""

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec import schemas
from memory_imports_contract.spec.difference import Emit, word
from memory_imports_contract.spec.document import Place, step
from memory_imports_contract.spec.operations import Operation
from memory_imports_contract.spec.parts import WORDS
from memory_imports_contract.spec.schema import Side, read

FIRST_ERROR = 4
# The vendor sends it and its specification never names it; that it stays unnamed is no news.
UNDECLARED = frozenset(("twilio-request-id",))


class Exchange:
    """The comparison of one operation with its counterpart."""

    def __init__(self, before: Operation, after: Operation, emit: Emit) -> None:
        """Remembers what is compared; ``emit`` takes side, scope, rule, pointer, old, new and more by keyword."""
        self._before, self._after, self._emit = before, after, emit
        self._side: Side = "request"
        self._scope = ""
        self._seen: schemas.Seen = set()

    def sent(self) -> None:
        """Compare the body of the request."""
        old, new = self._before.body(), self._after.body()
        at = f"{self._before.at}/requestBody"
        if old and new:
            self._flag("body", old, new)
            self._contents(old, new)
        elif new:
            self._note("required-body-added" if _required(new) else "body-added", at, None, new.value)
        elif old:
            self._note("body-removed", at, old.value, None)

    def came(self) -> None:
        """Compare the answers."""
        self._side = "answer"
        old, new = self._before.answers(), self._after.answers()
        gone = [status for status in old if _covering(status, new) is None]
        fresh = [status for status in new if _covering(status, old) is None]
        successes = [[status for status in listed if status.startswith("2")] for listed in (gone, fresh)]
        if len(successes[0]) == len(successes[1]) == 1:
            (was,), (now,) = successes
            self._note("success-changed", old[was].at, was, now)
            gone.remove(was)
            fresh.remove(now)
            self._answer(was, old[was], new[now])
        for status in gone:
            rule = "success-removed" if status.startswith("2") else "status-removed"
            self._note(rule, f"{self._before.at}/responses{step(status)}", status, None)
        for status in fresh:
            at, answer = f"{self._before.at}/responses{step(status)}", (self._after.document, new[status])
            self._note("status-added", at, None, status, before=self._before, after=answer)
        for status in (*old, *(status for status in new if status not in old)):
            one, two = old.get(_covering(status, old) or ""), new.get(_covering(status, new) or "")
            if one and two:
                self._answer(status, one, two)

    def _answer(self, status: str, old: Place, new: Place) -> None:
        success = status.startswith("2")
        self._scope = f"{'success' if success else 'error'} {old.at}"
        self._words(old, new, ("description", "links"))
        self._headers(old, new)
        if (old.get("content") is None) == (new.get("content") is None):
            self._contents(old, new)
        else:
            self._note(f"answer-body-{'removed' if old.get('content') else 'added'}", f"{old.at}/content")
        self._scope = ""

    def _headers(self, old: Place, new: Place) -> None:
        sides = []
        for operation, answer in ((self._before, old), (self._after, new)):
            listed = operation.document.members(answer, "headers")
            found = {name: operation.document.resolved(header) for name, header in listed}
            sides.append({name.lower(): (name, found[name]) for name in found if name.lower() != "content-type"})
        for key in sides[0].keys() | sides[1].keys():
            one, two = sides[0].get(key), sides[1].get(key)
            if one and two:
                self._flag("header", one[1], two[1], name=one[0])
                self._value(one[1], two[1])
            elif one:
                rule = "header-undeclared" if key in UNDECLARED else "header-removed"
                self._note(rule, f"{old.at}/headers{step(one[0])}", one[0], None, before=old)
            elif two and key not in UNDECLARED:
                self._note("header-added", f"{old.at}/headers{step(two[0])}", None, two[0], after=two[1])

    def _contents(self, old: Place, new: Place) -> None:
        sides = []
        for operation, place in ((self._before, old), (self._after, new)):
            kinds = operation.document.members(place, "content")
            sides.append({kind.partition(";")[0].strip().lower(): schema for kind, schema in kinds})
        gone, fresh = ([kind for kind in sides[one] if kind not in sides[1 - one]] for one in (0, 1))
        at = f"{old.at}/content"
        if len(gone) == len(fresh) == 1:
            self._note("media-type-changed", at + step(gone[0]), gone[0], fresh[0])
            sides[1][gone[0]] = sides[1][fresh[0]]
        else:
            for kind in gone:
                self._note("media-type-removed", at + step(kind), kind, None)
            for kind in fresh:
                self._note("media-type-added", at + step(kind), None, kind)
        for kind in sides[0].keys() & sides[1].keys():
            self._words(sides[0][kind], sides[1][kind], ("example", "examples"))
            self._schema(sides[0][kind], sides[1][kind])

    def value(self, old: Place, new: Place) -> None:
        """Compare the schemas of a parameter, or of anything else that has one."""
        self._value(old, new)

    def _value(self, old: Place, new: Place) -> None:
        self._words(old, new, tuple(WORDS))
        if (old.get("content") is None) != (new.get("content") is None):
            self._note("parameter-encoding-changed", old.at, name=_name(old))
        elif old.get("content"):
            self._contents(old, new)
        else:
            self._schema(old, new)

    def _schema(self, old: Place, new: Place) -> None:
        one, two = old.get("schema"), new.get("schema")
        if one is None and two is None:
            return
        pair = [
            read(operation.document, [place or Place({}, f"{holder.at}/schema")], self._side)
            for operation, place, holder in ((self._before, one, old), (self._after, two, new))
        ]
        schemas.compare(pair[0], pair[1], self._note, self._seen)

    def flag(self, what: str, old: Place, new: Place) -> None:
        """Compare whether a parameter is required."""
        self._flag(what, old, new, name=_name(old))

    def _flag(self, what: str, old: Place, new: Place, name: str = "") -> None:
        if _required(old) != _required(new):
            rule = f"{what}-now-{'required' if _required(new) else 'optional'}"
            at = f"{old.at}/required"
            self._note(rule, at, _required(old), _required(new), name=name, before=old, after=new)

    def _words(self, old: Place, new: Place, keys: tuple[str, ...]) -> None:
        for operation, place in ((self._before, old), (self._after, new)):
            if not isinstance(place.value, dict):
                name = operation.document.name
                raise DriftUnavailable(f"{name} has no object at {place.at}; one belongs there.")
        extensions = {key for key in {*map(str, old.value), *map(str, new.value)} if key.startswith("x-")}
        for key in (*keys, *sorted(extensions)):
            word(key, old.value.get(key), new.value.get(key), f"{old.at}{step(key)}", self._note)

    def _note(self, rule: str, where: str, old: object = None, new: object = None, **more: object) -> None:
        self._emit(self._side, self._scope, rule, where, old, new, **more)


def _required(place: Place) -> bool:
    found = place.get("required")
    return found is not None and found.value is True


def _name(place: Place) -> str:
    found = place.get("name")
    return str(found.value) if found else ""


def _covering(status: str, answers: dict[str, Place]) -> str | None:
    """The entry that speaks for a status: itself, its range, or what is said of all others."""
    candidates = (status, f"{status[0]}XX", "default") if status.isdigit() else (status,)
    return next((each for each in candidates if each in answers), None)
