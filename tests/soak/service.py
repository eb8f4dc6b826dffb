"""A sandbox as a process that can be killed at any moment and comes back on the same port with the same data."""

import base64
import json
import signal
import threading
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.request import ProxyHandler, Request, build_opener

from tests.cli.program import PATIENCE, environment, started

if TYPE_CHECKING:
    import subprocess

_PAGE = 1000


class Service:
    """`memory-imports sandbox` on a folder; use it as a context manager. Each life has a seed of its own."""

    def __init__(self, folder: Path, seed: int, rate: float, kinds: str | None) -> None:
        self._folder, self._seed, self._rate = folder, seed, rate
        self._kinds = ("--fault-kinds", kinds) if kinds else ()
        self._port, self._lives = "0", 0
        self._lock = threading.Lock()
        self._stack = ExitStack()
        self.access: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _start(self) -> None:
        weather = (
            "--faults",
            str(self._seed + self._lives),
            "--fault-rate",
            str(self._rate),
            "--fault-stall",
            "0.4",
            *self._kinds,
        )
        quick = ("--pending-seconds", "0", "--processing-seconds", "0")
        place = ("--port", self._port, "--data", str(self._folder / "data"))
        words = (*place, *quick, *(weather if self._rate else ()))
        env = environment(self._folder)
        self._process: subprocess.Popen[str] = self._stack.enter_context(started("sandbox", "--json", *words, env=env))
        told = json.loads(next(iter(self._process.stdout or ())))
        self.access = self.access or told["environment"]
        self._port = self.access["TWILIO_MEMORY_BASE_URL"].rpartition(":")[2]
        self._lives += 1

    @property
    def deaths(self) -> int:
        """How often it was killed."""
        return self._lives - 1

    def kill(self) -> None:
        """Kill it as the system would, and start it again."""
        with self._lock:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(PATIENCE)
            self._start()

    def side(self, view: str) -> dict[str, Any]:
        """Return what the sandbox's own side shows."""
        pair = base64.b64encode(f"{self.access['TWILIO_API_KEY']}:{self.access['TWILIO_API_SECRET']}".encode())
        url = f"{self.access['TWILIO_MEMORY_BASE_URL']}/_sandbox/{view}"
        request = Request(url, headers={"Authorization": f"Basic {pair.decode()}"})  # noqa: S310 - the sandbox's own address
        with self._lock, build_opener(ProxyHandler({})).open(request, timeout=PATIENCE) as reply:
            found: dict[str, Any] = json.load(reply)
        return found

    def everything(self, view: str) -> list[Mapping[str, Any]]:
        """Return all profiles or all imports."""
        found: list[Mapping[str, Any]] = []
        while True:
            page = self.side(f"{view}?limit={_PAGE}&offset={len(found)}")
            found += page[view]
            if len(found) >= page["total"] or not page[view]:
                return found

    def faults(self) -> Counter[str]:
        """Return how often each kind of fault has happened in this life."""
        return Counter(self.side("faults")["counts"]) if self._rate else Counter()
