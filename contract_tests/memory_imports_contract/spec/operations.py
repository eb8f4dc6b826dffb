"""Finds the operations of the client in a specification and reads them into one form. Compares nothing.

Parameters of the path and of the operation come together, component names and the place of the servers vanish.
"""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from attrs import frozen

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec.document import Document, Place

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_IGNORED_HEADERS = frozenset(("accept", "content-type", "authorization"))  # the specification of OpenAPI says so
_DEFAULT_PORTS = {"https": ":443", "http": ":80"}

Scheme: TypeAlias = tuple[tuple[str, str], ...]


@frozen(eq=False)
class Operation:
    """One operation of one document; ``at`` is its pointer, ``path`` includes what the server's URL begins with."""

    document: Document
    name: str
    method: str
    path: str
    servers: frozenset[str]
    place: Place
    item: Place

    @property
    def at(self) -> str:
        """Where it stands."""
        return self.place.at

    @property
    def shape(self) -> str:
        """Its path without the names of parameters, which never travel."""
        return re.sub(r"\{[^}]*\}", "{}", self.path)

    def parameters(self) -> dict[tuple[str, str], Place]:
        """Return the parameters by place and name; a path's by their position, headers' names in lower case."""
        found: dict[tuple[str, str], Place] = {}
        order = re.findall(r"\{([^}]*)\}", self.path)
        for holder in (self.item, self.place):
            for _, each in self.document.members(holder, "parameters", list):
                parameter = self.document.resolved(each)
                spot, name = (_text(self.document, parameter, key) for key in ("in", "name"))
                if spot == "header" and name.lower() in _IGNORED_HEADERS:
                    continue
                if spot == "path" and name in order:
                    name = f"{{{order.index(name)}}}"
                found[spot, name.lower() if spot == "header" else name] = parameter
        return found

    def body(self) -> Place | None:
        """Return what is sent."""
        body = self.place.get("requestBody")
        return self.document.resolved(body) if body else None

    def answers(self) -> dict[str, Place]:
        """Return what comes back, by status, range of statuses (`4XX`) or `default`."""
        listed = self.document.members(self.place, "responses")
        if not listed:
            raise DriftUnavailable(f"{self.document.name} has no answers at {self.at}; is it whole?")
        return {
            status if status == "default" else status.upper(): self.document.resolved(answer)
            for status, answer in listed
            if not status.startswith("x-")
        }

    def security(self) -> frozenset[frozenset[Scheme]]:
        """Return the ways to sign in; each is the schemes that it needs together, without their names."""
        listed = self.place.get("security") or self.document.root.get("security")
        ways: set[frozenset[Scheme]] = set()
        for _, way in listed.items() if listed else ():
            ways.add(frozenset(self._scheme(name) for name, _ in way.items()))
        return frozenset(ways or {frozenset()})

    def _scheme(self, name: str) -> Scheme:
        place: Place | None = self.document.root
        for part in ("components", "securitySchemes", name):
            place = place.get(part) if place else None
        if place is None:
            raise DriftUnavailable(f"{self.document.name} does not define the security scheme {name}; is it whole?")
        raw = self.document.resolved(place).value
        said = {key: str(raw[key]) for key in ("type", "scheme", "in", "name", "openIdConnectUrl") if key in raw}
        if "scheme" in said:
            said["scheme"] = said["scheme"].lower()
        return tuple(sorted(said.items()))


def operations(document: Document) -> list[Operation]:
    """Return every operation of a document."""
    return list(_operations(document))


def _operations(document: Document) -> Iterator[Operation]:
    for path, item in document.members(document.root, "paths"):
        whole = document.resolved(item)
        for method, place in whole.items():
            if method in METHODS and isinstance(place.value, Mapping):
                servers, prefix = _servers(document, place, whole, document.root)
                name = place.value.get("operationId") or f"{method.upper()} {path}"
                yield Operation(document, str(name), method.upper(), prefix + path, servers, place, whole)


def _servers(document: Document, *holders: Place) -> tuple[frozenset[str], str]:
    """The hosts, and the beginning of the path that the first server's URL carries."""
    found = (document.members(holder, "servers", list) for holder in holders)
    urls = [_url(document, server) for _, server in next(filter(None, found), [])]
    return frozenset(_host(url) for url in urls), urls[0].path.rstrip("/") if urls else ""


def _url(document: Document, server: Place) -> SplitResult:
    url = _text(document, server, "url")
    for name, variable in document.members(server, "variables"):
        url = url.replace(f"{{{name}}}", _text(document, variable, "default"))
    try:
        return urlsplit(url)
    except ValueError:
        raise DriftUnavailable(f"{document.name} has no URL at {server.at}/url; one belongs there.") from None


def _host(url: SplitResult) -> str:
    return f"{url.scheme.lower()}://{url.netloc.lower().removesuffix(_DEFAULT_PORTS.get(url.scheme, '|'))}"


def _text(document: Document, place: Place, name: str) -> str:
    found = place.get(name)
    if found is None or not isinstance(found.value, str):
        raise DriftUnavailable(f"{document.name} has no `{name}` at {place.at}; a text belongs there.")
    return found.value
