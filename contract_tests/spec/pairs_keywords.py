"""Planted changes of bare schemas, for the rules that the contract's own shapes do not reach, and what each does."""

from typing import Any

from attrs import frozen

from memory_imports_contract.spec.keywords import Effect

T, L, C = Effect.TIGHTENED, Effect.LOOSENED, Effect.CHANGED
WORD, NUMBER, WHOLE, LIST, OBJECT = ({"type": kind} for kind in ("string", "number", "integer", "array", "object"))
NAMED = OBJECT | {"properties": {"a": WORD, "b": WORD}}


@frozen
class Keyword:
    """A schema before and after, and what is to be said of it; ``back`` is the rule when they change places."""

    before: Any
    after: Any
    effect: Effect
    rule: str
    back: str


KEYWORDS = (
    Keyword(WHOLE, WHOLE | {"maximum": 3}, T, "maximum-added", "maximum-removed"),
    Keyword(WHOLE, WHOLE | {"minimum": 3}, T, "minimum-added", "minimum-removed"),
    Keyword(WHOLE | {"minimum": 3}, WHOLE | {"minimum": 4}, T, "minimum-raised", "minimum-lowered"),
    Keyword(
        NUMBER | {"minimum": 3},
        NUMBER | {"minimum": 3, "exclusiveMinimum": True},
        T,
        "minimum-raised",
        "minimum-lowered",
    ),
    Keyword(
        NUMBER | {"maximum": 3},
        NUMBER | {"maximum": 3, "exclusiveMaximum": True},
        T,
        "maximum-lowered",
        "maximum-raised",
    ),
    Keyword(WORD, WORD | {"minLength": 1}, T, "min-length-added", "min-length-removed"),
    Keyword(WORD | {"minLength": 1}, WORD | {"minLength": 2}, T, "min-length-raised", "min-length-lowered"),
    Keyword(WORD, WORD | {"maxLength": 1}, T, "max-length-added", "max-length-removed"),
    Keyword(WORD | {"maxLength": 2}, WORD | {"maxLength": 1}, T, "max-length-lowered", "max-length-raised"),
    Keyword(LIST, LIST | {"minItems": 1}, T, "min-items-added", "min-items-removed"),
    Keyword(LIST | {"minItems": 1}, LIST | {"minItems": 2}, T, "min-items-raised", "min-items-lowered"),
    Keyword(LIST, LIST | {"maxItems": 1}, T, "max-items-added", "max-items-removed"),
    Keyword(LIST | {"maxItems": 2}, LIST | {"maxItems": 1}, T, "max-items-lowered", "max-items-raised"),
    Keyword(LIST, LIST | {"items": WORD}, T, "items-limited", "items-freed"),
    Keyword(LIST, LIST | {"uniqueItems": True}, T, "unique-items-added", "unique-items-removed"),
    Keyword(OBJECT, OBJECT | {"minProperties": 1}, T, "min-properties-added", "min-properties-removed"),
    Keyword(
        OBJECT | {"minProperties": 1},
        OBJECT | {"minProperties": 2},
        T,
        "min-properties-raised",
        "min-properties-lowered",
    ),
    Keyword(OBJECT, OBJECT | {"maxProperties": 1}, T, "max-properties-added", "max-properties-removed"),
    Keyword(
        OBJECT | {"maxProperties": 2},
        OBJECT | {"maxProperties": 1},
        T,
        "max-properties-lowered",
        "max-properties-raised",
    ),
    Keyword(
        NAMED,
        NAMED | {"additionalProperties": False},
        T,
        "additional-properties-closed",
        "additional-properties-opened",
    ),
    Keyword(
        NAMED, NAMED | {"additionalProperties": WORD}, T, "additional-properties-limited", "additional-properties-freed"
    ),
    Keyword(NAMED, NAMED | {"required": ["a"]}, T, "property-now-required", "property-now-optional"),
    Keyword(OBJECT, OBJECT | {"required": ["unnamed"]}, T, "property-now-required", "property-now-optional"),
    Keyword(WORD, WORD | {"enum": ["a"]}, T, "enum-added", "enum-removed"),
    Keyword(WORD | {"enum": ["a", "b"]}, WORD | {"enum": ["a"]}, T, "enum-words-removed", "enum-words-added"),
    Keyword(WORD | {"enum": ["a"]}, WORD | {"enum": ["b"]}, C, "enum-words-changed", "enum-words-changed"),
    Keyword(WHOLE | {"enum": [1]}, WHOLE | {"enum": [True]}, C, "enum-words-changed", "enum-words-changed"),
    Keyword(WORD, WORD | {"pattern": "a"}, T, "pattern-added", "pattern-removed"),
    Keyword(WORD | {"pattern": "a"}, WORD | {"pattern": "b"}, C, "pattern-changed", "pattern-changed"),
    Keyword(
        WORD | {"pattern": "a"},
        {"allOf": [WORD | {"pattern": "a"}, {"pattern": "b"}]},
        T,
        "pattern-narrowed",
        "pattern-widened",
    ),
    Keyword(WORD, WORD | {"format": "uri"}, T, "format-added", "format-removed"),
    Keyword(WHOLE | {"format": "int64"}, WHOLE | {"format": "int32"}, T, "format-narrowed", "format-widened"),
    Keyword(WORD | {"format": "uri"}, WORD | {"format": "date"}, C, "format-changed", "format-changed"),
    Keyword({}, WORD, T, "type-added", "type-removed"),
    Keyword(NUMBER, WHOLE, T, "type-narrowed", "type-widened"),
    Keyword(WORD, WHOLE, C, "type-changed", "type-changed"),
    Keyword(WORD | {"nullable": True}, WORD, T, "nullable-removed", "nullable-added"),
    Keyword(WHOLE, WHOLE | {"multipleOf": 2}, T, "multiple-of-added", "multiple-of-removed"),
    Keyword(WHOLE | {"multipleOf": 2}, WHOLE | {"multipleOf": 4}, T, "multiple-of-narrowed", "multiple-of-widened"),
    Keyword(WHOLE | {"multipleOf": 2}, WHOLE | {"multipleOf": 3}, C, "multiple-of-changed", "multiple-of-changed"),
    Keyword(WORD, WORD | {"not": {}}, T, "keyword-added", "keyword-removed"),
    Keyword(WORD | {"not": {"enum": ["a"]}}, WORD | {"not": {"enum": ["b"]}}, C, "keyword-changed", "keyword-changed"),
    Keyword({"oneOf": [WORD, LIST]}, WORD, T, "alternative-removed", "alternative-added"),
    Keyword({"oneOf": [WORD, LIST, WHOLE]}, {"anyOf": [LIST, WORD]}, T, "alternative-removed", "alternative-added"),
    Keyword(
        {"oneOf": [WORD, LIST]}, {"oneOf": [WORD | {"maxLength": 2}, LIST]}, T, "max-length-added", "max-length-removed"
    ),
)

