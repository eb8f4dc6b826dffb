"""A file, a journal and a client at a sandbox: one call runs the job again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from attrs import evolve

import memory_imports_sandbox as sandbox
from memory_imports import MemoryImports, Polling, Progress, RunResult
from memory_imports._endpoints import RULES
from memory_imports._flow import Manner
from memory_imports.jobs import Job, Journal, run_job, spool
from memory_imports.jobs.job import job_of
from memory_imports.tables import Options, Rules
from memory_imports.tables.preparation import opened, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from memory_imports.tables.facts import Plan

COLUMNS = {"email": "Contact.email", "name": "Contact.firstName"}
# Found good by the client, and refused by this sandbox.
QUICK = sandbox.Settings(pending_seconds=0, processing_seconds=0, characters="refuse")
REFUSED = "x@example.com,\u0410\u043d\u043d\u0430\n"


class Bench:
    """What may be changed between two runs stands in attributes."""

    def __init__(self, client: MemoryImports, folder: Path) -> None:
        self.client, self.file, self.journal = client, folder / "people.csv", folder / "journal.sqlite3"
        self.file.write_text("email,name\nann@example.com,Ann\nbob@example.com,Bob\n")
        self.columns, self.options, self.rules = COLUMNS, Options(), RULES

    @contextmanager
    def planned(self) -> Iterator[Plan]:
        """Give the plan of the file as it stands."""
        with spool(self.journal) as folder, opened([self.file], self.options, spool=folder) as tables:
            yield plan_of(tables, self.columns, self.rules, self.options, spool=folder)

    def job(self) -> Job:
        """Return the job as it stands."""
        with self.planned() as plan:
            return job_of(self.client, plan)

    def run(
        self,
        tell: Callable[[Progress], None] = lambda _: None,
        *,
        timeout: float = 60,
        fresh: bool = False,
        follow: bool = True,
        concurrency: int = 4,
    ) -> RunResult:
        """Run the job."""
        manner = Manner(timeout=timeout, tell=tell, follow=follow, concurrency=concurrency)
        with self.planned() as plan, Journal(self.journal) as journal:
            return run_job(self.client, plan, manner, journal=journal, fresh=fresh)

    def imports(self) -> list[str]:
        """Return every import of the store."""
        return list(self.client.list())


def of_rows(number: int) -> Rules:
    """Return the service's rules with so few rows an import that a small file takes many."""
    return evolve(RULES, max_rows=number)


@contextmanager
def bench_at(settings: sandbox.Settings, folder: Path) -> Iterator[Bench]:
    """Give a bench at a fresh sandbox."""
    with (
        sandbox.running(settings) as service,
        MemoryImports(
            service.store_id,
            credentials=(service.username, service.password),
            base_url=service.base_url,
            polling=Polling(first=0.01),
        ) as client,
    ):
        yield Bench(client, folder)
