"""Drawing small multiples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brieftools.charts.grids.panel import Panel
from brieftools.charts.sheet import PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.ticks import round_ticks
from brieftools.charts.words import NO_BREAK, figures, month_short
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from brieftools.charts.series import Slot

COLUMNS = {60: 1, 76: 2, 84: 2, 108: 2, 116: 3, 174: 4}
PLOT = 42.0  # points, height of the bars' field
GUTTER = 10.0
BAR = 0.72


def draw_multiples(shown: list[Panel], *, provisional: bool, width: int, house: House) -> Figure:
    """Draw the panels in rows, the scale at the left of each row, the periods below each column's last panel."""
    across = min(COLUMNS[width], len(shown))
    rows = -(-len(shown) // across)
    total = points(width)
    trial = sheet(width, 100, house)
    highest = max(panel.most for panel in shown) or 1.0
    ticks = round_ticks(highest, most=3)
    left = max(trial.wide(figures(tick)) for tick in ticks) + 6
    wide = (total - left - GUTTER * (across - 1)) / across
    heads = [trial.wrap(panel.label, wide, weight=600, most=2) for panel in shown]
    head = PITCH * max(map(len, heads)) + 4
    entries = _entries(shown, provisional)
    lines = _flow(trial, entries, total)
    key = 6 + (PITCH + 2) * len(lines) if entries else 0.0
    band = head + PLOT + PITCH + 7
    page = sheet(width, snap(rows * band + key), house)
    plot = PLOT + (page.height - rows * band - key) / rows
    band += plot - PLOT
    for n, (panel, words) in enumerate(zip(shown, heads, strict=True)):
        row, column = divmod(n, across)
        x, y = left + column * (wide + GUTTER), page.height - row * band - head - plot
        top = highest * 1.22  # room for the number of the last bar
        ax = page.axes(x, y, wide, plot)
        bare(ax)
        _panel(page, ax, panel, top, ticks)
        page.lines(x, y + plot + 4 + PITCH * (len(words) - 1), words, weight=600)
        if column == 0:
            for tick in ticks:
                page.text(left - 4, y + plot * tick / top - RISE, figures(tick), color=house.light.ink2, align="right")
        _last(page, panel, x, y, wide, plot, top)
        if n + across >= len(shown):
            _periods(page, panel.counts.slots, panel.counts.unit, x, y - PITCH, wide)
    if entries:
        _key(page, lines, key)
    return page.figure


def _panel(page: Sheet, ax: Axes, panel: Panel, top: float, ticks: list[float]) -> None:
    palette, slots = page.house.light, panel.counts.slots
    ax.set_xlim(-0.5, len(slots) - 0.5)
    ax.set_ylim(0, top)
    ax.set_yticks(ticks, labels=[""] * len(ticks))
    if panel.against is not None:
        low, high = panel.against.predictive.low, panel.against.predictive.high
        ax.fill_between([-0.5, len(slots) - 0.5], [low, low], [high, high], color=palette.home_tint, linewidth=0, zorder=1)
    outside = panel.reading in ("up", "down")
    for n, slot in enumerate(slots):
        colour = palette.abroad if outside and n == len(slots) - 1 else palette.home
        if slot.count is None:
            _bar(ax, n, top, 1.0, facecolor="none", edgecolor=palette.rule, hatch="////", linewidth=0, zorder=1)
        elif slot.provisional:
            # Two bars: a hatch takes its colour from the edge.
            _bar(ax, n, slot.count, BAR, facecolor=palette.bg, edgecolor=colour, hatch="//////", linewidth=0, zorder=2)
            _bar(ax, n, slot.count, BAR, facecolor="none", edgecolor=colour, linewidth=0.8, zorder=3)
        elif slot.count:
            _bar(ax, n, slot.count, BAR, facecolor=colour, linewidth=0, zorder=2)


def _bar(ax: Axes, n: int, height: float, width: float, **look: Any) -> None:
    """Add a bar without the search for new limits that ``ax.bar`` makes for each."""
    from matplotlib.patches import Rectangle

    ax.add_artist(Rectangle((n - width / 2, 0), width, height, **look))


def _last(page: Sheet, panel: Panel, x: float, y: float, wide: float, plot: float, top: float) -> None:
    slots = panel.counts.slots
    count = slots[-1].count
    outside = panel.reading in ("up", "down")
    text = "no data" if count is None else figures(count)
    text = f"{'▲' if panel.reading == 'up' else '▼'} {text}" if outside else text
    half, step = page.wide(text, weight=600) / 2, wide / len(slots)
    middle = min(x + wide - step / 2, x + wide - half)
    palette = page.house.light
    page.text(middle, y + plot * (count or 0) / top + 3, text, weight=600, color=palette.abroad if outside else palette.ink, align="center")


def _periods(page: Sheet, slots: tuple[Slot, ...], unit: str, x: float, y: float, wide: float) -> None:
    """Name the first and the last period, and the years or months between them where there is room."""
    colour = page.house.light.ink2
    first, last = _name(slots[0], unit), _name(slots[-1], unit)
    step = wide / len(slots)
    if len(slots) == 1 or page.wide(first) + page.wide(last) + 8 > wide:
        page.text(x + wide, y, page.wrap(last, wide + 20, most=1)[0], color=colour, align="right")
        return
    page.text(x, y, first, color=colour)
    page.text(x + wide, y, last, color=colour, align="right")
    middle = len(slots) // 2
    text = _name(slots[middle], unit)
    centre, half = x + (middle + 0.5) * step, page.wide(text) / 2
    if centre - half > x + page.wide(first) + 6 and centre + half < x + wide - page.wide(last) - 6:
        page.text(centre, y, text, color=colour, align="center")


def _name(slot: Slot, unit: str) -> str:
    day = slot.start
    if unit == "year":
        return str(day.year)
    if unit == "quarter":
        return f"Q{(day.month + 2) // 3} {day.year}"
    if unit == "month":
        return f"{month_short(day.month)} {day.year % 100:02}"
    return f"{day.day} {month_short(day.month)}"


def _entries(shown: list[Panel], provisional: bool) -> list[tuple[str, str]]:
    entries = []
    if any(panel.against is not None for panel in shown):
        entries.append(("band", f"expected, 95{NO_BREAK}%"))
    if any(panel.reading in ("up", "down") for panel in shown):
        entries.append(("outside", "outside it"))
    if provisional:
        entries.append(("provisional", "provisional"))
    return entries


def _flow(page: Sheet, entries: list[tuple[str, str]], width: float) -> list[list[tuple[float, str, str]]]:
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for kind, text in entries:
        wide = 19 + page.wide(text)
        if lines[-1] and x + wide > width:
            lines.append([])
            x = 0.0
        lines[-1].append((x, kind, text))
        x += wide + 12
    return lines


def _key(page: Sheet, lines: list[list[tuple[float, str, str]]], height: float) -> None:
    from matplotlib.patches import Rectangle

    palette = page.house.light
    looks: dict[str, list[dict[str, Any]]] = {
        "band": [{"facecolor": palette.home_tint, "edgecolor": "none"}],
        "outside": [{"facecolor": palette.abroad, "edgecolor": "none"}],
        "provisional": [
            {"facecolor": palette.bg, "edgecolor": palette.home, "hatch": "//////", "linewidth": 0},
            {"facecolor": "none", "edgecolor": palette.home, "linewidth": 0.8},
        ],
    }
    y = height - 6 - PITCH + 2
    ax = page.axes(0, 0, page.width, height)
    ax.set_xlim(0, page.width)
    ax.set_ylim(0, height)
    bare(ax, bottom=False, grid=False)
    for line in lines:
        for x, kind, text in line:
            for look in looks[kind]:
                ax.add_patch(Rectangle((x + 0.5, y - 0.8), 14, 7, **look))
            page.text(x + 19, y, text, color=palette.ink2)
        y -= PITCH + 2
