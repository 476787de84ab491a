"""Drawing changes: label, counts, dot and interval, words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brieftools.analysis.wording import whole_text
from brieftools.charts.rows.records import Change
from brieftools.charts.sheet import PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DECADE = math.log(10)
EDGE = 1.06  # of a decade: the axis reaches a little beyond ten times
STEP = 15.0  # points from row to row
INDENT = 8.0
WORDS = {"up": "▲ up", "down": "▼ down", "no clear change": "no clear change"}
TICKS = ((0.1, "÷10"), (0.25, "÷4"), (1.0, "same"), (4.0, "×4"), (10.0, "×10"))


@dataclass(frozen=True)
class _Columns:
    """Where things stand, in points: right end of the counts, ends of the axis, left end of the words (None: no room)."""

    labels: float
    counts: float
    left: float
    right: float
    words: float | None

    def x(self, ratio: float) -> float:
        share = math.log(min(max(ratio, 1e-9), 1e9)) / DECADE / EDGE
        return (self.left + self.right) / 2 + min(1.0, max(-1.0, share)) * (self.right - self.left) / 2


def draw_changes(every: list[Change], *, head: str, width: int, house: House) -> Figure:
    """Draw one row for each change; ``head`` stands above the counts."""
    total = points(width)
    trial = sheet(width, 100, house)
    counts = [f"{one.earlier} → {whole_text(one.comparison.x1)}" for one in every]
    columns = _columns(trial, every, [*counts, head], total)
    lines = [_lines(trial, one, columns) for one in every]
    heights = [
        STEP + PITCH * (len(of) - 1) + (5 if n and not one.indent else 0) for n, (one, of) in enumerate(zip(every, lines, strict=True))
    ]
    foot, top = PITCH + 6, 2 * PITCH - 4
    ground = sheet(width, snap(sum(heights) + foot + top), house)
    slack = (ground.height - foot - top - sum(heights)) / len(every)
    ax = ground.axes(columns.left, foot, columns.right - columns.left, ground.height - foot - top)
    _axis(ground, ax, columns, foot, top, head)
    y = ground.height - top
    for one, of, count, height in zip(every, lines, counts, heights, strict=True):
        middle = y - (height + slack) + (STEP + PITCH * (len(of) - 1) + slack) / 2
        _row(ground, ax, columns, one, of, count, middle, foot)
        y -= height + slack
    return ground.figure


def _columns(trial: Sheet, every: list[Change], counts: list[str], total: float) -> _Columns:
    """Give the axis at least a third; where words at the right would leave it less, only the arrows stay."""
    names = max(trial.wide(one.label, weight=_weight(one)) + INDENT * one.indent for one in every)
    number = max(map(trial.wide, counts))
    words = max(max(trial.wide(_word(one), weight=600 if one.clear else 400) for one in every) + 8, 0.0)
    least = 0.26 * total
    if total - min(names, 0.3 * total) - number - words - 14 < least:
        words = trial.wide("▲", weight=600) + 8
    names = min(names, max(total - number - words - 14 - least, 30.0))
    left = names + 6 + number + 8
    return _Columns(names, names + 6 + number, left, total - words, total - words + 8)


def _weight(one: Change) -> int:
    return 400 if one.indent else 600


def _word(one: Change) -> str:
    return "no events" if one.comparison.ratio is None else WORDS[one.reading]


def _lines(trial: Sheet, one: Change, columns: _Columns) -> tuple[str, ...]:
    return trial.wrap(one.label, columns.labels - INDENT * one.indent, weight=_weight(one), most=3)


def _axis(ground: Sheet, ax: Axes, columns: _Columns, foot: float, top: float, head: str) -> None:
    palette = ground.house.light
    bare(ax, bottom=False, grid=False)
    ax.set_xlim(columns.left, columns.right)
    ax.set_ylim(foot, ground.height - top)
    for ratio, _ in TICKS:
        same = ratio == 1.0
        ax.plot(
            [columns.x(ratio)] * 2,
            [foot, ground.height - top],
            color=palette.ink2 if same else palette.grid,
            linewidth=0.9 if same else 0.5,
            linestyle="-",
            zorder=1,
        )
    taken: list[tuple[float, float]] = []
    for ratio, text in sorted(TICKS, key=lambda tick: (tick[0] != 1.0, -abs(math.log(tick[0])))):  # "same" first, then the ends
        half = ground.wide(text) / 2
        x = columns.x(ratio)
        if all(x + half + 3 < a or b + 3 < x - half for a, b in taken) and x + half <= ground.width:
            ground.text(x, foot - PITCH, text, color=palette.ink2, align="center")
            taken.append((x - half, x + half))
    y = ground.height - top + 5
    middle = columns.x(1.0)
    ground.text(columns.counts, y, head, color=palette.ink2, align="right")
    if middle - 4 - ground.wide("less") > columns.counts + 4:
        ground.text(middle - 4, y, "less", color=palette.ink2, align="right")
        ground.text(middle + 4, y, "more", color=palette.ink2)


def _row(ground: Sheet, ax: Axes, columns: _Columns, one: Change, lines: tuple[str, ...], count: str, y: float, foot: float) -> None:
    palette = ground.house.light
    accent = one.theatre == "abroad"
    base = y - RISE
    ground.lines(
        INDENT * one.indent,
        base + PITCH * (len(lines) - 1) / 2,
        lines,
        weight=_weight(one),
        color=palette.abroad if accent and not one.indent else palette.ink,
    )
    ground.text(columns.counts, base, count, color=palette.ink2, align="right")
    _mark(ax, columns, one, y, palette.abroad if accent else palette.home_deep, palette.bg)
    if columns.words is None:
        return
    words = _word(one)
    if columns.words + ground.wide(words, weight=600 if one.clear else 400) > ground.width + 1:
        words = words[:1] if one.clear else ""
    if words:
        ground.text(columns.words, base, words, color=palette.ink if one.clear else palette.ink2, weight=600 if one.clear else 400)


def _mark(ax: Axes, columns: _Columns, one: Change, y: float, colour: str, bg: str) -> None:
    c = one.comparison
    if c.ratio is None:
        return
    low, high = c.deciding.low, c.deciding.high
    ax.plot(
        [columns.x(low), columns.x(high)],
        [y, y],
        color=colour,
        linewidth=2.4 if one.clear else 1.4,
        linestyle="-",
        solid_capstyle="butt",
        zorder=2,
    )
    beyond = 10**EDGE
    for value, marker, end in ((low, "<", low < 1 / beyond), (high, ">", high > beyond)):
        if end:
            ax.plot(
                [columns.x(value)],
                [y],
                linestyle="none",
                marker=marker,
                markersize=4,
                color=colour,
                markeredgewidth=0,
                clip_on=False,
                zorder=3,
            )
    if 1 / beyond <= c.ratio <= beyond:
        size, edge = (6, 0.0) if one.clear else (5, 1.4)
        ax.plot(
            [columns.x(c.ratio)],
            [y],
            linestyle="none",
            marker="o",
            markersize=size,
            markerfacecolor=colour if one.clear else bg,
            markeredgecolor=colour,
            markeredgewidth=edge,
            clip_on=False,
            zorder=4,
        )
