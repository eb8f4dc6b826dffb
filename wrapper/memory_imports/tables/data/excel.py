"""Excel workbooks: one sheet, its first row being the header; read row by row, only its shared texts are held."""

import warnings
import zipfile
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import islice, repeat
from typing import Any, BinaryIO, TypeAlias
from xml.etree.ElementTree import ParseError

from memory_imports.errors import InvalidRequest, Problem
from memory_imports.tables.data.refusal import Refusal, library, reading
from memory_imports.tables.data.remarks import Remarks
from memory_imports.tables.data.sheet import Looks, look
from memory_imports.tables.data.spreadsheet import of_cell
from memory_imports.tables.data.table import Row
from memory_imports.tables.facts import Dialect
from memory_imports.tables.problems import Problems
from memory_imports.tables.reader import Fault
from memory_imports.tables.unpacking import SWOLLEN

_FORM = "Excel workbook"
_TEXTS = "xl/sharedStrings.xml"
_MOST_TEXT = 512 * 1024 * 1024
# Bytes: a sheet of this size may be packed as well as it likes.
_HARMLESS = 64 * 1024 * 1024
_AT_ONCE = 1024
_NAMED = 5
_BLANK = Fault("blank_line", "the row is blank; it is left out.")
# Whatever the library makes of what is not there, or is something else than it should be.
_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, ParseError, EOFError, LookupError, ValueError, TypeError, AttributeError),
    *(NotImplementedError, RuntimeError, OSError),
)
_Cells: TypeAlias = tuple[Any, ...]


class Excel:
    """One sheet: the one that is named, else the first that is not hidden. A row's line is its number on the sheet."""

    count: int | None = None

    def __init__(self, stream: BinaryIO, file: str, sheet: str | None) -> None:
        _check(stream)
        with _opened(stream) as book:
            with _careful():
                sheets = {one.title: one for one in book.worksheets}
                shown = [name for name, one in sheets.items() if one.sheet_state == "visible"]
            if not sheets:
                raise Refusal("empty_file", "there is no sheet with cells in the workbook.")
            if sheet is not None and sheet not in sheets:
                raise InvalidRequest(f"{file} has no sheet {sheet!r}, but {_listed(sheets)}.", field="sheet")
            self._sheet = sheet or [*shown, *sheets][0]
            with _careful():
                # There is no other way to ask where a sheet is.
                path = sheets[self._sheet]._worksheet_path  # noqa: SLF001
                self._looks = look(stream, path)
            self.header: tuple[str, ...] = _header(_cells(book, self._sheet))
        self.dialect: Dialect = Dialect(form=_FORM, sheet=self._sheet)
        others = [name for name in sheets if name != self._sheet]
        self.notes: tuple[Problem, ...] = tuple(_notes(file, self._sheet, others if sheet is None else (), self._looks))

    def rows(self, stream: BinaryIO, remarks: Remarks) -> Iterator[Row]:
        """Yield the rows below the header; blank ones at the end are no rows, those between are faults."""
        width = len(self.header)
        blank = 0
        for line, (row, formulas) in enumerate(self._both(stream), 1):
            if line == 1:
                continue
            number = line - 1
            cells, codes = _texts(row, formulas)
            if not codes and not any(cells):
                blank += 1
                continue
            for at, code in codes:
                if at < width:
                    remarks.add(code, self.header[at], number)
            for before in range(line - blank, line):
                yield Row(before, [], _BLANK)
            blank = 0
            while len(cells) > width and not cells[-1]:
                cells.pop()
            yield Row(line, cells + [""] * (width - len(cells)))

    def _both(self, stream: BinaryIO) -> Iterator[tuple[_Cells, _Cells]]:
        """Yield each row with its values and, where some formula has no value, with its formulas."""
        with ExitStack() as books:
            values = _cells(books.enter_context(_opened(stream)), self._sheet)
            formulas: Iterator[_Cells] = repeat(())
            if self._looks.unsaved:
                formulas = _cells(books.enter_context(_opened(stream, values=False)), self._sheet)
            yield from zip(values, formulas, strict=False)


