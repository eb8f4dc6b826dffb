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

_RESUMING = "looking whether its upload arrived, up to a minute"


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
    from memory_imports.cli.live import live  # noqa: PLC0415 - only a terminal needs it

    with live(spinner=True) as lines:
        task = lines.add_task(printable(name), total=None, amount="", told="")
        last: Progress | None = None
        again = False

        def tell(news: "Progress") -> None:
            nonlocal task, last, again
            total = news.bytes_total if news.phase in {"checking", "uploading"} and news.bytes_total > 0 else None
            is_other = last is None or last.phase != news.phase
            is_back = last is not None and news.bytes_sent < last.bytes_sent
            # A file that is read from its start once more has been checked.
            again = news.phase == "checking" and not is_other and (again or is_back)
            words = text_of(name, news)
            if total is not None:
                words = f"{name}: {'preparing' if again else news.phase}"
            elif news.phase == "resuming":
                words = f"{name}: {_RESUMING}"  # a line that lives has room for no more
            if is_other or is_back:
                # What has been measured is the pace of something else.
                lines.remove_task(task)
                amount = "" if total is None else f" of {size(total)}"
                task = lines.add_task(printable(words), total=total, amount=amount, told="")
            last = news
            lines.update(task, description=printable(words), completed=news.bytes_sent)

        yield tell


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
        "resuming": f"{name}: looking for up to a minute whether the interrupted upload to {news.import_id} arrived",
        "creating": f"{name}: creating an import",
        "uploading": f"{name}: uploading {size(news.bytes_total)} to {news.import_id}",
        "processing": f"{news.import_id}: {news.state}",
    }
    return texts[news.phase]
