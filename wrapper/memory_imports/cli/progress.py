"""How a run goes, on standard error: a live line on a terminal, a few plain lines elsewhere."""

import sys
from contextlib import contextmanager, suppress
from typing import IO, TYPE_CHECKING, cast

from memory_imports.cli.amounts import size
from memory_imports.cli.screen import Screen, printable, write

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from rich.console import Console

    from memory_imports.models import Progress


@contextmanager
def shown(name: str, screen: Screen) -> "Generator[Callable[[Progress], None]]":
    """Give what takes the news of a run; what it shows is gone when the run has ended."""
    if screen.quiet or screen.verbose or not sys.stderr.isatty():
        yield _lines(name, screen)
        return
    with _live(name) as tell:
        yield tell


def _lines(name: str, screen: Screen) -> "Callable[[Progress], None]":
    said: list[str] = []

    def tell(news: "Progress") -> None:
        text = text_of(name, news)
        if text not in said[-1:]:
            said.append(text)
            screen.note(text)

    return tell


@contextmanager
def _live(name: str) -> "Generator[Callable[[Progress], None]]":
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415 - only a terminal
    from rich.progress import Progress as Live  # noqa: PLC0415 - the same

    words = TextColumn("{task.description}", markup=False)
    amount = TextColumn("{task.fields[amount]}", markup=False)
    columns = (SpinnerColumn(), words, BarColumn(), amount, TimeElapsedColumn())
    live = Live(*columns, console=forgiving_console(), transient=True, redirect_stdout=False, redirect_stderr=False)
    task = live.add_task(printable(name), total=None, amount="")

    def tell(news: "Progress") -> None:
        sized = news.phase in {"checking", "uploading"} and news.bytes_total > 0
        live.update(
            task,
            description=printable(f"{name}: uploading" if news.phase == "uploading" else text_of(name, news)),
            total=news.bytes_total if sized else None,
            completed=news.bytes_sent,
            amount=f"{size(news.bytes_sent)} of {size(news.bytes_total)}" if sized else "",
        )

    live.start()
    try:
        yield tell
    finally:
        with suppress(OSError):
            live.stop()


def forgiving_console() -> "Console":
    """Return standard error as what draws live lines wants it."""
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it

    return Console(file=cast("IO[str]", _Forgiving()))


class _Forgiving:
    """Standard error for what draws the live line: a terminal that has gone away must not end an import."""

    def __init__(self) -> None:
        self._stream = sys.stderr
        self.encoding, self.isatty, self.fileno = self._stream.encoding, self._stream.isatty, self._stream.fileno

    def write(self, text: str) -> int:
        with suppress(OSError):
            write(self._stream, text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: each write is flushed."""


def text_of(name: str, news: "Progress") -> str:
    """Return the news in one plain line."""
    texts = {
        "checking": f"{name}: checking",
        "creating": f"{name}: creating an import",
        "uploading": f"{name}: uploading {size(news.bytes_total)} to {news.import_id}",
        "processing": f"{news.import_id}: {news.state}",
    }
    return texts[news.phase]
