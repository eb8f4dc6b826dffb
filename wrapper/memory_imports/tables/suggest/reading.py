"""One column's name, read with the vocabulary: what it may mean, however it is written. Sees no other column."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import combinations

from attrs import field, frozen

from memory_imports.tables.suggest.vocabulary import Kind, Name, Vocabulary, Words, vocabulary
from memory_imports.tables.suggest.words import words_of

# A name with more qualifiers than this is a sentence, and each one doubles the work.
_QUALIFIERS = 6
# Shorter qualifiers begin and end too many words: "ab" stands in "about".
_RUN_TOGETHER = 4
# From this length on names may differ by a slip of the hand, and so close they have to be, short ones and long ones.
_CLOSE_LENGTH = 5
_LONG = 7
_CLOSE_SHORT = 0.8
_CLOSE_LONG = 0.87


@frozen(kw_only=True)
class Reading:
    """What a column's name may mean, best first, and the qualifiers beside it.

    ``remark`` says why no trait takes it as it is; ``unsuited`` why nothing may be suggested; ``guessed`` that the name
    is only close to one that is known.
    """

    words: Words
    names: tuple[Name, ...] = ()
    kinds: tuple[Kind, ...] = ()
    remark: str = ""
    unsuited: str = ""
    guessed: bool = field(default=False)


def read(column: str) -> Reading:
    """Return what a column's name may mean."""
    table = vocabulary()
    words = words_of(column)
    if reason := _found(words, table.forbidden):
        return Reading(words=words, unsuited=reason)
    core = tuple(part for word in table.core(words) for part in _parted(word))
    for rest, kinds in _readings(core, table):
        key = "".join(rest)
        names = table.names.get(key) or table.names.get(table.orders.get(tuple(sorted(rest)), ""), ())
        if names or key in table.remarks:
            return Reading(words=words, names=names, kinds=kinds, remark=table.remarks.get(key, ""))
        if key in table.unsuited:
            return Reading(words=words, unsuited=table.unsuited[key])
    if reason := _found(words, table.unsuited_parts):
        return Reading(words=words, unsuited=reason)
    close = _close("".join(core), table)
    return Reading(words=words, names=table.names.get(close, ()), guessed=bool(close))


def _close(key: str, table: Vocabulary) -> str:
    """Return the name that this one is a slip of: a long one that means one thing and begins as it does."""
    lasting = [
        known
        for known, names in table.names.items()
        if known[0] == key[:1]
        and min(len(known), len(key)) >= _CLOSE_LENGTH
        and all(name.standing in {"sure", "spare"} for name in names)
    ]
    cutoff = _CLOSE_SHORT if len(key) < _LONG else _CLOSE_LONG
    return next(iter(get_close_matches(key, lasting, n=1, cutoff=cutoff)), "")


def _found(words: Words, phrases: Mapping[Words, str]) -> str:
    """Return the reason that belongs to a phrase found in these words; where words are not parted, in their letters."""
    run = "".join(words)
    for phrase, reason in phrases.items():
        ends = range(len(phrase), len(words) + 1)
        if any(words[end - len(phrase) : end] == phrase for end in ends):
            return reason
        if not run.isascii() and not phrase[0].isascii() and "".join(phrase) in run:
            return reason
    return ""


def _readings(words: Words, table: Vocabulary) -> Iterator[tuple[Words, tuple[Kind, ...]]]:
    """Yield the words without some of their qualifiers, the fewest first."""
    marked = [at for at, word in enumerate(words) if word in table.kinds][:_QUALIFIERS]
    for count in range(min(len(marked), len(words) - 1) + 1):
        for dropped in combinations(marked, count):
            rest = tuple(word for at, word in enumerate(words) if at not in dropped)
            yield rest, tuple(table.kinds[words[at]] for at in dropped)


@cache
def _parted(word: str) -> Words:
    """Return a word as qualifiers and a name where it runs them together, such as ``MAILINGSTREET``; else as it is."""
    table = vocabulary()
    if table.knows(word):
        return (word,)
    for qualifier in table.kinds:
        if (len(qualifier) < _RUN_TOGETHER and qualifier.isascii()) or qualifier.isdigit():
            continue
        for rest, first in ((word.removeprefix(qualifier), True), (word.removesuffix(qualifier), False)):
            if rest in {"", word}:
                continue
            parts = _parted(rest)
            # A single letter is a word of its own in Japanese, and a syllable of many others.
            if all(part in table.kinds or (table.knows(part) and len(part) > 1) for part in parts):
                return (qualifier, *parts) if first else (*parts, qualifier)
    return (word,)
