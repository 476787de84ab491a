"""The stretch of the earth that a map shows, and where it lies on the sheet.

Equirectangular, with degrees of longitude shortened by the cosine of the middle latitude: right to a few per cent over the
width of a country, and straight lines of latitude keep the scale bar honest where it stands.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brieftools.charts.maps.shapes import Country, Points

KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km
LEAST = 1.6  # degrees: a map of one street corner says nothing
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A rectangle of the earth on a rectangle of the sheet.

    Attributes
    ----------
    west, south, east, north : float
        In degrees.
    left, lower, width, height : float
        In points.
    """

    west: float
    south: float
    east: float
    north: float
    left: float
    lower: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """Left, lower, right and upper edge in points."""
        return self.left, self.lower, self.left + self.width, self.lower + self.height

    @property
    def points_per_km(self) -> float:
        return self.height / (self.north - self.south) / KM_PER_DEGREE

    def place(self, points: Points) -> Points:
        """Return points of shape (n, 2) in degrees as points of the sheet."""
        import numpy as np

        scale = np.array([self.width / (self.east - self.west), self.height / (self.north - self.south)])
        shown: Points = (points - np.array([self.west, self.south])) * scale + np.array([self.left, self.lower])
        return shown

    def meets(self, boxes: Any) -> Any:
        """Say which boxes (west, south, east, north; shape (n, 4)) reach into the frame."""
        return (boxes[:, 0] < self.east) & (boxes[:, 2] > self.west) & (boxes[:, 1] < self.north) & (boxes[:, 3] > self.south)


def fit(spots: Iterable[tuple[float, float]], areas: Iterable[Country], room: Box, *, margin: float = 0.06) -> Frame:
    """Return the frame that holds all spots and areas, widened to the shape of the sheet's rectangle.

    Parameters
    ----------
    spots : iterable of (float, float)
        Longitude and latitude.
    areas : iterable of Country
        Their largest ring is shown whole; islands beyond the sea are not.
    room : tuple of float
        Left, lower, width and height in points.
    margin : float
        Share of the extent that is added on each side.
    """
    boxes = [(x, y, x, y) for x, y in spots] + [_mainland(area) for area in areas]
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    middle_x, middle_y = (west + east) / 2, max(-80.0, min(80.0, (south + north) / 2))
    shorten = math.cos(math.radians(middle_y))
    tall = max(north - south, LEAST) * (1 + 2 * margin)
    wide = max((east - west) * shorten, LEAST) * (1 + 2 * margin)
    ratio = room[2] / room[3]
    wide, tall = (wide, wide / ratio) if wide / tall > ratio else (tall * ratio, tall)
    wide /= shorten
    return Frame(middle_x - wide / 2, middle_y - tall / 2, middle_x + wide / 2, middle_y + tall / 2, *room)


def around(frame: Frame, room: Box, *, times: float = 5.0) -> Frame:
    """Return a frame with the same middle that shows some times as much, on another rectangle."""
    tall = min((frame.north - frame.south) * times, 150.0)
    shorten = frame.width / frame.height * (frame.north - frame.south) / (frame.east - frame.west)
    wide = tall * room[2] / room[3] / shorten
    x, y = (frame.west + frame.east) / 2, (frame.south + frame.north) / 2
    return replace(
        frame,
        west=x - wide / 2,
        east=x + wide / 2,
        south=y - tall / 2,
        north=y + tall / 2,
        left=room[0],
        lower=room[1],
        width=room[2],
        height=room[3],
    )


def _mainland(country: Country) -> Box:
    areas = (country.boxes[:, 2] - country.boxes[:, 0]) * (country.boxes[:, 3] - country.boxes[:, 1])
    west, south, east, north = country.boxes[int(areas.argmax())]
    return float(west), float(south), float(east), float(north)


def cut_ring(ring: Points, box: Box) -> Points:
    """Return the part of a polygon inside a box (Sutherland & Hodgman 1974); empty when there is none."""
    import numpy as np

    low, high = ring.min(axis=0), ring.max(axis=0)
    for axis, limit, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if len(ring) and (low[axis] < limit if sign > 0 else high[axis] > limit):
            ring = _cut(ring, axis, limit, sign)
    return ring if len(ring) > 2 else np.empty((0, 2))


def _cut(ring: Points, axis: int, limit: float, sign: int) -> Points:
    import numpy as np

    before = np.roll(ring, 1, axis=0)
    inside, came = sign * (ring[:, axis] - limit) >= 0, sign * (before[:, axis] - limit) >= 0
    step = ring[:, axis] - before[:, axis]
    share = np.divide(limit - before[:, axis], step, out=np.zeros(len(ring)), where=step != 0)
    crossing = before + (ring - before) * share[:, None]
    crossing[:, axis] = limit
    both = np.stack([crossing, ring], axis=1).reshape(-1, 2)
    cut: Points = both[np.stack([inside != came, inside], axis=1).reshape(-1)]
    return cut


def cut_line(line: Points, box: Box) -> Points:
    """Return the parts of a line inside a box (Liang & Barsky 1984), with a row of NaN after each segment that ends at its edge."""
    import numpy as np

    start, step = line[:-1], np.diff(line, axis=0)
    first, last = np.zeros(len(start)), np.ones(len(start))
    shown = np.ones(len(start), dtype=bool)
    for axis in (0, 1):
        for limit, sign in ((box[axis], 1), (box[axis + 2], -1)):
            room, way = sign * (start[:, axis] - limit), sign * step[:, axis]
            share = np.divide(-room, way, out=np.zeros(len(start)), where=way != 0)
            first = np.where(way > 0, np.maximum(first, share), first)
            last = np.where(way < 0, np.minimum(last, share), last)
            shown &= (way != 0) | (room >= 0)
    shown &= first < last
    out: list[Points] = []
    for n in np.flatnonzero(shown):
        a, b = start[n] + step[n] * first[n], start[n] + step[n] * last[n]
        if not out or np.any(np.abs(out[-1][-1] - a) > 1e-9):
            out.append(np.array([[np.nan, np.nan], a]))
        out.append(b[None, :])
    return np.concatenate(out) if out else np.empty((0, 2))


def thin(points: Points, least: float = 0.3) -> Points:
    """Drop points that lie within ``least`` points of the one kept before; both ends stay."""
    import numpy as np

    if len(points) < 3:
        return points
    cells = np.round(points / least)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = np.any(np.diff(cells, axis=0) != 0, axis=1)
    keep[-1] = True
    kept: Points = points[keep]
    return kept
