"""How the program may end short of what was asked: which exit code, which outcome, which kind of error.

The one table of it. A refusal by the service that is none of the special cases is a failed import (1), an unknown
store included: whether the id is wrong or the store is gone is not for this side to say.
"""

from typing import Literal, Self

from attrs import frozen

from memory_imports import errors

USAGE = 2
# What is told of an error besides its kind and its message, where it knows it.
DETAILS = ("import_id", "request_id", "status", "code", "state")
Word = Literal["failed", "refused", "timed_out", "interrupted"]


class CommandError(Exception):
    """What the command line itself finds wrong; the message is one sentence for a person."""

    def __init__(
        self,
        message: str,
        *,
        command: str | None = None,
        import_id: str | None = None,
        request_id: str | None = None,
        state: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.command = command
        self.import_id = import_id
        self.request_id = request_id
        self.state = state


class UsageError(CommandError):
    """The words of the command do not make sense; ``help`` is what to show of those that would."""

    help: str = ""


class ExtraMissingError(CommandError):
    """The package was installed without what this command needs."""


class SandboxRefusedError(CommandError):
    """The sandbox cannot start as told."""


class CheckUnavailableError(CommandError):
    """A check for drift could not run, which says nothing about drift."""


class DemoFailedError(CommandError):
    """The demo did not show what it should."""


class ImportFailedError(CommandError):
    """The service did not take the file."""

    @classmethod
    def of(
        cls,
        import_id: str | None,
        errors: int | None,
        *,
        request_id: str | None = None,
        failed: int = 1,
        parts: int = 1,
    ) -> Self:
        """Return the error for so many failed imports of a run, the first of which is named."""
        what = "The import failed" if parts == 1 else f"{failed} of {parts} imports failed"
        counted = "counts no row errors" if errors is None else f"counts {errors:,} row errors"
        message = f"{what}; the service {counted} and does not say more."
        return cls(message, import_id=import_id, request_id=request_id, state="FAILED")


class DeclinedError(CommandError):
    """A person was shown what would be sent, and did not say yes."""


class OutputLostError(CommandError):
    """Standard output takes nothing more."""


@frozen
class Stop:
    """An exit code, the outcome that goes with it, and whether the same command again may end otherwise."""

    exit_code: int
    outcome: Word
    resumable: bool = False


_BUG = Stop(1, "failed")
# The first that fits counts.
_STOPS: tuple[tuple[tuple[type[BaseException], ...], Stop], ...] = (
    ((KeyboardInterrupt,), Stop(130, "interrupted", resumable=True)),
    ((errors.FileRefused, DeclinedError), Stop(1, "refused")),
    ((errors.SourceChanged,), Stop(1, "failed")),
    (
        (errors.CallerError, UsageError, ExtraMissingError, SandboxRefusedError, CheckUnavailableError),
        Stop(USAGE, "refused"),
    ),
    ((errors.CredentialsRefused,), Stop(4, "failed")),
    ((errors.WaitTimeout,), Stop(5, "timed_out", resumable=True)),
    (
        (
            errors.ConnectionLost,
            errors.RateLimited,
            errors.ServiceUnavailable,
            errors.UploadRefused,
            errors.UnknownState,
        ),
        Stop(1, "failed", resumable=True),
    ),
    ((errors.MemoryImportsError, CommandError), Stop(1, "failed")),
)


def stop_of(problem: BaseException) -> Stop:
    """Return how the program ends because of a problem; one that nobody foresaw is a failure, too."""
    return next((stop for kinds, stop in _STOPS if isinstance(problem, kinds)), _BUG)


_GO_ON = "The same command goes on from there."


def is_resumable(problem: BaseException, *, begun: bool = False) -> bool:
    """Whether the same command again may end otherwise.

    Where imports have ``begun``, it goes on with them once it is let, whatever the service said meanwhile.
    """
    from_outside = isinstance(problem, errors.MemoryImportsError) and not isinstance(problem, errors.CallerError)
    return stop_of(problem).resumable or (begun and from_outside)


def sentence_of(problem: BaseException, *, goes_on: bool = False, begun: bool = False) -> str:
    """Return what to say of a problem; nothing of one that nobody foresaw but its kind, for its text may be secret.

    Where the command ``goes_on``, the same one again takes up what it had ``begun``; others have nothing to go on with.
    """
    if isinstance(problem, KeyboardInterrupt):
        return f"Interrupted{'; run the same command again to go on' if goes_on else ''}."
    if isinstance(problem, errors.WaitTimeout) and goes_on:
        return f"{problem.fact} {_GO_ON}"  # which is what it advises callers, in other words
    if isinstance(problem, errors.MemoryImportsError | CommandError):
        return f"{problem.message} {_GO_ON}" if goes_on and is_resumable(problem, begun=begun) else problem.message
    return (
        f"This is a bug in memory-imports ({type(problem).__name__}); "
        "please report it with what the same command says with --verbose."
    )


def described(problem: BaseException, *, goes_on: bool, begun: bool = False) -> dict[str, object]:
    """Return a problem as the ``error`` object of ``--json``."""
    kind = "Interrupted" if isinstance(problem, KeyboardInterrupt) else type(problem).__name__
    is_ours = isinstance(problem, errors.MemoryImportsError | CommandError)
    return {
        "kind": kind,
        "message": sentence_of(problem, goes_on=goes_on, begun=begun),
        # What an error of others calls so may be anything.
        **{name: getattr(problem, name, None) if is_ours else None for name in DETAILS},
        "resumable": is_resumable(problem, begun=begun),
    }
