"""The sandbox's own side, which shows what it holds; asked past the client, so that it is a second opinion."""

import base64
import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

# Seconds; the sandbox is on this machine.
_PATIENCE = 30


def held(announcement: Any, view: str, limit: int = 1000) -> Any:  # noqa: ANN401 - of that package, and JSON
    """Return a view of what a sandbox holds, such as `profiles`."""
    from urllib.request import ProxyHandler, Request, build_opener  # noqa: PLC0415 - too slow for `--help`

    pair = f"{announcement.username}:{announcement.password}".encode()
    request = Request(  # noqa: S310 - the sandbox's own address
        f"{announcement.base_url}/_sandbox/{view}?limit={limit}",
        headers={"Authorization": f"Basic {base64.b64encode(pair).decode()}"},
    )
    with build_opener(ProxyHandler({})).open(request, timeout=_PATIENCE) as reply:
        return json.load(reply)


@contextmanager
def no_proxy() -> Generator[None]:
    """Keep what goes to this machine on this machine, whatever proxy the environment names."""
    names = ("NO_PROXY", "no_proxy")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "127.0.0.1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
