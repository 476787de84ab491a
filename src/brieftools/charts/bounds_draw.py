"""Drawing low, best and high."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from brieftools.charts.boxes import Box, meets
from brieftools.charts.sheet import PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.ticks import round_ticks, value_axis
from brieftools.charts.words import figures
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


CROWDED = 16  # periods, beyond which only the telling numbers are written


@dataclass(frozen=True)
class Bound:
    """One period's numbers.

    Attributes
    ----------
    period : str
    low, best, high : float or None
        As the data have them; None where they say nothing.
    """

    period: str
    low: float | None
    best: float | None
    high: float | None

    @property
    def numbers(self) -> list[float]:
        return [number for number in (self.low, self.best, self.high) if number is not None]

    @property
    def least(self) -> float:
        """The smallest of the three, whatever it is called."""
        return min(self.numbers)

    @property
    def most(self) -> float:
        return max(self.numbers)

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def ordered(self) -> bool:
        return self.numbers == sorted(self.numbers)


@dataclass(frozen=True)
class _Place:
    """Where the bars stand, in points of the sheet."""

    left: float
    step: float
    foot: float
    thickness: float
    to_y: Callable[[float], float]

    def x(self, n: int) -> float:
        return self.left + (n + 0.5) * self.step

    def box(self, n: int, one: Bound) -> Box:
        low, high = self.to_y(one.least), self.to_y(one.most)
        return self.x(n) - self.thickness, low - 1, self.x(n) + self.thickness, high + 1


def draw_bounds(every: list[Bound], *, width: int, height: float, house: House) -> Figure:
    """Draw a bar from low to high and a tick at best for each period; one of them has a best number."""
    ground = sheet(width, snap(points(height)), house)
    highest = max(one.most for one in every if one.numbers) or 1.0
    left = 8 + max(ground.wide(figures(tick)) for tick in round_ticks(highest))
    right = 6 + max(map(ground.wide, _end_words(every[-1])), default=-2.0)
    foot, top = PITCH + 4, highest * 1.02
    tall = ground.height - foot - PITCH - 4
    ax = ground.axes(left, foot, ground.width - left - right, tall)
    bare(ax)
    ax.set_xlim(-0.5, len(every) - 0.5)
    value_axis(ground, ax, round_ticks(highest), top=top)
    step = (ground.width - left - right) / len(every)
    place = _Place(left, step, foot, min(5.0, 0.42 * step), lambda value: foot + tall * value / top)
    for n, one in enumerate(every):
        _bar(ax, n, one, place.thickness, house)
    numbers = [(0.0, place.to_y(tick) - 4, left - 3, place.to_y(tick) + 4) for tick in round_ticks(highest)]
    _labels(ground, place, every, numbers)
    return ground.figure


def _bar(ax: Axes, n: int, one: Bound, thickness: float, house: House) -> None:
    if one.best is None:
        return
    if one.bounded:
        ax.plot(
            [n, n], [one.least, one.most], color=house.light.home_mid, linewidth=thickness, linestyle="-", solid_capstyle="butt", zorder=2
        )
    ax.plot(
        [n],
        [one.best],
        linestyle="none",
        marker="_",
        markersize=2 * thickness,
        markeredgewidth=1.6,
        color=house.light.ink,
        clip_on=False,
        zorder=3,
    )


def _labels(ground: Sheet, place: _Place, every: list[Bound], numbers: list[Box]) -> None:
    """Write periods, the ends of the last bar, and as many best numbers as have room; the telling ones first.

    Parameters
    ----------
    numbers : list of Box
        What the numbers of the axis cover.
    """
    marks = [place.box(n, one) for n, one in enumerate(every) if one.numbers]
    taken = numbers + _ends(ground, place, every[-1], len(every) - 1)
    order = sorted((n for n, one in enumerate(every) if one.numbers), key=lambda n: every[n].best or 0.0)
    telling = [len(every) - 1, max(0, len(every) - 2), order[-1], order[0]]
    for n in dict.fromkeys([*telling, *(range(len(every)) if len(every) <= CROWDED else ())]):
        _best(ground, place, every[n], n, marks, taken, must=n in telling)
    widest = max(ground.wide(one.period) for one in every)
    stride = max(1, ceil((widest + 4) / place.step))
    for n in range(len(every) - 1, -1, -stride):
        half = ground.wide(every[n].period) / 2
        x = min(max(place.x(n), half), ground.width - half)
        ground.text(x, place.foot - PITCH, every[n].period, color=ground.house.light.ink2, align="center")


def _best(ground: Sheet, place: _Place, one: Bound, n: int, marks: list[Box], taken: list[Box], *, must: bool) -> None:
    if one.best is None:
        text, low, high = "?", place.foot, place.foot
    else:
        text, low, high = figures(one.best), place.to_y(one.least), place.to_y(one.most)
    half = ground.wide(text, weight=600) / 2
    x = min(max(place.x(n), half), ground.width - half)  # a long number over a narrow last bar stays on the sheet
    # Above the bar; one of the telling numbers may also stand below it.
    for y in (high + 4.5, *((low - 10.0,) if must and low - 12 > place.foot else ())):
        box = (x - half - 1.5, y - 1.5, x + half + 1.5, y + 6.5)
        if not meets(box, taken) and not meets(box, marks):
            taken.append(box)
            ground.text(x, y, text, weight=600, align="center", ground=True)
            return


def _end_words(last: Bound) -> list[str]:
    if not last.bounded or last.most == last.least:
        return []
    return [f"high {figures(last.most)}", f"low {figures(last.least)}"]


def _ends(ground: Sheet, place: _Place, last: Bound, n: int) -> list[Box]:
    """Say at the last bar what its ends are: it is the key to the others. Return what the words cover."""
    words = _end_words(last)
    if not words:
        return []
    x = place.x(n) + place.thickness + 3
    upper = place.to_y(last.most) - 3  # not beside the number above the bar
    lower = max(min(place.to_y(last.least), upper - PITCH), place.foot + 3)
    upper = max(upper, lower + PITCH)
    for word, y in zip(words, (upper, lower), strict=True):
        ground.text(x, y - RISE, word, color=ground.house.light.ink2, ground=True)
    width = max(map(ground.wide, words))
    return [(x, y - 4, x + width, y + 4) for y in (upper, lower)]
