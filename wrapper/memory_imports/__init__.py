"""Load customer profiles from CSV files into Twilio Conversation Memory.

Importing this package costs little: what needs the HTTP library waits until a client is made.
"""

import logging
from typing import TYPE_CHECKING

from memory_imports import errors
from memory_imports._version import __version__
from memory_imports.errors import MemoryImportsError

if TYPE_CHECKING:
    from memory_imports._endpoints import SPEC_SHA256
    from memory_imports._policy import Polling, Retry
    from memory_imports._settings import Credentials
    from memory_imports.client import AsyncMemoryImports, MemoryImports
    from memory_imports.models import (
        ColumnMapping,
        CreatedImport,
        ImportStatus,
        ImportSummary,
        PartResult,
        Progress,
        RunResult,
    )

__all__ = [
    "SPEC_SHA256",
    "AsyncMemoryImports",
    "ColumnMapping",
    "CreatedImport",
    "Credentials",
    "ImportStatus",
    "ImportSummary",
    "MemoryImports",
    "MemoryImportsError",
    "PartResult",
    "Polling",
    "Progress",
    "Retry",
    "RunResult",
    "__version__",
    "errors",
]

_HOMES = {
    "_endpoints": ("SPEC_SHA256",),
    "_policy": ("Polling", "Retry"),
    "_settings": ("Credentials",),
    "client": ("AsyncMemoryImports", "MemoryImports"),
    "models": (
        "ColumnMapping",
        "CreatedImport",
        "ImportStatus",
        "ImportSummary",
        "PartResult",
        "Progress",
        "RunResult",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - only where a name is first asked for

    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
