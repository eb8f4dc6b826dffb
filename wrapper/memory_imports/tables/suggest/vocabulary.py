"""What columns are called, read once from ``vocabulary.yaml``: which names mean which trait, and how surely."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from attrs import evolve, field, frozen

from memory_imports.tables.suggest.words import spellings, words_of

# In this order the better one wins.
Standing = Literal["sure", "beside", "spare", "unsure"]
Words = tuple[str, ...]


@frozen(kw_only=True)
class Name:
    """That a name means a trait: how surely, in which languages or products, beside which other traits if need be."""

    trait: str
    standing: Standing
    sources: tuple[str, ...] = ()
    beside: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Kind:
    """A kind of qualifier, such as ``home``: its rank, the lowest being best, traits it leaves in doubt, and why."""

    name: str
    rank: int
    doubt: frozenset[str] = frozenset()
    why: str = ""

    def doubts(self, trait: str) -> bool:
        """Whether it leaves doubt of a trait."""
        return trait in self.doubt or "all" in self.doubt


@frozen(kw_only=True)
class Vocabulary:
    """The table, by the words of names run together; ``orders`` leads from words in any order to them."""

    languages: Mapping[str, str]
    names: Mapping[str, tuple[Name, ...]]
    orders: Mapping[Words, str]
    traits: frozenset[str]
    kinds: Mapping[str, Kind]
    remarks: Mapping[str, str]
    unsuited: Mapping[str, str]
    unsuited_parts: Mapping[Words, str]
    forbidden: Mapping[Words, str]
    fillers: frozenset[str] = field(repr=False)

    def knows(self, word: str) -> bool:
        """Whether a word is a name or a qualifier by itself."""
        return word in self.names or word in self.kinds or word in self.remarks or word in self.unsuited

    def core(self, words: Words) -> Words:
        """Return words without those that say nothing, unless there are no others."""
        return tuple(word for word in words if word not in self.fillers) or words


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged table."""
    import yaml  # noqa: PLC0415 - of an extra that only the command line needs

    text = files("memory_imports.tables.suggest").joinpath("vocabulary.yaml").read_text(encoding="utf-8")
    # Takes every word as text; the one in C is five times as fast, and not everywhere.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return _indexed(yaml.load(text, loader))  # noqa: S506 - it makes text, lists and mappings, no objects


def _indexed(table: dict[str, Any]) -> Vocabulary:
    fillers = frozenset(word for _, phrase in _phrases(table["fillers"]) for word in words_of(phrase))

    def keys(phrases: Mapping[str, Any]) -> Iterator[tuple[str, Words]]:
        for source, phrase in _phrases(phrases):
            for spelling in sorted(spellings(phrase)):
                words = words_of(spelling)
                yield source, tuple(word for word in words if word not in fillers) or words

    def reasons(remarks: Mapping[str, Any], depth: str) -> dict[Words, str]:
        found = ((reason, each.get(depth, {}) if depth else each) for reason, each in remarks.items())
        return {words: reason for reason, phrases in found for _, words in keys(phrases)}

    names: dict[str, dict[Name, list[str]]] = {}
    orders: dict[Words, str] = {}
    for name, phrases in _listed(table["traits"]):
        for source, words in keys(phrases):
            names.setdefault("".join(words), {}).setdefault(name, []).append(source)
            orders.setdefault(tuple(sorted(words)), "".join(words))
    return Vocabulary(
        languages=table["languages"],
        names={
            key: tuple(evolve(name, sources=tuple(dict.fromkeys(sources))) for name, sources in found.items())
            for key, found in names.items()
        },
        orders=orders,
        traits=frozenset(table["traits"]),
        kinds={"".join(words): kind for kind, phrases in _kinds(table["qualifiers"]) for _, words in keys(phrases)},
        remarks={"".join(words): reason for words, reason in reasons(table["remarks"], "").items()},
        unsuited={"".join(words): reason for words, reason in reasons(table["unsuited"], "whole").items()},
        unsuited_parts=reasons(table["unsuited"], "part"),
        forbidden=reasons(table["forbidden"], ""),
        fillers=fillers,
    )


def _phrases(by_source: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for source, phrases in by_source.items():
        yield from ((source, phrase) for phrase in phrases)


def _listed(traits: Mapping[str, Any]) -> Iterator[tuple[Name, Mapping[str, Any]]]:
    for trait, standings in traits.items():
        for heading, phrases in standings.items():
            standing, _, beside = heading.partition(" ")
            company = frozenset(beside.split(", ")) if beside else frozenset[str]()
            yield Name(trait=trait, standing=standing, beside=company), phrases


def _kinds(qualifiers: Mapping[str, Any]) -> Iterator[tuple[Kind, Mapping[str, Any]]]:
    for name, kind in qualifiers.items():
        doubt = kind.get("doubt", ())
        doubted = frozenset((doubt,) if isinstance(doubt, str) else doubt)
        yield Kind(name=name, rank=int(kind["rank"]), doubt=doubted, why=kind.get("why", "")), kind["words"]
