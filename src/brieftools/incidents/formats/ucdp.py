"""UCDP: the Georeferenced Event Dataset and the Candidate Events Dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from brieftools.incidents.formats import Format, Rows

_COLUMNS_TEXT = """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id dyad_new_id
dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office
source_date source_headline source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt
priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians
deaths_unknown best high low gwnoa gwnob
"""
_COLUMNS = tuple(_COLUMNS_TEXT.split())
_NEEDS_TEXT = """
id type_of_violence side_a side_b where_prec latitude longitude country country_id date_prec date_start date_end low best high
"""
_NEEDS = frozenset(_NEEDS_TEXT.split())


def _is_candidate(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    status = column.get("code_status")
    unchecked = status is not None and any(len(row) > status and row[status].strip() not in ("", "Clear") for row in rows)
    if unchecked:
        return "code_status marks events that still have to be checked"
    return "the file is named as a Candidate release" if re.search(r"v\d\d[_.]0[_.]\d", file) else None


def _is_ged(column: Mapping[str, int], rows: Rows, file: str) -> str | None:
    return "every event is marked clear" if "code_status" in column else "it has no code_status, as country files on HDX"


def _fits(column: Mapping[str, int], rows: Rows) -> bool:
    """Most records have a number for an id and a day where one belongs."""
    dated = [re.match(r"\d{4}-\d\d-\d\d", row[column["date_start"]]) and row[column["id"]].strip()[:1].isdigit() for row in rows]
    return sum(map(bool, dated)) * 2 > len(rows)


GED = Format(
    name="ucdp-ged",
    title="UCDP Georeferenced Event Dataset",
    family="ucdp",
    needs=_NEEDS,
    knows=frozenset(_COLUMNS) | {"event_clarity"},
    mapping="ucdp.sql",
    reads={
        "incident_id": "id",
        "date_start": "date_start",
        "date_end": "date_end",
        "latitude": "latitude",
        "longitude": "longitude",
        "fatalities_low": "low",
        "fatalities_best": "best",
        "fatalities_high": "high",
        "deaths_civilians": "deaths_civilians",
    },
    why=_is_ged,
    producer="Uppsala Conflict Data Program",
    licence="CC BY 4.0",
    attribution=(
        "UCDP GED (Sundberg, Ralph, and Erik Melander, 2013, Introducing the UCDP Georeferenced Event Dataset, "
        "Journal of Peace Research 50(4), "
        "523–532), CC BY 4.0"
    ),
    redistribute_rows=True,
    lag="one yearly release; earlier years are revised",
)

CANDIDATE = replace(
    GED,
    name="ucdp-candidate",
    title="UCDP Candidate Events Dataset",
    why=_is_candidate,
    attribution=(
        "UCDP Candidate Events Dataset (Hegre, Håvard, Mihai Croicu, Kristine Eck, and Stina Högbladh, 2020, "
        "Introducing the UCDP Candidate Events "
        "Dataset, Research & Politics 7(3)), CC BY 4.0"
    ),
    lag="monthly releases; events are revised and may be withdrawn",
    by_position=_COLUMNS,
    fits=_fits,
)
