"""A value axis from zero with few round numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from brieftools.charts.sheet import RISE, Sheet
from brieftools.charts.words import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def round_ticks(highest: float, *, most: int = 5, whole: bool = True) -> list[float]:
    """Return 0 and at most ``most`` further ticks in steps of 1, 2 or 5; the last is not above the highest value."""
    highest = max(highest, 1.0 if whole else 1e-9)
    step = 10 ** math.floor(math.log10(highest / most))
    if whole:
        step = max(step, 1)
    for factor in (1, 2, 5, 10):
        if highest / (step * factor) <= most:
            step *= factor
            break
    return [n * step for n in range(int(highest / step + 1e-9) + 1)]


def value_axis(sheet: Sheet, ax: Axes, ticks: list[float], *, top: float) -> None:
    """Set the limits, draw the grid and write the numbers at the left of the axes."""
    ax.set_ylim(0, top)
    ax.set_yticks(ticks, labels=[""] * len(ticks))
    ax.grid(True, axis="y")
    box = ax.get_position()
    for tick in ticks:
        y = (box.y0 + box.height * tick / top) * sheet.height
        sheet.text(box.x0 * sheet.width - 4, y - RISE, figures(tick), color=sheet.house.light.ink2, align="right")
