"""Ways to write the same contract otherwise. Each changes a specification in place and nothing on the wire."""

import re
from collections.abc import Callable
from copy import deepcopy

from .pair import Change, Spec, at
from .silent_schemas import FORMS
from .walk import METHODS, objects, operations, schemas

KINDS = ("schemas", "parameters", "responses", "headers", "examples", "links")


def components_renamed(spec: Spec) -> None:
    """Names of components are nobody's business."""
    for kind in KINDS:
        listed = spec["components"].get(kind, {})
        spec["components"][kind] = {f"Vendor{name}": value for name, value in listed.items()}
    for node in objects(spec):
        if isinstance(node.get("$ref"), str):
            node["$ref"] = re.sub(r"/([^/]*)$", r"/Vendor\1", node["$ref"])


def references_inlined(spec: Spec) -> None:
    """Everything where it is used."""
    # A schema that contains itself cannot be written out.
    while found := [node for node in objects(spec["paths"]) if not node.get("$ref", "Tree").endswith("Tree")]:
        for node in found:
            node.update(deepcopy(at(spec, node.pop("$ref").removeprefix("#"))))


def responses_chained(spec: Spec) -> None:
    """References to references."""
    for kind in ("responses", "schemas"):
        for name, value in list(spec["components"][kind].items()):
            spec["components"][kind][f"{name}Itself"] = value
            spec["components"][kind][name] = {"$ref": f"#/components/{kind}/{name}Itself"}


def keys_reversed(spec: Spec) -> None:
    """The order of keys, and of words in lists that are sets."""
    for node in list(objects(spec)):
        members = list(node.items())[::-1]
        node.clear()
        node.update(members)
        for key in ("required", "enum", "tags", "parameters"):
            if isinstance(node.get(key), list):
                node[key] = node[key][::-1]


def reworded(spec: Spec) -> None:
    """Other words for people."""
    for node in objects(spec):
        for key in ("description", "summary", "title"):
            if isinstance(node.get(key), str):
                node[key] = f"In other words: {node[key]}"


def wordless(spec: Spec) -> None:
    """No words for people but where OpenAPI asks for them."""
    for node in objects(spec):
        for key in ("description", "summary"):
            if isinstance(node.get(key), str):
                del node[key]


def without_examples(spec: Spec) -> None:
    """No examples."""
    for node in objects(spec):
        for key in ("example", "examples"):
            node.pop(key, None) if "properties" not in node or key not in node["properties"] else None


def extended(spec: Spec) -> None:
    """Extensions everywhere."""
    for node in objects(spec):
        if "type" in node or "operationId" in node or "in" in node:
            node["x-twilio"] = {"pathType": "list"}


def operation_ids_changed(spec: Spec) -> None:
    """Other ids, without a look at the links."""
    for _, operation in operations(spec):
        operation["operationId"] += "V3"


def tags_changed(spec: Spec) -> None:
    """Other tags."""
    for _, operation in operations(spec):
        operation["tags"] = ["Profile"]


def parameters_on_operations(spec: Spec) -> None:
    """The path's parameters with each operation."""
    for item in spec["paths"].values():
        shared = item.pop("parameters", [])
        for method in METHODS:
            if method in item:
                own = item[method].get("parameters", [])
                overridden = [_identity(spec, one) for one in own]
                kept = [one for one in shared if _identity(spec, one) not in overridden]
                item[method]["parameters"] = [*deepcopy(kept), *own]


def _identity(spec: Spec, parameter: Spec) -> tuple[str, str]:
    """What parameters have in common of which one overrides the other."""
    while "$ref" in parameter:
        parameter = at(spec, parameter["$ref"].removeprefix("#"))
    return parameter["name"], parameter["in"]


def parameters_overridden(spec: Spec) -> None:
    """A path's parameter that no operation takes as it stands there."""
    for item, operation in operations(spec):
        operation["parameters"] = [*deepcopy(item.get("parameters", [])), *operation.get("parameters", [])]
    for item in spec["paths"].values():
        item["parameters"] = [
            {"name": _store(spec), "in": "path", "required": True, "schema": {"type": "boolean"}},
            *item.get("parameters", [])[1:],
        ]


def _store(spec: Spec) -> str:
    """What the store's parameter is called in the paths."""
    path = next(path for path in spec["paths"] if "Imports" in path)
    return str(re.findall(r"{([^}]*)}", path)[0])


def references_wrapped(spec: Spec) -> None:
    """`allOf` with one part, and words beside it."""
    for node in list(objects(spec)):
        ref = node.get("$ref")
        if isinstance(ref, str) and "/schemas/" in ref:
            del node["$ref"]
            node.update(allOf=[{"$ref": ref}], description="Wrapped.")


