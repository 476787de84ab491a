"""Incidents by place, as a map needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from brieftools.charts.words import clean
from brieftools.errors import IncidentError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pandas import DataFrame

Class = Literal["exact", "near", "adm2"]
DRAWN: tuple[Class, ...] = ("exact", "near", "adm2")
CLASSES = ("exact", "near", "adm2", "adm1", "region", "country", "unknown")
NAMES = {
    "exact": "exact",
    "near": "near",
    "adm2": "district",
    "adm1": "province",
    "region": "region",
    "country": "country",
    "unknown": "unknown",
}
_UCDP = {1: "exact", 2: "near", 3: "adm2", 4: "adm1", 5: "region", 6: "country", 7: "region"}
_PLAIN = (" town", " city", " village")  # how UCDP calls a settlement


@dataclass(frozen=True)
class Spot:
    """Events of one precision at one pair of coordinates.

    Attributes
    ----------
    place : str
    longitude, latitude : float
        In degrees.
    kind : str
        exact, near or adm2 (a district's middle).
    count : int
    note : str
        Second line of its label; may be empty.
    abroad : bool
    """

    place: str
    longitude: float
    latitude: float
    kind: Class
    count: int
    note: str
    abroad: bool


@dataclass(frozen=True)
class Spots:
    """What is drawn, and what is not.

    Attributes
    ----------
    spots : tuple of Spot
    undrawn : dict of str to int
        Events by the class of those that have no point.
    """

    spots: tuple[Spot, ...]
    undrawn: dict[str, int]

    @property
    def plotted(self) -> int:
        return sum(spot.count for spot in self.spots)

    @property
    def total(self) -> int:
        return self.plotted + sum(self.undrawn.values())

    def of(self, kind: str) -> int:
        """Number of events of a class that are drawn."""
        return sum(spot.count for spot in self.spots if spot.kind == kind)


def read_spots(frame: DataFrame, *, count: str | None, label: str | None, names: Mapping[str, str]) -> Spots:
    """Add up the incidents of a table by place, coordinates and precision.

    Parameters
    ----------
    frame : DataFrame
        ``latitude``, ``longitude`` and ``geo_precision`` (or UCDP's ``where_prec``); ``place``, ``theatre`` where they are.
    count, label : str or None
        Columns: number of events of a row (1 when None); second line of labels.
    names : mapping
        Place as the data spell it to the name to print.

    Raises
    ------
    IncidentError
        A column is missing, or a value is none of the known ones.
    """
    if not len(frame):
        return Spots((), {})
    columns = [str(column) for column in frame.columns]
    precision = "where_prec" if "where_prec" in columns and "geo_precision" not in columns else "geo_precision"
    for needed in filter(None, ("latitude", "longitude", precision, count, label)):
        if needed not in columns:
            raise IncidentError(f"The incidents have no column {needed!r}; {nearest(needed, columns)}", do="Rename the column or add it.")
    found: dict[tuple[str, float, float, Class, str, bool], int] = {}
    undrawn: dict[str, int] = {}
    for row in _rows(frame, columns, ("latitude", "longitude", precision, count, label, "place", "theatre")):
        latitude, longitude, kind = _degrees(row[0], 90), _degrees(row[1], 180), _class(row[2])
        number = 1 if count is None else _whole(row[3])
        if latitude is None or longitude is None or kind not in DRAWN:
            reason = kind if kind not in DRAWN else "unknown"
            undrawn[reason] = undrawn.get(reason, 0) + number
            continue
        key = (_name(row[5], names), round(longitude, 4), round(latitude, 4), _drawn(kind), clean(row[4]), clean(row[6]) == "abroad")
        found[key] = found.get(key, 0) + number
    spots = [Spot(*key[:4], number, *key[4:]) for key, number in found.items() if number]
    spots.sort(key=lambda one: (-one.count, DRAWN.index(one.kind), one.place, one.longitude, one.latitude, one.note))
    return Spots(tuple(spots), {kind: undrawn[kind] for kind in CLASSES if undrawn.get(kind)})


def _rows(frame: DataFrame, columns: list[str], wanted: tuple[str | None, ...]) -> Any:
    values = [frame[column].tolist() if column in columns else [None] * len(frame) for column in wanted]
    return zip(*values, strict=True)


def _drawn(kind: str) -> Class:
    return next(one for one in DRAWN if one == kind)


def _name(value: Any, names: Mapping[str, str]) -> str:
    text = clean(value)
    if text in names:
        return names[text]
    return next((text.removesuffix(end) for end in _PLAIN if text.endswith(end)), text)


def _class(value: Any) -> str:
    text = clean(value).removesuffix(".0")
    if text.isdigit():
        text = _UCDP.get(int(text), text)
    if text and text not in CLASSES:
        raise IncidentError(
            f"geo_precision is {text!r}; {nearest(text, CLASSES)}", do=f"Use one of {', '.join(CLASSES)}, or UCDP's 1 to 7."
        )
    return text or "unknown"


def _degrees(value: Any, most: float) -> float | None:
    if value is None or value != value or value == "":
        return None
    number = float(value)
    if not -most <= number <= most:
        raise IncidentError(f"{value!r} is no place on the globe.", do="Write degrees: latitude -90 to 90, longitude -180 to 180.")
    return number


def _whole(value: Any) -> int:
    if value is None or value != value or float(value) < 0 or not float(value).is_integer():
        raise IncidentError(f"The number of events of a place is {value!r}, not a whole number of 0 or more.", do="Correct the table.")
    return int(float(value))
