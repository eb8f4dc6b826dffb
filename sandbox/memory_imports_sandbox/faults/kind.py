"""What a kind of bad weather is: a declaration, and one function that makes it on the wire.

None of the functions knows of another, nor draws a number of its own: the wire brings the only source of chance.
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from attrs import field, frozen
from attrs.validators import matches_re

from memory_imports_sandbox.faults.wire import Wire
from memory_imports_sandbox.messages import Reply
from memory_imports_sandbox.objects import UPLOAD

Act: TypeAlias = Callable[[Wire], Awaitable[None]]

CREATE = "CreateProfilesImportV2"
LIST = "ListProfileImportsV2"
FETCH = "FetchProfileImportV2"
API = (CREATE, LIST, FETCH)
OPERATIONS = (*API, UPLOAD)
WITH_A_BODY = (CREATE, UPLOAD)


@frozen(kw_only=True)
class Kind:
    """One thing that can happen to a request."""

    name: str = field(validator=matches_re(r"[a-z0-9]+(-[a-z0-9]+)+"))
    """Stable, kebab-case."""
    says: str = field(validator=matches_re(r"\S.*\."))
    """What happens, in one sentence."""
    processed: bool
    """Whether the service has done what was asked when it happens."""
    act: Act
    """Makes it happen, and strikes when it does."""
    operations: tuple[str, ...] = OPERATIONS
    """The requests that it can happen to."""


def instead(make: Callable[[Wire], Reply]) -> Act:
    """Answers without having done anything."""

    async def act(wire: Wire) -> None:
        wire.strike()
        await wire.read()
        await wire.say(make(wire))

    return act


def afterwards(make: Callable[[Wire], Reply]) -> Act:
    """Does what was asked, and answers as if it had not."""

    async def act(wire: Wire) -> None:
        await wire.answer()
        wire.strike()
        await wire.say(make(wire))

    return act


def changed(change: Callable[[Wire, Reply], Reply | None]) -> Act:
    """Does what was asked, and changes the answer; None leaves it as it is, and nothing has happened."""

    async def act(wire: Wire) -> None:
        reply = await wire.answer()
        other = change(wire, reply)
        if other is not None:
            wire.strike()
        await wire.say(other or reply)

    return act
