"""What the methods of both clients refuse before anything is read or sent."""

import asyncio
import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from memory_imports import AsyncMemoryImports, CreatedImport, MemoryImports
from memory_imports.errors import InvalidRequest

STORE, IMPORT = "mem_store_" + 26 * "0", "mem_import_" + 26 * "0"
PEOPLE, COLUMNS = (
    b"email,first_name\nkepe@example.com,\n",
    {"email": "Contact.email", "first_name": "Contact.firstName"},
)
CREATED = CreatedImport(import_id=IMPORT, url="https://store.example/a", file_size=1)
# Nobody listens there, and nobody is asked.
NOWHERE: dict[str, Any] = {"credentials": ("key", "secret"), "base_url": "http://127.0.0.1:1"}
Use = Callable[..., object]


def plainly(method: str, *given: object, **named: object) -> object:
    """Call a method of the one client."""
    with MemoryImports(STORE, **NOWHERE) as client:
        return getattr(client, method)(*given, **named)


def awaited(method: str, *given: object, **named: object) -> object:
    """Call a method of the other."""

    async def call() -> object:
        async with AsyncMemoryImports(STORE, **NOWHERE) as client:
            return await getattr(client, method)(*given, **named)

    return asyncio.run(call())


@pytest.mark.parametrize("use", [plainly, awaited])
@pytest.mark.parametrize(
    ("named", "field"),
    [
        *(({"blank": word}, "blank") for word in ("kepe", "KEEP", "", None)),
        *(({"concurrency": number}, "concurrency") for number in (0, -1, 1.5, True, "4", None)),
        *(({"timeout": number}, "timeout") for number in (-1, -0.5, math.nan, math.inf, True, "60")),
        *(({"region": word}, "region") for word in ("GBR", "", 44)),
        ({"encoding": "no such thing"}, "encoding"),
        ({"delimiter": ""}, "delimiter"),
        ({"rejects": 1}, "rejects"),
        ({"sheet": 1}, "sheet"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_by_name(use: Use, named: dict[str, Any], field: str) -> None:
    """None of them is taken for something else, and stored values stay what they are."""
    with pytest.raises(InvalidRequest) as caught:
        use("run", PEOPLE, COLUMNS, **named)
    assert field == caught.value.field


@pytest.mark.parametrize("use", [plainly, awaited])
@pytest.mark.parametrize("timeout", [-1, math.nan, math.inf, None, "60"])
def test_a_wait_has_an_end(use: Use, timeout: object) -> None:
    """One that is no time would never come."""
    with pytest.raises(InvalidRequest, match="give seconds, a number from 0 on") as caught:
        use("wait", IMPORT, timeout=timeout)
    assert "timeout" == caught.value.field


@pytest.mark.parametrize("use", [plainly, awaited])
@pytest.mark.parametrize("nothing", [[], ()])
def test_no_file_is_no_success(use: Use, nothing: object) -> None:
    """A list that was filled with nothing is a mistake further up."""
    with pytest.raises(InvalidRequest, match="no file is given; give at least one") as caught:
        use("run", nothing, COLUMNS)
    assert "source" == caught.value.field


async def _awaited_news(_: object) -> None:
    """Would tell nothing."""


class _Teller:
    """Something to call that is no function."""

    async def __call__(self, _: object) -> None:
        """Would tell nothing either."""


@pytest.mark.parametrize("use", [plainly, awaited])
@pytest.mark.parametrize("progress", [_awaited_news, partial(_awaited_news), _Teller()])
@pytest.mark.parametrize("given", [("run", PEOPLE, COLUMNS), ("wait", IMPORT), ("upload", CREATED, b"1")])
def test_news_that_nobody_would_await_are_refused(use: Use, progress: object, given: tuple[Any, ...]) -> None:
    """At once: they would never be told, with a warning of Python for each."""
    with pytest.raises(InvalidRequest, match="progress is never awaited; give a plain function") as caught:
        use(*given, progress=progress)
    assert "progress" == caught.value.field
