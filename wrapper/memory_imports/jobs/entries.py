"""The words of the journal: a job, and how far each of its parts has come; what makes no sense is refused."""

import os

from attrs import field, frozen
from attrs.validators import deep_iterable, ge, in_, instance_of, le, min_len, optional

_TEXT, _COUNT = instance_of(str), instance_of(int)
# Seconds: up to the last that a calendar knows. What is no number cannot be compared.
_MOMENT = [ge(0), le(253402300799)]
_STAGES = ("creating", "created", "uploading", "uploaded", "ended")


@frozen(kw_only=True)
class Job:
    """What is sent where: the same ``key``, the same job. ``rows`` and ``bytes`` are those that are sent."""

    key: str = field(validator=_TEXT)
    store_id: str = field(validator=_TEXT)
    files: tuple[str, ...] = field(validator=deep_iterable(_TEXT, min_len(1)))
    parts: int = field(validator=_COUNT)
    rows: int = field(validator=_COUNT)
    bytes: int = field(validator=_COUNT)

    @property
    def name(self) -> str:
        """Return what to call it in a sentence."""
        return self.files[0] if len(self.files) == 1 else f"{self.files[0]} and {len(self.files) - 1} more"

    def is_rival_of(self, other: "Job") -> bool:
        """Whether both would put the same file into the same store, each in its own way."""
        shared = {file for file in self.files if os.path.isabs(file)} & {*other.files}  # noqa: PTH117 - names, not files
        return self.key != other.key and self.store_id == other.store_id and bool(shared)


@frozen
class Entry:
    """How far one part came, and when (seconds since the epoch) it last said so; ``state`` is how it ended.

    ``errors`` and ``warnings`` are the service's counts of rows, None where it gave none; ``abandoned`` names the
    imports that were made for the part on the way and got no file.
    """

    stage: str = field(validator=in_(_STAGES))
    import_id: str | None = field(validator=optional(_TEXT))
    state: str | None = field(validator=optional(_TEXT))
    errors: int | None = field(validator=optional(_COUNT))
    warnings: int | None = field(validator=optional(_COUNT))
    at: float = field(validator=_MOMENT)
    abandoned: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.import_id is None and self.stage in _STAGES[1:4]:
            raise ValueError("an import that has no id")

    @property
    def has_ended(self) -> bool:
        """Whether its import has come to an end, good or bad."""
        return self.stage == "ended"

    @property
    def went_in(self) -> bool:
        """Whether the service has taken it in."""
        return self.state == "COMPLETED"

    @property
    def may_be_in(self) -> bool:
        """Whether the service may have it: all of it was sent, or nobody knows how much."""
        return self.went_in or self.stage in {"uploading", "uploaded"}


@frozen(kw_only=True)
class Standing:
    """A job as the journal shows it: so many parts are ``done`` and so many ``failed``, the others are still to come.

    ``began`` and ``at``, its last news, are in seconds since the epoch.
    """

    job: Job
    began: float = field(validator=_MOMENT)
    at: float = field(validator=_MOMENT)
    done: int = field(validator=_COUNT)
    failed: int = field(validator=_COUNT)

    @property
    def state(self) -> str:
        """In a word: finished, failed (some part did), or unfinished."""
        if self.done == self.job.parts:
            return "finished"
        return "failed" if self.failed else "unfinished"
