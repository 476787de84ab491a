"""How an analyst's own table is read: ``FILE.yml`` beside the file, or a guess that a person confirms."""

from __future__ import annotations

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

_ALSO = {
    "incident_id": "id event_id eventid incident nr no number",
    "date_start": "date event_date start_date start day datum",
    "date_end": "end_date end",
    "country": "iso3 iso country_code",
    "country_name": "country nation land",
    "admin1": "adm1 adm_1 province governorate state region",
    "admin2": "adm2 adm_2 district",
    "place": "location town city village site",
    "latitude": "lat y",
    "longitude": "lon long lng x",
    "event_type": "type category",
    "actor1": "actor perpetrator attacker side_a gname",
    "actor2": "target opponent side_b",
    "fatalities_best": "fatalities deaths killed dead nkill best",
    "wounded": "injured nwound",
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


def guess(columns: Sequence[str]) -> dict[str, str]:
    """Guess which column holds what, by its name only."""
    plain = {column.strip().lower().replace(" ", "_"): column for column in reversed(columns)}
    found = {ours: plain[ours] for ours in CANONICAL if ours in plain}
    for ours, others in _ALSO.items():
        for other in others.split():
            if ours not in found and other in plain and plain[other] not in found.values():
                found[ours] = plain[other]
    return found


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
        raise IncidentError("no column tells the date", do="name it in a mapping file: `fields: {date_start: COLUMN}`")
