"""JSON lines: one object a line, its keys being the columns; a fault costs its own line and no other."""

import json
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, cast

from memory_imports.errors import Problem
from memory_imports.tables import encoding as encodings
from memory_imports.tables.data.refusal import Refusal
from memory_imports.tables.data.remarks import Remarks
from memory_imports.tables.data.table import Row
from memory_imports.tables.data.values import text_of
from memory_imports.tables.facts import Dialect
from memory_imports.tables.reader import MAX_RECORD_BYTES, Fault
from memory_imports.tables.unpacking import Damaged, Unpacked

# The objects whose keys make the header: more would take too long to look at before anything else.
_FIRST = 10_000
# Past so many keys no more are looked for: no import has room for them, and memory might not either.
_MOST_KEYS = 4096
# Of a faulty line so much is kept for whoever corrects it.
_KEPT = 64 * 1024

_BLANK = Fault("blank_line", "the line is blank; it is left out.")
_LONG = Fault("long_record", "the line never seems to end; end each object with LF.")
_FOREIGN = Fault("not_utf8", "the bytes are not UTF-8; save the file as UTF-8.")
_NO_JSON = Fault("not_json", "the line is no JSON; write one whole object on it.")
_NO_OBJECT = Fault("not_object", "the line is no JSON object; write one with a key for each column.")
_TWICE = Fault("duplicate_key", "an object has a key twice; keep one.")


class _Twice(Exception):  # noqa: N818 - becomes a fault of its line
    """An object has a key twice."""


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Twice
    return found


_decode = json.JSONDecoder(object_pairs_hook=_unique).decode


class JsonLines:
    """Objects in UTF-8, or in the encoding that a mark in front or the caller names; compressed or not."""

    count: int | None = None
    notes: tuple[Problem, ...] = ()

    def __init__(self, stream: BinaryIO, encoding: str | None) -> None:
        self._given = encoding
        keys: dict[str, None] = {}
        for _, found in islice(self._objects(stream), _FIRST):
            if not isinstance(found, Fault):
                keys.update(dict.fromkeys(found))
            if len(keys) > _MOST_KEYS:
                break
        self.header: tuple[str, ...] = tuple(keys)
        self.dialect: Dialect = Dialect(form="JSON lines file")

    def rows(self, stream: BinaryIO, remarks: Remarks) -> Iterator[Row]:
        """Yield a row for every line; a missing key and null are blank."""
        known = frozenset(self.header)
        for line, (raw, found) in enumerate(self._objects(stream), 1):
            if isinstance(found, Fault):
                kept = [] if found is _BLANK else [raw[:_KEPT].decode(errors="backslashreplace").rstrip("\r")]
                yield Row(line, kept, found)
                continue
            cells: list[str] = []
            for key in self.header:
                value = found.get(key)
                if isinstance(value, str):
                    cells.append(value)
                    continue
                text, code = text_of(value)
                cells.append(text)
                if code is not None:
                    remarks.add(code, key, line)
            for key in found.keys() - known:
                remarks.add("late_key", key, line)
            yield Row(line, cells)

    def _objects(self, stream: BinaryIO) -> Iterator[tuple[bytes, dict[str, object] | Fault]]:
        try:
            for raw in _lines(self._text(stream)):
                yield raw, _object(raw)
        except Damaged as found:
            raise Refusal(found.code, found.message) from None

    def _text(self, stream: BinaryIO) -> Iterator[bytes]:
        content = Unpacked(stream.read, _head(stream))
        first = content.read(encodings.CHUNK)
        encoding, mark = encodings.named(self._given or encodings.marked(first) or "utf-8", first)
        ahead = iter((first,))
        return encodings.as_utf8(lambda size: next(ahead, None) or content.read(size), encoding, mark)


def _head(stream: BinaryIO) -> bytes:
    head = stream.read(4)
    stream.seek(-len(head), os.SEEK_CUR)
    return head


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines without their ends; of one that is too long only so much as to see that it is."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest[:MAX_RECORD_BYTES] + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest


def _object(raw: bytes) -> dict[str, object] | Fault:
    if len(raw) >= MAX_RECORD_BYTES:
        return _LONG
    try:
        text = raw.decode()
        if not text or text.isspace():
            return _BLANK
        found = _decode(text)
    except UnicodeDecodeError:
        return _FOREIGN
    except _Twice:
        return _TWICE
    except (ValueError, RecursionError):
        return _NO_JSON
    return cast("dict[str, object]", found) if isinstance(found, dict) else _NO_OBJECT
