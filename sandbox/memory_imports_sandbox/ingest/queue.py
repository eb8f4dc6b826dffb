"""Which import is worked on, and when: PENDING, PROCESSING, COMPLETED or FAILED, one import at a time.

`advance` is asked again and again; what it has to know after a crash is in the database. No clock: the time is given.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator

from attrs import define

from memory_imports_sandbox import imports
from memory_imports_sandbox.blobs import Blobs
from memory_imports_sandbox.contract import CsvRules
from memory_imports_sandbox.database import transaction
from memory_imports_sandbox.imports import FINAL, Import
from memory_imports_sandbox.ingest.run import Outcome, Run, Tally
from memory_imports_sandbox.settings import Settings

_log = logging.getLogger("memory_imports_sandbox")


@define
class Queue:
    """The background side of the service."""

    connection: sqlite3.Connection
    blobs: Blobs
    rules: CsvRules
    settings: Settings
    _steps: Iterator[Outcome | None] | None = None
    _outcome: Outcome | None = None

    def recover(self, now: float) -> None:
        """After a start: takes up files that arrived unnoticed, and removes those that nobody needs any more."""
        for name in self.blobs.names():
            found = imports.find(self.connection, name)
            if found is None or found.state in FINAL:
                self.blobs.remove(name)
            else:
                with transaction(self.connection):
                    imports.uploaded(self.connection, name, now)

    def advance(self, now: float) -> float | None:
        """Does a slice of work and says when it wants to be asked again; None: when something has happened."""
        current = imports.processing(self.connection)
        if current is not None:
            return self._go_on(current, now)
        waiting = imports.waiting(self.connection)
        forgets = self._forget(now)
        if waiting is None or waiting.uploaded_at is None:
            return forgets
        begins = waiting.uploaded_at + self.settings.pending_seconds
        if now < begins:
            return begins if forgets is None else min(begins, forgets)
        with transaction(self.connection):
            imports.begin(self.connection, waiting.id, now)
        return now

    def _go_on(self, current: Import, now: float) -> float | None:
        if self._steps is None:
            self._steps = Run(current, self.connection, self.blobs, self.rules, self.settings).steps()
        try:
            self._outcome = self._outcome or next(self._steps)
        except Exception as error:  # noqa: BLE001 - one import's trouble must not stop the others
            _log.error("import %s: uncaught %s", current.id, type(error).__name__)
            self._outcome = Outcome("internal_error", Tally())
        if self._outcome is None:
            return now
        begun = now if current.started_at is None else current.started_at
        if now < begun + self.settings.processing_seconds:
            return begun + self.settings.processing_seconds
        self._end(current, self._outcome, now)
        return now

    def _end(self, current: Import, outcome: Outcome, now: float) -> None:
        tally = outcome.tally
        with transaction(self.connection):
            self.connection.execute(
                "UPDATE imports SET rows = ?, errors = ?, warnings = ?, row_errors = ? WHERE id = ?",
                (tally.rows, tally.errors, tally.warnings, json.dumps(tally.row_errors), current.id),
            )
            imports.end(self.connection, current.id, outcome.reason, now)
        self._steps = self._outcome = None
        self.blobs.remove(current.id)

    def _forget(self, now: float) -> float | None:
        limit = self.settings.never_uploaded_seconds
        oldest = imports.forgotten(self.connection) if limit is not None else None
        if limit is None or oldest is None:
            return None
        if now < oldest.created_at + limit:
            return oldest.created_at + limit
        with transaction(self.connection):
            imports.end(self.connection, oldest.id, "never_uploaded", now)
        return now