def references_in_one_of(spec: Spec) -> None:
    """`oneOf` and `anyOf` with one part."""
    for number, node in enumerate(list(objects(spec))):
        ref = node.get("$ref")
        if isinstance(ref, str) and "/schemas/" in ref:
            node["oneOf" if number % 2 else "anyOf"] = [{"$ref": node.pop("$ref")}]


def objects_split(spec: Spec) -> None:
    """What an object requires in one part, what it has in another."""
    for node in list(schemas(spec)):
        if node["type"] == "object" and node.get("required"):
            whole = dict(node)
            node.clear()
            node["allOf"] = [{"type": "object", "required": whole.pop("required")}, whole]


def newer_dialect(spec: Spec) -> None:
    """OpenAPI 3.1."""
    spec["openapi"] = "3.1.0"
    for node in list(schemas(spec)):
        if node.pop("nullable", False):
            node["type"] = [node["type"], "null"]
        if "exclusiveMinimum" in node and node.pop("exclusiveMinimum") is True:
            node["exclusiveMinimum"] = node.pop("minimum")


def newer_bounds(spec: Spec) -> None:
    """OpenAPI 3.1 with types in lists and exclusive bounds."""
    newer_dialect(spec)
    for node in list(schemas(spec)):
        if node["type"] == "integer" and "minimum" in node:
            node["exclusiveMinimum"] = node.pop("minimum") - 1
        node["type"] = [node["type"]]


def exclusive_bounds(spec: Spec) -> None:
    """Whole numbers, bounded by those that are just outside."""
    if spec["openapi"].startswith("3.0"):
        for node in schemas(spec):
            if node["type"] == "integer" and "maximum" in node and "exclusiveMaximum" not in node:
                node["maximum"] += 1
                node["exclusiveMaximum"] = True


def defaults_spelled_out(spec: Spec) -> None:
    """What the dialect means where nothing is said."""
    for node in schemas(spec):
        if spec["openapi"].startswith("3.0"):
            node.setdefault("nullable", False)
        if node["type"] == "object":
            node.setdefault("additionalProperties", True)
            node.setdefault("minProperties", 0)
        elif node["type"] == "array":
            node.setdefault("uniqueItems", False)
            node.setdefault("minItems", 0)
        elif node["type"] == "string":
            node.setdefault("minLength", 0)
    for node in objects(spec):
        if node.get("in") in ("path", "query") and "schema" in node:
            node.setdefault("style", "form" if node["in"] == "query" else "simple")
            node.setdefault("explode", node["in"] == "query")


def rules_of_other_types(spec: Spec) -> None:
    """Rules that never apply."""
    for node in schemas(spec):
        if node["type"] == "integer":
            node["maxLength"] = 3
        elif node["type"] == "string":
            node["maximum"] = 3


def types_implied(spec: Spec) -> None:
    """Objects that only their properties tell."""
    for node in list(schemas(spec)):
        if node["type"] == "object" and "properties" in node:
            del node["type"]


def statuses_as_numbers(spec: Spec) -> None:
    """YAML reads an unquoted status as a number."""
    for _, operation in operations(spec):
        operation["responses"] = {
            int(key) if str(key).isdigit() else key: value for key, value in operation["responses"].items()
        }


def headers_in_lower_case(spec: Spec) -> None:
    """Names of headers have no case."""
    for node in objects(spec):
        if "content" in node and "headers" in node:
            node["headers"] = {name.lower(): value for name, value in node["headers"].items()}


def media_types_with_charset(spec: Spec) -> None:
    """A parameter of a media type, and its case."""
    for node in objects(spec):
        if "application/json" in node:
            node["Application/JSON; charset=utf-8"] = node.pop("application/json")


def version_in_the_server(spec: Spec) -> None:
    """The same URLs, cut elsewhere."""
    if all(path.startswith("/v1/") for path in spec["paths"]) and not any(
        "servers" in item for item in spec["paths"].values()
    ):
        spec["servers"][0]["url"] = spec["servers"][0]["url"].rstrip("/") + "/v1/"
        spec["paths"] = {path.removeprefix("/v1"): item for path, item in spec["paths"].items()}


def servers_on_paths(spec: Spec) -> None:
    """The server with every path, the vendor's habit."""
    for item in spec["paths"].values():
        item.setdefault("servers", deepcopy(spec["servers"]))


def server_with_variables(spec: Spec) -> None:
    """A host out of parts, and one more server."""
    for holder in (spec, *spec["paths"].values()):
        for server in holder.get("servers", [])[:1]:
            server["url"] = server["url"].replace("https://memory.twilio.com", "https://{part}.Twilio.com:443")
            server["variables"] = {"part": {"default": "memory"}}
            server["description"] = "Elsewhere."


