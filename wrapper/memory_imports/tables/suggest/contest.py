"""Which column gets which trait, once all columns are seen: one column a trait, and one address a person."""

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from memory_imports.tables.suggest.guess import Guess

_ADDRESS = frozenset({"street", "city", "state", "postalCode", "country"})
# What tells one address from another: a country alone does not.
_PLACE = frozenset({"street", "city", "postalCode"})
# Qualifiers that make no other address of it.
_SAME = frozenset({"own", "address"})

Family = frozenset[str]


def settle(guesses: Sequence[Guess], header: Sequence[str]) -> list[Guess]:
    """Return the guesses with what the other columns say to them."""
    found = [guess for guess in _in_company(guesses, header) if not guess.remarked]
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


def _in_company(guesses: Sequence[Guess], header: Sequence[str]) -> list[Guess]:
    """Return the guesses, those that only company makes sure with the company they have.

    Who has found company is company for others: a place is one beside a postal code, an address one beside a place.
    """
    found = list(guesses)
    company = [guess for guess in found if guess.confidence != "low" and _standing(guess) in {"sure", "spare"}]
    waiting = [guess for guess in found if _standing(guess) == "beside"]
    while met := [(guess, other) for guess in waiting if (other := next(_company(guess, company), None))]:
        for guess, other in met:
            company.append(guess)
            waiting.remove(guess)
            found[found.index(guess)] = _beside(guess, header[other.at])
    return found


def _standing(guess: Guess) -> str:
    return guess.name.standing if guess.name else ""


def _company(guess: Guess, company: Sequence[Guess]) -> Iterator[Guess]:
    for other in company:
        if guess.name and other.name and other.trait in guess.name.beside and _together(guess, other):
            yield from (other for source in guess.name.sources if source in other.name.sources)


def _beside(guess: Guess, column: str) -> Guess:
    reason = f"{guess.reason.removeprefix('may be ')}, beside column {column!r}"
    doubts = [kind.why for kind in guess.kinds if kind.doubts(guess.trait)]
    if doubts or guess.confidence == "low":
        return evolve(guess, reason=", but ".join([reason, *doubts[:1]]), remarked=False)
    return evolve(guess, confidence="high", reason=reason, remarked=False)


def _together(one: Guess, other: Guess) -> bool:
    return other.at != one.at and (one.trait not in _ADDRESS or _family(one) == _family(other))


def _family(guess: Guess) -> Family:
    return frozenset(kind.name for kind in guess.kinds) - _SAME


def _main_address(guesses: Sequence[Guess]) -> Family:
    """Return the address that the best of the columns that say where belongs to."""
    places = [guess for guess in guesses if guess.trait in _PLACE]
    return _family(min(places, key=lambda guess: guess.rank)) if places else Family()
