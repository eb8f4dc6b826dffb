"""What the scripted session does, in acts of growing level; limits come last, for what they create is seen by none."""

from __future__ import annotations

import re
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING, Any

from tests.sandbox.drifts.script import BODY, MAPPED, NAME, PASSWORD, STORE, STRANGER, Session, Step, basic

from memory_imports_sandbox.database import connect
from memory_imports_sandbox.drifts.drift import CREATE, FETCH, LEVELS, LIST, Level
from memory_imports_sandbox.objects import UPLOAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LARGEST = 104857600
UNKNOWN = "mem_import_7abcdefghij0123456789abcde"
GOOD = b"email,name\na@x.example,Ann\nb@x.example,Bob\n"
BROKEN = b"nothing,here\n1,2\n"
BAD_ROW = b"email,name\na@x.example,Ann\n,Bob\n"


@cache
def session(drift: str | None, level: Level = "upload", rate: float | None = None) -> tuple[Step, ...]:
    """What is said at the level, with a drift or without."""
    with closing(connect()) as connection:
        it = Session(connection, drift, rate)
        for act in _ACTS[: LEVELS.index(level) + 1]:
            act(it)
        if level != "read":
            _limits(it)
        return tuple(it.steps)


_STORES = (
    ("unknown", STRANGER),
    ("service", STRANGER.replace("store", "service")),
    ("malformed", STORE[:-1]),
    ("first digit", "mem_store_8" + "0" * 25),
)


def _reading(it: Session) -> None:
    """Nothing is created, if the service is as it should be."""
    ways = {
        "nobody": None,
        "wrong password": basic(NAME, "wrong"),
        "wrong name": basic("SKother", PASSWORD),
        "both wrong": basic("SKother", "wrong"),
        "bearer": "Bearer token",
    }
    for operation, path in ((LIST, it.base), (FETCH, f"{it.base}/{UNKNOWN}"), (CREATE, it.base)):
        for way, auth in ways.items():
            it.ask(operation, way, path, auth=auth, **({"body": b"{"} if operation == CREATE else {}))
        if operation == CREATE:
            break  # with a good body only: a bad one may be refused for either
        for what, store in _STORES:
            it.ask(operation, f"{what} store", path.replace(STORE, store))
    for what, import_id in {
        "unknown": UNKNOWN,
        "malformed": "nonsense",
        "first digit": "mem_import_8" + "0" * 25,
        "upper case": UNKNOWN.upper().replace("MEM_IMPORT", "mem_import"),
    }.items():
        it.ask(FETCH, f"{what} import", f"{it.base}/{import_id}")
    for method in ("PUT", "DELETE", "PATCH"):
        it.ask(LIST, method, method=method)
        it.ask(FETCH, method, f"{it.base}/{UNKNOWN}", method=method)
    it.ask(LIST, "empty")
    for name, values in {
        "pageSize": (0, 1, 20, 99, 101, 1000, 1001, "many", "1.5"),
        "orderBy": ("ASC", "DESC", "asc", "SIDEWAYS"),
        "pageToken": ("nonsense",),
    }.items():
        for value in values:
            it.ask(LIST, f"{name} {value}", query={name: value})
    it.ask(CREATE, "not JSON", body=b"{")


def _creating(it: Session) -> None:
    """Five imports, looked at from all sides."""
    ids = [it.add(f"people {number}.csv", len(GOOD)) for number in range(5)]
    for import_id in ids[:2]:
        it.fetch("new", import_id)
    it.ask(FETCH, "new, of another store", it.base.replace(STORE, STRANGER) + f"/{ids[0]}")
    for what, auth in (("nobody", None), ("wrong password", basic(NAME, "wrong"))):
        it.ask(FETCH, f"new, {what}", f"{it.base}/{ids[0]}", auth=auth)
    it.ask(LIST, "all")
    for order in ("ASC", "DESC"):
        it.ask(LIST, f"first of {order}", query={"orderBy": order, "pageSize": 2})
        it.page(order, 3, 2)
        it.page(order, 5 if order == "ASC" else 2, 2)
    for number in range(100):
        it.add(f"one of many {number}", len(GOOD))
    it.ask(LIST, "a long page", query={"pageSize": 1000})
    for number in range(2):
        it.create(f"import {number}", filename=f"more {number}.csv")


def _uploading(it: Session) -> None:
    """A good file, a broken one, one with a bad row, and whatever the object store has to refuse."""
    good, broken, bad, kept, other = (
        it.add(f"{number}.csv", len(data)) for number, data in enumerate((GOOD, BROKEN, BAD_ROW, GOOD, GOOD))
    )
    for import_id, data in ((good, GOOD), (broken, BROKEN), (bad, BAD_ROW)):
        it.place(import_id, data)
    it.put("as it should be", kept, GOOD)
    it.work()
    it.ask(f"{UPLOAD} {FETCH}", "what became of the upload", f"{it.base}/{kept}")
    for _ in range(2):
        for what, import_id in (("good", good), ("broken", broken), ("bad row", bad)):
            it.fetch(f"{what}, ended", import_id)
    it.put("content type", it.add("content type", len(GOOD)), GOOD, headers={"content-type": "text/csv"})
    for what, more in _HOPELESS.items():
        import_id = it.add(what, len(GOOD))
        it.put(what, import_id, GOOD, **{"signed": import_id, **more(it, other)})


_HOPELESS: Mapping[str, Callable[[Session, str], dict[str, Any]]] = {
    "no signature": lambda _, __: {"signed": None},
    "wrong signature": lambda _, __: {"edit": lambda query: query[:-4] + "0000"},
    "another's signature": lambda _, other: {"signed": other},
    "longer life": lambda _, __: {"edit": lambda query: re.sub("Expires=[0-9]+", "Expires=7200", query)},
    "expired": lambda _, __: {"at": -7200},
    "two mechanisms": lambda it, _: {"headers": {"authorization": it.right}},
    "in pieces": lambda _, __: {"headers": {"content-length": None, "transfer-encoding": "chunked"}},
    "POST": lambda _, __: {"method": "POST"},
}


def _limits(it: Session) -> None:
    """Each value just inside and just outside."""
    for size in (0, 1, LARGEST, LARGEST + 1, "30", 1.5):
        it.create(f"size {size}", fileSize=size)
    for name in ("n" * 255 + "", "n" * 256, "é.csv", "plain", 7):
        it.create(f"name {str(name)[:9]} {len(str(name))}", filename=name)
    for count in (1, 2, 3, 100, 101):
        it.create(f"{count} mappings", columnMappings=(MAPPED * 51)[:count])
    for part in ("columnName", "traitGroup", "traitName"):
        for length in (64, 65):
            it.create(f"{part} of {length}", columnMappings=[{**MAPPED[0], part: "x" * length}, MAPPED[1]])
        lacking = {name: value for name, value in MAPPED[0].items() if name != part}
        it.create(f"{part} missing", columnMappings=[lacking, MAPPED[1]])
        it.create(f"{part} null", columnMappings=[{**MAPPED[0], part: None}, MAPPED[1]])
    it.create("a fourth in a mapping", columnMappings=[{**MAPPED[0], "type": "STRING"}, MAPPED[1]])
    it.create("a fourth", mode="fast")
    for name in BODY:
        it.create(f"{name} missing", **{name: None})
    for what, store in _STORES:
        it.ask(CREATE, f"{what} store", it.base.replace(STORE, store), document=BODY)
    for what, auth in (("nobody", None), ("wrong password", basic(NAME, "wrong"))):
        it.ask(CREATE, what, document=BODY, auth=auth)


_ACTS = (_reading, _creating, _uploading)
