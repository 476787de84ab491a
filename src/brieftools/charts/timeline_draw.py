"""Drawing a time line that has been laid out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from brieftools.charts.incidents import Incident
from brieftools.charts.placing import Placed, Words
from brieftools.charts.sheet import FRONT, GRID, PITCH, RISE, Sheet, sheet, snap
from brieftools.charts.timeaxis import TimeAxis, axis_height, draw_time_axis
from brieftools.charts.timeline_layout import Columns, Row
from brieftools.house.style import House, Palette
from brieftools.house.wording import long_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEAD = 13.0  # points above the lanes: "as of", "undated"
PAD = 4.0  # points above and below the rows of a lane
THICK = 5.0  # points, of a bar

_MARKERS = {"home": ("o", 5.2), "abroad": ("D", 4.4), "": ("^", 5.2)}


def draw(rows: list[Row], columns: Columns, axis: TimeAxis | None, as_of: date, width: int, house: House) -> Figure:
    """Draw the lanes from above to below, the as-of line, the axis."""
    above = 0 if columns.lane else 1  # names above the lanes take a row each
    foot = 3.0 if axis is None else axis_height(axis)
    needed = HEAD + foot + sum(row.rows + above for row in rows) * PITCH + 2 * PAD * len(rows)
    ground = sheet(width, snap(needed), house)
    spare = (ground.height - needed) / (2 * len(rows))
    ax = ground.axes(columns.left, foot, max(columns.right - columns.left, 1), ground.height - HEAD - foot)
    _prepare(ax, axis, columns, ground.height - HEAD - foot)
    y = ground.height - HEAD
    for row, before in zip(rows, [None, *rows], strict=False):
        if before is not None:
            colour, thickness = (house.light.grid, 0.5) if before.group.theatre == row.group.theatre else (house.light.rule, 0.8)
            ground.line((0, ground.width), (y, y), colour, thickness, zorder=GRID)
        y = _lane(ground, ax, row, columns, y, PAD + spare, foot)
    _frame(ground, ax, axis, columns, as_of, foot)
    return ground.figure


def _prepare(ax: Axes, axis: TimeAxis | None, columns: Columns, height: float) -> None:
    ax.set_ylim(0, height)
    ax.set_yticks([])
    ax.set_xticks([])
    ax.grid(False)
    ax.spines["bottom"].set_visible(axis is not None)
    ax.patch.set_visible(False)
    # Data: x in matplotlib's days, y in points above the axis.
    ax.set_xlim(*((0, 1) if axis is None else (axis.start.toordinal() - 719163, axis.end.toordinal() - 719163)))


class _Pen:
    """Draws in the axes by places given in points of the sheet."""

    def __init__(self, ax: Axes, columns: Columns, foot: float) -> None:
        (self.first, last), self.ax, self.foot, self.left = ax.get_xlim(), ax, foot, columns.left
        self.scale = (last - self.first) / max(columns.right - columns.left, 1)

    def x(self, x: float) -> float:
        return self.first + (x - self.left) * self.scale

    def dot(self, x: float, y: float, marker: str, size: float, face: str, edge: str) -> None:
        self.ax.plot(
            [self.x(x)],
            [y - self.foot],
            linestyle="none",
            marker=marker,
            markersize=size,
            markerfacecolor=face,
            markeredgecolor=edge,
            markeredgewidth=1.0,
            clip_on=False,
            zorder=3,
        )

    def bar(self, left: float, right: float, y: float, face: str, edge: str, *, dashed: bool = False) -> None:
        from matplotlib.patches import Rectangle

        self.ax.add_patch(
            Rectangle(
                (self.x(left), y - self.foot - THICK / 2),
                (right - left) * self.scale,
                THICK,
                facecolor=face,
                edgecolor=edge,
                linewidth=0.9,
                linestyle=(0, (2.2, 1.4)) if dashed else "-",
                clip_on=False,
                zorder=3,
            )
        )

    def arrow(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        straight = abs(start[0] - end[0]) < 0.5
        self.ax.annotate(
            "",
            xy=(self.x(end[0]), end[1] - self.foot),
            xytext=(self.x(start[0]), start[1] - self.foot),
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-|>,head_width=1.5,head_length=3",
                "mutation_scale": 1,
                "linewidth": 0.8,
                "color": colour,
                "shrinkA": 0,
                "shrinkB": 0,
                "connectionstyle": "arc3" if straight else "angle,angleA=0,angleB=90,rad=0",
            },
        )


def _lane(ground: Sheet, ax: Axes, row: Row, columns: Columns, top: float, pad: float, foot: float) -> float:
    """Draw one lane below ``top``; return where the next one begins."""
    palette = ground.house.light
    colour = {"home": palette.ink, "abroad": palette.abroad, "": palette.ink2}[row.group.theatre]
    y = top - pad
    bottom = y - row.rows * PITCH - (0 if columns.lane else PITCH) - pad
    undated = y
    if columns.lane:  # fewer rows than the lane has are centred beside its name
        ground.lines(0, (top + bottom) / 2 - RISE + PITCH * (len(row.name) - 1) / 2, row.name, color=colour, weight=600)
        y -= (row.rows - max(row.lane.rows, _undated_rows(row))) * PITCH / 2
        undated = y
    else:
        ground.text(0, y - PITCH / 2 - RISE, row.name[0], color=colour, weight=600)
        y -= PITCH
        undated = y if columns.right == columns.left else undated
    pen = _Pen(ax, columns, foot)
    for placed in row.lane.placed:
        _placed(ground, pen, placed, row, y)
    for first, lines in row.undated:
        at = undated - (first + 0.5) * PITCH
        pen.dot(columns.undated + 3, at, "s", 5, palette.bg, _edge(row.group.theatre, palette))
        ground.lines(columns.undated + 11, at - RISE, lines)
    return bottom


def _undated_rows(row: Row) -> int:
    return max((first + max(1, len(lines)) for first, lines in row.undated), default=0)


def _placed(ground: Sheet, pen: _Pen, placed: Placed, row: Row, top: float) -> None:
    palette, theatre = ground.house.light, row.group.theatre

    def level(number: int) -> float:
        return top - (number + 0.5) * PITCH

    y, edge = level(placed.row), _edge(theatre, palette)
    if placed.mark.written is not None:
        _correction(ground, pen, placed, placed.mark.written, level(placed.written_row), y, edge)
    for incident, ends in _apart(placed, row):
        _mark(pen, incident, ends, y, theatre, palette)
    for words, colour in ((placed.label, palette.ink), (placed.note, palette.ink2)):
        _write(ground, words, level, colour)


def _apart(placed: Placed, row: Row) -> Iterator[tuple[Incident, tuple[float, float]]]:
    """The incidents of a mark, without those that would lie exactly on another."""
    drawn: set[tuple[bool, float, float]] = set()
    for key, (first, last) in zip(placed.mark.keys, placed.mark.parts, strict=True):
        incident = row.group.incidents[key]
        place = (incident.exact, round(first, 1), round(last, 1))
        if place not in drawn:
            drawn.add(place)
            yield incident, (first, last)


def _correction(ground: Sheet, pen: _Pen, placed: Placed, written: tuple[float, float], below: float, y: float, edge: str) -> None:
    """Draw the place that the text gives, and an arrow from there to the corrected mark."""
    (left, right), middle, ink2 = written, placed.mark.middle, ground.house.light.ink2
    pen.bar(left, right, below, "none", edge, dashed=True)
    start = min(max(middle, left), right)
    if placed.note is not None and placed.note.align == "center":  # the line makes way for the words on it
        half = ground.wide(placed.note.lines[0]) / 2 + 3
        near, far = placed.note.x - half, placed.note.x + half
        near, far = (far, near) if middle < left else (near, far)
        ground.line((start, near), (below, below), ink2, 0.8, zorder=FRONT)
        start = far
    pen.arrow((start, below + (THICK / 2 if left <= middle <= right else 0)), (middle, y - 3.4), ink2)


def _mark(pen: _Pen, incident: Incident, ends: tuple[float, float], y: float, theatre: str, palette: Palette) -> None:
    edge = _edge(theatre, palette)
    if incident.exact:
        marker, size = _MARKERS[theatre]
        pen.dot(sum(ends) / 2, y, marker, size, edge, edge)
    else:
        fill = {"home": palette.home, "abroad": palette.abroad_tint, "": palette.home_tint}[theatre]
        pen.bar(*ends, y, fill, edge)


def _write(ground: Sheet, words: Words | None, level: object, colour: str) -> None:
    if words is None or not words.lines:
        return
    assert callable(level)
    for number, line in enumerate(words.lines):
        ground.text(words.x, level(words.row + number) - RISE, line, color=colour, align=words.align, ground=True)


def _edge(theatre: str, palette: Palette) -> str:
    return {"home": palette.home_deep, "abroad": palette.abroad, "": palette.ink2}[theatre]


def _frame(ground: Sheet, ax: Axes, axis: TimeAxis | None, columns: Columns, as_of: date, foot: float) -> None:
    palette, head = ground.house.light, ground.height - HEAD + 4
    if columns.undated:
        ground.text(columns.undated, head, "undated", color=palette.ink2)
    if axis is None:
        return
    top = ground.height - HEAD
    for span in [*axis.spans(), *axis.groups()]:
        if span.start > axis.start:
            colour = palette.rule if span in axis.groups() else palette.grid
            ground.line((axis.x(span.start),) * 2, (foot, top), colour, 0.5, zorder=GRID)
    ground.line((columns.right,) * 2, (foot, top + 1), palette.ink, 1.1, zorder=FRONT)
    ground.text(columns.right, head, f"as of {long_date(as_of)}", color=palette.ink2, align="right")
    draw_time_axis(ground, axis, foot)
