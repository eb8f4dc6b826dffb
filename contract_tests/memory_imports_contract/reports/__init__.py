"""The formats of a report, one module each, and the table that names them. All show the same rows."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from memory_imports_contract.findings import Report
from memory_imports_contract.reports import github, json_, junit, markdown, sarif, text

_RENDERERS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json_.render,
    "markdown": markdown.render,
    "github": github.render,
    "sarif": sarif.render,
    "junit": junit.render,
}
FORMATS = tuple(_RENDERERS)


def render(report: Report, form: str = "text") -> str:
    """Return a report in one of `FORMATS`, ending in a line break."""
    return _RENDERERS[form](report)


def write(content: str, path: str | Path) -> None:
    """Write a file whole or not at all; a file that already says it is left alone. Raises OSError."""
    target = Path(path)
    data = content.encode()
    if target.is_file() and target.read_bytes() == data:
        return
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
