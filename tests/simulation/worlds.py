"""The sandbox's own worlds: one for each pace, made once, because that takes longer than a whole schedule."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from attrs import frozen

from memory_imports_sandbox import contract as contracts
from memory_imports_sandbox.blobs import MemoryBlobs
from memory_imports_sandbox.contract import Contract, packaged
from memory_imports_sandbox.database import connect
from memory_imports_sandbox.settings import Settings
from memory_imports_sandbox.world import World
from tests.simulation.shapes import TOLERATED
from tests.support.replies import SECRET, STORE, USER

_FORGET = """
DELETE FROM imports; DELETE FROM arrivals; DELETE FROM profiles; DELETE FROM links; DELETE FROM sqlite_sequence;
"""
_MOST_KNOWN = 10_000


@frozen(kw_only=True)
class Pace:
    """How long the service takes for a file, and how long its upload URLs live, in seconds; and how they are signed."""

    pending: float = 0.0
    processing: float = 0.2
    lifetime: int = 1800
    style: Any = "sigv4"


class Kept:
    """A world that serves one schedule after the other."""

    def __init__(self, pace: Pace) -> None:
        self.connection = connect()
        self._ids = Random(0)  # noqa: S311 - it has to be foreseen
        self._blobs = MemoryBlobs()
        with TemporaryDirectory() as name:
            spec = Path(name) / "imports.json"
            spec.write_text(_spec())
            settings = Settings(
                store_id=STORE,
                username=USER,
                password=SECRET,
                spec=spec,
                characters="refuse",
                pending_seconds=pace.pending,
                processing_seconds=pace.processing,
                url_lifetime=pace.lifetime,
                url_style=pace.style,
            )
            self.world = World(settings, self.connection, self._blobs, self._ids.randbytes, 0.0)
            _remember(contracts.load(spec))

    def empty(self, seed: int) -> None:
        """Forget everything, and draw ids from the seed."""
        self._ids.seed(seed)
        self._blobs.objects.clear()
        self.connection.executescript(_FORGET)


world = cache(Kept)


@cache
def _spec() -> str:
    """Return the contract with fewer bad rows that are tolerated in a file."""
    document = yaml.load(packaged().read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    document["x-csv-rules"]["toleratedRowErrors"] = TOLERATED
    return json.dumps(document, default=str)


def _remember(contract: Contract) -> None:
    """Let a contract say the same of the same value without thinking again: else it takes half of the time."""
    if "problem" in vars(contract):
        return
    ask = contract.problem
    known: dict[tuple[int, str, str], str | None] = {}

    def problem(schema: Mapping[str, Any], value: Any, what: str) -> str | None:  # noqa: ANN401 - any JSON
        key = (id(schema), what, value if isinstance(value, str) else repr(value))
        if key not in known:
            if len(known) > _MOST_KNOWN:
                known.clear()
            known[key] = ask(schema, value, what)
        return known[key]

    contract.problem = problem  # type: ignore[method-assign] # only remembered