def path_parameters_renamed(spec: Spec) -> None:
    """Names in a path do not travel."""
    spec["paths"] = {path.replace("{storeId}", "{store_sid}"): item for path, item in spec["paths"].items()}
    for node in objects(spec):
        if node.get("in") == "path" and node.get("name") == "storeId":
            node["name"] = "store_sid"


def credentials_renamed(spec: Spec) -> None:
    """Another name for the same way to sign in, asked for by each operation."""
    schemes = spec["components"]["securitySchemes"]
    spec["components"]["securitySchemes"] = {f"Other{name}": scheme for name, scheme in schemes.items()}
    for holder in (spec, *(operation for _, operation in operations(spec))):
        if "security" in holder:
            holder["security"] = [
                {f"Other{name}": scopes for name, scopes in way.items()} for way in holder["security"]
            ]
    for _, operation in operations(spec):
        operation.setdefault("security", deepcopy(spec["security"]))


def without_request_ids(spec: Spec) -> None:
    """The vendor sends them and does not say so."""
    for node in objects(spec):
        if "content" in node and "headers" in node:
            node["headers"] = {
                name: value for name, value in node["headers"].items() if name.lower() != "twilio-request-id"
            }


def without_links(spec: Spec) -> None:
    """No links."""
    for node in objects(spec):
        if "content" in node:
            node.pop("links", None)


def others_around(spec: Spec) -> None:
    """A hundred other operations, and components that refer to themselves."""
    spec["components"]["schemas"]["Tree"] = {
        "type": "object",
        "properties": {"leaves": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}},
    }
    schema = {"$ref": "#/components/schemas/Tree"}
    for number in range(100):
        answer = {"description": "x", "content": {"application/json": {"schema": schema}}}
        item = {"get": {"operationId": f"Other{number}", "responses": {"200": answer}}}
        spec["paths"][f"/v1/Stores/{{storeId}}/Others/{number}"] = deepcopy(item)


def closed_by_name(spec: Spec) -> None:
    """No fourth property, said by name and not by number."""
    for node in schemas(spec):
        named = node.get("properties", {})
        if named and node.get("maxProperties") == len(named) and set(node.get("required", [])) == set(named):
            del node["maxProperties"]
            node["additionalProperties"] = False


def counted_besides(spec: Spec) -> None:
    """A count that closed objects do not need, the vendor's habit."""
    for node in schemas(spec):
        if node.get("additionalProperties") is False and "maxProperties" not in node:
            node["maxProperties"] = 10


def hidden_sides(spec: Spec) -> None:
    """Properties that only the other side of the wire carries."""
    for name, flag in (("CreateImportRequest", "readOnly"), ("CreatedImport", "writeOnly")):
        for prefix in ("", "Vendor"):
            found = spec["components"]["schemas"].get(prefix + name, {})
            if "properties" in found:
                found["properties"]["other"] = {"type": "boolean", flag: True}


def marked_deprecated(spec: Spec) -> None:
    """It works, but not forever."""
    for _, operation in operations(spec):
        operation["deprecated"] = True


def examples_beside_references(spec: Spec) -> None:
    """`allOf` with a property that only has an example, the vendor's habit."""
    for node in list(objects(spec)):
        if str(node.get("$ref", "")).endswith("ListMeta"):
            node["allOf"] = [{"$ref": node.pop("$ref")}]
            node["properties"] = {"key": {"example": "imports"}, "pageSize": {"default": 50}}


SILENT: dict[str, Change] = {
    function.__name__.replace("_", " "): function
    for function in (
        components_renamed, references_inlined, responses_chained, keys_reversed, reworded, wordless, without_examples,
        extended, operation_ids_changed, tags_changed, parameters_on_operations, parameters_overridden,
        references_wrapped, references_in_one_of, objects_split, newer_dialect, newer_bounds, exclusive_bounds,
        defaults_spelled_out, rules_of_other_types, types_implied, statuses_as_numbers, headers_in_lower_case,
        media_types_with_charset, version_in_the_server, servers_on_paths, server_with_variables,
        path_parameters_renamed, credentials_renamed, without_request_ids, without_links, others_around,
        closed_by_name, counted_besides, hidden_sides, marked_deprecated, examples_beside_references, *FORMS,
    )
}  # fmt: skip


def composed(*names: str) -> Callable[[Spec], None]:
    """Several of them, one after the other."""

    def change(spec: Spec) -> None:
        for name in names:
            SILENT[name](spec)

    return change
