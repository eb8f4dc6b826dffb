"""A parsed specification and the places in it: pointers and references. Knows nothing of schemas."""

from collections.abc import Mapping
from typing import Any, TypeAlias
from urllib.parse import unquote

from attrs import field, frozen

from memory_imports_contract.errors import DriftUnavailable

Json: TypeAlias = Any  # a JSON value can be anything


def step(name: object) -> str:
    """Return a name as one step of a JSON pointer, with its slash."""
    return "/" + str(name).replace("~", "~0").replace("/", "~1")


@frozen
class Place:
    """A value of a document and the pointer to it."""

    value: Json
    at: str

    def get(self, name: str) -> "Place | None":
        """Return the member of that name, or of that index; a name that YAML read as a number is found, too."""
        if isinstance(self.value, Mapping):
            if name in self.value:
                return Place(self.value[name], self.at + step(name))
            return next((found for key, found in self.items() if key == name), None)
        if isinstance(self.value, list):
            return dict(self.items()).get(name)
        return None

    def items(self) -> list[tuple[str, "Place"]]:
        """Return the members of a mapping, or of a list by index; nothing of anything else."""
        if isinstance(self.value, Mapping):
            return [(str(key), Place(value, self.at + step(key))) for key, value in self.value.items()]
        if isinstance(self.value, list):
            return [(str(index), Place(value, self.at + step(index))) for index, value in enumerate(self.value)]
        return []


@frozen(eq=False)
class Document:
    """A specification; ``older`` is OpenAPI 3.0, whose schemas are another dialect than 3.1's.

    ``memo`` keeps what was read of it, for as long as it is held.
    """

    raw: Mapping[str, Json]
    name: str
    older: bool
    memo: dict[tuple[str, ...], Any] = field(factory=dict, repr=False)

    @property
    def root(self) -> Place:
        """The whole."""
        return Place(self.raw, "")

    def members(self, holder: Place, name: str, kind: type = Mapping) -> list[tuple[str, Place]]:
        """Return the members of a part of an object; none where there is no such part.

        Raises:
            DriftUnavailable: The part is no ``kind`` of thing.
        """
        found = holder.get(name)
        if found is not None and not isinstance(found.value, kind):
            wanted = "list" if kind is list else "object"
            raise DriftUnavailable(f"{self.name} has no {wanted} at {found.at}; one belongs there.")
        return found.items() if found else []

    def target(self, reference: object) -> Place:
        """Return what a reference leads to, one step.

        Raises:
            DriftUnavailable: It leads nowhere, or into another file.
        """
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise DriftUnavailable(f"{self.name} refers to another file ({reference}); bundle it into one first.")
        if reference.removeprefix("#")[:1] not in ("", "/"):
            raise DriftUnavailable(f"{self.name} refers to an anchor ({reference}); name the place by its path, #/a/b.")
        place: Place | None = self.root
        for part in reference.removeprefix("#").split("/")[1:]:
            name = _unescaped(part)
            place = place.get(name) if place else None
        if place is None:
            raise DriftUnavailable(f"{self.name} refers to {reference}, which is not there.")
        return place

    def resolved(self, place: Place) -> Place:
        """Return the place itself, or what its references lead to in the end. Raises `DriftUnavailable`."""
        seen = set()
        while isinstance(place.value, Mapping) and "$ref" in place.value:
            if place.at in seen:
                raise DriftUnavailable(f"{self.name} refers in a circle at {place.at}.")
            seen.add(place.at)
            place = self.target(place.value["$ref"])
        return place


def _unescaped(part: str) -> str:
    return unquote(part).replace("~1", "/").replace("~0", "~")
