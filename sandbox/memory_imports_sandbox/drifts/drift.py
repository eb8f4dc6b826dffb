"""What a planted drift is: a declaration, and at most a handful of functions that bend the service in one place.

A function sees a `Scene` and nothing else of the world; none of them reads a clock or draws a random number, so a
service with a drift gives the same bytes as one without, but for the drift.
"""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, Literal

from attrs import Factory, field, frozen
from attrs.validators import in_, matches_re

from memory_imports_sandbox.account import Account
from memory_imports_sandbox.blobs import Blobs
from memory_imports_sandbox.messages import Reply, Request
from memory_imports_sandbox.objects import UPLOAD, Bucket, Upload

Json = Any  # a JSON value can be anything
Level = Literal["read", "create", "upload"]

LEVELS: tuple[Level, ...] = ("read", "create", "upload")
CREATE = "CreateProfilesImportV2"
LIST = "ListProfileImportsV2"
FETCH = "FetchProfileImportV2"
API = (CREATE, LIST, FETCH)
OPERATIONS = (*API, UPLOAD)


@frozen
class Scene:
    """What a drift may look at; `memory` is its own to write in, and lasts as long as the service."""

    account: Account
    bucket: Bucket
    connection: sqlite3.Connection
    now: float
    memory: dict[str, Any] = field(factory=dict)


RequestRule = Callable[[Scene, Request], Request]
ReplyRule = Callable[[Scene, Request, Reply], Reply]


@frozen(kw_only=True)
class Drift:
    """One way in which the service differs from the contract."""

    name: str = field(validator=matches_re(r"[a-z0-9]+(-[a-z0-9]+)+"))
    """Stable, kebab-case."""
    operations: tuple[str, ...]
    """Where it can be seen; the functions below are called for these alone."""
    where: str = field(validator=matches_re(r"(answer|request):.*"))
    """The place: `answer:` or `request:`, then a JSON pointer, `status`, `method`, `path/NAME`, `query/NAME` or
    `header/NAME`."""
    says: str = field(validator=matches_re(r"\S.*\."))
    """What the service does, in one sentence."""
    level: Level = field(validator=in_(LEVELS))
    """The least that a detector has to do to notice it."""
    wants: Mapping[str, Any] = field(factory=dict)
    """Settings that let it be seen within a minute, for a sandbox where nobody has chosen others."""
    request: RequestRule | None = None
    """What the service takes a request for."""
    reply: ReplyRule | None = None
    """What becomes of an answer; gets the request as it came."""
    contract: Callable[[Json], None] | None = None
    """Changes a copy of the specification that requests are judged by, in place."""
    blobs: Callable[[Blobs], Blobs] | None = None
    """What the object store keeps its files in."""
    closing: Callable[[Upload], None] = Factory(lambda: _as_it_came)
    """Has a last look at an upload before it is judged."""


def _as_it_came(_: Upload) -> None:
    """Leaves the upload alone."""
