"""Planted changes of bare schemas, for the rules that the contract's own shapes do not reach, and what each does."""

from typing import Any

from attrs import frozen

from memory_imports_contract.spec.effects import Effect

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
    Keyword(
        {"oneOf": [{"enum": ["a"]}, {"enum": ["b"]}]}, {"enum": ["a"]}, T, "enum-words-removed", "enum-words-added"
    ),
    Keyword({"enum": ["a", 1]}, {"enum": ["a"]}, T, "enum-words-removed", "enum-words-added"),
    Keyword({"enum": ["a"]}, WHOLE | {"enum": ["a"]}, C, "type-changed", "type-changed"),
    Keyword(WORD, {"enum": ["a"]}, T, "enum-added", "enum-removed"),
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
    Keyword(WORD | {"pattern": "^(a|b)$"}, WORD | {"pattern": "^[b]$"}, T, "pattern-narrowed", "pattern-widened"),
    Keyword(
        WORD | {"pattern": "^a{5}$"},
        WORD | {"pattern": "^a{5}$", "maxLength": 4},
        T,
        "max-length-added",
        "max-length-removed",
    ),
    Keyword(WORD | {"format": "uri-reference"}, WORD | {"format": "uri"}, T, "format-narrowed", "format-widened"),
    Keyword(
        WHOLE | {"minimum": 1, "maximum": 2**40},
        WHOLE | {"minimum": 1, "maximum": 2**40, "format": "int32"},
        T,
        "format-added",
        "format-removed",
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
    ({"allOf": [WORD | {"minLength": 5}, {"minLength": 9}]}, WORD | {"minLength": 9}),
    (WHOLE | {"default": 50.0}, WHOLE | {"default": 50}),
    (OBJECT | {"default": {"a": [1.0, True]}}, OBJECT | {"default": {"a": [1, True]}}),
    (WHOLE | {"maxLength": 3, "enum": [1.0, 2]}, {"enum": [2, 1]}),
    (WHOLE | {"multipleOf": 1}, WHOLE),
    (WHOLE | {"multipleOf": 0.5}, WHOLE),
    (NUMBER | {"multipleOf": 1.0}, WHOLE),
    (NUMBER | {"multipleOf": 10}, WHOLE | {"multipleOf": 10}),
    (NAMED | {"required": ["a", "b"], "minProperties": 2}, NAMED | {"required": ["b", "a"]}),
    (WHOLE | {"minimum": 100, "maximum": 599, "format": "int32"}, WHOLE | {"minimum": 100, "maximum": 599}),
    (
        WHOLE | {"minimum": 100, "maximum": 599, "format": "int32"},
        WHOLE | {"minimum": 100, "maximum": 599, "format": "int64"},
    ),
    (WHOLE | {"minimum": 1, "maximum": 2**40}, WHOLE | {"minimum": 1, "maximum": 2**40, "format": "int64"}),
    (WORD | {"pattern": "^a[0-9]{2}$", "minLength": 3, "maxLength": 3}, WORD | {"pattern": r"^a\d\d$"}),
    (WORD | {"pattern": "^(ab?|c{3})$", "maxLength": 3, "minLength": 1}, WORD | {"pattern": "^(ab?|c{3})$"}),
    (WORD | {"pattern": ".*"}, WORD),
    (WORD | {"enum": ["a", "bcd"], "maxLength": 3, "minLength": 1}, WORD | {"enum": ["a", "bcd"]}),
    ({"enum": ["a", "b"]}, WORD | {"enum": ["a", "b"]}),
    (WORD | {"enum": ["a", 1]}, WORD | {"enum": ["a"]}),
    (WORD | {"oneOf": [{"enum": ["a"]}, {"enum": ["b", "c"]}]}, WORD | {"enum": ["c", "b", "a"]}),
    ({"anyOf": [WORD | {"enum": ["a"]}, {"enum": ["b"]}]}, WORD | {"enum": ["a", "b"]}),
    ({"allOf": [WORD, {"oneOf": [{"oneOf": [{"enum": ["a"]}]}, {"enum": ["b"]}]}]}, WORD | {"enum": ["a", "b"]}),
    (LIST | {"items": {}}, LIST),
    (LIST | {"items": {"description": "Anything."}}, LIST),
    (OBJECT | {"additionalProperties": {"description": "Anything."}}, OBJECT),
)
EQUAL_31: tuple[tuple[Any, Any], ...] = (
    ({"type": ["string", "null"], "enum": ["a"]}, WORD | {"enum": ["a"]}),
    ({"type": ["string", "null"]}, {"anyOf": [WORD, {"type": "null"}]}),
    ({"const": "a"}, {"enum": ["a"]}),
    ({"type": ["number", "integer"]}, NUMBER),
    (True, {}),
    (NUMBER | {"exclusiveMinimum": 1}, NUMBER | {"exclusiveMinimum": 1, "minimum": 0}),
    ({"type": ["string"]}, WORD),
    ({"type": ["array", "boolean", "number", "object", "string"]}, {}),
    ({"oneOf": [{"const": "a", "description": "First."}, {"const": "b"}]}, WORD | {"enum": ["a", "b"]}),
    (
        {"anyOf": [WORD | {"enum": ["a"]}, {"const": "b"}, {"type": "null"}]},
        {"type": ["string", "null"], "enum": ["a", "b", None]},
    ),
    ({"oneOf": [{"enum": [None]}, WORD | {"enum": ["a"]}]}, {"enum": ["a", None]}),
    (
        {"anyOf": [WORD | {"maxLength": 2}, LIST, {"type": "null"}]},
        {"anyOf": [LIST, {"const": None, "description": "None."}, WORD | {"maxLength": 2}]},
    ),
    (NAMED | {"unevaluatedProperties": False}, NAMED | {"additionalProperties": False}),
    ({"allOf": [NAMED, {"unevaluatedProperties": False}]}, NAMED | {"additionalProperties": False}),
    (LIST | {"items": True}, LIST),
)
