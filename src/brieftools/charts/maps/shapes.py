"""Country shapes, and which lines are coast, border or disputed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    Points = NDArray[float64]  # shape (n, 2): degrees east, degrees north

FILE = "countries-50m.json.gz"
# Natural Earth's shapes whose outline is contested by somebody, and the pairs whose common line is.
_CONTESTED = frozenset({"XKX", "XNC", "XSL", "XSG", "ESH", "PSE"})
_CONTESTED_PAIRS = frozenset({frozenset({"ISR", "SYR"})})

Kind = Literal["coast", "border", "disputed"]


@dataclass(frozen=True, eq=False)
class Country:
    """One country's land.

    Attributes
    ----------
    name, iso3 : str
    rings : tuple of array
        Outer and inner rings, each of shape (n, 2).
    boxes : array
        West, south, east, north of each ring, shape (rings, 4).
    """

    name: str
    iso3: str
    rings: tuple[Points, ...]
    boxes: Any


@dataclass(frozen=True, eq=False)
class Line:
    """A stretch of coast or border."""

    kind: Kind
    points: Points
    box: tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class World:
    """All countries, all lines."""

    countries: tuple[Country, ...]
    lines: tuple[Line, ...]

    def named(self, key: str) -> Country | None:
        """Return the country of an alpha-3 code or a name."""
        return next((one for one in self.countries if key in (one.iso3, one.name)), None)


@lru_cache(maxsize=1)
def world() -> World:
    """Return the shapes; read once."""
    import numpy as np

    data = json.loads(gzip.decompress(resources.files(__package__).joinpath(FILE).read_bytes()))
    scale, shift = np.array(data["scale"]), np.array(data["translate"])
    arcs = [np.cumsum(np.array(arc, dtype=np.int64).reshape(-1, 2), axis=0) * scale + shift for arc in data["arcs"]]
    owners: dict[int, list[str]] = {}
    countries = []
    for one in data["countries"]:
        rings = [ring for polygon in one["polygons"] for ring in polygon]
        for number in {arc if arc >= 0 else ~arc for ring in rings for arc in ring}:
            owners.setdefault(number, []).append(one["iso3"])
        countries.append(_country(one["name"], one["iso3"], [_ring(ring, arcs) for ring in rings]))
    lines = tuple(Line(_kind(owners[number]), arcs[number], _box(arcs[number])) for number in sorted(owners))
    return World(tuple(countries), lines)


def outlined(name: str, ring: Sequence[tuple[float, float]]) -> Country:
    """Return an area of the author's own, given as longitude and latitude along its border."""
    import numpy as np

    return _country(name, "", [np.array(ring, dtype=float)])


def _ring(numbers: list[int], arcs: list[Points]) -> Points:
    import numpy as np

    parts = [arcs[n] if n >= 0 else arcs[~n][::-1] for n in numbers]
    return np.concatenate([part[:-1] for part in parts])


def _country(name: str, iso3: str, rings: list[Points]) -> Country:
    import numpy as np

    return Country(name, iso3, tuple(rings), np.array([_box(ring) for ring in rings]))


def _box(points: Points) -> tuple[float, float, float, float]:
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _kind(owners: list[str]) -> Kind:
    if len(owners) == 1:
        return "coast"
    return "disputed" if _CONTESTED & set(owners) or frozenset(owners) in _CONTESTED_PAIRS else "border"
