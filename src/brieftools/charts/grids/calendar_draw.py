"""Drawing a calendar: weeks across, days of the week down."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from brieftools.charts.sheet import PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.words import figures, month_short
from brieftools.house.style import House, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

TALLEST, WIDEST = 14.0, 18.0  # points of a field
GAP = 1.0
LABELLED = 3  # of the days with most, how many are written
_DAYS = {0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"}


def draw_calendar(every: list[date], days: dict[date, int], classes: tuple[int, ...], noun: str, *, width: int, house: House) -> Figure:
    """Draw one field for each day of ``every``; a year on a narrow column is broken into rows of weeks."""
    total = points(width)
    trial = sheet(width, 100, house)
    key = max(trial.wide(noun), *(trial.wide(text) + 15 for text in _texts(classes))) + 8
    left = trial.wide("Wed") + 6
    weeks = (every[-1].toordinal() - _monday(every[0])) // 7 + 1
    room = total - left - key - 4
    fitting = max(1, int(room // 7.5))  # a field narrower than that is hard to find
    bands = -(-weeks // fitting)
    per_band = -(-weeks // bands)
    cell = min(room / per_band, WIDEST)
    tall = min(max(cell, 8.5), TALLEST)
    band = 7 * tall + PITCH + 6
    page = sheet(width, snap(max(bands * band, PITCH * 1.3 * (len(classes) + 2))), house)
    ax = page.axes(0, 0, page.width, page.height)
    ax.set_xlim(0, page.width)
    ax.set_ylim(0, page.height)
    bare(ax, bottom=False, grid=False)
    for number in range(bands):
        first = _monday(every[0]) + 7 * per_band * number
        shown = [day for day in every if first <= day.toordinal() < first + 7 * per_band]
        _band(page, ax, shown, first, days, classes, left, page.height - number * band - PITCH - 2, cell, tall)
    _key(page, ax, classes, noun, left + cell * per_band + 8)
    return page.figure


def _monday(day: date) -> int:
    return day.toordinal() - day.weekday()


def shade(count: int, classes: tuple[int, ...], palette: Palette) -> str:
    """Return the colour of a count: the last class always has the darkest."""
    if count < 1:
        return palette.bg
    ramp = (palette.heat_1, palette.heat_2, palette.heat_3, palette.heat_4, palette.heat_5)
    place = bisect_right(classes, count) - 1
    return ramp[place + 5 - len(classes)] if len(classes) > 1 else ramp[3]


def _band(
    page: Sheet,
    ax: Axes,
    shown: list[date],
    first: int,
    days: dict[date, int],
    classes: tuple[int, ...],
    left: float,
    upper: float,
    cell: float,
    tall: float,
) -> None:
    palette = page.house.light
    for weekday, text in _DAYS.items():
        page.text(0, upper - tall * (weekday + 0.5) - RISE, text, color=palette.ink2)
    most = sorted((day for day in days), key=lambda day: (-days[day], day))[:LABELLED]
    written, months = -1e9, set()
    for day in shown:
        x, y = left + cell * ((day.toordinal() - first) // 7), upper - tall * (day.weekday() + 1)
        count = days.get(day, 0)
        _field(ax, x, y, cell - GAP, tall - GAP, shade(count, classes, palette), palette.rule if not count else "none")
        if day in most and cell - GAP >= page.wide(figures(count), weight=600) + 1 and count >= classes[-1]:
            page.text(x + (cell - GAP) / 2, y + (tall - GAP) / 2 - RISE, figures(count), color=palette.bg, weight=600, align="center")
        if (day.year, day.month) not in months:
            months.add((day.year, day.month))
            text = month_short(day.month)
            if x > written + 3 and (day.day <= 7 or day == shown[0]):
                page.text(x, upper + 3, text, color=palette.ink2)
                written = x + page.wide(text)
            if day.day == 1 and day != shown[0]:
                _step(ax, x - GAP / 2, y + tall - GAP / 2, cell, upper, upper - 7 * tall, day.weekday(), palette)


def _step(ax: Axes, x: float, y: float, cell: float, upper: float, lower: float, weekday: int, palette: Palette) -> None:
    """A line between two months, around the first day of the later one."""
    across = [x, x, x + cell, x + cell] if weekday else [x, x]
    up = [lower, y, y, upper] if weekday else [lower, upper]
    ax.plot(across, up, color=palette.ink2, linewidth=0.7, linestyle="-", zorder=4)


def _field(ax: Axes, x: float, y: float, width: float, height: float, colour: str, edge: str) -> None:
    from matplotlib.patches import Rectangle

    inset = 0.25 if edge != "none" else 0.0
    place = (round(x + inset, 2), round(y + inset, 2)), round(width - 2 * inset, 2), round(height - 2 * inset, 2)
    ax.add_artist(Rectangle(*place, facecolor=colour, edgecolor=edge, linewidth=0.5 if inset else 0, zorder=2))


def _texts(classes: tuple[int, ...]) -> list[str]:
    ends = [*(n - 1 for n in classes[1:]), None]
    return ["0", *(f"{a}+" if b is None else str(a) if a == b else f"{a}–{b}" for a, b in zip(classes, ends, strict=True))]


def _key(page: Sheet, ax: Axes, classes: tuple[int, ...], noun: str, left: float) -> None:
    palette = page.house.light
    page.text(left, page.height - PITCH + 1, noun, color=palette.ink2)
    y = page.height - PITCH - 13
    for text, least in zip(_texts(classes), (0, *classes), strict=True):
        _field(ax, left, y, 11, 9, shade(least, classes, palette), palette.rule if not least else "none")
        page.text(left + 15, y + 4.5 - RISE, text, color=palette.ink2)
        y -= 13
