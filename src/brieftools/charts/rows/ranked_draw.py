"""Drawing ranked bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.charts.rows.records import Ranked
from brieftools.charts.sheet import PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.ticks import round_ticks
from brieftools.charts.words import figures
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STEP = 15.5  # points from bar to bar
BAR = 0.62


def draw_ranked(every: list[Ranked], *, width: int, house: House) -> Figure:
    """Draw one bar for each row, in the given order, with its numbers at the end."""
    total = points(width)
    trial = sheet(width, 100, house)
    names = min(max(trial.wide(one.label) for one in every), 0.36 * total)
    lines = [trial.wrap(one.label, names, most=3) for one in every]
    extents = _extents(every)
    words = max(trial.wide(figures(one.best), weight=600) + 3 + trial.wide(text) for one, text in zip(every, extents, strict=True))
    if total - names - words - 18 < 0.25 * total:  # no room for the bounds in words: the whisker alone tells them
        extents = [""] * len(every)
        words = max(trial.wide(figures(one.best), weight=600) for one in every)
    left, span = names + 6, total - names - words - 16
    heights = [STEP + PITCH * (len(of) - 1) for of in lines]
    top, foot = PITCH + 3, 3.0
    ground = sheet(width, snap(sum(heights) + top + foot), house)
    slack = (ground.height - top - foot - sum(heights)) / len(every)
    highest = max(one.most for one in every) or 1.0
    ax = ground.axes(left, foot, span, ground.height - top - foot)
    _axis(ground, ax, highest, left, span, foot, top)
    y = ground.height - top
    for one, of, extent, height in zip(every, lines, extents, heights, strict=True):
        y -= height + slack
        middle = y + (height + slack) / 2
        _bar(ax, one, middle, house)
        ground.lines(0, middle - RISE + PITCH * (len(of) - 1) / 2, of)
        x = left + span * one.most / highest + 5
        ground.text(x, middle - RISE, figures(one.best), weight=600)
        if extent:
            ground.text(x + ground.wide(figures(one.best), weight=600) + 3, middle - RISE, extent, color=house.light.ink2)
    return ground.figure


def _extents(every: list[Ranked]) -> list[str]:
    return [f"{figures(one.least)}–{figures(one.most)}" if one.bounded and one.most > one.least else "" for one in every]


def _axis(ground: Sheet, ax: Axes, highest: float, left: float, span: float, foot: float, top: float) -> None:
    palette = ground.house.light
    bare(ax, bottom=False, grid=False)
    ax.set_xlim(0, highest)
    ax.set_ylim(foot, ground.height - top)
    ticks = round_ticks(highest, most=4)
    taken = -1e9
    for tick in ticks:
        ax.plot(
            [tick] * 2,
            [foot, ground.height - top],
            color=palette.ink2 if tick == 0 else palette.grid,
            linewidth=0.6 if tick == 0 else 0.5,
            linestyle="-",
            clip_on=False,
            zorder=3 if tick == 0 else 1,
        )
        x, half = left + span * tick / highest, ground.wide(figures(tick)) / 2
        if x - half > taken + 4 and x + half <= ground.width:
            ground.text(x, ground.height - top + 4, figures(tick), color=palette.ink2, align="center")
            taken = x + half


def _bar(ax: Axes, one: Ranked, y: float, house: House) -> None:
    palette = house.light
    ax.barh([y], [one.best], height=STEP * BAR, color=palette.home, linewidth=0, zorder=2)
    if one.bounded and one.most > one.least:
        ax.plot(
            [one.least, one.most], [y, y], color=palette.ink, linewidth=0.9, linestyle="-", solid_capstyle="butt", clip_on=False, zorder=4
        )
        ax.plot(
            [one.least, one.most],
            [y, y],
            linestyle="none",
            marker="|",
            markersize=5,
            markeredgewidth=0.9,
            color=palette.ink,
            clip_on=False,
            zorder=4,
        )
