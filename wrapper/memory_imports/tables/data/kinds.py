"""What kind of file this is: told from how it starts, and only then from its name. Opens nothing."""

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Literal

from memory_imports.tables.data.refusal import Refusal

Kind = Literal["parquet", "arrow", "excel", "json"]

# How much of a file is looked at.
HEAD = 64 * 1024
_SAVE = "save the table as a CSV file in UTF-8."
_STARTS: dict[bytes, Kind] = {b"PAR1": "parquet", b"ARROW1": "arrow", b"PK\3\4": "excel"}
_PACKED = {".gz", ".zst"}
_LINES = {".jsonl", ".ndjson"}
_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def kind_of(name: str, head: bytes, *, packed: bool, holds: Callable[[bytes], bool]) -> Kind | None:
    """Return the kind of a file, None for any other text.

    Args:
        name: What it is called.
        head: How it starts, unpacked.
        packed: It is compressed.
        holds: Says whether some bytes are anywhere in it.

    Raises:
        Refusal: It is of a kind that cannot be read.
    """
    for start, kind in _STARTS.items():
        if head.startswith(start):
            if packed:
                raise Refusal(
                    "not_text", "this is a compressed file of a kind that is read only unpacked; unpack it first."
                )
            return kind
    if head.startswith(b"PARE"):
        raise Refusal("encrypted", f"the Parquet file is encrypted; {_SAVE}")
    if head.startswith(_OLD):
        if holds(_ENCRYPTED):
            raise Refusal("encrypted", "the workbook is protected by a password; save it without one.")
        raise Refusal("not_text", f"this is an old Excel workbook; save it as .xlsx, or {_SAVE}")
    return "json" if _is_json(name, head) else None


def _is_json(name: str, head: bytes) -> bool:
    """Say whether these are JSON lines: they start with a whole object, or their name says so."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes if suffix.lower() not in _PACKED]
    suffix = suffixes[-1] if suffixes else ""
    text = head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace").lstrip()
    first, end, _ = text.partition("\n")
    is_json = suffix in {*_LINES, ".json"}
    if text.startswith("[") and (is_json or first.strip() == "[" or text[1:].lstrip().startswith("{")):
        raise Refusal("not_text", "this is a JSON array; write one object a line instead, as JSON lines.")
    if suffix in _LINES:
        return True
    if not text.startswith("{"):
        return False
    # A line that is longer than what is looked at has no end here.
    if not end and len(head) >= HEAD:
        return is_json or first.startswith('{"')
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        if is_json:
            raise Refusal("not_text", "this is a JSON document; write one object a line instead.") from None
        return False
