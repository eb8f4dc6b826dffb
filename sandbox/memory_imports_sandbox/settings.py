"""Everything that can be set about the sandbox, each with its default and where the default comes from.

A switch marked [?] stands for something that nobody outside the vendor knows. Its default is a choice of this
sandbox, made so that a careful client passes; the other values are there to find out who relied on the choice.
This module holds values only; it opens nothing.
"""

import ipaddress
from pathlib import Path
from typing import Literal

from attrs import Attribute, field, frozen
from attrs.validators import ge, gt, in_, le, optional

from memory_imports_sandbox.loopback import is_loopback


class SandboxError(Exception):
    """The sandbox cannot start; the message is one sentence for the person who started it.

    `switch` is the setting that has a catalogue in which the right word can be found.
    """

    def __init__(self, message: str, *, switch: str | None = None) -> None:
        super().__init__(message)
        self.switch = switch


def _reachable_only_on_request(settings: "Settings", _: "Attribute[str]", host: str) -> None:
    if is_loopback(host):
        return
    try:
        ipaddress.ip_address(host)
    except ValueError as error:
        raise SandboxError(f"{host!r} is not an address to listen on.") from error
    if not settings.allow_remote:
        raise SandboxError(f"{host} can be reached from other machines; allow_remote=True says that this is meant.")


def _one_of_the_catalogue(_: "Settings", __: "Attribute[str | None]", drift: str | None) -> None:
    if drift is not None:
        from memory_imports_sandbox.drifts import find  # noqa: PLC0415 - who wants no drift does not load them

        find(drift)


_Kinds = tuple[str, ...] | None


def _kinds_that_there_are(_: "Settings", __: "Attribute[_Kinds]", kinds: _Kinds) -> None:
    if kinds is not None:
        from memory_imports_sandbox.faults import chosen  # noqa: PLC0415 - who wants no fault does not load them

        chosen(kinds)


@frozen(kw_only=True)
class Settings:
    """How one sandbox behaves; durations are seconds.

    Raises:
        SandboxError: The host is not loopback and `allow_remote` was not given, or there is no such drift or fault.
        ValueError: A switch has a value that it does not know.
    """

    data: Path | None = None
    """Folder that outlives the process. None: a temporary folder, removed at the end."""
    port: int = field(default=0, validator=[ge(0)])
    """TCP port; 0 picks a free one."""
    allow_remote: bool = False
    """Whether other machines may reach the sandbox. Its passwords travel in clear: think twice."""
    host: str = field(default="127.0.0.1", validator=_reachable_only_on_request)
    """Address to listen on."""
    store_id: str | None = None
    """The only store there is. None: the one of the data folder, else a new one."""
    username: str | None = None
    """User name of basic auth. None: the one made up for the data folder."""
    password: str | None = field(default=None, repr=False)
    """Password of basic auth, which is not kept. None: the one made up for the data folder, which is."""
    spec: Path | None = None
    """Contract to serve. None: the packaged one. Another file changes what requests are allowed."""
    drift: str | None = field(default=None, validator=_one_of_the_catalogue)
    """One way to differ from the contract, by its name in `drifts`. None: it does not."""

    faults: int | None = None
    """Seed of the bad weather: which request meets what. None: there is none."""
    fault_rate: float = field(default=0.1, validator=[gt(0), le(1)])
    """How likely each request is to meet a fault."""
    fault_kinds: _Kinds = field(default=None, validator=_kinds_that_there_are)
    """The kinds of faults to draw from, by their names in `faults`. None: all."""
    fault_stall: float = field(default=2.0, validator=gt(0))
    """How long a fault that makes a client wait may last."""
    bandwidth: int | None = field(default=None, validator=optional(gt(0)))
    """Bytes a second that the line carries, each way, shared by all connections. None: no limit."""
    latency: float = field(default=0.0, validator=ge(0))
    """How much later each answer begins, as over a line that long."""

    url_style: Literal["sigv4", "sigv2"] = field(default="sigv4", validator=in_(("sigv4", "sigv2")))
    """How upload URLs are signed; the vendor has shown both, the newer specification sigv4."""
    url_lifetime: int = field(default=1800, validator=gt(0))
    """Seconds that an upload URL lives; the vendor's example says 1800."""
    rate: float | None = field(default=None, validator=optional(gt(0)))
    """API requests a second for the account, above which 429 is answered. None: no limit."""
    upload_rate: int | None = field(default=None, validator=optional(gt(0)))
    """Bytes a second that an upload is read at. None: as fast as it comes."""
    upload_idle: float = field(default=20.0, validator=gt(0))
    """Seconds without a byte after which a body is given up: an upload's with RequestTimeout, as S3 does."""
    pending_seconds: float = field(default=0.3, validator=ge(0))
    """How long an uploaded import stays PENDING, so that a person can see it."""
    processing_seconds: float = field(default=0.7, validator=ge(0))
    """How long an import is PROCESSING at least."""

    never_uploaded_seconds: float | None = field(default=None, validator=optional(ge(0)))
    """[?] Seconds after which an import without a file is FAILED. None, the default: it stays PENDING."""
    failed_rows: Literal["discard", "keep"] = field(default="discard", validator=in_(("discard", "keep")))
    """[?] Whether the good rows of a file with too many bad ones are applied. Default: none is."""
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = field(
        default="utf-8", validator=in_(("utf-8", "utf-8-sig", "cp1252"))
    )
    """[?] How files are read. Default: UTF-8, where a byte order mark belongs to the first column's name."""
    delimiter: str = field(default=",", validator=in_((",", ";", "\t", "|")))
    """[?] What parts cells. Default: a comma."""
    quoting: Literal["rfc4180", "none"] = field(default="rfc4180", validator=in_(("rfc4180", "none")))
    """[?] Whether double quotes enclose cells. Default: as in RFC 4180; `none` takes them as characters."""
    line_ends: Literal["any", "lf", "crlf"] = field(default="any", validator=in_(("any", "lf", "crlf")))
    """[?] The line ends a file may have, judged by its header line. Default: any."""
    duplicate_rows: Literal["apply", "skip"] = field(default="apply", validator=in_(("apply", "skip")))
    """[?] A row for a profile that the same import has already written. Default: applied, so the last one wins."""
    row_order: Literal["file", "backwards"] = field(default="file", validator=in_(("file", "backwards")))
    """[?] The order rows are applied in. Default: the file's; `backwards` turns every slice of it around."""
    characters: Literal["accept", "warn", "refuse"] = field(
        default="accept", validator=in_(("accept", "warn", "refuse"))
    )
    """[?] Letters that are not Latin. Default: taken; else counted as warnings, or as row errors."""
    arrays: Literal["text", "json"] = field(default="text", validator=in_(("text", "json")))
    """[?] Cells such as `["a", "b"]`. Default: text like any other; `json` makes lists of them."""
