"""Files before they are parts: read, planned, and then imported."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import field, frozen

from memory_imports._effects import Flow, Offload, Sleep
from memory_imports._endpoints import RULES, check_early
from memory_imports._flow.part import Manner, Part
from memory_imports._flow.parts import run_parts
from memory_imports._flow.resume import Known
from memory_imports._flow.retry import Tries
from memory_imports._flow.summary import summary
from memory_imports.errors import Problem
from memory_imports.models import PartResult, Progress, RunResult
from memory_imports.tables import Options, Source, parse_mapping
from memory_imports.tables.facts import Plan


@frozen(kw_only=True)
class Files:
    """Files, where their columns go, and what was decided about their rows."""

    store_id: str
    sources: Sequence[Source] = field(repr=False)
    columns: Mapping[str, str]
    options: Options = field(factory=Options)


def run_files(files: Files, tries: Tries, manner: Manner) -> Flow[RunResult]:
    """Check files and import them.

    Raises:
        FileRefused: Something would lose data or be refused by the service; nothing was sent.
        InvalidRequest: A file cannot be read, or a mapping is malformed.
        MemoryImportsError: As `run_parts`.
    """
    check_early(files.store_id, parse_mapping(files.columns))
    start = yield Sleep(0)
    with ExitStack() as stack:
        plan = yield Offload(partial(_plan, files, manner, stack))
        return (yield from run_plan(files.store_id, plan, tries, manner, start=start))


def _plan(files: Files, manner: Manner, stack: ExitStack) -> Plan:
    from memory_imports.tables.preparation import opened, plan_of, watched  # noqa: PLC0415 - most of what there is to import

    def tell(done: int, total: int) -> None:
        manner.tell(Progress(phase="checking", bytes_sent=done, bytes_total=total))

    spool = Path(stack.enter_context(TemporaryDirectory(prefix="memory-imports-")))
    tables = stack.enter_context(opened(files.sources, files.options, spool=spool))
    return plan_of(watched(tables, tell), files.columns, RULES, files.options, spool=spool)


def run_plan(
    store_id: str,
    plan: Plan,
    tries: Tries,
    manner: Manner,
    *,
    known: Mapping[int, Known] | None = None,
    earlier: Mapping[int, PartResult] | None = None,
    notes: Sequence[Problem] = (),
    start: float | None = None,
) -> Flow[RunResult]:
    """Import what is planned; see `run_parts`. The ``notes`` are for the result."""
    parts = [Part.of(store_id, planned) for planned in plan.parts]
    results = yield from run_parts(parts, tries, manner, known=known, earlier=earlier, start=start)
    return summary(store_id, plan, results, notes)
