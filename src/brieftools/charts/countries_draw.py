"""Drawing countries per year: stacked bars, and names beside or below them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from brieftools.charts.sheet import FRONT, PITCH, RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.charts.ticks import round_ticks, value_axis
from brieftools.charts.words import NO_BREAK, figures
from brieftools.house.style import House, Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BAR = 0.64  # of a step
WIDEST = 46.0  # points of a bar
BESIDE = 108  # mm, from which names stand beside the bars


@dataclass(frozen=True)
class Year:
    """The list of one year.

    Attributes
    ----------
    year : int
    countries, home : frozenset of str
        All of them, and those that are home.
    listed : bool
        Whether the data have this year at all.
    """

    year: int
    countries: frozenset[str]
    home: frozenset[str]
    listed: bool


@dataclass(frozen=True)
class Names:
    """Names of one part of a bar.

    Attributes
    ----------
    kind : str
        came, left, both or home.
    head : str
    names : list of str
    """

    kind: str
    head: str
    names: list[str]


@dataclass(frozen=True)
class _Block:
    """Names broken into lines, with the height where their part of the bar lies.

    The first line stands beside the head when ``inset``, the width that the head takes, is not 0; else below it.
    """

    names: Names
    lines: tuple[str, ...]
    aim: float
    inset: float = 0.0

    @property
    def height(self) -> float:
        return PITCH * (len(self.lines) + (0 if self.inset else 1))


def _block(trial: Sheet, names: Names, width: float, *, beside: bool) -> _Block:
    inset = 0.0 if beside else trial.wide(names.head, weight=600) + 4
    return _Block(names, trial.wrap(_joined(trial, names, width), width, indent=inset), 0.0, inset)


def _joined(trial: Sheet, names: Names, width: float) -> str:
    """The names with commas; a name is broken only where it is wider than the line."""
    return ", ".join(name.replace(" ", NO_BREAK) if trial.wide(name + ",") <= width else name for name in names.names)


@dataclass(frozen=True)
class _Part:
    """A part of a bar: from and to which number, and how it is filled."""

    low: int
    high: int
    kind: str

    @property
    def number(self) -> int:
        return self.high - self.low


def draw_countries(years: list[Year], names: list[Names], *, width: int, height: float, house: House) -> Figure:
    """Draw the bars; the sheet grows taller where the names need it."""
    beside = width >= BESIDE
    total = points(width)
    column = total * 0.36 if beside else total
    trial = sheet(width, 100, house)
    tallest = points(height)
    highest = max(len(one.countries) for one in years)
    left = 8 + max(trial.wide(figures(tick)) for tick in round_ticks(highest))
    outer = left - 2 if beside else 0.0
    plot = total - left - (column + 10 if beside else 2)
    step = plot / len(years)
    lean = _lean(trial, names, years, left, step) if beside else None
    blocks = [_block(trial, one, column - 2, beside=beside) for one in names if one is not lean]
    text = sum(block.height for block in blocks) + (5 if beside else 2) * len(blocks)
    foot = PITCH + 4 + (0 if beside else text + 4)
    ground = sheet(width, snap(max(tallest, text + PITCH + 8) if beside else max(tallest, points(38) + foot)), house)
    ax = ground.axes(left, foot, plot, ground.height - foot - PITCH - 3)
    bare(ax)
    ax.set_xlim(-0.5, len(years) - 0.5)
    top = highest * 1.03
    value_axis(ground, ax, round_ticks(highest), top=top)
    bars = _bars(years)
    _draw_bars(ground, ax, years, bars, left, step, foot, top)
    scale = (ground.height - foot - PITCH - 3) / top
    if beside:
        _beside(ground, _aimed(blocks, bars[-1], scale, foot), left + plot + 6, ground.height, foot)
        if lean is not None:
            _leaning(ground, lean, bars[-2], left + (len(years) - 1.5) * step, step, scale, foot, outer)
    else:
        _below(ground, blocks, text)
    return ground.figure


def _bars(years: list[Year]) -> list[list[_Part]]:
    """The parts of each bar from below: home, abroad; of the last two years those in one alone on top."""
    bars = []
    turn = years[-2:] if len(years) > 1 and years[-2].listed else []
    for one in years:
        home, abroad = len(one.home), one.countries - one.home
        shared = len(abroad & turn[0].countries & turn[1].countries) if one in turn else len(abroad)
        marks = [
            (0, home, "home"),
            (home, home + shared, "both"),
            (home + shared, home + len(abroad), "came" if one is years[-1] else "left"),
        ]
        bars.append([_Part(*mark) for mark in marks if mark[1] > mark[0]])
    return bars


def _draw_bars(
    ground: Sheet, ax: Axes, years: list[Year], bars: list[list[_Part]], left: float, step: float, foot: float, top: float
) -> None:
    palette = ground.house.light
    scale = (ground.height - foot - PITCH - 3) / top
    stride = max(1, int((ground.wide("2000") + 6) / step) + 1) if step < ground.wide("2000") + 4 else 1
    for n, (one, parts) in enumerate(zip(years, bars, strict=True)):
        x = left + (n + 0.5) * step
        for part in parts:
            _part(ax, n, part, _thick(step) / step, palette)
            room = part.number * scale >= 9 and _thick(step) >= ground.wide(str(part.number)) + 6
            if n >= len(years) - 2 and len(parts) > 1 and room:
                _number(ground, x, foot + (part.low + part.high) / 2 * scale - RISE, part, palette)
        if one.listed and step >= ground.wide(str(len(one.countries)), weight=600) + 2:
            ground.text(x, foot + len(one.countries) * scale + 3, figures(len(one.countries)), weight=600, align="center")
        elif not one.listed:
            _no_list(ground, ax, n, x, step, foot, top, palette)
        if (len(years) - 1 - n) % stride == 0:
            half = ground.wide(str(one.year)) / 2
            ground.text(min(x, ground.width - half), foot - PITCH, str(one.year), color=palette.ink2, align="center")


def _thick(step: float) -> float:
    return min(step * BAR, WIDEST)


def _part(ax: Axes, n: int, part: _Part, thick: float, palette: Palette) -> None:
    alone = part.kind in ("came", "left")
    fill = palette.home if part.kind == "home" else palette.abroad_tint if alone else palette.abroad
    # The hatch takes the colour of the edge: fill with hatch first, then the outline.
    line = palette.home_mid if part.kind == "home" else palette.abroad
    ax.bar(
        [n],
        [part.number],
        thick,
        bottom=[part.low],
        color=fill,
        edgecolor=line,
        linewidth=0,
        hatch={"home": "----"}.get(part.kind, "////" if alone else None),
        zorder=2,
    )
    outline = {"home": palette.home, "both": palette.abroad}.get(part.kind, palette.abroad)
    ax.bar([n], [part.number], thick, bottom=[part.low], color="none", edgecolor=outline, linewidth=0.9, zorder=2.1)


def _number(ground: Sheet, x: float, y: float, part: _Part, palette: Palette) -> None:
    text = str(part.number)
    if part.kind == "both":
        ground.text(x, y, text, color=palette.bg, weight=600, align="center")
        return
    half = ground.wide(text, weight=600) / 2 + 1.6
    ground.rect(x - half, y - 1.7, 2 * half, 8.6, palette.abroad_tint if part.kind != "home" else palette.bg, zorder=2.5)
    ground.text(x, y, text, weight=600, align="center")


def _no_list(ground: Sheet, ax: Axes, n: int, x: float, step: float, foot: float, top: float, palette: Palette) -> None:
    ax.bar([n], [top], 0.9, color="none", edgecolor=palette.rule, linewidth=0, hatch="\\\\\\", zorder=0.5)
    lines = ("not in", "the data")
    if step >= ground.wide(lines[1]):
        ground.lines(x, foot + 2 * PITCH, lines, color=palette.ink2, align="center", ground=True)


def _tone(kind: str, palette: Palette) -> str:
    return palette.home_deep if kind == "home" else palette.abroad


def _aimed(blocks: list[_Block], bar: list[_Part], scale: float, foot: float) -> list[_Block]:
    """Give each block the height of its part of the last bar, highest first."""
    middle = {part.kind: foot + (part.low + part.high) / 2 * scale for part in bar}
    top = foot + max((part.high for part in bar), default=0) * scale
    aimed = [replace(block, aim=middle.get(block.names.kind, top)) for block in blocks]
    return sorted(aimed, key=lambda block: -block.aim)


def _beside(ground: Sheet, blocks: list[_Block], x: float, top: float, foot: float) -> None:
    """Write the blocks at the heights of their parts, moved apart where they would touch."""
    gap, uppers = 5.0, [block.aim + block.height / 2 for block in blocks]
    ceiling = top - 1
    for n, block in enumerate(blocks):  # from above, none higher than the one before leaves it
        uppers[n] = min(uppers[n], ceiling)
        ceiling = uppers[n] - block.height - gap
    floor = max(foot - PITCH - 2, 1.0)
    for n in range(len(blocks) - 1, -1, -1):  # from below, where they were pushed off the sheet
        uppers[n] = max(uppers[n], floor + blocks[n].height)
        floor = uppers[n] + gap
    for upper, block in zip(uppers, blocks, strict=True):
        _write(ground, x, upper - 8, block)


def _write(ground: Sheet, x: float, y: float, block: _Block) -> None:
    palette = ground.house.light
    ground.text(x, y, block.names.head, color=_tone(block.names.kind, palette), weight=600)
    if block.inset:
        ground.text(x + block.inset, y, block.lines[0], color=palette.ink2)
    ground.lines(x, y - PITCH, block.lines[1 if block.inset else 0 :], color=palette.ink2)


def _below(ground: Sheet, blocks: list[_Block], text: float) -> None:
    y = text - 6
    for block in blocks:
        _write(ground, 0, y, block)
        y -= block.height + 2


def _lean(trial: Sheet, names: list[Names], years: list[Year], left: float, step: float) -> Names | None:
    """Names of the year before, when there is room for them over the lower bars at its left."""
    one = next((names_ for names_ in names if names_.kind == "left"), None)
    if one is None or len(years) < 4:
        return None
    room = (len(years) - 2) * step - 12
    lines = trial.wrap(_joined(trial, one, min(room, 90.0)), min(room, 90.0))
    lower = max(len(year.countries) for year in years[:-2])
    enough = lower + (3 + len(lines)) * 0.05 * len(years[-2].countries) < 0.75 * len(years[-2].countries)
    return one if room >= 60 and len(lines) <= 4 and enough else None


def _leaning(ground: Sheet, names: Names, bar: list[_Part], x: float, step: float, scale: float, foot: float, outer: float) -> None:
    """Write the names at the left of the bar before the last, with a line to their part."""
    part = next(part for part in bar if part.kind == "left")
    edge = x - _thick(step) / 2
    width = min(edge - 12 - outer, 90.0)
    lines = ground.wrap(_joined(ground, names, width), width)
    y = foot + (part.low + part.high) / 2 * scale
    palette = ground.house.light
    ground.line((edge - 8, edge), (y, y), palette.abroad, 0.8, zorder=FRONT)
    ground.text(edge - 10, y - RISE, names.head, color=palette.abroad, weight=600, align="right", ground=True)
    ground.lines(edge - 10, y - RISE - PITCH, lines, color=palette.ink2, align="right", ground=True)
