"""Which column goes where: from `--map` and a mapping file, to the pairs that a job takes."""

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, cast

from memory_imports.cli.stops import UsageError

# Bytes: some thousand columns, each with a remark; its reader takes seconds for a megabyte.
_MOST = 256 * 1024
_SHAPE = "it must hold `columns:`, and below it lines such as `email_address: Contact.email`"


def columns_of(pairs: list[str], file: str | None) -> dict[str, str]:
    """Return all mappings, each column once.

    Args:
        pairs: `COLUMN=Group.trait`, as given to `--map`.
        file: The mapping file, if there is one.

    Raises:
        UsageError: There are none, or they cannot be understood, or say two things of one column.
    """
    columns = {} if file is None else _read(Path(file))
    for pair in pairs:
        # A column's name may hold the sign, a trait's may not.
        column, _, target = pair.rpartition("=")
        if not column:
            raise UsageError(f"--map {pair} has no column; write COLUMN=Group.trait.")
        if column in columns:
            raise UsageError(f"Column {column!r} is mapped twice; keep one.")
        columns[column] = target
    if not columns:
        raise UsageError(
            "No column is mapped; say where they go with --map COLUMN=Group.trait, or --mapping FILE.yaml, "
            "which memory-imports map suggests."
        )
    return columns


def _read(file: Path) -> dict[str, str]:
    import yaml  # noqa: PLC0415 - only a mapping file needs it

    class Loader(yaml.BaseLoader):
        """Takes every word as text, and refuses a name that stands twice: YAML would keep the last in silence."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - as there
            twice = repeated(name.value for name, _ in node.value if isinstance(name, yaml.ScalarNode))
            if twice is not None:
                raise UsageError(f"{file} names {twice!r} twice; keep one.")
            return super().construct_mapping(node, deep)

    try:
        document: object = yaml.load(_content(file), Loader)  # noqa: S506 - it makes text, lists and mappings, no objects
    except (yaml.YAMLError, RecursionError, OverflowError, ValueError) as problem:  # a character may have any number
        mark = getattr(problem, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        raise UsageError(f"{file}{place}: this is not YAML.") from None
    given = cast("dict[str, object]", document) if isinstance(document, dict) else {}
    found = given.get("columns")
    columns = cast("dict[object, object]", found) if isinstance(found, dict) else None
    if columns is None or not all(isinstance(word, str) for pair in columns.items() for word in pair):
        raise UsageError(f"{file} is not a mapping file: {_SHAPE}.")
    if unknown := [name for name in given if name != "columns"]:
        raise UsageError(f"{file} holds {unknown[0]!r}, which means nothing here: {_SHAPE}.")
    return {str(column): str(target) for column, target in columns.items()}


def repeated(names: Iterable[str]) -> str | None:
    """Return the first name that stands twice, None if none does."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(_MOST + 1)
    except OSError as problem:
        raise UsageError(f"{file} cannot be read: {problem.strerror}.") from None
    if len(content) > _MOST:
        raise UsageError(f"{file} has more than {_MOST} bytes, which no mapping needs; is it the right file?")
    return content
