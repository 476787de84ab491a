"""Drawing a series of counts: dots, rates with intervals, gaps, two compared windows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from brieftools.charts.series import Counts, Rate, Slot, rate
from brieftools.charts.sheet import GRID, PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.ticks import round_ticks, value_axis
from brieftools.charts.timeaxis import TimeAxis, axis_height, draw_time_axis
from brieftools.charts.words import figures
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NO_DATA = "not in the data"


@dataclass(frozen=True)
class Plan:
    """What is drawn.

    Attributes
    ----------
    counts : Counts
    steps : tuple of Rate
        Rates over several periods, as steps; empty: each count has an interval of its own.
    windows : tuple of Rate
        The two that are compared, earlier first, or none.
    verdict : str
        What the comparison says.
    abroad : bool
        Red diamonds in place of grey circles.
    counted : str
        What was counted, plural.
    dispersion : float or None
    """

    counts: Counts
    steps: tuple[Rate, ...]
    windows: tuple[Rate, ...]
    verdict: str
    abroad: bool
    counted: str
    dispersion: float | None


@dataclass(frozen=True)
class _Tones:
    dot: str
    tint: str
    strong: str
    marker: str


def draw_counts(plan: Plan, *, width: int, height: float, house: House) -> Figure:
    """Draw the series at a width and height in mm."""
    ground = sheet(width, snap(points(height)), house)
    slots, palette = plan.counts.slots, house.light
    tones = (
        _Tones(palette.abroad, palette.abroad_tint, palette.abroad_mid, "D")
        if plan.abroad
        else _Tones(palette.home_deep, palette.home_tint, palette.home_mid, "o")
    )
    highest = _highest(plan)
    left = 8 + max(ground.wide(figures(tick)) for tick in round_ticks(highest))
    axis = TimeAxis(slots[0].start, slots[-1].end, left, ground.width - left - 2)
    remark = _remark(plan, axis, ground)
    foot = axis_height(axis) + PITCH * len(remark)
    head = 3 * PITCH + 13 if plan.windows else 6
    ax = ground.axes(left, foot, axis.width, ground.height - foot - head)
    bare(ax)
    ax.set_xlim(0, axis.days)
    value_axis(ground, ax, round_ticks(highest), top=highest * 1.06)
    _gaps(ground, ax, plan, axis, foot, ground.height - foot - head)
    _rates(ax, plan, axis, tones, palette.ink)
    _dots(ax, plan, axis, tones, palette.bg)
    _provisional(ax, plan, axis, palette.rule)
    _windows(ground, plan, axis, ground.height - head)
    draw_time_axis(ground, axis, foot)
    ground.lines(ground.width - 2, 3 + PITCH * (len(remark) - 1), remark, color=palette.ink2, align="right")
    return ground.figure


def _highest(plan: Plan) -> float:
    values = [float(slot.count or 0) for slot in plan.counts.known] + [r.high for r in (*plan.steps, *plan.windows)]
    if not plan.steps:
        values += [_own(slot, plan).high for slot in plan.counts.known]
    return max(values, default=1.0) or 1.0


def _own(slot: Slot, plan: Plan) -> Rate:
    """The interval of one count, in events."""
    return rate([slot], slot.days, None)


def _x(day: date, axis: TimeAxis) -> float:
    return float((day - axis.start).days)


def _middle(slot: Slot, axis: TimeAxis) -> float:
    return (_x(slot.start, axis) + _x(slot.end, axis)) / 2


def _gaps(ground: Sheet, ax: Axes, plan: Plan, axis: TimeAxis, foot: float, tall: float) -> None:
    for start, end in plan.counts.gaps:
        left, right = axis.x(start), axis.x(end)
        _hatched(ax, _x(start, axis), _x(end, axis), ground.house.light.rule, "\\\\\\")
        lines = _fitting(ground, right - left)
        y = foot + tall / 2 + PITCH * (len(lines) - 1) / 2 - RISE
        for line in lines:
            ground.text((left + right) / 2, y, line, color=ground.house.light.ink2, align="center", ground=True)
            y -= PITCH


def _fitting(ground: Sheet, width: float) -> tuple[str, ...]:
    """The words in as many lines as a gap needs, none when it is too narrow for them."""
    widest = max(map(ground.wide, NO_DATA.split()))
    return ground.wrap(NO_DATA, width - 8) if width - 8 >= widest else ()


def _remark(plan: Plan, axis: TimeAxis, ground: Sheet) -> tuple[str, ...]:
    """The words for what is too narrow to be written into, below the axis."""
    narrow = any(not _fitting(ground, axis.x(end) - axis.x(start)) for start, end in plan.counts.gaps)
    late = any(slot.provisional for slot in plan.counts.slots)
    words = (f"hatched, no dot: {NO_DATA}" if narrow else "", "hatched, open dot: provisional" if late else "")
    text = "; ".join(filter(None, words))
    return ground.wrap(text, ground.width - 4) if text else ()


def _hatched(ax: Axes, left: float, right: float, colour: str, hatch: str) -> None:
    from matplotlib.patches import Rectangle

    # Drawn over the height of the axes, behind everything; the hatch takes the colour of the edge, which is not drawn.
    ax.add_patch(
        Rectangle((left, 0), right - left, ax.get_ylim()[1], facecolor="none", edgecolor=colour, linewidth=0, hatch=hatch, zorder=0.5)
    )


def _rates(ax: Axes, plan: Plan, axis: TimeAxis, tones: _Tones, ink: str) -> None:
    compared = {(one.start, one.end) for one in plan.windows}
    for step in plan.steps:
        if (step.start, step.end) not in compared:
            _rate(ax, step, axis, tones, tones.strong)
    for one in plan.windows:
        _rate(ax, one, axis, tones, ink, outline=True)


def _rate(ax: Axes, one: Rate, axis: TimeAxis, tones: _Tones, line: str, *, outline: bool = False) -> None:
    from matplotlib.patches import Rectangle

    left, right = _x(one.start, axis), _x(one.end, axis)
    inset = (right - left) * 0.04
    place = (left + inset, one.low), right - left - 2 * inset, one.high - one.low
    ax.add_patch(
        Rectangle(
            *place,
            facecolor=tones.tint,
            edgecolor=tones.dot if outline else "none",
            linewidth=0.9 if outline else 0,
            zorder=1.4 if outline else 1,
        )
    )
    thickness = 1.8 if outline else 1.1
    ax.plot([left + inset, right - inset], [one.value] * 2, color=line, linewidth=thickness, linestyle="-", zorder=1.6)


def _dots(ax: Axes, plan: Plan, axis: TimeAxis, tones: _Tones, ground: str) -> None:
    if not plan.steps:
        for slot in plan.counts.known:
            own = _own(slot, plan)
            ax.plot([_middle(slot, axis)] * 2, [own.low, own.high], color=tones.strong, linewidth=1.2, linestyle="-", zorder=2)
    size = min(4.0, max(2.6, axis.width / len(plan.counts.slots) / 2)) * (0.86 if plan.abroad else 1)
    for late, face in ((False, tones.dot), (True, ground)):
        slots = [slot for slot in plan.counts.known if slot.provisional == late]
        ax.plot(
            [_middle(slot, axis) for slot in slots],
            [slot.count or 0 for slot in slots],
            linestyle="none",
            marker=tones.marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=tones.dot,
            markeredgewidth=0.9,
            clip_on=False,
            zorder=3,
        )


def _provisional(ax: Axes, plan: Plan, axis: TimeAxis, colour: str) -> None:
    for slot in plan.counts.slots:
        if slot.provisional:
            _hatched(ax, _x(slot.start, axis), _x(slot.end, axis), colour, "/////")


def _windows(ground: Sheet, plan: Plan, axis: TimeAxis, top: float) -> None:
    """Name the compared windows above the axes, and join them with what the comparison says."""
    if not plan.windows:
        return
    palette = ground.house.light
    middles = [(axis.x(one.start) + axis.x(one.end)) / 2 for one in plan.windows]
    words = [(_total(ground, one, plan.counted), one.label) for one in plan.windows]
    places = _apart(middles, [max(ground.wide(a, weight=600), ground.wide(b)) for a, b in words], ground.width)
    for place, (count, label) in zip(places, words, strict=True):
        ground.text(place, top + 4, count, weight=600, align="center")
        ground.text(place, top + 4 + PITCH, label, color=palette.ink2, align="center")
    y = top + 8 + 2 * PITCH
    ground.line((places[0], places[1]), (y, y), palette.ink2, 0.7, zorder=GRID)
    for place in places:
        ground.line((place, place), (y, y - 3.5), palette.ink2, 0.7, zorder=GRID)
    half = ground.wide(plan.verdict, weight=600) / 2
    centre = min(max(sum(places) / 2, half + 2), ground.width - half - 2)
    ground.text(centre, y + 3.5, plan.verdict, weight=600, align="center")


def _total(ground: Sheet, one: Rate, counted: str) -> str:
    text = f"{figures(one.count)} {counted}"
    return text if ground.wide(text, weight=600) <= 62 else figures(one.count)


def _apart(middles: list[float], widths: list[float], width: float) -> list[float]:
    """Move two centred labels so that they stay on the sheet and do not touch."""
    first, last = (min(max(m, w / 2 + 1), width - w / 2 - 1) for m, w in zip(middles, widths, strict=True))
    needed = (widths[0] + widths[1]) / 2 + 8
    if last - first < needed:
        first = max((first + last - needed) / 2, widths[0] / 2 + 1)
        last = min(first + needed, width - widths[1] / 2 - 1)
        first = last - needed
    return [first, last]
