"""The figures as a table in Markdown and as a chart: bars of ours by the first peer's, the spread as a line."""

import math
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

from suite.figures import Row

_WIDTH, _LEFT, _LINE = 900, 330, 26
_FIRST_DECADE, _DECADES = -2, 4


def table(rows: Sequence[Row]) -> str:
    """Return a page."""
    page = [
        "# What it costs, beside its peers",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {platform.system()}, Python {platform.python_version()},",
        "by `nox -s bench`. All figures of a row were taken in turn in one run; a ratio is ours by theirs, its median",
        "over the rounds and, in brackets, the least and the greatest. Seconds and rates are this machine's.",
        "",
        "![ours by the first peer's](bench.svg)",
        "",
        "| what | ours | peer | theirs | ours by theirs | goal |",
        "|---|--:|---|--:|--:|---|",
    ]
    for row in rows:
        page += lines(row)
    page += [f"\n{row.what}: {row.note}" for row in rows if row.note]
    return "\n".join([*page, ""])


def lines(row: Row) -> list[str]:
    """Return a row of the table, a line for each peer."""
    ours = _figure(row.ours, row.unit)
    if not row.peers:
        return [f"| {row.what} | {ours} | | | | {row.goal} |"]
    found = []
    for number, (name, figures) in enumerate(row.peers.items()):
        middle, least, greatest = row.ratios[name]
        goal = "" if number else _goal(row, middle)
        spread = f" ({least:.2f} to {greatest:.2f})" if len(figures) > 1 else ""
        found.append(
            f"| {'' if number else row.what} | {'' if number else ours} | {name} | {_figure(figures, row.unit)}"
            f" | {middle:.2f}{spread} | {goal} |"
        )
    return found


def _goal(row: Row, ratio: float) -> str:
    if row.reached is None:
        return row.goal
    return f"{row.goal}: {'reached' if row.reached(ratio) else '**not reached**'}"


def _figure(figures: Sequence[float], unit: str) -> str:
    middle = statistics.median(figures)
    digits = 0 if middle >= 100 else 1 if middle >= 10 else 2  # noqa: PLR2004 - three digits that count
    return f"{middle:,.{digits}f} {unit}".strip()


def chart(rows: Sequence[Row]) -> str:
    """Return an SVG of the rows that have a peer, on a logarithmic scale; green where ours is the better."""
    shown = [row for row in rows if row.peers]
    height = _LINE * (len(shown) + 2)
    bars = [_bar(number, row) for number, row in enumerate(shown, 1)]
    scale = [
        f'<line x1="{_x(10.0**decade)}" y1="20" x2="{_x(10.0**decade)}" y2="{height - 20}" stroke="#ccc"/>'
        f'<text x="{_x(10.0**decade)}" y="14" text-anchor="middle">{10.0**decade:g}</text>'
        for decade in range(_FIRST_DECADE, _FIRST_DECADE + _DECADES + 1)
    ]
    font = 'font-family="sans-serif" font-size="12"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" {font}>'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(scale)}{"".join(bars)}</svg>\n'
    )


def _bar(number: int, row: Row) -> str:
    name, (middle, least, greatest) = next(iter(row.ratios.items()))
    y = _LINE * number + 12
    better = middle >= 1 if row.more_is_better else middle <= 1
    left, right = sorted((_x(1.0), _x(middle)))
    return (
        f'<text x="{_LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(row.what)} / {escape(name)}</text>'
        f'<rect x="{left}" y="{y - 7}" width="{max(1.0, right - left):.1f}" height="14"'
        f' fill="{"#3a8f4f" if better else "#c06030"}"/>'
        f'<line x1="{_x(least)}" y1="{y}" x2="{_x(greatest)}" y2="{y}" stroke="black"/>'
        f'<text x="{max(right, _x(greatest)) + 6}" y="{y + 4}">{middle:.2f}</text>'
    )


def _x(ratio: float) -> float:
    share = (math.log10(max(ratio, 10.0**_FIRST_DECADE)) - _FIRST_DECADE) / _DECADES
    return round(_LEFT + share * (_WIDTH - _LEFT - 60), 1)
