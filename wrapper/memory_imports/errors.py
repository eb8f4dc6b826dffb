"""Everything that can go wrong, as one tree. It may import nothing of this package.

::

    MemoryImportsError
    ├── CallerError             the call cannot work as it stands: change it
    │   ├── InvalidRequest      an argument that the contract forbids          .field
    │   ├── CredentialsMissing  nothing to sign in with
    │   ├── FileRefused         the file would lose data or be refused         .problems .counts
    │   ├── SourceChanged       the file is not the one that was checked
    │   └── JobConflict         the journal says that this must not be sent now    .code
    ├── ServiceError            the vendor refused                             .status .code
    │   ├── BadRequest          400
    │   ├── CredentialsRefused  401 and 403
    │   ├── NotFound            404: no such store or import
    │   ├── RateLimited         429, still after the retries                   .retry_after
    │   ├── ServiceUnavailable  5xx, still after the retries
    │   └── UploadRefused       the object store refused the file              .code
    │       └── UploadExpired   the upload URL is no longer valid
    ├── ContractBroken          an answer that the contract forbids: drift     .operation .pointer
    │   └── UnknownState        a status word that the contract does not know  .word
    ├── ConnectionLost          no answer, still after the retries             .reason .sent
    └── WaitTimeout             the import had not ended in time               .waited

Every error carries what is known of ``import_id``, ``request_id`` and ``state`` (the import's state last seen),
so that the work can go on from it; ``parts`` is what had become of each part of a run by then. Its ``fact`` is the
message without the ``advice`` that may be in it. None carries a credential, a signed URL or a cell value.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar

from attrs import frozen

Severity = Literal["error", "warning", "note"]


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with a file, and where.

    ``row`` counts data records from 1; ``line`` counts physical lines from 1, the header being line 1.
    The message never holds a cell value.
    """

    code: str
    severity: Severity
    file: str
    row: int | None = None
    line: int | None = None
    column: str | None = None
    message: str


class MemoryImportsError(Exception):
    """The root of every error that this package raises on purpose."""

    parts: Sequence[Any] = ()
    """The `PartResult` of every part, where a run of parts ended so."""

    abandoned: Sequence[str] = ()
    """The imports that were made on the way and got no file: they hold nothing and stay PENDING."""

    advice: str = ""
    """What to do, in the message's words; empty where it says nothing of that."""

    def __init__(
        self,
        message: str,
        *,
        import_id: str | None = None,
        request_id: str | None = None,
        state: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.import_id = import_id
        self.request_id = request_id
        self.state = state

    @property
    def fact(self) -> str:
        """Return the message without its advice, for whoever has a better one."""
        fact = self.message
        for joint in ("; ", " ") if self.advice else ():
            fact = fact.replace(f"{joint}{self.advice}", "", 1)
        return fact

    def __reduce__(self) -> tuple[object, ...]:
        """Keep every attribute when the error crosses a process boundary."""
        return (_rebuild, (type(self), self.args, self.__dict__))


Advised = TypeVar("Advised", bound=MemoryImportsError)


def advised(problem: Advised, advice: str) -> Advised:
    """Return an error whose message says what to do, too."""
    problem.advice = advice
    problem.message = f"{problem.message.removesuffix('.')}; {advice}."
    problem.args = (problem.message,)
    return problem


def _rebuild(kind: type[MemoryImportsError], args: tuple[object, ...], state: dict[str, object]) -> object:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class CallerError(MemoryImportsError, ValueError):
    """What was asked cannot be done as it stands."""


class InvalidRequest(CallerError):
    """An argument that the contract forbids; nothing was sent."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


def unreadable(name: str, problem: OSError | ValueError) -> InvalidRequest:
    """Return the error for a file that the system does not let us read."""
    reason = getattr(problem, "strerror", None) or type(problem).__name__
    return InvalidRequest(f"{name} cannot be read: {reason}.", field="source")


def how_to_install(*extras: str) -> str:
    """Return what to do where extras are missing: not a command, for only the reader knows where this came from."""
    named = f"its extra{'s' if len(extras) > 1 else ''} {' and '.join(extras)}"
    return f"install memory-imports with {named}, from where you have memory-imports"


class CredentialsMissing(CallerError):
    """No credentials were given and none are in the environment."""


class FileRefused(CallerError):
    """The file would lose data or be refused by the service; nothing was sent.

    ``problems`` holds the first of them, ``counts`` how many there are of each code.
    """

    def __init__(self, message: str, *, problems: Sequence[Problem], counts: Mapping[str, int]) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.counts: dict[str, int] = dict(counts)


class SourceChanged(CallerError):
    """The file on disk is no longer the one that was checked or partly sent."""


def changed(name: str) -> SourceChanged:
    """Return the error for a source that is not what it was when it was first read."""
    return SourceChanged(f"{name} has changed since it was first read; start again with the file as it is now.")


class JobConflict(CallerError):
    """The journal says that this job must not be sent now.

    ``code`` says why in a word: ``already_imported`` (and others have gone into the store since), ``half_done``,
    ``under_way`` (an earlier version), ``unknown_import``; None where the journal cannot be used or another run has it.
    """

    code: str | None = None


class ServiceError(MemoryImportsError):
    """The vendor answered with a refusal. ``status`` is the HTTP status, ``code`` the vendor's own."""

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: int | str | None = None,
        import_id: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, import_id=import_id, request_id=request_id)
        self.status = status
        self.code = code


class BadRequest(ServiceError):
    """400: the service did not accept the request."""


class CredentialsRefused(ServiceError):
    """401 or 403: the credentials are wrong, or may not do this."""


class NotFound(ServiceError):
    """404: no such store or import for these credentials."""


class RateLimited(ServiceError):
    """429 after every retry. ``retry_after`` is in seconds, as the service last asked."""

    retry_after: float | None = None


class ServiceUnavailable(ServiceError):
    """A 5xx answer after every retry."""


class UploadRefused(ServiceError):
    """The object store refused the file; ``code`` is its own word, such as ``AccessDenied``."""


class UploadExpired(UploadRefused):
    """The upload URL has ended; only a new import gives another."""


class ContractBroken(MemoryImportsError):
    """An answer that the contract forbids: the API has drifted.

    ``operation`` is the contract's operation id, ``pointer`` the place in the answer as a JSON pointer.
    """

    def __init__(
        self,
        message: str,
        *,
        operation: str,
        pointer: str,
        status: int,
        import_id: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, import_id=import_id, request_id=request_id)
        self.operation = operation
        self.pointer = pointer
        self.status = status


class UnknownState(ContractBroken):
    """A status ``word`` that the contract does not know; the import may still end well."""

    word: str = ""


class ConnectionLost(MemoryImportsError):
    """No answer came, after every retry. ``reason`` names the kind of failure.

    ``sent`` is False where an import was asked for and certainly nothing of that came to the service.
    """

    sent: bool = True

    def __init__(self, message: str, *, reason: str, import_id: str | None = None) -> None:
        super().__init__(message, import_id=import_id)
        self.reason = reason


class WaitTimeout(MemoryImportsError, TimeoutError):
    """The import had not ended in time; waiting for the same import id goes on from here."""

    def __init__(self, message: str, *, import_id: str | None, state: str | None, waited: float) -> None:
        super().__init__(message, import_id=import_id, state=state)
        self.waited = waited
