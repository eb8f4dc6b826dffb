"""Which column gets which trait, once all columns are seen: one column a trait, and one address a person."""

from collections.abc import Iterable, Sequence

from attrs import evolve

from memory_imports.tables.suggest.guess import Guess
from memory_imports.tables.suggest.vocabulary import Name

_ADDRESS = frozenset({"street", "city", "state", "postalCode", "country"})
# What tells one address from another: a country alone does not.
_PLACE = frozenset({"street", "city", "postalCode"})
# Qualifiers that make no other address of it.
_SAME = frozenset({"own", "address"})

Family = frozenset[str]


def settle(guesses: Sequence[Guess], header: Sequence[str]) -> list[Guess]:
    """Return the guesses with what the other columns say to them."""
    found = [guess for guess in (_in_company(guess, guesses, header) for guess in guesses) if not guess.remarked]
    addresses = [guess for guess in found if guess.trait in _ADDRESS and not guess.out]
    person = {_main_address(addresses), Family()}
    strangers = [guess for guess in addresses if _family(guess) not in person]
    return [
        evolve(guess, confidence="low", reason=f"{guess.reason}; another address comes first", out=True)
        if guess in strangers
        else guess
        for guess in found
    ]


def winners(guesses: Iterable[Guess]) -> dict[str, Guess]:
    """Return the best guess for each trait; of two for one column, only the better one counts."""
    best: dict[str, Guess] = {}
    for guess in sorted(guesses, key=lambda guess: guess.rank):
        if not guess.out and guess.at not in {other.at for other in best.values()}:
            best.setdefault(guess.trait, guess)
    return best


def _in_company(guess: Guess, guesses: Sequence[Guess], header: Sequence[str]) -> Guess:
    """Return a guess that only company makes sure, with the company that it has."""
    name = guess.name
    if name is None or name.standing != "beside" or guess.confidence != "medium":
        return guess
    doubted = any(kind.doubts(guess.trait) for kind in guess.kinds)
    for other in guesses:
        if _is_company(other, name) and _together(guess, other):
            reason = f"{guess.reason.removeprefix('may be ')}, beside column {header[other.at]!r}"
            return evolve(guess, confidence="medium" if doubted else "high", reason=reason, remarked=False)
    return guess


def _is_company(other: Guess, name: Name) -> bool:
    known = other.name
    if known is None or known.standing not in {"sure", "spare"} or other.trait not in name.beside:
        return False
    return not {*known.sources}.isdisjoint(name.sources)


def _together(one: Guess, other: Guess) -> bool:
    return other.at != one.at and (one.trait not in _ADDRESS or _family(one) == _family(other))


def _family(guess: Guess) -> Family:
    return frozenset(kind.name for kind in guess.kinds) - _SAME


def _main_address(guesses: Sequence[Guess]) -> Family:
    """Return the address that the best of the columns that say where belongs to."""
    places = [guess for guess in guesses if guess.trait in _PLACE]
    return _family(min(places, key=lambda guess: guess.rank)) if places else Family()
