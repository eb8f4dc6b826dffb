"""Why a file cannot be sent as it stands."""

import pytest

from memory_imports.tables.facts import Dialect
from memory_imports.tables.rewriting import content, form


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        (Dialect(encoding="cp1252"), ["it is written in cp1252, and is sent in UTF-8"]),
        (Dialect(marked=True), ["it starts with a byte order mark, which is left out"]),
        (Dialect(delimiter="\t"), ["its columns are parted by tabs, and are sent parted by commas"]),
        (Dialect(delimiter="#"), ["its columns are parted by '#', and are sent parted by commas"]),
        (Dialect(line_end="\r"), ["its lines end with carriage returns, and are sent ending with line feeds"]),
        (Dialect(), ["it is not a plain CSV file, and is sent as one"]),
    ],
)
def test_what_is_wrong_with_the_form_is_said(dialect: Dialect, expected: list[str]) -> None:
    """Each thing of its own; nothing of a file whose bytes may be sent."""
    assert expected == form(dialect, as_is=False)
    assert [] == form(dialect, as_is=True)


def test_what_is_not_sent_of_the_content_is_said() -> None:
    """In the words of what it is about."""
    assert [] == content(unmapped=0, left_out=0, blanks=2, blank="overwrite", completed=0)
    assert [
        "2 of its columns are not mapped, and not sent",
        "2 of its rows are left out",
        "2 of its blank cells are sent as the delete marker",
        "2 of its phone numbers are sent with the country code",
    ] == content(unmapped=2, left_out=2, blanks=2, blank="delete", completed=2)
    assert ["its rows are sent in groups by which of their cells are filled, so that blank ones are not sent"] == (
        content(unmapped=0, left_out=0, blanks=1, blank="keep", completed=0)
    )
