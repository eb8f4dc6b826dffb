"""The two streams: results to standard output, everything else to standard error. Colour only on a terminal.

Nothing that a file or the service brought along may steer a terminal, or whatever else reads the lines of a program,
such as a runner of continuous integration: what cannot be printed or would be obeyed is spelled out.
"""

import contextlib
import logging
import re
import sys
import traceback
from collections.abc import Generator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, TextIO

from attrs import frozen

from memory_imports.cli.stops import OutputLostError

if TYPE_CHECKING:
    from rich.console import RenderableType

# Lines that runners of continuous integration take for orders: ::error::, ##[error], ##vso[task.setvariable].
_ORDER = re.compile(r"^\s*::|##(?=\w*\[)", re.MULTILINE)
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "cyan"}


@frozen
class Table:
    """Headings and rows of text; columns named in ``numbers`` are set to the right, those in ``whole`` never folded."""

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    title: str = ""
    numbers: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


class Ready(str):
    """A text that is fit to be printed as it is, colours included."""

    __slots__ = ()


@frozen(kw_only=True)
class Screen:
    """What this run may say and where. With ``json``, standard output is left to the report."""

    json: bool = False
    quiet: bool = False
    verbose: bool = False

    def out(self, *things: str | Table) -> None:
        """Print results, unless they go out as JSON."""
        if not self.json:
            self.print(*things)

    def print(self, *things: str | Table) -> None:
        """Print to standard output.

        Raises:
            BrokenPipeError: Nobody reads it any more.
            OutputLostError: It cannot be written for another reason.
        """
        try:
            for thing in things:
                write(sys.stdout, _drawn(sys.stdout, thing))
        except BrokenPipeError:
            raise
        except OSError as problem:
            raise OutputLostError(f"Standard output cannot be written: {problem.strerror}.") from None

    def note(self, text: str) -> None:
        """Say how it goes."""
        if not self.quiet:
            self.tell(text)

    def tell(self, thing: str | Table, severity: str = "") -> None:
        """Say to standard error what must be said; a broken one must not end an import."""
        with contextlib.suppress(OSError):
            write(sys.stderr, _drawn(sys.stderr, thing, severity))

    def explain(self, problem: BaseException) -> None:
        """Show where a problem came from, to those who asked for it."""
        if self.verbose:
            # An error of others may quote a URL, or what a service has said.
            self.tell(_cleaned("".join(traceback.format_exception(problem)).rstrip()))

    @contextlib.contextmanager
    def logging(self) -> Generator[None]:
        """Show the package's log to those who asked for it, and its warnings to all: no retry is silent."""
        log = logging.getLogger("memory_imports")
        before = log.level
        handler: logging.Handler = _Warnings(self)
        if self.verbose:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(_Plain("%(asctime)s %(levelname)s %(message)s"))
            log.setLevel(logging.DEBUG)
        log.addHandler(handler)
        try:
            yield
        finally:
            log.removeHandler(handler)
            log.setLevel(before)


class _Plain(logging.Formatter):
    """Spells out what a service may have put into a line, and leaves out what is secret in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return a line."""
        return printable(_cleaned(super().format(record)))


class _Warnings(logging.Handler):
    """Says warnings as the program's own words."""

    def __init__(self, screen: Screen) -> None:
        super().__init__(logging.WARNING)
        self._screen = screen

    def emit(self, record: logging.LogRecord) -> None:
        """Say one."""
        if not self._screen.quiet:
            self._screen.tell(record.getMessage(), "warning")


def _cleaned(text: str) -> str:
    from memory_imports._quoted import clean  # noqa: PLC0415 - few ask for what has to be

    return clean(text)


def printable(text: str) -> str:
    """Return a text that moves no cursor and gives no order: what would is spelled out."""
    shown = "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode() for c in text)
    return _ORDER.sub(lambda found: found[0].replace(":", "\\x3a", 1).replace("#", "\\x23", 1), shown)


def write(stream: TextIO, text: str) -> None:
    """Write a text at once; what the stream cannot encode is spelled out."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def _drawn(stream: TextIO, thing: str | Table, severity: str = "") -> str:
    if isinstance(thing, Ready):
        return thing
    if stream.isatty() and find_spec("rich"):  # who has not installed it is told so in plain words
        return _coloured(stream, thing, severity)
    label = f"{severity}: " if severity else ""
    return printable(_aligned(thing) if isinstance(thing, Table) else f"{label}{thing}") + "\n"


def _aligned(table: Table) -> str:
    lines = [table.headings, *map(_cells, table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if name in table.numbers else cell.ljust(width)
            for cell, width, name in zip(line, widths, table.headings, strict=True)
        ).rstrip()
        for line in lines
    )


def _cells(row: Sequence[str]) -> list[str]:
    return [printable(cell).replace("\n", "\\n") for cell in row]


def _coloured(stream: TextIO, thing: str | Table, severity: str) -> str:
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.text import Text  # noqa: PLC0415 - the same

    console = Console(file=stream, highlight=False)
    shown: RenderableType
    if isinstance(thing, Table):
        shown = _boxed(thing)
    else:
        shown = Text.assemble((f"{severity}: " if severity else "", _COLOURS.get(severity, "")), printable(thing))
    with console.capture() as captured:
        console.print(shown, soft_wrap=not isinstance(thing, Table))
    return captured.get()


def _boxed(table: Table) -> "RenderableType":
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only a terminal needs it
    from rich.table import Table as Boxed  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    boxed = Boxed(
        title=Text(printable(table.title), style="bold") if table.title else None,
        title_justify="left",
        box=SIMPLE_HEAD,
        header_style="bold cyan",
        padding=(0, 1, 0, 0),  # of 80 columns, none is to spare
        pad_edge=False,
    )
    for name in table.headings:
        side: Literal["left", "right"] = "right" if name in table.numbers else "left"
        boxed.add_column(name, justify=side, overflow="fold", no_wrap=name in table.whole)
    for row in table.rows:
        boxed.add_row(*map(Text, _cells(row)))
    return boxed
