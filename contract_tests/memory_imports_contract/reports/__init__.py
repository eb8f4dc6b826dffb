"""The formats of a report, one module each, and the table that names them. All show the same rows."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from memory_imports_contract.findings import Report
from memory_imports_contract.reports import github, json_, junit, markdown, sarif, text
from memory_imports_contract.reports.place import mode_of, see

_RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json_.render,
    "markdown": markdown.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
FORMATS = tuple(_RENDERERS)
__all__ = ["FORMATS", "render", "see", "write"]


def render(report: Report, form: str = "text") -> str:
    """Return a report in one of `FORMATS`, ending in a line break."""
    return _RENDERERS[form](report)


def write(content: str, path: str | Path) -> None:
    """Write a file whole or not at all, for its owner alone if it is new; one that already says it is left alone.

    Raises:
        OSError: It cannot be written, or what is there is no file: a link is not followed, a device not replaced.
    """
    target = Path(path)
    data = content.encode()
    mode = mode_of(target)
    if mode is not None and target.read_bytes() == data:
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".memory-imports.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o600 if mode is None else mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
