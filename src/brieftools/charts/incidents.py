"""Incidents as a chart needs them, read from a table."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from brieftools.charts.words import as_date, clean
from brieftools.errors import IncidentError, nearest

if TYPE_CHECKING:
    from pandas import DataFrame

PRECISIONS = ("day", "days", "week", "month", "year", "unknown")
THEATRES = ("home", "abroad")

Groups = Mapping[str, Collection[str] | str]


@dataclass(frozen=True)
class Incident:
    """One incident of a time line.

    Attributes
    ----------
    start, end : date or None
        First and last day that is possible, both included; None when undated.
    precision : str
        day, days, week, month, year or unknown.
    written : tuple of date or None
        First and last day of where the text puts it, when that is wrong.
    country, country_name, place, label, paragraph : str
        Empty when not known.
    theatre : str
        home, abroad or empty.
    """

    start: date | None
    end: date | None
    precision: str
    written: tuple[date, date] | None
    country: str
    country_name: str
    place: str
    label: str
    theatre: str
    paragraph: str

    @property
    def dated(self) -> bool:
        return self.start is not None

    @property
    def exact(self) -> bool:
        return self.dated and self.precision == "day"


def read_incidents(table: DataFrame, *, as_of: date, groups: Groups | None = None) -> tuple[list[Incident], int]:
    """Read a table of incidents, in order of date; what begins after the as-of date is left out.

    Parameters
    ----------
    table : DataFrame
        ``date_start``, ``date_precision`` and ``label`` (or ``event_type``) are needed; ``date_end``, ``written_start``,
        ``written_end``, ``country``, ``country_name``, ``place``, ``theatre`` and ``paragraph`` are used where they are.
    groups : mapping, optional
        As in brief.yml, ``{"home": [codes], "abroad": "rest"}``: the theatre of incidents that have none of their own.

    Returns
    -------
    list of Incident, int
        The incidents, undated ones last, and how many were left out.

    Raises
    ------
    IncidentError
        A column is missing, or a value is none of the known ones.
    """
    if not len(table):
        return [], 0
    columns = [str(column) for column in table.columns]
    for needed in ("date_start", "date_precision"):
        _need(needed, columns)
    if "event_type" not in columns:
        _need("label", columns)
    rows = [dict(zip(columns, row, strict=True)) for row in table.itertuples(index=False, name=None)]
    incidents = [_incident(row, groups or {}, place) for place, row in enumerate(rows, start=1)]
    known = [incident for incident in incidents if incident.start is None or incident.start <= as_of]
    known.sort(key=lambda i: (i.start or date.max, i.end or date.max, i.country_name, i.place, i.label))
    return known, len(incidents) - len(known)


def _need(column: str, columns: list[str]) -> None:
    if column not in columns:
        raise IncidentError(f"The incidents have no column {column!r}; {nearest(column, columns)}", do="Rename the column or add it.")


def _incident(row: dict[str, Any], groups: Groups, number: int) -> Incident:
    where = f"incident {clean(row.get('incident_id')) or number}"
    precision = _one_of(row.get("date_precision"), PRECISIONS, "date_precision", where) or "unknown"
    start = as_date(row.get("date_start"), name=f"date_start of {where}")
    end = as_date(row.get("date_end"), name=f"date_end of {where}")
    if precision == "unknown":
        start = None
    country = clean(row.get("country"))
    theatre = _one_of(row.get("theatre"), THEATRES, "theatre", where) or _theatre(country, groups)
    first, last = (None, None) if start is None else _possible(start, end, precision, where)
    return Incident(
        start=first,
        end=last,
        precision=precision if start else "unknown",
        written=_written(row, where),
        country=country,
        country_name=clean(row.get("country_name")) or country,
        place=clean(row.get("place")),
        label=clean(row.get("label")) or clean(row.get("event_type")),
        theatre=theatre,
        paragraph=clean(row.get("paragraph")).removesuffix(".0").removeprefix("¶").strip(),
    )


def _one_of(value: Any, known: tuple[str, ...], column: str, where: str) -> str:
    text = clean(value).lower()
    if text and text not in known:
        raise IncidentError(
            f"{column} is {text!r}; {nearest(text, known)}", where=where, do=f"Use one of {', '.join(known)}, or leave it empty."
        )
    return text


def _theatre(country: str, groups: Groups) -> str:
    listed = next((name for name in THEATRES if not isinstance(groups.get(name, ""), str) and country in groups[name]), "")
    rest = next((name for name in THEATRES if groups.get(name) == "rest"), "")
    return listed or (rest if country else "")


def _possible(start: date, end: date | None, precision: str, where: str) -> tuple[date, date]:
    """First and last day that the date, known that well, allows."""
    if end is not None and end < start:
        raise IncidentError(f"date_end {end} lies before date_start {start}", where=where, do="Correct one of the two.")
    if precision == "day":
        return start, start
    if end is not None and end > start:
        return start, end
    if precision == "month":
        return start.replace(day=1), start.replace(day=monthrange(start.year, start.month)[1])
    if precision == "year":
        return date(start.year, 1, 1), date(start.year, 12, 31)
    return start, start + timedelta(days=6 if precision == "week" else 0)


def _written(row: dict[str, Any], where: str) -> tuple[date, date] | None:
    start = as_date(row.get("written_start"), name=f"written_start of {where}")
    end = as_date(row.get("written_end"), name=f"written_end of {where}")
    first, last = start or end, end or start
    if first is None or last is None:
        return None
    return (first, last) if first <= last else (last, first)


def refuse_closed(table: DataFrame, redistribute: str, what: str) -> None:
    """Stop a chart that would show single rows of data which may not be passed on.

    Raises
    ------
    IncidentError
        The data, or the caller, says that they may not.
    """
    if redistribute == "withheld" or table.attrs.get("redistribute") == "withheld":
        named = table.attrs.get("dataset")
        whose = f"the rows of {named!r}" if named else "these rows"
        raise IncidentError(
            f"{what} shows single incidents, and {whose} may not be passed on",
            do='show sums instead: counts() of brief.incidents(name, by=("month",))',
        )