# Two ways to say one thing, in OpenAPI 3.0 and 3.1.
EQUAL_30: tuple[tuple[Any, Any], ...] = (
    (WORD | {"enum": ["a", "b"]}, WORD | {"enum": ["b", "a"]}),
    (WORD | {"minLength": 0}, WORD),
    (OBJECT | {"additionalProperties": {}}, OBJECT | {"additionalProperties": True}),
    (WHOLE | {"minimum": 1}, WHOLE | {"minimum": 0, "exclusiveMinimum": True}),
    (WHOLE | {"minimum": 0.5}, WHOLE | {"minimum": 1}),
    (WHOLE | {"maximum": 1.0}, WHOLE | {"maximum": 1}),
    (WORD | {"nullable": True}, {"allOf": [WORD], "nullable": True}),
    ({"allOf": [WORD, {"nullable": True}, {"nullable": False}]}, WORD | {"nullable": True}),
    ({"oneOf": [WORD, LIST]}, {"anyOf": [LIST, WORD]}),
    ({"allOf": [WORD | {"maxLength": 5}, {"maxLength": 9}]}, WORD | {"maxLength": 5}),
    ({"allOf": [WORD | {"enum": ["a", "b"]}, {"enum": ["b", "c"]}]}, WORD | {"enum": ["b"]}),
    ({"allOf": [NAMED, {"required": ["a"]}]}, NAMED | {"required": ["a"]}),
    ({"allOf": [NAMED | {"required": ["b"]}, {"required": ["a"]}]}, NAMED | {"required": ["a", "b"]}),
    (WHOLE | {"pattern": "a"}, WHOLE),
    (
        {"allOf": [NUMBER | {"maximum": 3}, {"maximum": 3, "exclusiveMaximum": True}]},
        NUMBER | {"maximum": 3, "exclusiveMaximum": True},
    ),
    (
        {"allOf": [NUMBER | {"minimum": 3}, {"minimum": 3, "exclusiveMinimum": True}]},
        NUMBER | {"minimum": 3, "exclusiveMinimum": True},
    ),
    (WORD | {"enum": ["a"], "nullable": True}, WORD | {"enum": ["a", None], "nullable": True}),
    (
        {"allOf": [NAMED, {"properties": {"a": {"maxLength": 3}}}]},
        OBJECT | {"properties": {"a": WORD | {"maxLength": 3}, "b": WORD}},
    ),
)
EQUAL_31: tuple[tuple[Any, Any], ...] = (
    ({"type": ["string", "null"], "enum": ["a"]}, WORD | {"enum": ["a"]}),
    ({"type": ["string", "null"]}, {"anyOf": [WORD, {"type": "null"}]}),
    ({"const": "a"}, {"enum": ["a"]}),
    ({"type": ["number", "integer"]}, NUMBER),
    (True, {}),
    (NUMBER | {"exclusiveMinimum": 1}, NUMBER | {"exclusiveMinimum": 1, "minimum": 0}),
    ({"type": ["string"]}, WORD),
)
