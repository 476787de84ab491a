"""Symbols of a map: shape tells how well the place is known, area how many events."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brieftools.house.style import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LARGEST = 15.5  # points of radius
UNIT = 1.12  # points of radius of one event, where the largest leaves room for that
SINGLE = 2.8  # points, where every place has one event
OPEN = 2.0  # points: an open symbol that is smaller is taken for a filled one


@dataclass(frozen=True)
class Scale:
    """Radius in points of a number of events; area is proportional, except that open symbols have a least size."""

    most: int

    @property
    def unit(self) -> float:
        return SINGLE if self.most <= 1 else min(UNIT, LARGEST / math.sqrt(self.most))

    def radius(self, count: int) -> float:
        return max(self.unit * math.sqrt(count), 0.6)

    def drawn(self, count: int, kind: str) -> float:
        """Return the radius that a symbol of a class has."""
        return self.radius(count) if kind == "exact" else max(self.radius(count), OPEN)


def draw_symbol(ax: Axes, kind: str, x: float, y: float, radius: float, colour: str, palette: Palette) -> None:
    """Draw one symbol: ``exact``, ``near``, ``adm2``, or ``key`` (an empty circle)."""
    edge = {"exact": 0.5, "near": 1.3, "adm2": 1.2, "key": 0.9}[kind]
    face = {"exact": colour, "key": "none"}.get(kind, palette.bg)
    # Ink, so that an open symbol is seen on a filled one too.
    outline = palette.ink if colour == palette.home_deep else colour
    ax.plot(
        [x],
        [y],
        linestyle="none",
        marker="D" if kind == "adm2" else "o",
        markersize=2 * radius * (0.9 if kind == "adm2" else 1.0) - (edge if kind != "exact" else 0.0),
        markerfacecolor=face,
        markeredgecolor=palette.bg if kind == "exact" else outline,
        markeredgewidth=edge,
        clip_on=False,
        zorder=5,
    )
