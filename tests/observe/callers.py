"""A caller of either client, who says the same to both."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from memory_imports import AsyncMemoryImports, MemoryImports, Polling, Retry
from tests.support.replies import SECRET, STORE, USER
from tests.support.server import Server
from tests.support.wire import Answer, Script

Call = Callable[..., Any]
QUICK: Mapping[str, Any] = {"retry": Retry(attempts=3, base=0.0), "polling": Polling(first=0.001)}
COLUMNS = {"email": "Contact.email", "name": "Contact.firstName"}
CELL = "ann.the.secret"


def synchronously(name: str, *given: object, client: Mapping[str, Any], **more: object) -> Any:  # noqa: ANN401 - each method has its own
    """Call a method of the synchronous client."""
    with MemoryImports(**{**QUICK, **client}) as imports:
        found = getattr(imports, name)(*given, **more)
        return list(found) if name == "list" else found


def asynchronously(name: str, *given: object, client: Mapping[str, Any], **more: object) -> Any:  # noqa: ANN401 - each method has its own
    """Call a method of the asynchronous client."""

    async def called() -> object:
        async with AsyncMemoryImports(**{**QUICK, **client}) as imports:
            found = getattr(imports, name)(*given, **more)
            return [each async for each in found] if name == "list" else await found

    return asyncio.run(called())


CALLS = {"synchronous": synchronously, "asynchronous": asynchronously}


def of_sandbox(service: Any) -> dict[str, Any]:  # noqa: ANN401 - an announcement
    """Return what a client of a sandbox is told."""
    return {
        "store_id": service.store_id,
        "credentials": (service.username, service.password),
        "base_url": service.base_url,
    }


def met(call: Call, answers: Sequence[Answer], name: str, *given: object, **more: object) -> tuple[Any, Script]:
    """Call a method on a script; what it returned, or the exception it ended with, and what the script saw."""
    script = Script(answers)
    with Server(script) as server:
        client = {"store_id": STORE, "credentials": (USER, SECRET), "base_url": server.base}
        try:
            return call(name, *given, client=client, **more), script
        except Exception as problem:  # noqa: BLE001 - whatever it is, it is what the call ended with
            return problem, script


def people(folder: Path, *names: str) -> list[Path]:
    """Write files of one secret person each."""
    files = []
    for name in names:
        files.append(folder / f"{name}.csv")
        files[-1].write_text(f"email,name\n{CELL}.{name}@{folder.name}.example,Ann\n")
    return files
