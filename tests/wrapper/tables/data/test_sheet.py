"""What the XML of a sheet shows at a glance, and how long it takes to look."""

import io
import subprocess
import sys
import zipfile

import pytest

from memory_imports.tables.data.sheet import Looks, look

ROW = '<row r="1" hidden="1"><c r="A1"><f>A2</f><v></v></c></row>'
# Enough for an hour to go by where each of these is gone through from each of the others.
MANY = 400_000
ENDLESS = {
    "rows": "<row " * MANY,
    "formulas": "<f " * MANY,
    "spaces": f"</f>{' ' * MANY}",
    "prefixes": "<" + "a" * MANY,
}


def workbook(sheet: str) -> bytes:
    """A packed sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", sheet)
    return out.getvalue()


def looked(sheet: str) -> Looks:
    """What is seen in a sheet."""
    return look(io.BytesIO(workbook(sheet)), "sheet.xml")


@pytest.mark.parametrize("end", ["", "<v/>", " <v /> ", "<v></v>", "\n"])
@pytest.mark.parametrize("formula", ["<f>A2</f>", "<f/>", '<f t="shared" si="0"/>', "<x:f>A2</x:f>"])
def test_a_formula_without_a_value_is_seen(formula: str, end: str) -> None:
    """However it is spelled."""
    assert looked(f"<row><c>{formula}{end}</c></row>").unsaved
    assert not looked(f"<row><c>{formula}<v>1</v></c></row>").unsaved


def test_what_belongs_to_another_tag_is_not_taken_for_this_ones() -> None:
    """A tag ends where the next begins, also where somebody left out its end."""
    assert Looks() == looked('<row <x hidden="1"/><c><f <x/></c></row>')
    assert Looks(hidden=1, unsaved=True) == looked(ROW)


@pytest.mark.parametrize("name", ENDLESS)
def test_a_small_workbook_of_tags_without_an_end_is_looked_through(name: str) -> None:
    """In a process of its own, which is ended after a minute; it takes no second."""
    content = workbook(f"{ENDLESS[name]}>{ROW}")
    program = "import io, sys\nfrom memory_imports.tables.data.sheet import look\n"
    program += "print(look(io.BytesIO(sys.stdin.buffer.read()), 'sheet.xml').hidden)"
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, timeout=60, check=True)
    assert b"1" == done.stdout.strip()
