"""What one import is to hold, and how a run of it behaves."""

from collections.abc import Callable, Sequence
from typing import Literal

from attrs import frozen

from memory_imports._body import Body
from memory_imports.models import ColumnMapping, ImportStatus, PartResult, Progress


@frozen(kw_only=True)
class Part:
    """``rows`` records of ``body``, which start with the one numbered ``first_row`` in ``file``."""

    store_id: str
    file: str
    filename: str
    body: Body
    first_row: int
    rows: int
    sha256: str
    mappings: Sequence[ColumnMapping]

    def result(self, import_id: str | None, abandoned: tuple[str, ...] = ()) -> PartResult:
        """Return what is known of the part before its import has ended."""
        return PartResult(
            import_id=import_id,
            state=None,
            file=self.file,
            first_row=self.first_row,
            last_row=self.first_row + self.rows - 1,
            rows=self.rows,
            bytes=self.body.size,
            sha256=self.sha256,
            abandoned=abandoned,
        )


@frozen(kw_only=True)
class Manner:
    """How a part is run: until when (seconds from the start), whether to its end, and who is told."""

    timeout: float
    follow: bool = True
    tell: Callable[[Progress], None] = lambda _: None

    def sending(
        self, part: Part, phase: Literal["creating", "uploading"], sent: int = 0, import_id: str | None = None
    ) -> None:
        """Tell how much of a part has been sent."""
        self.tell(
            Progress(phase=phase, bytes_sent=sent, bytes_total=part.body.size, rows=part.rows, import_id=import_id)
        )

    def processing(self, part: Part, seen: ImportStatus) -> None:
        """Tell what state a part's import is in."""
        size = part.body.size
        self.tell(
            Progress(
                phase="processing",
                bytes_sent=size,
                bytes_total=size,
                rows=part.rows,
                import_id=seen.import_id,
                state=str(seen.state),
            )
        )
