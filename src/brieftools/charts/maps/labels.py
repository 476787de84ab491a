"""Places for labels on a map: none covers a symbol, another label or the edge; one that finds no place is left out.

Labels are set one after the other, the most important first, each at the first free of twelve places beside its symbol, then
farther off with a line that leads to it. The order is fixed, so the same map is drawn the same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from brieftools.charts.boxes import Box
from brieftools.charts.sheet import PITCH, Align, Sheet

if TYPE_CHECKING:
    from brieftools.charts.maps.shapes import Points

GAP = 3.0  # points between a symbol and its label
CLEAR = 1.5  # points around a label
RISES, FALLS = 6.2, 2.2  # points of a line above and below its base line
FARTHER = (16.0, 26.0, 38.0, 52.0)
_SIDES: tuple[tuple[float, float], ...] = (
    *((1, 0), (-1, 0), (0, 1), (0, -1), (0.75, 0.75), (-0.75, 0.75), (0.75, -0.75), (-0.75, -0.75)),
    *((0.01, 1), (-0.01, 1), (0.01, -1), (-0.01, -1)),  # above and below, beginning or ending at the symbol
)


@dataclass(frozen=True)
class Label:
    """Lines of text beside a symbol.

    Attributes
    ----------
    lines : tuple of str
    x, y, radius : float
        Middle and half width of the symbol, in points.
    weight : int
    """

    lines: tuple[str, ...]
    x: float
    y: float
    radius: float
    weight: int = 400


@dataclass(frozen=True)
class Set:
    """A label in its place: left end, middle or right end, base line of the first line; the line that leads to it."""

    label: Label
    x: float
    y: float
    align: Align
    box: Box
    leader: tuple[float, float, float, float] | None = None


@dataclass
class Ground:
    """What is taken on a map; grows while labels are set."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    _symbols: Any = None

    def symbols(self, points: Points, radii: Any) -> None:
        """Take the place of symbols, shape (n, 2) and (n,)."""
        import numpy as np

        self._symbols = np.concatenate([points - radii[:, None], points + radii[:, None]], axis=1)

    def covered(self, box: Box) -> int:
        """Return how many symbols a box covers."""
        if self._symbols is None:
            return 0
        s = self._symbols
        return int(((s[:, 0] < box[2]) & (s[:, 2] > box[0]) & (s[:, 1] < box[3]) & (s[:, 3] > box[1])).sum())

    def free(self, box: Box) -> bool:
        """Say whether a box lies in the frame and covers nothing."""
        left, lower, right, upper = box
        a, b, c, d = self.frame
        if left < a + 2 or lower < b + 2 or right > c - 2 or upper > d - 2:
            return False
        return not any(left < t[2] and t[0] < right and lower < t[3] and t[1] < upper for t in self.taken) and not self.covered(box)


def set_labels(labels: list[Label], ground: Ground, sheet: Sheet) -> list[Set]:
    """Set as many labels as find a place; what they cover is taken on the ground."""
    out = []
    for label in labels:
        found = next((way for way in _ways(label, sheet) if ground.free(way.box) and _reaches(way, ground)), None)
        if found is not None:
            out.append(found)
            ground.taken.append(found.box)
            if found.leader:
                ground.taken += _beads(found.leader)
    return out


def _ways(label: Label, sheet: Sheet) -> Iterator[Set]:
    width = max(sheet.wide(line, weight=label.weight) for line in label.lines)
    tall = RISES + FALLS + PITCH * (len(label.lines) - 1)
    for distance in (0.0, *FARTHER):
        for across, up in _SIDES:
            reach = label.radius + GAP + distance
            middle_y = label.y + up * (reach + (tall / 2 if abs(across) < 0.1 else 0))
            edge = label.x + across * reach
            align: Align = "left" if across > 0 else "right" if across < 0 else "center"
            left = edge - {"left": 0.0, "right": width, "center": width / 2}[align]
            box = (left - CLEAR, middle_y - tall / 2 - CLEAR, left + width + CLEAR, middle_y + tall / 2 + CLEAR)
            leader = _leader(label, box) if distance else None
            yield Set(label, edge, middle_y + tall / 2 - RISES, align, box, leader)


def _leader(label: Label, box: Box) -> tuple[float, float, float, float]:
    """Return the line from the edge of the symbol to the nearest point of the label's box."""
    x, y = min(max(label.x, box[0]), box[2]), min(max(label.y, box[1]), box[3])
    length = max(((x - label.x) ** 2 + (y - label.y) ** 2) ** 0.5, 1e-9)
    share = (label.radius + 1) / length
    return label.x + (x - label.x) * share, label.y + (y - label.y) * share, x, y


def _beads(leader: tuple[float, float, float, float]) -> list[Box]:
    """Small boxes along a line, the last piece at the label left out."""
    x1, y1, x2, y2 = leader
    steps = max(2, int(max(abs(x2 - x1), abs(y2 - y1)) / 3))
    spots = [(x1 + (x2 - x1) * n / steps, y1 + (y2 - y1) * n / steps) for n in range(steps)]
    return [(x - 0.8, y - 0.8, x + 0.8, y + 0.8) for x, y in spots]


def _reaches(way: Set, ground: Ground) -> bool:
    if way.leader is None:
        return True
    beads = _beads(way.leader)[1:]
    return all(not any(b[0] < t[2] and t[0] < b[2] and b[1] < t[3] and t[1] < b[3] for t in ground.taken) for b in beads) and not any(
        ground.covered(bead) for bead in beads
    )


def set_country(name: str, rings: list[Points], ground: Ground, sheet: Sheet, *, step: float = 7.0) -> tuple[float, float] | None:
    """Return where a country's name has its middle and base line: inside its largest part, far from its edges; None without room."""
    import numpy as np
    from matplotlib.path import Path

    ring = max(rings, key=lambda one: float(np.ptp(one[:, 0]) * np.ptp(one[:, 1])))
    half = sheet.wide(name) / 2
    if np.ptp(ring[:, 0]) < 2 * half or np.ptp(ring[:, 1]) < 10:
        return None
    xs, ys = (
        np.arange(ring[:, 0].min() + half, ring[:, 0].max() - half + 0.1, step),
        np.arange(ring[:, 1].min() + 6, ring[:, 1].max() - 6, step),
    )
    grid = np.array([(x, y) for y in ys for x in xs]).reshape(-1, 2)
    shape = Path(ring)
    inside = np.ones(len(grid), dtype=bool)
    for across in (-half, 0.0, half):
        inside &= shape.contains_points(grid + np.array([across, 0.0]))
    grid = grid[inside]
    away = np.array([np.hypot(*(ring - spot).T).min() for spot in grid])
    for n in np.argsort(-away, kind="stable"):
        x, y = float(grid[n, 0]), float(grid[n, 1])
        if ground.free((x - half - 2, y - 6, x + half + 2, y + 6)):
            ground.taken.append((x - half - 2, y - 6, x + half + 2, y + 6))
            return x, y
    return None
