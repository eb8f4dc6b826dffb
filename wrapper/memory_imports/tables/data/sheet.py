"""What the XML of a sheet shows at a glance, which a library that reads row by row does not tell."""

import re
import zipfile
from typing import BinaryIO

from attrs import define

_CHUNK = 1024 * 1024
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s")
# Here and below no search passes what may begin another: a run of tags without an end would be gone through for each.
_HIDDEN = re.compile(rb"<(?:\w+:)?row\s[^<>]*\bhidden=\"(?:1|true)\"")
# A formula, and then the end of its cell: nobody has worked it out.
_UNSAVED = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^<>]*)?/>)(?:\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)


@define
class Looks:
    """How many ranges are merged and how many rows are hidden; whether formulas seem to have no saved result."""

    merged: int = 0
    hidden: int = 0
    unsaved: bool = False


def look(stream: BinaryIO, path: str) -> Looks:
    """Return what is seen in a sheet of a workbook."""
    looks = Looks()
    rest = b""
    with zipfile.ZipFile(stream) as archive, archive.open(path) as sheet:
        while chunk := sheet.read(_CHUNK):
            text = rest + chunk
            # Up to the end of a row, so that no cell is cut in two; elsewhere up to the end of a tag.
            end = (text.rfind(b"row>") + 4) if b"row>" in text else text.rfind(b">") + 1
            _add(looks, text[:end])
            # A text without an end is nothing that is looked for.
            rest = text[end:][-_CHUNK:]
    _add(looks, rest)
    return looks


def _add(looks: Looks, text: bytes) -> None:
    looks.merged += len(_MERGED.findall(text))
    looks.hidden += len(_HIDDEN.findall(text))
    looks.unsaved = looks.unsaved or _UNSAVED.search(text) is not None
