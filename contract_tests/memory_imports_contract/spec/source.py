"""Reads a specification from a path or a URL, YAML or JSON, of any dialect of OpenAPI 3. Compares nothing.

Whatever cannot be read, or holds no operation, is an error: an empty file must never look like a contract unchanged.
"""

import json
import math
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import yaml

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.loopback import is_loopback
from memory_imports_contract.spec.document import Document

MAX_BYTES = 32 * 1024 * 1024
# The vendor's whole API has some ten thousand.
MAX_VALUES = 2_000_000
MAX_DEPTH = 100
_SECONDS = 30
_REDIRECTS = 3
_SCALARS = frozenset(("tag:yaml.org,2002:" + kind) for kind in ("bool", "float", "int", "merge", "null"))


class _UnfitError(Exception):
    """The text is no specification that could be read; its own text goes on where the file's name ends."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # the C parser where it was built
    """Scalars as JSON knows them: no dates, and `yes`, `no`, `on`, `off` are words."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Take over what is merged into an object, if that is no more than a specification may have."""
        super().flatten_mapping(node)
        if len(node.value) > MAX_VALUES // MAX_DEPTH:
            raise _UnfitError("unfolds to too many values; write it without merged keys")


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag in _SCALARS and not (tag.endswith(":bool") and first not in "tTfF")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def packaged() -> Path:
    """Return the specification that this distribution carries, without importing the package around it.

    Raises:
        DriftUnavailable: It is not installed.
    """
    found = find_spec("memory_imports_api")
    if found is None or not found.submodule_search_locations:
        raise DriftUnavailable("The packaged specification is not installed; name one with --base.")
    return Path(found.submodule_search_locations[0]) / "imports.yaml"


def load(source: str | Path) -> Document:
    """Return the specification at a path or URL.

    Args:
        source: A file, or an https URL, or an http URL of this machine.

    Raises:
        DriftUnavailable: It cannot be read, or is no OpenAPI 3 document with operations.
    """
    if isinstance(source, str) and "://" in source:
        name = _shown(source)
        return parse(_fetched(source, name), name)
    path = Path(source)
    return parse(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """Return what a file holds, if that is no more than a specification may have. Raises `DriftUnavailable`."""
    try:
        with path.open("rb") as stream:  # a device has no size, and may have no end
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DriftUnavailable(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    if len(content) > MAX_BYTES:
        raise DriftUnavailable(f"{path} is larger than {MAX_BYTES} bytes.")
    return content


def parse(content: bytes, name: str) -> Document:
    """Return the specification in a text; ``name`` stands for it in sentences. Raises `DriftUnavailable`."""
    try:
        raw = _parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DriftUnavailable(f"{name} is not UTF-8 text; save it as that.") from error
    except _UnfitError as error:
        raise DriftUnavailable(f"{name} {error}.") from None
    except RecursionError as error:
        raise DriftUnavailable(f"{name} is nested more than {MAX_DEPTH} levels deep; write it flatter.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (line {mark.line + 1})" if mark else ""
        raise DriftUnavailable(f"{name} is neither YAML nor JSON{line}; is it whole?") from error
    except (ValueError, OverflowError) as error:
        raise DriftUnavailable(f"{name} holds a number or a date that cannot be read; correct it.") from error
    if raw is None:
        raise DriftUnavailable(f"{name} is empty.")
    version = str(raw.get("openapi", "")) if isinstance(raw, dict) else ""
    if not version.startswith("3."):
        older = isinstance(raw, dict) and "swagger" in raw
        raise DriftUnavailable(f"{name} is {'Swagger 2, not' if older else 'not'} an OpenAPI 3 document.")
    if not isinstance(raw.get("paths"), dict) or not raw["paths"]:
        raise DriftUnavailable(f"{name} has no paths.")
    return Document(raw, name, older=version.startswith("3.0"))


def _parsed(text: str) -> Any:  # noqa: ANN401 - any YAML
    start = text.lstrip()[:1]
    if start == "<":
        raise _UnfitError("is a web page, not an OpenAPI 3 document; name the file itself, by its raw address")
    raw = _json(text) if start == "{" else None
    if raw is None:
        _refuse_depth(text)
        raw = yaml.load(text, _Loader)  # noqa: S506 - a safe loader, with fewer kinds of scalars
    values, depth = _measured(raw, {})
    if values > MAX_VALUES:
        raise _UnfitError(f"unfolds to more than {MAX_VALUES} values; write it without aliases")
    if depth > MAX_DEPTH:
        raise RecursionError
    return raw


def _json(text: str) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(text)
    except json.JSONDecodeError:  # YAML may begin with a brace, too
        return None


def _refuse_depth(text: str) -> None:
    """Look at the depth first: the parser takes a time that grows with its square."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise RecursionError


def _measured(value: Any, known: dict[int, tuple[float, float]]) -> tuple[float, float]:  # noqa: ANN401 - any YAML
    """How many values there are, and how deep, with every alias written out: few lines may stand for billions."""
    if not isinstance(value, (dict, list)):
        return 1, 0
    if id(value) not in known:
        known[id(value)] = (math.inf, math.inf)  # while it is counted: what holds itself has no end
        held = [_measured(each, known) for each in (value.values() if isinstance(value, dict) else value)]
        known[id(value)] = (1 + sum(values for values, _ in held), 1 + max((depth for _, depth in held), default=0))
    return known[id(value)]


def _fetched(url: str, name: str) -> bytes:
    import httpx  # noqa: PLC0415 - slow to import, and files need none of it

    from memory_imports_contract.wire import TooSlowError  # noqa: PLC0415 - the same

    end = monotonic() + _SECONDS
    try:
        for _ in range(_REDIRECTS + 1):
            _refuse_open(url, name)
            content = _answer(url, name, end)
            if isinstance(content, bytes):
                return content
            url = content
    except TooSlowError:
        raise DriftUnavailable(f"{name} takes longer than {_SECONDS} seconds; fetch it to a file first.") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        kind = type(error).__name__
        raise DriftUnavailable(f"{name} cannot be fetched ({kind}); look at the address and the network.") from None
    raise DriftUnavailable(f"{name} redirects more than {_REDIRECTS} times.")


def _answer(url: str, name: str, end: float) -> bytes | str:
    """What is there, or where it is instead."""
    from memory_imports_contract import wire  # noqa: PLC0415 - as above

    with (
        wire.client(url, timeout=_SECONDS) as client,
        wire.answered(client, client.build_request("GET", url), end) as reply,
    ):
        if reply.has_redirect_location:
            return str(reply.url.join(reply.headers["location"]))
        if not reply.is_success:
            raise DriftUnavailable(f"{name} answered with status {reply.status_code}.")
        if coding := wire.coding_of(reply):
            raise DriftUnavailable(f"{name} comes packed ({coding[:20]!r}), unasked; fetch it to a file and unpack it.")
        try:
            return wire.body_of(reply, end, MAX_BYTES)
        except wire.TooLargeError:
            raise DriftUnavailable(f"{name} is larger than {MAX_BYTES} bytes.") from None


def _refuse_open(url: str, name: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise DriftUnavailable(f"{name} is not fetched: https only, or http on this machine.")


def _shown(url: str) -> str:
    """The URL without what may be secret: user, query and fragment."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    except ValueError:
        raise DriftUnavailable("The URL of the specification is malformed.") from None
