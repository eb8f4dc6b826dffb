"""Changes single values of a YAML text and leaves every other byte as it is. Knows nothing of OpenAPI.

A round trip through a YAML library would fold, quote and indent anew what nobody touched.
"""

from typing import Any, TypeAlias

import yaml

Json: TypeAlias = Any  # a JSON value can be anything


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SpliceError(Exception):
    """The text has a shape that is not changed here; a person has to."""


class _Dumper(yaml.SafeDumper):
    """Lists of plain words on one line, as the contract writes them; everything else in blocks."""


def _sequence(dumper: yaml.SafeDumper, data: list[Json]) -> yaml.Node:
    flat = not any(isinstance(each, dict | list) for each in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=flat)


_Dumper.add_representer(list, _sequence)


def put(text: str, pointer: str, value: Json) -> str:
    """Return the text with a value at a pointer, in place of the one there or as a new member.

    Raises:
        SpliceError: What holds the place is not there, or is written on one line.
    """
    holder, name = _holder(text, pointer)
    if isinstance(holder, yaml.SequenceNode) and name == "-":
        return _appended(text, holder, value)
    found = _entry(holder, name)
    if found is None:
        return _inserted(text, holder, name, value)
    _, node = found
    if isinstance(value, dict) or not _inline(node):
        if holder.flow_style:
            raise SpliceError(f"{pointer} is on one line with others.")
        line, indent = found[0].start_mark.line, found[0].start_mark.column
        return _with(_without(text, line, _end(text, node)), line, _block(name, value, indent))
    return text[: node.start_mark.index] + _flat(value) + text[node.end_mark.index :]


def remove(text: str, pointer: str) -> str:
    """Return the text without the member at a pointer. Raises `SpliceError`, also where it is the only one."""
    holder, name = _holder(text, pointer)
    if holder.flow_style or len(holder.value) == 1:
        raise SpliceError(f"{pointer} is the only member of its holder, or on one line with others.")
    if isinstance(holder, yaml.SequenceNode):
        node = holder.value[int(name)]
        return _without(text, node.start_mark.line, _end(text, node))
    found = _entry(holder, name)
    if found is None:
        raise SpliceError(f"There is nothing at {pointer}.")
    return _without(text, found[0].start_mark.line, _end(text, found[1]))


def rename(text: str, pointer: str, name: str) -> str:
    """Return the text with another name for the member at a pointer. Raises `SpliceError`."""
    holder, old = _holder(text, pointer)
    found = _entry(holder, old)
    if found is None:
        raise SpliceError(f"There is nothing at {pointer}.")
    return text[: found[0].start_mark.index] + _flat(name) + text[found[0].end_mark.index :]


def _holder(text: str, pointer: str) -> tuple[Any, str]:
    *steps, name = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    node = yaml.compose(text, _LOADER)
    for step in steps:
        if isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)]
            continue
        found = _entry(node, step)
        if found is None:
            raise SpliceError(f"There is no {step} on the way to {pointer}.")
        node = found[1]
    if not isinstance(node, yaml.CollectionNode):
        raise SpliceError(f"What should hold {pointer} holds nothing.")
    return node, name


def _entry(node: Any, name: str) -> tuple[Any, Any] | None:  # noqa: ANN401 - yaml's nodes have no types
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((pair for pair in node.value if pair[0].value == name), None)


def _inline(node: Any) -> bool:  # noqa: ANN401 - yaml's nodes have no types
    if isinstance(node, yaml.ScalarNode):
        return node.style not in ("|", ">")
    return bool(node.flow_style)


def _flat(value: Json) -> str:
    dumped: str = yaml.dump(value, Dumper=_Dumper, width=10**6, default_flow_style=True, allow_unicode=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def _block(name: str, value: Json, indent: int) -> str:
    dumped = yaml.dump({name: value}, Dumper=_Dumper, width=10**6, sort_keys=False, allow_unicode=True)
    return "".join(" " * indent + line for line in dumped.splitlines(keepends=True))


def _appended(text: str, holder: Any, value: Json) -> str:  # noqa: ANN401 - yaml's nodes have no types
    if holder.flow_style or not holder.value:
        raise SpliceError("The list is on one line.")
    column = holder.value[-1].start_mark.column
    lines = _block("-", value, column).splitlines(keepends=True)[1:]
    first = " " * (column - 2) + "- " + lines[0].strip() + "\n"
    body = [" " * column + line[column + 2 :] for line in lines[1:]]
    return _with(text, _end(text, holder.value[-1]), first + "".join(body))


def _inserted(text: str, holder: Any, name: str, value: Json) -> str:  # noqa: ANN401 - yaml's nodes have no types
    if holder.flow_style or not holder.value or not isinstance(holder, yaml.MappingNode):
        raise SpliceError(f"What should hold {name} is on one line.")
    keys = [key.value for key, _ in holder.value]
    before = keys.index("example") if "example" in keys and name != "example" and "type" in keys else len(keys)
    if name.isdigit():
        before = sum(key.isdigit() and key < name for key in keys)
    indent = holder.value[0][0].start_mark.column
    line = _end(text, holder.value[before - 1][1]) if before else holder.value[0][0].start_mark.line
    return _with(text, line, _block(name, value, indent))


def _end(text: str, node: Any) -> int:  # noqa: ANN401 - yaml's nodes have no types
    """The line after the last one of a node, without the blank lines and comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
    if not isinstance(node, yaml.ScalarNode) or node.style not in ("|", ">"):
        return int(node.end_mark.line) + 1
    lines, end = text.splitlines(), int(node.end_mark.line)
    while not lines[end - 1].strip():
        end -= 1
    return end


def _without(text: str, first: int, end: int) -> str:
    lines = text.splitlines(keepends=True)
    return "".join((*lines[:first], *lines[end:]))


def _with(text: str, line: int, more: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join((*lines[:line], more, *lines[line:]))
