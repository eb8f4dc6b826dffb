"""The end of a request: whatever is read for it, head and body alike, is read before its end or not at all.

httpx bounds each read by itself, so whoever sends a byte now and then, or one ``102 Processing`` after the other, is
never late. Its trace extension shows each connection when it is made; from then on that one's reads look at the clock.
"""

import math
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from typing import Any

import httpx

# A connection is used for one request after the other; each runs in a thread or a task, which knows its own end.
_END: ContextVar[float] = ContextVar("memory_imports_end", default=math.inf)
_MADE = (".connect_tcp.complete", ".start_tls.complete")


def bind(end: float, clock: Callable[[], float]) -> Callable[[str, dict[str, Any]], None]:
    """Let everything that this thread or task reads from now on be read before the end.

    Returns:
        What httpx is to tell of its connections, as a request's extension ``trace``.
    """
    _END.set(end)

    def trace(event: str, about: dict[str, Any]) -> None:
        if event.endswith(_MADE):
            stream = about["return_value"]
            stream.read = partial(_read, stream.read, clock)

    return trace


def _read(read: Callable[..., Any], clock: Callable[[], float], size: int, timeout: float | None = None) -> Any:  # noqa: ANN401 - bytes, or what is awaited for them
    left = _END.get() - clock()
    if left <= 0:
        raise httpx.ReadTimeout("the answer came too slowly")
    return read(size, timeout=left if timeout is None else min(timeout, left))
