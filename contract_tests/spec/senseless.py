"""Values that make no sense at a place of a specification, and how the sentence about each goes on behind the file."""

import math
from collections.abc import Iterator

from .pair import IMPORTS, PARAMETERS, RESPONSES, SCHEMAS

_FILE, _STATE, _STATUS = f"{SCHEMAS}/FileName", f"{SCHEMAS}/ImportState", f"{SCHEMAS}/ImportStatus"
_LIST, _RIGHT = f"{IMPORTS}/get", "put that right first."
_SELF = {"$ref": "#/components/schemas/FileName"}


def _keywords() -> Iterator[tuple[str, object, str]]:
    for pointer, complaint, values in (
        (f"{_FILE}/maxLength", "no whole number from 0 on", ("255", True, -1, 1.5, None, math.inf)),
        (f"{SCHEMAS}/FileSize/maximum", "no number", (math.nan, True, [1])),
        (f"{SCHEMAS}/FileSize/exclusiveMinimum", "no number", ("1",)),
        (f"{SCHEMAS}/FileSize/multipleOf", "no number above 0", (0, -1, "1")),
        (f"{_STATE}/enum", "no list", ("PENDING", None, {})),
        (f"{_STATE}/type", "no type of JSON", ("text", 5, {"a": 1}, ["string", None])),
        (f"{_STATUS}/required", "no list", ("status", True)),
        (f"{_STATUS}/properties", "no object", (["status"], None)),
        (f"{SCHEMAS}/ImportId/pattern", "no text", (5, None)),
        (f"{_FILE}/nullable", "neither true nor false", ("yes",)),
    ):
        name = pointer.rpartition("/")[2]
        yield from ((pointer, value, f": `{name}` at {{at}} is {complaint}; {_RIGHT}") for value in values)


SENSELESS: tuple[tuple[str, object, str], ...] = (
    *_keywords(),
    (_FILE, "string", " has no schema at {at}; an object belongs there."),
    (f"{_STATUS}/properties/status", None, " has no schema at {at}; an object belongs there."),
    (f"{PARAMETERS}/PageSize/schema", 3, " has no schema at {at}; an object belongs there."),
    (_FILE, {"allOf": [_SELF]}, " defines the schema at {at} by itself; that has no end."),
    (_FILE, {"oneOf": [_SELF, {}]}, " defines the schema at {at}/oneOf/0 by itself; that has no end."),
    (f"{_STATE}/oneOf", {"enum": ["PENDING"]}, " has no list at {at}; one belongs there."),
    (f"{_STATE}/allOf", None, " has no list at {at}; one belongs there."),
    (_FILE, {"$ref": "#FileName"}, " refers to an anchor (#FileName); name the place by its path, #/a/b."),
    (f"{RESPONSES}/ImportFetched", "words", " has no object at {at}; one belongs there."),
    (f"{RESPONSES}/ImportFetched/content", ["application/json"], " has no object at {at}; one belongs there."),
    (f"{RESPONSES}/ImportFetched/headers", 3, " has no object at {at}; one belongs there."),
    (f"{_LIST}/responses", None, " has no object at {at}; one belongs there."),
    (f"{_LIST}/responses", {}, " has no answers at " + _LIST.replace("{", "{{").replace("}", "}}") + "; is it whole?"),
    (f"{_LIST}/parameters", {"a": 1}, " has no list at {at}; one belongs there."),
    (f"{_LIST}/parameters", [7], " has no `in` at {at}/0; a text belongs there."),
    (f"{PARAMETERS}/PageSize/name", 7, f" has no `name` at {PARAMETERS}/PageSize; a text belongs there."),
    ("/components/securitySchemes", {}, " does not define the security scheme basicAuth; is it whole?"),
    ("/components/securitySchemes/basicAuth", None, " holds what is no OpenAPI (TypeError); validate it first."),
    ("/servers", "https://x", " has no list at {at}; one belongs there."),
    ("/servers", [{}], " has no `url` at {at}/0; a text belongs there."),
    ("/servers", [{"url": "http://[::1"}], " has no URL at {at}/0/url; one belongs there."),
)
