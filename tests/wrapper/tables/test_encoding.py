"""How the characters of a file are written: told the same wherever it is cut into chunks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory_imports.tables.encoding import CHUNK, NotText, detect
from memory_imports.tables.sources import open_table

ASCII = "a,b\n1,2\n"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=80)


def cut(content: bytes, at: list[int]) -> list[bytes]:
    """The content, cut at these places; nothing of it is empty, as nothing is that is read."""
    ends = sorted({min(place, len(content)) for place in at} | {len(content)})
    return [content[begin:end] for begin, end in zip([0, *ends], ends, strict=False) if begin < end]


@given(text=TEXTS, at=st.lists(st.integers(0, 240)))
def test_utf_8_is_known_wherever_it_is_cut(text: str, at: list[int]) -> None:
    """In the middle of a character as well."""
    assert ("utf-8", 0) == detect(cut(text.encode(), at))


@pytest.mark.parametrize("character", ["é", "€", "😀"])
@pytest.mark.parametrize("before", [1, 2, 3])
def test_a_character_that_the_first_mebibyte_cuts_in_two_is_kept(character: str, before: int) -> None:
    """Its first byte alone would pass for a letter of Windows-1252, in which the whole file would then be read."""
    start = b"name,b\n"
    content = start + b"x" * (CHUNK - before - len(start)) + f"{character}lodie,2\nZoë,2\n".encode()
    names = [row.cells[0] for row in open_table(content).rows()]
    assert ["utf-8", f"{character}lodie", "Zoë"] == [open_table(content).dialect.encoding, names[0][-6:], names[1]]


def test_one_damaged_byte_does_not_speak_for_what_follows_far_behind() -> None:
    """The record that holds it is faulty, the others are read as what they are."""
    chunks = [f"{ASCII}M\udcfcller,1\n".encode("utf-8", "surrogateescape"), ASCII.encode(), "Zoë,Noël\n".encode()]
    assert ("utf-8", 0) == detect(chunks)


def test_what_has_told_itself_is_read_no_further() -> None:
    """A file of many gigabytes is gone through for this only where hardly anything but ASCII is in it."""
    chunks = iter(["é".encode() * 33, b"never looked at"])
    assert ("utf-8", 0) == detect(chunks)
    assert b"never looked at" == next(chunks)


@pytest.mark.parametrize("end", ["é", "é,1\n"])
def test_other_letters_are_of_windows(end: str) -> None:
    """Also one that ends the file, as if a character had been cut."""
    assert ("cp1252", 0) == detect([ASCII.encode(), f"M{end}".encode("cp1252")])


def test_high_bytes_with_controls_are_no_text() -> None:
    """Such as of a picture."""
    with pytest.raises(NotText):
        detect([ASCII.encode(), b"\x89\x01\x02"])


def test_nothing_at_all_is_empty_text() -> None:
    """Nothing contradicts it."""
    assert ("utf-8", 0) == detect([])
