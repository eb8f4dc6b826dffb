"""What is wrong with a suggestion, or with the names of a file's columns, in the words of every other problem."""

from collections import Counter
from collections.abc import Iterator, Sequence

from memory_imports.errors import FileRefused, Problem
from memory_imports.tables.header import fault_of
from memory_imports.tables.suggest.shapes import is_data
from memory_imports.tables.suggest.suggestion import Limits, Suggestion, Suggestions


def refuse_data(file: str, header: Sequence[str]) -> None:
    """Make sure that the first line names columns: it would be read out, and a person is not to be.

    Raises:
        FileRefused: It holds somebody's email address or phone number.
    """
    if any(map(is_data, header)):
        message = "the first line is of a person, not of columns; put the columns' names above it."
        found = Problem(code="no_header", severity="error", file=file, line=1, message=message)
        raise FileRefused(f"{file}, line 1: {message}", problems=(found,), counts={found.code: 1})


def problems_of(suggestions: Suggestions, file: str, limits: Limits) -> list[Problem]:
    """Return what keeps a run from taking the mapping as it is, and what is wrong with names."""
    named = [
        Problem(code=code, severity="warning", file=file, line=1, column=column, message=message)
        for column, times in Counter(each.column for each in suggestions.columns).items()
        for code, message in _of_name(column, times, limits)
    ]
    rivals = [
        Problem(code="same_trait", severity="note", file=file, line=1, column=each.column, message=f"{each.reason}.")
        for each in suggestions.columns
        if _is_rival(each, suggestions)
    ]
    return [*_of_mapping(suggestions, file, limits), *named, *rivals]


def _of_mapping(suggestions: Suggestions, file: str, limits: Limits) -> Iterator[Problem]:
    mapping = suggestions.mapping
    if not any(target.rpartition(".")[2] in limits.identifiers for target in mapping.values()):
        names = ", ".join(sorted(limits.identifiers))
        message = f"no column is mapped to an identifier; map one of {names}."
        yield Problem(code="no_identifier", severity="warning", file=file, message=message)
    if len(mapping) < limits.columns:
        message = f"fewer than {limits.columns} columns are mapped ({len(mapping)}); map more."
        yield Problem(code="too_few_mappings", severity="warning", file=file, message=message)


def _of_name(column: str, times: int, limits: Limits) -> Iterator[tuple[str, str]]:
    if times > 1:
        yield "duplicate_header", f"{times} columns have this name, so none is mapped; keep one."
    if len(column) > limits.characters:
        most = f"at most {limits.characters} are allowed"
        yield "long_name", f"the name has {len(column)} characters; {most}, so it is not mapped: shorten it."
    if (fault := fault_of(column)) is not None:
        yield "header_spaces", f"{fault}."


def _is_rival(each: Suggestion, suggestions: Suggestions) -> bool:
    return not each.mapped and each.doubt in suggestions.mapping.values()
