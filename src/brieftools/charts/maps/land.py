"""Drawing land, coasts and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.charts.maps.frame import Frame, cut_line, cut_ring, thin
from brieftools.charts.maps.shapes import Country, world

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from brieftools.charts.maps.shapes import Points
    from brieftools.house.style import Palette

FINEST_DASHED = 0.5


def draw_land(ax: Axes, frame: Frame, tinted: frozenset[str], palette: Palette, *, fine: float = 0.3) -> bool:
    """Fill land, tint the countries named by code or name, draw coasts and borders; say whether a disputed line is in view.

    Parameters
    ----------
    fine : float
        Points below which a bend is not drawn; islands smaller than three times that are left out.
    """
    plain: list[Points] = []
    home: list[Points] = []
    for country in world().countries:
        rings = shown_rings(country, frame, fine=fine)
        (home if {country.iso3, country.name} & tinted else plain).extend(rings)
    _fill(ax, plain, palette.land, 1.0)
    _fill(ax, home, palette.home_tint, 1.1)
    lines: dict[str, list[Points]] = {"coast": [], "border": [], "disputed": []}
    for line in world().lines:
        west, south, east, north = line.box
        if west < frame.east and east > frame.west and south < frame.north and north > frame.south:
            placed = frame.place(line.points)
            if line.kind != "coast" or _large(placed, fine):
                lines[line.kind].append(cut_line(thin(placed, fine), frame.box))
    _lines(ax, lines["border"] + lines["disputed"], palette.bg, 1.2, 1.2)
    _lines(ax, lines["border"], palette.border, 0.45, 1.3)
    _lines(ax, lines["coast"], palette.coast, 0.5, 1.4)
    if fine > FINEST_DASHED:  # dashes of a few points would be specks
        return _lines(ax, lines["disputed"], palette.border, 0.45, 1.3)
    return _lines(ax, lines["disputed"], palette.ink2, 0.75, 1.5, dashed=True)


def draw_outlines(ax: Axes, frame: Frame, areas: tuple[Country, ...], palette: Palette) -> None:
    """Fill and outline areas of the author's own."""
    rings = [ring for area in areas for ring in shown_rings(area, frame)]
    _fill(ax, rings, palette.land, 1.0)
    for ring in rings:
        ax.fill(ring[:, 0], ring[:, 1], facecolor="none", edgecolor=palette.coast, linewidth=0.5, zorder=1.4)


def shown_rings(country: Country, frame: Frame, *, fine: float = 0.3) -> list[Points]:
    """Return what is to be seen of a country's rings, in points."""
    seen = [frame.place(country.rings[n]) for n in frame.meets(country.boxes).nonzero()[0]]
    rings = [cut_ring(thin(ring, fine), frame.box) for ring in seen if _large(ring, fine)]
    return [ring for ring in rings if len(ring)]


def _large(points: Points, fine: float) -> bool:
    return bool((points.max(axis=0) - points.min(axis=0)).max() >= 3 * fine)


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
