"""Many parts under way at once: one line for all of them and one for each that moves; a few plain lines elsewhere."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from attrs import define, field

from memory_imports.cli.amounts import plural, size
from memory_imports.cli.progress import shown, text_of
from memory_imports.cli.screen import Screen, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator

    from memory_imports.models import Progress
    from memory_imports.tables.facts import Plan

_ENDS = {"COMPLETED", "FAILED"}
# Where a state would not say what is waited for.
_TOLD = {"uploading": "", "resuming": "looking whether it arrived"}


@define
class Tally:
    """How far a plan is, from absolute figures of its parts: a retry takes back what it sends again."""

    plan: "Plan"
    sent: dict[int, int] = field(factory=dict[int, int])
    moving: set[int] = field(factory=set[int])
    ended: set[int] = field(factory=set[int])

    def take(self, news: "Progress") -> int:
        """Take the news of one part, and return which it is."""
        part = news.part or 0
        size = self.plan.parts[part].size
        self.sent[part] = size if news.phase == "processing" else news.bytes_sent
        (self.moving.add if self.sent[part] < size and news.phase == "uploading" else self.moving.discard)(part)
        if news.state in _ENDS:
            self.ended.add(part)
        return part

    @property
    def bytes(self) -> int:
        """Bytes that have been sent."""
        return sum(self.sent.values())

    @property
    def told(self) -> str:
        """What there is to say where nothing moves; nothing where something does."""
        if self.moving:
            return ""
        return "uploaded" if self.bytes >= self.plan.bytes else "waiting for the service"

    @property
    def amount(self) -> str:
        """How much has been done, in words."""
        rows = sum(self.plan.parts[part].rows for part in self.ended)
        parts = f"{len(self.ended):,} of {plural(len(self.plan.parts), 'part')}"
        return f"{parts}, {rows:,} of {plural(self.plan.rows, 'row')}, {size(self.bytes)} of {size(self.plan.bytes)}"


@contextmanager
def board(plan: "Plan", screen: Screen, done: "Collection[int]" = ()) -> "Generator[Callable[[Progress], None]]":
    """Give what takes the news of each part; what it shows is gone at the end. Some parts may be ``done`` already."""
    if len(plan.parts) == 1:
        with shown(_name(plan, 0), screen) as tell:
            yield tell
    elif screen.quiet or screen.verbose or not sys.stderr.isatty():
        yield _lines(plan, screen)
    else:
        with _live(plan, done) as tell:
            yield tell


def _name(plan: "Plan", part: int) -> str:
    return printable(plan.parts[part].filename)


def _lines(plan: "Plan", screen: Screen) -> "Callable[[Progress], None]":
    said: dict[int, str] = {}

    def tell(news: "Progress") -> None:
        part = news.part or 0
        text = text_of(_name(plan, part), news)
        if said.get(part) != text:
            said[part] = text
            screen.note(text)

    return tell


@contextmanager
def _live(plan: "Plan", done: "Collection[int]") -> "Generator[Callable[[Progress], None]]":
    from memory_imports.cli.live import live  # noqa: PLC0415 - only a terminal needs it

    tally, tasks = Tally(plan, {part: plan.parts[part].size for part in done}, ended={*done}), dict[int, Any]()
    with live(spinner=False) as lines:
        lines.headline = tally.amount
        whole = lines.add_task("all parts", total=plan.bytes, completed=tally.bytes, amount="", told="")

        def tell(news: "Progress") -> None:
            part = tally.take(news)
            lines.headline = tally.amount
            lines.update(whole, completed=tally.bytes, told=tally.told)
            if part not in tasks:
                tasks[part] = lines.add_task(_name(plan, part), total=plan.parts[part].size, amount="", told="")
            told = _TOLD.get(news.phase, news.state or news.phase)
            lines.update(tasks[part], completed=tally.sent[part], told=told, visible=part not in tally.ended)

        yield tell
