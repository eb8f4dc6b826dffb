"""SARIF 2.1.0 as far as our reports use it, from the standard's text. Anything else in a report is refused."""

from typing import Any

Schema = dict[str, Any]


def closed(required: list[str], **properties: Schema) -> Schema:
    """An object with these properties and no other."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


WORD: Schema = {"type": "string"}
BAG: Schema = {"type": "object"}
MESSAGE = closed(["text"], text=WORD)
ARTIFACT = closed(["uri"], uri={"type": "string", "format": "uri-reference"})
REGION = closed(["startLine"], startLine={"type": "integer", "minimum": 1})
PHYSICAL = closed(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION)
LOGICAL = closed([], fullyQualifiedName=WORD, kind=WORD)
LOCATION = closed(
    [], physicalLocation=PHYSICAL, logicalLocations={"type": "array", "items": LOGICAL, "uniqueItems": True}
)
RESULT = closed(
    ["message"],
    ruleId=WORD,
    ruleIndex={"type": "integer", "minimum": -1},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations={"type": "array", "items": LOCATION},
    partialFingerprints={"type": "object", "additionalProperties": WORD},
    properties=BAG,
)
RULES = {"type": "array", "uniqueItems": True, "items": closed(["id"], id=WORD, shortDescription=MESSAGE)}
DRIVER = closed(["name"], name=WORD, rules=RULES)
RUN = closed(
    ["tool"],
    tool=closed(["driver"], driver=DRIVER),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations={"type": "array", "items": closed(["executionSuccessful"], executionSuccessful={"type": "boolean"})},
    results={"type": "array", "items": RESULT},
    properties=BAG,
)
LOG: Schema = closed(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": RUN},
)
