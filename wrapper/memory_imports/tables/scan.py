"""One pass over each file of a job, in bounded memory: what would go in, what would not, and what it would do.

Nothing is decided here about how the rows are sent.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from attrs import frozen

from memory_imports.errors import FileRefused, Problem
from memory_imports.models import ColumnMapping
from memory_imports.tables.clusters import Links
from memory_imports.tables.engine import Engine, engine_for
from memory_imports.tables.facts import Forecast, Scanned
from memory_imports.tables.passes import Pass
from memory_imports.tables.problems import Problems
from memory_imports.tables.rejects import Rejects
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.sharing import Clusters

if TYPE_CHECKING:
    from memory_imports.tables.sources import Table

_NAMED = 5


@frozen(kw_only=True)
class Scan:
    """What one pass over each file of a job found.

    ``problems`` are the first thousand, ``counts`` those of each code, all of them. ``rejects`` are the rows that would
    not go in or would damage what is stored, ``errors`` the problems that are errors; ``fatal`` says that nothing of
    some file can go. ``rejects_file`` is where the rejected rows have been written, None where nowhere.
    """

    files: tuple[Scanned, ...]
    forecast: Forecast
    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    rejects: int
    errors: int
    fatal: bool
    rejects_file: str | None
    refusal: str | None

    def refuse(self) -> None:
        """Raise `FileRefused` unless every row goes in, or those that do not are written down and some are left."""
        if self.refusal is not None:
            raise FileRefused(self.refusal, problems=self.problems, counts=self.counts)


def scan(
    tables: Sequence["Table"],
    mappings: Sequence[ColumnMapping],
    rules: Rules,
    options: Options,
    engine: Engine | None = None,
) -> Scan:
    """Read every file once and return what is in them.

    The rejected rows are written to ``options.rejects`` unless some file is of no use at all. What reads the files is
    chosen by their size if it is not told.

    Raises:
        FileRefused: A file cannot be read as a table.
        InvalidRequest: The rejected rows cannot be written, or there is no such region.
    """
    problems = Problems("")
    engine = engine or engine_for(sum(table.size for table in tables))
    links = engine.links(sorted(rules.identifiers))
    with ExitStack() as stack:
        rejects = None
        if options.rejects is not None:
            rejects = stack.enter_context(Rejects(options.rejects, [table.name for table in tables]))
        passes: list[Pass] = []
        before = 0
        for table in tables:
            one = Pass(table, mappings, rules, options, problems, engine, links, rejects, before)
            passes.append(one)
            one.run()
            before += one.rows
        fatal = any(one.fatal for one in passes)
        forecast, clusters = _forecast(passes, links, before)
        rejected = sum(one.rejects for one in passes)
        if rejects is not None and not fatal:
            rejects.keep()
    return Scan(
        files=tuple(one.scanned(clusters) for one in passes),
        forecast=forecast,
        problems=tuple(problems.kept),
        counts=dict(problems.counts),
        rejects=rejected,
        errors=problems.errors,
        fatal=fatal,
        rejects_file=str(options.rejects) if rejects is not None and not fatal else None,
        refusal=_refusal(passes, problems, options, fatal=fatal),
    )


def _forecast(passes: Sequence[Pass], links: Links, rows: int) -> tuple[Forecast, Clusters]:
    """Return what the rows that go in would do, having told of those that meet others."""
    done: Counter[str] = Counter()
    ends = [one.before + one.rows for one in passes]

    def tell(row: int, profiles: int) -> None:
        if profiles:
            one = passes[bisect_left(ends, row)]
            done[one.tell(row - one.before, profiles)] += 1

    clusters = links.resolve(rows, tell)
    sent = sum(one.rows - one.left_out for one in passes)
    forecast = Forecast(
        creates=sent - done.total(),
        updates=done["repeated_identifier"],
        merges=done["merging_rows"],
        deletes=sum(one.tally.deletes for one in passes),
    )
    return forecast, clusters


def _refusal(passes: Sequence[Pass], problems: Problems, options: Options, *, fatal: bool) -> str | None:
    if fatal:
        return problems.sentence()
    rejects = sum(one.rejects for one in passes)
    if not rejects:
        return None
    left = sum(one.rows - one.left_out for one in passes)
    if options.rejects is not None and left:
        return None
    if options.rejects is not None:
        return f"{problems.sentence()} No row is left to send; {options.rejects} has them all."
    blank_rows = sum(one.blank_rows for one in passes)
    ways = " Correct them, or name a file for them with --rejects (in Python rejects=), and the others are sent."
    if not blank_rows:
        return f"{problems.sentence()} {_count(rejects, 'row')} would not go in.{ways}"
    columns = dict.fromkeys(name for one in passes for name, count in one.tally.blanks.items() if count)
    named = ", ".join(repr(name) for name in list(columns)[:_NAMED]) + (", ..." if len(columns) > _NAMED else "")
    others = f" {_count(rejects - blank_rows, 'more row')} would not go in either." if rejects > blank_rows else ""
    return (
        f"{_count(blank_rows, 'row')} with blank cells in {_count(len(columns), 'mapped column')} ({named}): "
        "the service would overwrite what it has stored. Choose what becomes of it: --blank keep leaves it as it is, "
        f"--blank overwrite empties it, --blank delete deletes it (in Python blank=).{others} "
        "With --rejects FILE (in Python rejects=) only the other rows are sent."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
