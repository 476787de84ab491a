"""GDELT events 1.0 and 2.0: tab-separated, as published without a header; they count reports, not incidents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from brieftools.incidents.formats import Format, Rows

_ACTOR = """
Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code
"""
_MIDDLE = """
IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone
"""
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _columns(geo: tuple[str, ...]) -> tuple[str, ...]:
    actors = [f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR.split()]
    places = [f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in geo]
    first = ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate")
    return (*first, *actors, *_MIDDLE.split(), *places, "DATEADDED", "SOURCEURL")


_TWO = _columns(_GEO)
_ONE = _columns(tuple(part for part in _GEO if part != "ADM2Code"))
_NEEDS_TEXT = """
globaleventid sqldate monthyear year eventcode eventrootcode quadclass actiongeo_type actiongeo_countrycode actiongeo_lat
actiongeo_long dateadded
"""


def _agrees(column: Mapping[str, int], row: list[str] | tuple[str, ...], added: int) -> bool:
    """One record: an id, a day that month and year repeat, a code below its root, a class of 1 to 4, a date of entry."""

    def of(one: str) -> str:
        return row[column[one]].strip()

    day, code, root = of("sqldate"), of("eventcode"), of("eventrootcode")
    dated = bool(re.fullmatch(r"\d{8}", day)) and day[:6] == of("monthyear") and day[:4] == of("year")
    coded = bool(re.fullmatch(r"\d{2,4}", code)) and code.startswith(root) and of("quadclass") in ("1", "2", "3", "4")
    return of("globaleventid").isdigit() and dated and coded and bool(re.fullmatch(rf"\d{{{added}}}", of("dateadded")))


def _most(column: Mapping[str, int], rows: Rows, added: int) -> bool:
    width = max(column.values()) + 1
    whole = [list(row) for row in rows if len(row) == width]
    return bool(whole) and sum(_agrees(column, row, added) for row in whole) * 2 > len(whole)


def _fits_one(column: Mapping[str, int], rows: Rows) -> bool:
    return "actiongeo_adm2code" not in column and _most(column, rows, 8)


def _fits_two(column: Mapping[str, int], rows: Rows) -> bool:
    return "actiongeo_adm2code" in column and _most(column, rows, 14)


def _is_one(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    place = f"{len(column)} columns, none of them of second-level regions, and days of entry"
    return f"{place}; months and years agree with the days" if _fits_one(column, rows) else None


def _is_two(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    place = f"{len(column)} columns, second-level regions among them, and times of entry"
    return f"{place}; months and years agree with the days" if _fits_two(column, rows) else None


GDELT2 = Format(
    name="gdelt2",
    title="GDELT 2.0 Event Database (counts reports, not incidents)",
    family="gdelt",
    needs=frozenset({*_NEEDS_TEXT.split(), "actiongeo_adm2code"}),
    knows=frozenset(column.lower() for column in _TWO),
    mapping="gdelt.sql",
    reads={
        "incident_id": "GLOBALEVENTID",
        "date_start": "SQLDATE",
        "latitude": "ActionGeo_Lat",
        "longitude": "ActionGeo_Long",
    },
    flags={
        "dated before 1979, where GDELT begins": "date_start < DATE '1979-01-01'",
        "dated a week or more before it was added": "date_added - date_start >= 7",
        "dated after it was added": "date_start > date_added",
    },
    why=_is_two,
    producer="The GDELT Project",
    licence="free for any use with citation",
    attribution="The GDELT Project, gdeltproject.org",
    redistribute_rows=True,
    lag="a file every 15 minutes, some are missing; nothing is edited or withdrawn",
    caution=("Each row is a machine's reading of a report: rows count reports, not incidents, and one incident makes many of them.",),
    by_position=_TWO,
    fits=_fits_two,
)

GDELT1 = replace(
    GDELT2,
    name="gdelt1",
    title="GDELT 1.0 Event Database (counts reports, not incidents)",
    needs=frozenset(_NEEDS_TEXT.split()),
    why=_is_one,
    lag="a file each day; nothing is edited or withdrawn",
    by_position=_ONE,
    may_lack=1,
    fits=_fits_one,
)
