"""What one import is to hold, and how a run of it behaves."""

from collections.abc import Callable, Collection, Sequence
from typing import Literal, Self

from attrs import field, frozen

from memory_imports._body import Body
from memory_imports.models import ColumnMapping, CreatedImport, ImportStatus, PartResult, Progress
from memory_imports.tables.facts import PlannedPart

# Seconds for one import: long enough for the largest file on a slow day.
TIMEOUT = 3600.0


@frozen(kw_only=True)
class Part:
    """``rows`` records of ``body``, which are among those from ``first_row`` to ``last_row`` of ``file``.

    ``index`` counts the parts of a run from 0; those in ``after`` must have gone in before this one may. ``discard``
    removes what was written for this part alone.
    """

    store_id: str
    file: str
    filename: str
    body: Body
    first_row: int
    last_row: int
    rows: int
    sha256: str
    mappings: Sequence[ColumnMapping]
    index: int = 0
    after: tuple[int, ...] = ()
    discard: Callable[[], None] = lambda: None

    @classmethod
    def of(cls, store_id: str, planned: PlannedPart) -> Self:
        """Return a part of a plan for a store."""
        return cls(
            store_id=store_id,
            file=planned.file,
            filename=planned.filename,
            body=Body(planned.file, planned.size, planned.open, planned.stamp, planned.expected, planned.sha256),
            first_row=planned.first_row,
            last_row=planned.last_row,
            rows=planned.rows,
            sha256=planned.sha256,
            mappings=planned.mappings,
            index=planned.index,
            after=planned.after,
            discard=planned.discard,
        )

    def result(self, import_id: str | None, abandoned: tuple[str, ...] = ()) -> PartResult:
        """Return what is known of the part before its import has ended."""
        return PartResult(
            import_id=import_id,
            state=None,
            file=self.file,
            first_row=self.first_row,
            last_row=self.last_row,
            rows=self.rows,
            bytes=self.body.size,
            sha256=self.sha256,
            abandoned=abandoned,
        )


@frozen(kw_only=True)
class Manner:
    """How parts are run: until when, whether to their end, how many at once, who is told.

    ``timeout`` is in seconds from the start, for all of them; by default an hour for each. ``owned`` names the imports
    that somebody goes on with, as far as that is known here.
    """

    timeout: float | None = None
    follow: bool = True
    concurrency: int = 1
    tell: Callable[[Progress], None] = lambda _: None
    owned: Callable[[], Collection[str]] = field(default=tuple, repr=False)

    def sending(
        self, part: Part, phase: Literal["creating", "uploading"], sent: int = 0, created: CreatedImport | None = None
    ) -> None:
        """Tell how much of a part has been sent."""
        self.tell(
            Progress(
                phase=phase,
                part=part.index,
                bytes_sent=sent,
                bytes_total=part.body.size,
                rows=part.rows,
                import_id=created.import_id if created else None,
                request_id=created.request_id if created else None,
            )
        )

    def resuming(self, part: Part, import_id: str, state: str | None = None) -> None:
        """Tell that it is not known yet whether an earlier process has sent a part to this import."""
        self.tell(
            Progress(
                phase="resuming",
                part=part.index,
                bytes_total=part.body.size,
                rows=part.rows,
                import_id=import_id,
                state=state,
            )
        )

    def processing(self, part: Part, seen: ImportStatus) -> None:
        """Tell what state a part's import is in."""
        size = part.body.size
        self.tell(
            Progress(
                phase="processing",
                part=part.index,
                bytes_sent=size,
                bytes_total=size,
                rows=part.rows,
                import_id=seen.import_id,
                state=str(seen.state),
                errors=seen.errors,
                warnings=seen.warnings,
                request_id=seen.request_id,
            )
        )
