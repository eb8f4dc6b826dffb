"""What reads many records at once against what reads them one by one: nothing that is found may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from memory_imports.tables import parse_mapping
from memory_imports.tables.engine import Engine
from memory_imports.tables.regular import Splitter
from memory_imports.tables.rules import Options, Rules
from memory_imports.tables.scan import scan
from memory_imports.tables.sources import open_table
from memory_imports.tables.vector import Vector
from memory_imports.tables.vector.parsing import Parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory_imports.models import ColumnMapping


RULES = Rules(
    max_bytes=10_000,
    max_rows=5,
    max_columns=6,
    max_characters=80,
    identifiers=frozenset({"email", "phone", "whatsapp"}),
    delete_marker="\\N",
)
MAPPINGS = parse_mapping({"e": "Contact.email", "p": "Contact.phone", "w": "Contact.whatsapp", "n": "Contact.n"})
# The same column as two kinds of identifier.
TWICE = [*MAPPINGS, *parse_mapping({"p": "Other.whatsapp"})]

EMAILS = st.one_of(
    st.sampled_from(
        ["ada@x.y", "ADA@X.y", " ada@x.y", "a@b", "a@.b", "a@b.", "@b", "a@", "a@b@c", "\u0130@x.y", "a\u00e9@x.y"]
    ),
    st.from_regex(r"[a-dA-D0-9.+_-]{1,9}@[a-z.-]{1,40}", fullmatch=True),
    st.text('a@.B"\\\x7f\x1f<', max_size=9),
)
PHONES = st.one_of(
    st.sampled_from(
        ["+4930000001", "+49 30 000001", "4155550100", "+14155550100", "+0123456789", "\u0664\u0661\u0665" * 4]
    ),
    st.from_regex(r"\+?[0-9]{5,17}", fullmatch=True),
    st.text("+0149- ", max_size=16),
)
OTHERS = st.one_of(
    st.sampled_from(["+4930000001", "w", " w ", "w\u00e9", "w\u00a0", "x" * 64, "x" * 65]), st.text(max_size=4)
)
NAMES = st.one_of(
    st.sampled_from(
        [
            "Zo\u00eb",
            "\u4e00",
            "\u1ebd\u0301",
            "\u024f",
            "\u0250",
            "\u036f",
            "\u0370",
            "x" * 80,
            "\u00eb" * 41,
            "x" * 81,
            '"' * 50,
        ]
    ),
    st.text(max_size=5),
)
BLANKS = st.sampled_from(["", " ", "\u00a0", "\u2003", "\u3000", "\\N", "\\n", "\\N "])
CELLS = st.one_of(EMAILS, PHONES, OTHERS, NAMES, BLANKS)
ROWS = st.tuples(EMAILS | BLANKS, CELLS, PHONES | BLANKS, OTHERS | BLANKS, NAMES | BLANKS).map(list) | st.lists(
    CELLS, min_size=4, max_size=6
)


@st.composite
def lines(draw: st.DrawFn) -> bytes:
    """Lines of a file: most of them records, in quotes where they must be and elsewhere at will; some faulty."""
    if draw(st.integers(0, 19)) == 0:
        return draw(
            st.sampled_from(
                [
                    b"\n",
                    b"\r\n",
                    b'a"b,c\n',
                    b'"a"b,\n',
                    b"\xff,\n",
                    b"\0\n",
                    b"a\rb,c,d,e,f\n",
                    b'"\n',
                    b"a,b,c,d,e\r\r\n",
                ]
            )
        )
    cells = draw(ROWS)
    if draw(st.booleans()):
        cells[-1] += draw(st.sampled_from(["\n", "\r\n", "a,b", '"', "\r"]))
    written = [_written(cell, quoted=draw(st.booleans())) for cell in cells]
    return ",".join(written).encode("utf-8", "backslashreplace") + draw(st.sampled_from([b"\n", b"\n", b"\r\n"]))


def _written(cell: str, *, quoted: bool) -> str:
    if quoted or any(each in cell for each in '",\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


class OneByOne(Engine):
    """Reads nothing at once."""

    def parser(self, *_: object) -> None:
        """None."""


def found_by(
    engine: Engine, contents: Sequence[bytes], mappings: Sequence[ColumnMapping], options: Options
) -> tuple[object, ...]:
    """What a scan finds in these files, and what can be asked of it."""
    found = scan(
        [open_table(content, delimiter=",", encoding="utf-8") for content in contents], mappings, RULES, options, engine
    )
    told: list[object] = [found.problems, found.counts, found.forecast, found.refusal]
    numbers: dict[int | None, int] = {None: -1}
    for file in found.files:
        rows = range(1, file.rows + 1)
        told += [file.rejected(row) for row in rows]
        # A profile's number is its own affair; who shares one is not.
        told += [numbers.setdefault(file.shared(row), len(numbers)) for row in rows]
        told += [file.rows, file.rejects, file.blanks, file.groups, file.rewrite]
        told += [file.extents[0].offset, sum(each.length for each in file.extents)] if file.extents else []
    return tuple(told)


@settings(deadline=None, max_examples=300)
@given(
    files=st.lists(st.lists(lines(), max_size=12), min_size=1, max_size=2),
    cut=st.sampled_from([0, 1]),
    size=st.sampled_from([40, 200, 1 << 20]),
    mappings=st.sampled_from([MAPPINGS, TWICE]),
    options=st.builds(
        Options,
        blank=st.sampled_from(["refuse", "overwrite", "keep", "delete"]),
        region=st.sampled_from([None, "DE"]),
    ),
)
def test_all_find_the_same(
    files: list[list[bytes]], cut: int, size: int, mappings: Sequence[ColumnMapping], options: Options
) -> None:
    """In any text, parted anywhere into blocks, whether its last line has an end or not."""
    texts = [b"".join((b"e,x,p,w,n\n", *some)) for some in files]
    texts = [text[: len(text) - cut] for text in texts]
    with mock.patch.object(Parser, "size", size), mock.patch.object(Splitter, "size", size):
        expected = found_by(OneByOne(), texts, mappings, options)
        assert expected == found_by(Engine(), texts, mappings, options)
        assert expected == found_by(Vector(), texts, mappings, options)
