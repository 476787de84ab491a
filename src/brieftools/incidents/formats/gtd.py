"""GTD: the Global Terrorism Database as it is handed out, a workbook or CSV in Latin-1."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brieftools.incidents.formats import AND_COLUMN, Format, Rows

_KNOWS_TEXT = """
extended resolution country region_txt provstate city location summary vicinity specificity latitude longitude gname nkill nwound
attacktype1_txt weaptype1_txt targtype1_txt target1 scite1 scite2 scite3 dbsource
"""
_ID = re.compile(r"\d{12}(\.0*)?")
_MANGLED = re.compile(r"\d+([.,]\d+)?[eE]\+?\d+")
# -9 and -99 are the producer's words for unknown; a fraction is a share of the total of several linked incidents.
_UNKNOWN = r"-99?(\.0*)?|\d+[.,]\d*[1-9]\d*"
_SHARE = "regexp_full_match(trim(\"raw:{}\"), '\\d+[.,]\\d*[1-9]\\d*')"


def _is_gtd(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    place = column["eventid"]
    ids = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    mangled = sum(bool(_MANGLED.fullmatch(one)) for one in ids)
    good = sum(bool(_ID.fullmatch(one)) for one in ids)
    if not ids or (good + mangled) * 2 <= len(ids):
        return None
    return "its event ids have twelve digits" + (", some of them mangled by a spreadsheet" if mangled else "")


GTD = Format(
    name="gtd",
    title="Global Terrorism Database",
    family="gtd",
    needs=frozenset({"eventid", "iyear", "imonth", "iday", "country_txt"}),
    knows=frozenset(_KNOWS_TEXT.split()),
    mapping="gtd.sql",
    reads={
        "incident_id": "eventid",
        "date_start": AND_COLUMN.join(("iyear", "imonth", "iday")),
        "latitude": "latitude",
        "longitude": "longitude",
        "fatalities_best": "nkill",
        "wounded": "nwound",
    },
    unknown={"fatalities_best": _UNKNOWN, "wounded": _UNKNOWN},
    flags={
        "deaths are a fraction, a share of several incidents' total: left unknown": _SHARE.format("fatalities_best"),
        "wounded are a fraction, a share of several incidents' total: left unknown": _SHARE.format("wounded"),
        "lasted more than a day, its end is not known": "end_not_known",
    },
    why=_is_gtd,
    producer="START, University of Maryland",
    licence="GTD terms of use: rows may not be passed on, no commercial use",
    attribution="START (National Consortium for the Study of Terrorism and Responses to Terrorism), Global Terrorism Database",
    redistribute_rows=False,
    lag="irregular releases, years late; not a source for current weeks",
    caution=("The incidents of 1993 were lost by the producer; that year is no year of calm.",),
)
