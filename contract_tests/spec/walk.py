"""Walks through a specification: its objects, its schemas, its operations."""

from collections.abc import Iterator

from .pair import Spec

METHODS = ("get", "post")
DATA = ("example", "examples", "default", "enum", "value", "const")


def objects(node: Spec, inside: str = "") -> Iterator[Spec]:
    """Every object that is part of the specification and no example of anything, the inner ones first."""
    for key, value in (
        list(node.items()) if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    ):
        if key not in DATA or inside in ("properties", "responses"):
            yield from objects(value, str(key))
    if isinstance(node, dict):
        yield node


def schemas(spec: Spec) -> Iterator[Spec]:
    """Every schema object that is no reference, the inner ones first."""
    return (
        node for node in objects(spec) if isinstance(node.get("type"), str) and node["type"] not in ("http", "apiKey")
    )


def operations(spec: Spec) -> Iterator[tuple[Spec, Spec]]:
    """Every operation with its path's object."""
    for item in spec["paths"].values():
        yield from ((item, item[method]) for method in METHODS if method in item)
