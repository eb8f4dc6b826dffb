"""What one column may be: its name's reading held against the shape of its values. Sees no other column's values."""

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, frozen

from memory_imports.tables.suggest.reading import Reading
from memory_imports.tables.suggest.shapes import Shape
from memory_imports.tables.suggest.vocabulary import Kind, Name, vocabulary

Confidence = Literal["high", "medium", "low"]

_STANDINGS = ("sure", "beside", "spare", "unsure")
_CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
_PHONES = frozenset({"phone", "whatsapp"})


@frozen(kw_only=True)
class Guess:
    """That the column at this place means this trait, how surely and why.

    ``name`` is None where the values alone say so. ``out`` says that it gets no trait: it is blank, or part of another
    address than the person's. ``remarked`` says that without company its name means no trait at all.
    """

    at: int
    trait: str
    confidence: Confidence
    reason: str
    name: Name | None = None
    kinds: tuple[Kind, ...] = ()
    out: bool = False
    remarked: bool = False

    @property
    def rank(self) -> tuple[int, ...]:
        """How good it is among those of its trait; the lowest wins."""
        kinds = max((kind.rank for kind in self.kinds), default=0)
        standing = _STANDINGS.index(self.name.standing) if self.name else len(_STANDINGS)
        return self.out, _CONFIDENCES.index(self.confidence), kinds, standing, self.at


def guesses(at: int, reading: Reading, shape: Shape, speech: Mapping[str, int]) -> list[Guess]:
    """Return what a column may be, each trait once; ``speech`` says how often the file's names are of which source."""
    if reading.unsuited:
        return []
    by_name = [_weighed(_by_name(at, name, reading, speech), shape) for name in reading.names]
    if shape.mostly(shape.emails) and not any(guess.trait == "email" for guess in by_name):
        return [_by_shape(at, "email", "its values look like email addresses")]
    if not by_name and not reading.remark and shape.mostly(shape.international):
        return [_by_shape(at, "phone", "its values look like international phone numbers")]
    return by_name


def _by_name(at: int, name: Name, reading: Reading, speech: Mapping[str, int]) -> Guess:
    source = max(name.sources, key=lambda source: speech.get(source, 0))
    place = vocabulary().languages.get(source, f"exports of {source}")
    doubts = [kind for kind in reading.kinds if kind.doubts(name.trait)]
    confidence: Confidence
    if reading.guessed:
        confidence, reason = "low", "close to a name for it"
    elif name.standing in {"beside", "unsure"}:
        confidence, reason = "medium", f"may be a name for it in {place}"
    elif doubts:
        confidence, reason = "medium", f"a name for it in {place}, but {doubts[0].why}"
    else:
        confidence, reason = "high", f"a name for it in {place}"
    return Guess(
        at=at,
        trait=name.trait,
        confidence=confidence,
        reason=reason,
        name=name,
        kinds=reading.kinds,
        remarked=bool(reading.remark),
    )


def _by_shape(at: int, trait: str, reason: str) -> Guess:
    return Guess(at=at, trait=trait, confidence="medium", reason=reason)


def _weighed(guess: Guess, shape: Shape) -> Guess:
    """Return a guess by name with what the values say to it."""
    if shape.blank:
        reason = f"{guess.reason}; it is blank in the first {shape.rows} rows"
        return evolve(guess, confidence="low", reason=reason, out=True)
    kind, count = ("email addresses", shape.emails) if guess.trait == "email" else ("phone numbers", shape.phones)
    if guess.trait not in {"email", *_PHONES} or not shape.filled:
        return guess
    if shape.hardly(count):
        return evolve(guess, confidence="low", reason=f"{guess.reason}; few of its values look like {kind}")
    if guess.confidence == "low" and shape.mostly(count):
        return evolve(guess, confidence="medium", reason=f"{guess.reason}; its values look like {kind}")
    return guess
