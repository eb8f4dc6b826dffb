"""What is suggested for the columns of a file, for people to correct. Data only; holds names, never a value."""

from attrs import evolve, frozen

from memory_imports.tables.suggest.guess import Confidence


@frozen(kw_only=True)
class Limits:
    """What the service takes: the longest name, in characters, the fewest mapped columns, the identifying traits."""

    characters: int
    columns: int
    identifiers: frozenset[str]


@frozen(kw_only=True)
class Suggestion:
    """What is suggested for one column.

    ``target`` is Group.trait, or None if nothing is suggested; ``mapped`` says that it is part of the mapping, which
    only high confidence is by itself; ``doubt`` is a Group.trait that somebody who knows the file could decide on.
    """

    column: str
    target: str | None = None
    confidence: Confidence | None = None
    reason: str
    mapped: bool = False
    doubt: str | None = None


@frozen(kw_only=True)
class Suggestions:
    """One suggestion for each column, in the file's order; ``doubts`` are the places of those to be asked about.

    The best one for each trait comes first.
    """

    columns: tuple[Suggestion, ...]
    doubts: tuple[int, ...] = ()

    @property
    def mapping(self) -> dict[str, str]:
        """What is to be mapped: no name and no target twice."""
        return {each.column: each.target for each in self.columns if each.mapped and each.target}

    def mapped_to(self, at: int, target: str) -> "Suggestions":
        """Return these with one column mapped as somebody decided."""
        columns = list(self.columns)
        columns[at] = evolve(columns[at], target=target, confidence="high", reason="as you said", mapped=True)
        return evolve(self, columns=tuple(columns))
