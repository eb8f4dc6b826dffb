"""Lines that live on a terminal while a run goes on: never wider than it, and nothing of what has stopped moving.

Imports what draws, which nobody needs but terminals: to be imported there.
"""

from collections.abc import Generator, Iterable
from contextlib import contextmanager, suppress
from datetime import timedelta

from rich.console import RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn
from rich.table import Column
from rich.text import Text

from memory_imports.cli.amounts import size
from memory_imports.cli.progress import forgiving_console

_WIDEST_BAR = 40


class Live(Progress):
    """Tasks in a line each, with a ``headline`` above them, if there is any.

    The fields of a task: ``amount``, what its bar is of; ``told``, what is said where it does not move.
    """

    headline: str = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        """Yield what is drawn, from above."""
        if self.headline:
            yield Text(self.headline, no_wrap=True, overflow="ellipsis")
        yield self.make_tasks_table(self.tasks)


class _Facts(ProgressColumn):
    """How much of a task is done, and how fast it goes while it does."""

    def render(self, task: Task) -> Text:
        sized = "" if task.total is None else f"{task.percentage:.0f}%{task.fields['amount']}"
        facts = [sized, task.fields["told"] or _pace(task)]
        return Text(", ".join(filter(None, facts)), no_wrap=True, overflow="ellipsis")


def _pace(task: Task) -> str:
    """Return how fast a task goes and when it will have gone; of one without an end, how long it has taken."""
    if task.total is None:
        return str(timedelta(seconds=int(task.elapsed or 0)))
    if not (task.speed and task.time_remaining):
        return ""
    return f"{size(int(task.speed))}/s, {timedelta(seconds=int(task.time_remaining))} left"


@contextmanager
def live(*, spinner: bool) -> Generator[Live]:
    """Draw on standard error; what was drawn is gone at the end, whatever becomes of the terminal."""
    whole = Column(no_wrap=True, overflow="ellipsis")
    columns = (
        *((SpinnerColumn(),) if spinner else ()),
        TextColumn("{task.description}", markup=False, table_column=whole),
        # What is left of the line is its: it is the only one that can do with less.
        BarColumn(bar_width=None, table_column=Column(max_width=_WIDEST_BAR)),
        _Facts(table_column=whole.copy()),
    )
    lines = Live(*columns, console=forgiving_console(), transient=True, redirect_stdout=False, redirect_stderr=False)
    lines.start()
    try:
        yield lines
    finally:
        with suppress(OSError):
            lines.stop()
