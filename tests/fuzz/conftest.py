"""A client that tries once, and a network that ends at this machine."""

import socket
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from memory_imports import Polling, Retry
from tests.fuzz.oracle import CELL

_resolve = socket.getaddrinfo


def _only_here(host: Any, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - as the system's own
    if host not in {"127.0.0.1", "localhost", "::1"}:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _resolve(host, *given, **named)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing that is tried leaves this machine or a test's own folder."""
    monkeypatch.setattr(socket, "getaddrinfo", _only_here)
    monkeypatch.setattr("memory_imports.client.Polling", partial(Polling, first=0.01))
    for name in ("Retry", "patient"):
        monkeypatch.setattr(f"memory_imports.client.{name}", partial(Retry, attempts=1, base=0.0))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A file that can be imported, with a cell that nobody may show."""
    file = tmp_path / "people.csv"
    file.write_text(f"email,name\n{CELL}@x.example,{CELL}\nb@x.example,\n", encoding="utf-8")
    return file
