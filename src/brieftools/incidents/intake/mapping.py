"""How an analyst's own table is read: ``FILE.yml`` beside the file, or a guess that a person confirms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from brieftools.errors import IncidentError, nearest
from brieftools.incidents.sidecar import Coverage, PeriodColumn
from brieftools.project.record import Record

if TYPE_CHECKING:
    pass

_TEXT_FIELDS = """
incident_id date_precision country country_name admin1 admin2 place geo_precision event_type sub_event_type actor1 actor2
actor1_source_id actor2_source_id clarity notes url
"""
TEXTS = _TEXT_FIELDS.split()
WHOLE = ["fatalities_low", "fatalities_best", "fatalities_high", "deaths_civilians", "wounded"]
REAL = ("latitude", "longitude")
DATES = ("date_start", "date_end")
CANONICAL = (*TEXTS, *WHOLE, *REAL, *DATES)
# What a mapping does not speak of is not known, in the type that it would have had.
TYPES = {
    **dict.fromkeys([*TEXTS, "country_source_code"], "VARCHAR"),
    **dict.fromkeys(WHOLE, "BIGINT"),
    **dict.fromkeys(REAL, "DOUBLE"),
    **dict.fromkeys(DATES, "DATE"),
    "civilians_targeted": "BOOLEAN",
    "sources": "VARCHAR[]",
}

_ALSO = {
    "incident_id": "id event_id eventid incident nr no number",
    "date_start": "date event_date incident_date date_of_incident start_date start day when datum fecha",
    "date_end": "end_date end until",
    "country": "iso3 iso country_code",
    "country_name": "country nation land",
    "admin1": "adm1 adm_1 province governorate state region",
    "admin2": "adm2 adm_2 district",
    "place": "location town city village site where location_name",
    "latitude": "lat y",
    "longitude": "lon long lng x",
    "event_type": "type category",
    "actor1": "actor perpetrator attacker side_a gname",
    "actor2": "target opponent side_b",
    "fatalities_best": "fatalities deaths killed dead nkill best number_killed total_killed",
    "wounded": "injured nwound number_wounded total_wounded",
    "notes": "note description summary remarks comment",
    "url": "link source_url",
}


class Mapping(Record):
    """Everything that a table does not say about itself; docs/incidents.md explains each key.

    Attributes
    ----------
    fields : dict of str to str
        Name of ours to column of the file; a column of our name needs no entry.
    dates : str or None
        Order of day and month where only numbers tell: ``dmy`` or ``mdy``.
    """

    title: str = ""
    kind: Literal["incidents", "series"] = "incidents"
    source: str = ""
    producer: str = ""
    coded_by: str = ""
    how: str = "not stated"
    coded_on: date | None = None
    accessed: date | None = None
    licence: str = "not stated"
    redistribute_rows: bool = False
    handling: str = "TLP:CLEAR"
    attribution: str = "not stated"
    period: PeriodColumn | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    coverage: Coverage | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    dates: Literal["dmy", "mdy"] | None = None


def guess(columns: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> dict[str, str]:
    """Guess which column holds what, by its name; failing that, the date by what stands in the first rows."""
    plain = {re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_"): column for column in reversed(columns)}
    found = {ours: plain[ours] for ours in CANONICAL if ours in plain}
    for ours, others in _ALSO.items():
        for other in others.split():
            if ours not in found and other in plain and plain[other] not in found.values():
                found[ours] = plain[other]
    if "date_start" not in found:
        dated = [column for place, column in enumerate(columns) if column not in found.values() and _looks_dated(place, rows)]
        found |= {"date_start": dated[0]} if len(dated) == 1 else {}
    return found


_DATED = re.compile(
    r"\d{4}-\d{2}-\d{2}.*|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4}"
)


def _looks_dated(place: int, rows: Sequence[Sequence[str]]) -> bool:
    values = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    return bool(values) and sum(bool(_DATED.fullmatch(value)) for value in values) > 0.8 * len(values)


def check_fields(fields: dict[str, str], columns: Sequence[str]) -> None:
    """Make sure that a mapping speaks of names and columns that exist.

    Raises
    ------
    IncidentError
        It does not, or no column tells the date.
    """
    for ours, theirs in fields.items():
        if ours not in CANONICAL:
            raise IncidentError(
                f"the mapping fills {ours!r}, which is no field of an incident; {nearest(ours, CANONICAL)}", do="correct `fields`"
            )
        if theirs not in columns:
            raise IncidentError(
                f"the mapping reads column {theirs!r}, which the file has not; {nearest(theirs, columns)}", do="correct `fields`"
            )
    if "date_start" not in fields:
        raise IncidentError(
            f"no column tells the date; there are {', '.join(map(repr, columns[:30]))}",
            do="name it in a mapping file, FILE.yml or --mapping: `fields: {date_start: COLUMN}`",
        )
