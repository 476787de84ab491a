"""Drawing land, coasts and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.charts.maps.frame import Frame, cut_line, cut_ring, thin
from brieftools.charts.maps.shapes import Country, world

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from brieftools.charts.maps.shapes import Points
    from brieftools.house.style import Palette


def draw_land(ax: Axes, frame: Frame, tinted: frozenset[str], palette: Palette) -> bool:
    """Fill land, tint the countries named by code or name, draw coasts and borders; say whether a disputed line is in view."""
    plain: list[Points] = []
    home: list[Points] = []
    for country in world().countries:
        rings = shown_rings(country, frame)
        (home if {country.iso3, country.name} & tinted else plain).extend(rings)
    _fill(ax, plain, palette.land, 1.0)
    _fill(ax, home, palette.home_tint, 1.1)
    lines: dict[str, list[Points]] = {"coast": [], "border": [], "disputed": []}
    for line in world().lines:
        west, south, east, north = line.box
        if west < frame.east and east > frame.west and south < frame.north and north > frame.south:
            lines[line.kind].append(cut_line(thin(frame.place(line.points)), frame.box))
    _lines(ax, lines["border"] + lines["disputed"], palette.bg, 1.2, 1.2)
    _lines(ax, lines["border"], palette.border, 0.45, 1.3)
    _lines(ax, lines["coast"], palette.coast, 0.5, 1.4)
    return _lines(ax, lines["disputed"], palette.ink2, 0.75, 1.5, dashed=True)


def shown_rings(country: Country, frame: Frame) -> list[Points]:
    """Return what is to be seen of a country's rings, in points."""
    seen = [country.rings[n] for n in range(len(country.rings)) if frame.meets(country.boxes[n : n + 1])[0]]
    rings = [cut_ring(thin(frame.place(ring)), frame.box) for ring in seen]
    return [ring for ring in rings if len(ring)]


def _fill(ax: Axes, rings: list[Points], colour: str, zorder: float) -> None:
    import numpy as np
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not rings:
        return
    points, codes = [], []
    for ring in rings:
        points.append(np.concatenate([ring, ring[:1]]))
        codes += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY]
    ax.add_patch(
        PathPatch(Path(np.round(np.concatenate(points), 2), codes), facecolor=colour, edgecolor="none", linewidth=0, zorder=zorder)
    )


def _lines(ax: Axes, lines: list[Points], colour: str, thickness: float, zorder: float, *, dashed: bool = False) -> bool:
    import numpy as np

    drawn = [line for line in lines if len(line)]
    if not drawn:
        return False
    points = np.round(np.concatenate(drawn), 2)
    ax.plot(points[:, 0], points[:, 1], color=colour, linewidth=thickness, linestyle=(0, (3, 2)) if dashed else "-", zorder=zorder)
    return True
