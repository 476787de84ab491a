"""A synthetic feed to try the weekly cycle with: 28 weeks of an invented country, as releases that revise one another."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

from brieftools.project.velmora_rows import Incident, incidents
from brieftools.project.velmora_weeks import COUNTS, FIRST_MONDAY

NAME = "velmora"
COLUMNS = (
    *("event_id", "event_date", "end_date", "date_precision", "country", "country_name", "province", "place"),
    *("latitude", "longitude", "geo_precision", "event_type", "actor1", "actor2"),
    *("fatalities_low", "fatalities", "fatalities_high", "source", "grade", "notes"),
)
MISSING = date(2025, 12, 22)  # nobody took a release that day; its rows come a week later
RENAMED = date(2026, 1, 12)  # this release calls event_type `type` and has a column more
_MAPPING = """\
# Velmora is invented. Every record in this feed was made by a program.
title: Incidents in Velmora (SYNTHETIC)
source: SYNTHETIC feed of an invented country, made to try weekly editions with
producer: brieftools (SYNTHETIC)
how: SYNTHETIC. Made by a program with a fixed seed; the last week is set by hand.
licence: CC0-1.0
redistribute_rows: true
attribution: "SYNTHETIC data, invented country; no rights reserved (CC0)"
# A release is complete up to the day before it was taken.
days_behind: 1
fields:
  incident_id: event_id
  date_start: event_date
  date_end: end_date
  admin1: province
  event_type: {kind}
  fatalities_best: fatalities
columns:
  source: which monitor reported it; all are invented
  grade: reliability of the source (A to F) and credibility of the record (1 to 6)
"""
# Records that no import can take: release that first has it, release that has it no more (or mended), event, what is wrong.
_DAMAGED = (
    (date(2025, 10, 13), date(2025, 11, 10), date(2025, 10, 8), {"latitude": "91.2000"}),
    (date(2025, 12, 1), date(2025, 12, 15), date(2025, 11, 27), {"fatalities": "about ten"}),
    (date(2026, 2, 23), date.max, date(2026, 2, 16), {"event_date": "2026-02-30", "end_date": ""}),
)


def write_feed(folder: Path) -> list[Path]:
    """Write the releases and the mapping files that say how they are read.

    Each release is complete: it has every week since the first, as it was known on the day in its name. The same bytes come on
    every machine and with every version of Python.

    Parameters
    ----------
    folder : Path
        Made where it is not there; files of the same names are replaced.

    Returns
    -------
    list of Path
        ``velmora-2025-09-01.csv`` and so on, oldest first. Beside them stand ``velmora.yml``, the mapping of the feed, and
        ``velmora-2026-01-12.yml``, that of the one release with other columns.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.yml").write_text(_MAPPING.format(kind="event_type"), encoding="utf-8", newline="\n")
    (folder / f"{NAME}-{RENAMED}.yml").write_text(_MAPPING.format(kind="type"), encoding="utf-8", newline="\n")
    known = incidents()
    written = []
    for number in range(len(COUNTS)):
        taken = FIRST_MONDAY + timedelta(weeks=number + 1)
        if taken != MISSING:
            written.append(folder / f"{NAME}-{taken}.csv")
            _write(written[-1], taken, [*_seen(known, number), *_damaged(known, taken)])
    return written


def _seen(known: list[Incident], number: int) -> list[dict[str, str]]:
    return [cells for one in known if (cells := one.seen(number)) is not None]


def _damaged(known: list[Incident], taken: date) -> list[dict[str, str]]:
    found = []
    for number, (first, mended, day, wrong) in enumerate(_DAMAGED, start=1):
        if taken >= first and (taken < mended or mended < date.max):
            like = next(one.cells for one in known if one.cells["geo_precision"] == "exact" and one.cells["event_type"] == "battle")
            sound = {"event_id": f"VEL-9000{number}", "event_date": day.isoformat(), "end_date": "", "date_precision": "day"}
            found.append(like | sound | (wrong if taken < mended else {}))
    return found


def _write(path: Path, taken: date, rows: list[dict[str, str]]) -> None:
    columns = [*COLUMNS]
    if taken == RENAMED:
        columns[columns.index("event_type")] = "type"
        columns.append("monitor")
        rows = [row | {"type": row["event_type"]} for row in rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
