"""Weather: answers that a good server gives on a bad day, and that go away when asked again."""

from collections.abc import Callable
from itertools import count

from memory_imports_sandbox.messages import Reply, Request, problem

_EVERY = 11


def _now_and_then(reply: Reply) -> Callable[[], Callable[[Request], Request | Reply]]:
    def begin() -> Callable[[Request], Request | Reply]:
        numbers = count(1)
        return lambda request: reply if next(numbers) % _EVERY == 0 else request

    return begin


WEATHERS = {
    "503 with the error object": _now_and_then(problem(503, "Later.")),
    "502 of a gateway, in HTML": _now_and_then(Reply(502, (("content-type", "text/html"),), b"<html></html>")),
    "429 with Retry-After": _now_and_then(problem(429, "Slower.", ("retry-after", "0"))),
}
