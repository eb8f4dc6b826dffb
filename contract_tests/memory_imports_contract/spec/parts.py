"""Lists the parts of which a schema consists, through references, `allOf` and choices of one. Reads no keyword."""

from collections.abc import Iterator, Mapping

from memory_imports_contract.errors import DriftUnavailable
from memory_imports_contract.spec.document import Document, Json, Place
from memory_imports_contract.spec.keywords import OR_NULL, UNIONS

WORDS = frozenset((
    "title", "description", "example", "examples", "externalDocs", "deprecated", "xml", "$comment",
    "contentMediaType", "contentEncoding", "contentSchema",
))  # fmt: skip
_NULL: tuple[Json, ...] = ({"type": "null"}, {"enum": [None]}, {"const": None})


def parts(document: Document, place: Place, above: tuple[str, ...] = ()) -> Iterator[Place]:
    """Return the parts of a schema, each an object of keywords.

    Raises:
        DriftUnavailable: A part is no schema, or the schema itself.
    """
    raw = place.value
    if isinstance(raw, bool):
        raw = {} if raw else {"not": {}}
    if not isinstance(raw, Mapping):
        raise DriftUnavailable(f"{document.name} has no schema at {place.at}; an object belongs there.")
    if place.at in above:
        raise DriftUnavailable(f"{document.name} defines the schema at {place.at} by itself; that has no end.")
    above = (*above, place.at)
    if "$ref" in raw:
        if not document.older:  # 3.0 ignores what stands beside a reference
            yield Place({key: value for key, value in raw.items() if key != "$ref"}, place.at)
        yield from parts(document, document.target(raw["$ref"]), above)
        return
    for key in ("allOf", *UNIONS):
        listed = [inner for _, inner in document.members(place, key, list)]
        rest, null = (listed, False) if key == "allOf" else alternatives(listed)
        if key == "allOf" or len(rest) == 1:
            for inner in rest:
                yield from parts(document, inner, above)
            raw = {name: value for name, value in raw.items() if name != key} | ({OR_NULL: True} if null else {})
    yield Place(raw, place.at)


def alternatives(listed: list[Place]) -> tuple[list[Place], bool]:
    """Return what there is to choose from, and whether null is besides."""
    rest = [each for each in listed if not _is_null(each)]
    return rest, len(rest) < len(listed)


def says_nothing(place: Place) -> bool:
    """Whether a schema allows anything."""
    return place.value is True or (isinstance(place.value, Mapping) and place.value.keys() <= WORDS)


def _is_null(place: Place) -> bool:
    raw = place.value
    return isinstance(raw, Mapping) and {key: value for key, value in raw.items() if key not in WORDS} in _NULL
