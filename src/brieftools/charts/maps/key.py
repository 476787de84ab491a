"""What explains a map: circles of the key, the scale bar, the row of classes below it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from brieftools.charts.boxes import Box
from brieftools.charts.maps.frame import Frame
from brieftools.charts.maps.labels import Ground
from brieftools.charts.maps.symbols import Scale, draw_symbol
from brieftools.charts.sheet import PITCH, RISE, Sheet
from brieftools.charts.words import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def key_counts(most: int) -> list[int]:
    """Return up to three round counts for the key, the largest not above the largest on the map."""
    if most <= 1:
        return []
    powers = [10**n for n in range(int(math.log10(most) + 1e-9) + 1)][-3:]
    return powers if len(powers) > 1 else [1, most]


def corner(ground: Ground, width: float, height: float, corners: str) -> Box | None:
    """Return the first place in the named corners (``"ne nw se sw"``) with the fewest symbols below; None when all are taken."""
    a, b, c, d = ground.frame
    inset = 5.0
    ways = []
    for name in corners.split():
        x = c - inset - width if "e" in name else a + inset
        y = d - inset - height if "n" in name else b + inset
        box = (x, y, x + width, y + height)
        if not any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in ground.taken):
            ways.append(box)
    best = min(ways, key=ground.covered, default=None)
    if best is not None:
        ground.taken.append(best)
    return best


def draw_counts_key(sheet: Sheet, ax: Axes, ground: Ground, scale: Scale, noun: str) -> None:
    """Draw circles of round counts in a corner, the largest above."""
    counts = key_counts(scale.most)[::-1]
    if not counts:
        return
    radii = [scale.radius(count) for count in counts]
    words = max(sheet.wide(figures(count)) for count in counts)
    rows = [max(2 * radius, 8.0) + 3 for radius in radii]
    wide = max(2 * radii[0] + 4 + words, sheet.wide(noun))
    box = corner(ground, wide, sum(rows) + PITCH, "ne nw se sw")
    if box is None:
        return
    palette = sheet.house.light
    sheet.text(box[2], box[3] - 7.5, noun, color=palette.ink2, align="right").set_gid("halo")
    y = box[3] - PITCH
    middle = box[2] - words - 4 - radii[0]
    for count, radius, row in zip(counts, radii, rows, strict=True):
        draw_symbol(ax, "key", middle, y - row / 2, radius, palette.ink2, palette)
        sheet.text(box[2], y - row / 2 - RISE, figures(count), color=palette.ink2, align="right").set_gid("halo")
        y -= row


def draw_scale_bar(sheet: Sheet, ax: Axes, ground: Ground, frame: Frame) -> float | None:
    """Draw a bar of a round number of kilometres, true at the middle latitude; return the number."""
    kilometres = _round_km(frame)
    if frame.north - frame.south > 60:
        return None  # half the globe has no one scale
    length, text = kilometres * frame.points_per_km, f"{figures(kilometres)} km"
    box = corner(ground, length + sheet.wide(text) / 2 + 3, 16.0, "sw se nw ne")
    if box is None:
        return None
    palette = sheet.house.light
    x, y = box[0] + 2, box[1] + PITCH + 1
    ax.plot([x, x + length], [y + 1.5] * 2, color=palette.ink2, linewidth=3.4, linestyle="-", solid_capstyle="butt", zorder=6)
    ax.plot(
        [x + length / 2, x + length - 0.6], [y + 1.5] * 2, color=palette.bg, linewidth=2.2, linestyle="-", solid_capstyle="butt", zorder=7
    )
    sheet.text(x, y - PITCH + 1.5, "0", color=palette.ink2).set_gid("halo")
    sheet.text(x + length, y - PITCH + 1.5, text, color=palette.ink2, align="center").set_gid("halo")
    return kilometres


def _round_km(frame: Frame) -> float:
    most = 0.22 * frame.width / frame.points_per_km
    power: float = 10.0 ** math.floor(math.log10(most))
    return next(factor * power for factor in (5, 2, 1) if factor * power <= most)


def row_height(sheet: Sheet, entries: list[tuple[str, str]], width: float) -> float:
    """Return the height that the row of classes takes."""
    return PITCH * len(_flow(sheet, entries, width)) + 3 if entries else 0.0


def draw_row(sheet: Sheet, ax: Axes, entries: list[tuple[str, str]], upper: float) -> None:
    """Write the classes below the map: each with its symbol (none for ``""``)."""
    palette = sheet.house.light
    y = upper - PITCH + 1
    for line in _flow(sheet, entries, sheet.width):
        for x, (kind, text) in line:
            if kind:
                draw_symbol(ax, kind, x + 3, y + RISE, 2.4, palette.home_deep, palette)
            sheet.text(x + (8 if kind else 0), y, text, color=palette.ink2)
        y -= PITCH


def _flow(sheet: Sheet, entries: list[tuple[str, str]], width: float) -> list[list[tuple[float, tuple[str, str]]]]:
    lines: list[list[tuple[float, tuple[str, str]]]] = [[]]
    x = 0.0
    for kind, text in entries:
        for n, piece in enumerate(sheet.wrap(text, width - 10)):
            entry = (kind if n == 0 else "", piece)
            wide = sheet.wide(piece) + (8 if entry[0] else 0)
            if lines[-1] and (n or x + wide > width):
                lines.append([])
                x = 0.0
            lines[-1].append((x, entry))
            x += wide + 9
    return lines