def _header(rows: Iterator[_Cells]) -> tuple[str, ...]:
    names, _ = _texts(next(rows, ()), ())
    while names and not names[-1]:
        names.pop()
    if not names and next(rows, None) is not None:
        raise Refusal("blank_line", "the first row is blank; the names of the columns must stand there.")
    return tuple(names)


def _cells(book: Any, name: str) -> Iterator[_Cells]:  # noqa: ANN401 - of that library
    with _careful():
        sheet = book[name]
        # What a file says of its own size is often wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
    while some := _next(rows):
        yield from some


def _texts(row: _Cells, formulas: _Cells) -> tuple[list[str], list[tuple[int, str]]]:
    """Return the text of each cell, and the codes of what is to be remarked on."""
    cells: list[str] = []
    codes: list[tuple[int, str]] = []
    for at, cell in enumerate(row):
        text, code = of_cell(cell)
        if cell.value is None and at < len(formulas) and formulas[at].data_type == "f" and cell.data_type == "n":
            code = "unsaved_formula"
        cells.append(text)
        if code is not None:
            codes.append((at, code))
    return cells, codes


def _next(rows: Iterator[_Cells]) -> list[_Cells]:
    with _careful():
        return list(islice(rows, _AT_ONCE))


@contextmanager
def _opened(stream: BinaryIO, *, values: bool = True) -> Generator[Any]:
    openpyxl = library("openpyxl", "Excel workbooks")
    with _careful():
        book = openpyxl.load_workbook(stream, read_only=True, data_only=values, keep_links=False)
    with closing(book):
        yield book


@contextmanager
def _careful() -> Generator[None]:
    # It warns of what it cannot show, such as charts.
    with warnings.catch_warnings(), reading(_FORM, *_ERRORS):
        warnings.simplefilter("ignore")
        yield


def _check(stream: BinaryIO) -> None:
    """Refuse other archives, and texts that would fill the memory.

    Raises:
        Refusal: It is no workbook that can be read.
    """
    with reading(_FORM, *_ERRORS), zipfile.ZipFile(stream) as archive:
        members = archive.infolist()
    sizes = {info.filename: info.file_size for info in members}
    if any(info.file_size > max(_HARMLESS, SWOLLEN * info.compress_size) for info in members):
        raise Refusal("swollen", f"something in it unpacks to more than {SWOLLEN} times its size; save it as CSV.")
    if "xl/workbook.bin" in sizes:
        raise Refusal("not_text", "this is a binary Excel workbook; save it as .xlsx or the sheet as a CSV file.")
    if "[Content_Types].xml" not in sizes or not any(name.startswith("xl/") for name in sizes):
        kind = "an OpenDocument file" if "mimetype" in sizes else "a ZIP archive"
        raise Refusal("not_text", f"this is {kind}; save the table as .xlsx or as a CSV file in UTF-8.")
    if sizes.get(_TEXTS, 0) > _MOST_TEXT:
        raise Refusal("too_large", "the workbook has more text than can be held; save the sheet as a CSV file.")


def _notes(file: str, sheet: str, others: Iterable[str], looks: Looks) -> Iterator[Problem]:
    found = Problems(file)
    if named := _listed(others):
        found.add(
            "sheet", f"sheet {sheet!r} is read, {named} not; name another sheet if it is not that one.", severity="note"
        )
    if looks.merged:
        message = f"ranges of cells are merged ({looks.merged:,}); the first cell of each is read, the others as blank."
        found.add("merged_cells", message, severity="warning")
    if looks.hidden:
        found.add("hidden_rows", f"hidden rows ({looks.hidden:,}) are read like all others.", severity="note")
    yield from found.kept


def _listed(names: Iterable[str]) -> str:
    some = list(names)
    return ", ".join(map(repr, some[:_NAMED])) + (", ..." if len(some) > _NAMED else "")
