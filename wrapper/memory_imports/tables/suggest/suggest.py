"""From the names of a file's columns and its first rows to a suggestion. Maps only what is sure, and keeps no value."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve

from memory_imports.tables.suggest.contest import settle, winners
from memory_imports.tables.suggest.guess import Guess, guesses
from memory_imports.tables.suggest.reading import Reading, read
from memory_imports.tables.suggest.shapes import shapes
from memory_imports.tables.suggest.suggestion import Limits, Suggestion, Suggestions
from memory_imports.tables.suggest.vocabulary import vocabulary
from memory_imports.tables.suggest.words import camel
from memory_imports.tables.traits import GROUP


def suggest(header: Sequence[str], rows: Iterable[Sequence[str]], limits: Limits) -> Suggestions:
    """Return what to map each column of a file to, by their names and by what the values of the first rows look like.

    Args:
        header: The names of the columns.
        rows: The rows below it; only the first of them are taken.
        limits: What the service takes.
    """
    unfit = _unfit(header, limits)
    readings = {at: read(name) for at, name in enumerate(header) if at not in unfit}
    speech = Counter(source for each in readings.values() for name in each.names for source in name.sources)
    seen = shapes(len(header), rows)
    found = [guess for at, reading in readings.items() for guess in guesses(at, reading, seen[at], speech)]
    settled = sorted(settle(found, header), key=lambda guess: guess.rank)
    by_trait = winners(settled)
    by_column = {at: [guess for guess in settled if guess.at == at] for at in readings}
    offered = _Offers(header, readings, by_trait, limits)
    columns = tuple(
        Suggestion(column=name, reason=unfit[at]) if at in unfit else offered.to(at, by_column[at])
        for at, name in enumerate(header)
    )
    by_rank = [at for at in dict.fromkeys(guess.at for guess in settled) if columns[at].doubt]
    first = sorted(at for at in by_rank if columns[at].doubt == columns[at].target)
    return Suggestions(columns=columns, doubts=tuple(dict.fromkeys([*first, *by_rank])))


def _unfit(header: Sequence[str], limits: Limits) -> dict[int, str]:
    """Return the places of names that the service cannot tell apart or does not take, and why."""
    counts = Counter(header)
    reasons: dict[int, str] = {}
    for at, name in enumerate(header):
        if counts[name] > 1:
            reasons[at] = f"{counts[name]} columns have this name"
        elif not name.strip():
            reasons[at] = "the column has no name"
        elif len(name) > limits.characters:
            reasons[at] = f"the name has {len(name)} characters; at most {limits.characters} are allowed"
    return reasons


class _Offers:
    """Puts what was found into words for each column, and makes up a name for a trait where the service has none."""

    def __init__(
        self, header: Sequence[str], readings: Mapping[int, Reading], winners: Mapping[str, Guess], limits: Limits
    ) -> None:
        self._header, self._readings, self._winners, self._limits = header, readings, winners, limits
        self._made_up = set[str]()

    def to(self, at: int, found: Sequence[Guess]) -> Suggestion:
        name, reading = self._header[at], self._readings[at]
        if reading.unsuited:
            return Suggestion(column=name, reason=reading.unsuited)
        for guess in found:
            if self._winners.get(guess.trait) is guess:
                target = f"{GROUP}.{guess.trait}"
                is_sure = guess.confidence == "high"
                return Suggestion(
                    column=name,
                    target=target,
                    confidence=guess.confidence,
                    reason=guess.reason,
                    mapped=is_sure,
                    doubt=None if is_sure else target,
                )
        if reading.remark or not found:
            return self._own(at, reading.remark or "no trait of the service is known by this name")
        best = found[0]
        target = f"{GROUP}.{best.trait}"
        winner = self._winners.get(best.trait)
        if winner is None:
            return Suggestion(column=name, target=target, confidence="low", reason=best.reason)
        if best.out:
            return self._own(at, best.reason)
        reason = f"column {self._header[winner.at]!r} is the better one for {target}"
        return evolve(self._own(at, reason), doubt=target)

    def _own(self, at: int, reason: str) -> Suggestion:
        made_up = camel(self._readings[at].words)
        name = self._header[at]
        taken = {*vocabulary().traits, *self._made_up}
        if made_up is None or made_up in taken or len(made_up) > self._limits.characters:
            return Suggestion(column=name, reason=reason)
        self._made_up.add(made_up)
        return Suggestion(column=name, target=f"{GROUP}.{made_up}", confidence="low", reason=reason)
