"""ACLED: export files and what its API returns, old and new column sets, upper and lower case."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brieftools.incidents.formats import Format, Rows

_KNOWS_TEXT = """
data_id iso iso3 gwno year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2
inter2 interaction civilian_targeting region country admin1 admin2 admin3 location latitude longitude geo_precision source
source_scale notes fatalities tags timestamp
"""
# SYR12345; releases before 2019 also wrote 12345SYR.
_ID = re.compile(r"[A-Z]{3}\d+|\d+[A-Z]{3}")


def _is_acled(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    place = column["event_id_cnty"]
    ids = [row[place].strip() for row in rows if len(row) > place and row[place].strip()]
    if not ids or sum(bool(_ID.fullmatch(one)) for one in ids) * 2 <= len(ids):
        return None
    shape = "an older release, with data_id" if "data_id" in column else "a reduced set of columns" if "timestamp" not in column else ""
    return "its ids are a country's three letters and a number" + (f" ({shape})" if shape else "")


ACLED = Format(
    name="acled",
    title="ACLED",
    family="acled",
    needs=frozenset({"event_id_cnty", "event_date"}),
    knows=frozenset(_KNOWS_TEXT.split()),
    mapping="acled.sql",
    reads={
        "incident_id": "event_id_cnty",
        "date_start": "event_date",
        "latitude": "latitude",
        "longitude": "longitude",
        "fatalities_best": "fatalities",
    },
    why=_is_acled,
    producer="Armed Conflict Location & Event Data (ACLED)",
    licence="ACLED terms of use: event rows may not be passed on",
    attribution="Armed Conflict Location & Event Data (ACLED), acleddata.com",
    redistribute_rows=False,
    lag="weekly releases; events enter late, and earlier ones are edited, merged and withdrawn",
    caution=(
        "Strategic developments are events of this dataset too; leave them out of counts and trends of violence.",
        "Fatalities are one conservative estimate without low and high; 0 may mean that none were reported.",
    ),
)
