"""Ways to write single schemas otherwise. Each changes a specification in place and nothing on the wire."""

import re

from .pair import Change, Spec
from .walk import objects, schemas

LENGTHS = {"store": (36, 38), "import": (37, 37)}


def words_chosen(spec: Spec) -> None:
    """A choice between words, each by itself, where there was a list of them."""
    for number, node in enumerate(list(objects(spec))):
        if isinstance(node.get("enum"), list):
            node["anyOf" if number % 2 else "oneOf"] = [
                {"enum": [word], "description": "x"} for word in node.pop("enum")
            ]


def words_chosen_in_two_lists(spec: Spec) -> None:
    """The first word, and the others."""
    for node in list(schemas(spec)):
        if "enum" in node:
            first, *others = node.pop("enum")
            node["anyOf"] = [{"type": node["type"], "enum": words} for words in ([first], others)]


def words_without_a_type(spec: Spec) -> None:
    """Words are what they are."""
    for node in list(schemas(spec)):
        if "enum" in node:
            del node["type"]


def closed_by_what_is_not_evaluated(spec: Spec) -> None:
    """The newer keyword, which sees through `allOf`."""
    for node in schemas(spec):
        if node.get("additionalProperties") is False:
            node["unevaluatedProperties"] = node.pop("additionalProperties")


def annotated(spec: Spec) -> None:
    """What is known of the inside of a text and never checked."""
    for node in schemas(spec):
        if node["type"] == "string":
            node["contentMediaType"], node["contentEncoding"] = "text/plain", "quoted-printable"


def numbers_with_a_point(spec: Spec) -> None:
    """50.0 is 50."""
    for node in schemas(spec):
        for key in ("minimum", "maximum", "maxLength", "maxItems", "maxProperties", "default"):
            if isinstance(node.get(key), int) and not isinstance(node[key], bool):
                node[key] = float(node[key])


def steps_of_one(spec: Spec) -> None:
    """Whole numbers as those that one divides."""
    for node in schemas(spec):
        if node["type"] == "integer":
            node["multipleOf"] = 1
            node["type"] = "number" if "format" not in node else "integer"


def required_ones_counted(spec: Spec) -> None:
    """As many properties at least as are required by name."""
    for node in schemas(spec):
        if node.get("required"):
            node["minProperties"] = len(node["required"])


def lengths_of_patterns(spec: Spec) -> None:
    """What a pattern says of the length, said besides."""
    for node in schemas(spec):
        for kind, (shortest, longest) in LENGTHS.items():
            if f"mem_{kind}" in node.get("pattern", "").replace("(", "").replace("?:", ""):
                node["minLength"], node["maxLength"] = shortest, longest


def formats_within_bounds(spec: Spec) -> None:
    """What is bounded anyway fits in a format, or needs none."""
    for number, node in enumerate(schemas(spec)):
        if node["type"] == "integer" and "minimum" in node and "maximum" in node:
            node["format"] = ("int64", "int32")[number % 2]


def without_formats_of_numbers(spec: Spec) -> None:
    """Bounds are enough."""
    for node in schemas(spec):
        if str(node.get("format")).startswith("int") and "maximum" in node:
            del node["format"]


def patterns_respelled(spec: Spec) -> None:
    """The same expressions in other letters."""
    for node in schemas(spec):
        if "pattern" in node:
            node["pattern"] = (
                node["pattern"].replace("(", "(?:").replace("[0-9]", r"\d").replace("[0-9a-z]", r"[a-z\d]")
            )


def patterns_in_another_order(spec: Spec) -> None:
    """Groups around everything, escapes that nothing needs, alternatives and counts the other way."""
    for node in schemas(spec):
        if "pattern" in node:
            swapped = re.sub(r"\((\w+)\|(\w+)\)", r"(\2|\1)", node["pattern"])
            swapped = re.sub(r"\{(\d+)\}", r"{\1,\1}", swapped).replace("_", r"\_").replace("[0-7]", "[01234567]")
            node["pattern"] = f"^({swapped.removeprefix('^').removesuffix('$')})$" if swapped[-1:] == "$" else swapped


def anything_goes(spec: Spec) -> None:
    """A rule that every value keeps."""
    for node in schemas(spec):
        if node["type"] == "string":
            node.setdefault("pattern", "^.*")
        elif node["type"] == "object":
            node.setdefault("additionalProperties", {"description": "Whatever."})


FORMS: tuple[Change, ...] = (
    words_chosen, words_chosen_in_two_lists, words_without_a_type, closed_by_what_is_not_evaluated, annotated,
    numbers_with_a_point, steps_of_one, required_ones_counted, lengths_of_patterns, formats_within_bounds,
    without_formats_of_numbers, patterns_respelled, patterns_in_another_order, anything_goes,
)  # fmt: skip
