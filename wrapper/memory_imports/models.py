"""What the client takes and gives back: frozen values. A created import and a fetched import are two types.

Reprs hold no signed URL. ``extra`` keeps the fields that the contract does not know.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from memory_imports._held import hold_url
from memory_imports.errors import Problem

if TYPE_CHECKING:
    from memory_imports_api.models import ImportState

Order = Literal["asc", "desc"]
Outcome = Literal["completed", "completed_with_errors", "failed", "uploaded"]


@frozen
class ColumnMapping:
    """One CSV column and the trait that its values go to. Source: the create request's ``columnMappings``."""

    column_name: str
    trait_group: str
    trait_name: str


@frozen(kw_only=True)
class CreatedImport:
    """An import that waits for its file of ``file_size`` bytes.

    ``url`` is a secret, and good until ``expires_at`` (None: unknown). ``abandoned`` names imports that a
    request whose answer was lost had made: nothing was uploaded to them and nothing will be.
    """

    import_id: str
    url: str = field(repr=False)
    file_size: int
    abandoned: tuple[str, ...] = ()
    expires_at: datetime | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)

    def __attrs_post_init__(self) -> None:
        hold_url(self.url)


@frozen(kw_only=True)
class ImportSummary:
    """The service's own counts of rows it refused or doubted; None where it gave none."""

    errors: int | None = None
    warnings: int | None = None
    extra: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)


@frozen(kw_only=True)
class ImportStatus:
    """One import as the service shows it. ``file_size`` is in bytes; times carry their zone."""

    import_id: str
    state: "ImportState"
    filename: str
    created_at: datetime
    updated_at: datetime | None = None
    file_size: int | None = None
    column_mappings: tuple[ColumnMapping, ...] | None = None
    summary: ImportSummary | None = None
    request_id: str | None = None
    extra: Mapping[str, Any] = field(factory=dict[str, Any], repr=False)

    @property
    def ended(self) -> bool:
        """Whether the import has come to its end, good or bad."""
        return self.state in {"COMPLETED", "FAILED"}

    @property
    def errors(self) -> int | None:
        """Rows that did not go in, by the service's own count; None where it gave none."""
        return None if self.summary is None else self.summary.errors

    @property
    def warnings(self) -> int | None:
        """Rows that the service doubts, by its own count; None where it gave none."""
        return None if self.summary is None else self.summary.warnings


@frozen(kw_only=True)
class Progress:
    """How far a run is. Figures are absolute: after a retry ``bytes_sent`` starts again from 0.

    While files are being checked they are of all of them together, afterwards of one ``part``, counted from 0:
    ``rows`` are its data records, ``errors`` and ``warnings`` the service's counts once it has given them, and
    ``request_id`` is the vendor's id of the request that made the import, later of the one that asked for its state.
    A part is ``resuming`` while the service is asked, for up to a minute, whether an interrupted upload arrived.
    """

    phase: Literal["checking", "resuming", "creating", "uploading", "processing"]
    part: int | None = None
    bytes_sent: int = 0
    bytes_total: int = 0
    rows: int | None = None
    import_id: str | None = None
    state: str | None = None
    errors: int | None = None
    warnings: int | None = None
    request_id: str | None = None


@frozen(kw_only=True)
class PartResult:
    """One import of a run: ``rows`` records of a file, from its ``first_row`` to its ``last_row``, counted from 1.

    ``rows`` is less than that span where rows between them stay out or go in with other parts. ``abandoned`` names
    imports that were created on the way and got no file: they hold nothing. ``errors`` and ``warnings`` are the
    service's counts of rows, None where it gave none.
    """

    import_id: str | None
    state: str | None
    file: str
    first_row: int
    last_row: int
    rows: int
    bytes: int
    sha256: str
    errors: int | None = None
    warnings: int | None = None
    request_ids: tuple[str, ...] = ()
    abandoned: tuple[str, ...] = ()


@frozen(kw_only=True)
class RunResult:
    """What became of a run: ``uploaded`` where some end was not waited for, ``failed`` where some part failed.

    ``rows`` and ``bytes`` are what was sent. ``problems`` holds the first thousand things that are worth knowing and
    did not stop it, ``counts`` how many there are of each code. ``rejects`` rows stayed out, into ``rejects_file``.
    """

    outcome: Outcome
    store_id: str
    rows: int
    bytes: int
    parts: tuple[PartResult, ...]
    problems: tuple[Problem, ...] = ()
    counts: Mapping[str, int] = field(factory=dict[str, int])
    rejects: int = 0
    rejects_file: str | None = None
