"""What has happened to which request: written by the weather, read on the sandbox's own side."""

import logging
import threading
from collections import Counter, deque

from attrs import define, field

from memory_imports_sandbox.faults.kind import Kind

_log = logging.getLogger("memory_imports_sandbox")
_REMEMBERED = 200


@define
class Ledger:
    """Numbers the requests that could be struck, and counts those that were. Written and read by different threads."""

    seed: int
    rate: float
    _requests: int = 0
    _counts: Counter[str] = field(factory=Counter, repr=False)
    _last: deque[dict[str, object]] = field(factory=lambda: deque(maxlen=_REMEMBERED), repr=False)
    _lock: threading.Lock = field(factory=threading.Lock, repr=False)

    def number(self) -> int:
        """The number of the next request, from 1."""
        with self._lock:
            self._requests += 1
            return self._requests

    def note(self, number: int, operation: str, kind: Kind, now: float) -> None:
        """Keeps that a fault has happened."""
        _log.info("request %d, %s: %s", number, operation, kind.name)
        struck: dict[str, object] = {
            "request": number,
            "operation": operation,
            "kind": kind.name,
            "processed": kind.processed,
            "time": now,
        }
        with self._lock:
            self._counts[kind.name] += 1
            self._last.append(struck)

    def shown(self) -> dict[str, object]:
        """What may be looked at: the counts by kind, and the last faults."""
        with self._lock:
            return {
                "seed": self.seed,
                "rate": self.rate,
                "requests": self._requests,
                "counts": dict(sorted(self._counts.items())),
                "faults": list(self._last),
            }
