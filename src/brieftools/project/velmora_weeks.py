"""The numbers behind Velmora's feed: how many incidents of which kind a week had, and the last week record by record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("battle", "remote attack", "against civilians", "riot", "protest")
FIRST_MONDAY = date(2025, 8, 25)  # of week 35; the 28th week is week 10 of 2026

# Incidents that the release taken on the Monday after the week has of it, in the order of KINDS.
COUNTS = (
    *((13, 6, 7, 4, 22), (18, 4, 9, 2, 28), (15, 7, 6, 5, 19), (11, 5, 8, 3, 25), (14, 8, 10, 6, 34)),  # weeks 35 to 39
    *((20, 6, 7, 4, 21), (16, 3, 8, 3, 17), (12, 7, 5, 5, 26), (15, 5, 9, 2, 30), (13, 6, 8, 4, 23)),  # 40 to 44
    *((16, 5, 5, 3, 18), (14, 4, 8, 5, 22), (12, 5, 10, 8, 44), (9, 3, 9, 9, 36), (7, 9, 11, 2, 24)),  # 45 to 49
    *((15, 7, 8, 4, 22), (12, 9, 10, 6, 33), (14, 6, 5, 5, 12), (13, 4, 6, 1, 17)),  # 50 to 52, week 1
    *((11, 3, 9, 3, 15), (13, 4, 6, 6, 31), (12, 7, 7, 2, 24), (26, 5, 9, 6, 21)),  # weeks 2 to 5
    *((17, 4, 5, 6, 18), (16, 8, 8, 3, 27), (9, 9, 7, 3, 30), (14, 6, 10, 4, 24)),  # 6 to 9
    (9, 19, 11, 4, 27),  # 10: the records below
)
LAST = len(COUNTS) - 1

SHARES = {
    "Upper Tessel": 27,
    "Northmarch": 16,
    "Capital District": 22,
    "Lower Tessel": 14,
    "West Ridge": 8,
    "Harrow Coast": 7,
    "Sund": 3,
    "Brackwater": 3,
}
PROTEST_SHARES = SHARES | {"Capital District": 50, "Harrow Coast": 12, "Sund": 6}


@dataclass(frozen=True)
class Told:
    """A record of the last week; `dead` are fatalities low, best, high as written."""

    day: date
    last: date | None
    precision: str
    kind: str
    province: str
    place: str
    geo: str
    monitor: str
    dead: tuple[str, str, str]
    notes: str


# day of March or two days or "week" | kind | province | place | precision of the place | monitor | low-best-high | notes
_LAST_WEEK = """
3|remote attack|Upper Tessel|Tessel Bridge|exact|A|2-3-5|Two vehicles reported destroyed.
4 5|remote attack|Upper Tessel|North road|exact|B|1-1-2|Shelling over two days.
6|remote attack|Upper Tessel|Oren|exact|A|0-0-0|Device found in the market and cleared; none hurt.
7|remote attack|Capital District|Ring road south|exact|B|0-0-0|First remote attack in the district since week 4; the claim is unconfirmed.
8|battle|Northmarch|Ostrel|exact|R|0-4-9|Battle reported by one side only.
week|battle|Lower Tessel|Osterly|adm2|R|--|Clash relayed at second hand; the day is not known.
2|remote attack|Upper Tessel|Halvik|exact|A|0-0-0
2|remote attack|Upper Tessel|Dorrin|exact|A|0-0-0
3|remote attack|Upper Tessel|North road|exact|A|0-0-0
4|remote attack|Upper Tessel|Tessel Bridge|exact|B|0-0-0
5|remote attack|Upper Tessel|Oren|exact|A|0-0-0
5|remote attack|Upper Tessel|North road|near|A|0-0-0
6|remote attack|Upper Tessel|Tessel Bridge|near|B|0-0-0
7|remote attack|Upper Tessel|Oren|near|A|0-0-0
7|remote attack|Upper Tessel|Dorrin|near|B|0-0-0
7|remote attack|Upper Tessel|Halvik|adm2|B|0-0-0
8|remote attack|Upper Tessel|Tessel Bridge|exact|A|0-0-0
8|remote attack|Upper Tessel|North road|exact|A|0-0-0
2|remote attack|Northmarch|Kelling|exact|A|0-0-0
5|remote attack|Northmarch|Ostrel|exact|B|0-0-0
8|remote attack|Northmarch|Varr Ford|near|B|0-0-0
2|battle|Upper Tessel|Halvik|exact|A|2-2-4
4|battle|Upper Tessel|Oren|exact|B|0-0-0
6|battle|Upper Tessel|Dorrin|near|A|0-0-0
3|battle|Northmarch|Marn|near|A|0-0-0
week|battle|Northmarch|Kelling|adm1|R|0-0-0
5|battle|Capital District|East Gate|exact|A|0-0-0
7|battle|Lower Tessel|Ferrin|exact|A|0-0-0
2|against civilians|Upper Tessel|Halvik|exact|A|1-1-2
4|against civilians|Upper Tessel|Tessel Bridge|near|B|0-0-0
6|against civilians|Upper Tessel|Oren|exact|A|0-0-0
8|against civilians|Upper Tessel|Dorrin|exact|A|0-0-0
3|against civilians|Northmarch|Marn|exact|B|0-0-0
6|against civilians|Northmarch|Varr Ford|adm2|A|0-0-0
4|against civilians|Capital District|Velm|exact|A|1-1-2
7|against civilians|Capital District|Velm|near|B|0-0-0
5|against civilians|Lower Tessel|Millbank|exact|A|0-0-0
week|against civilians|Lower Tessel|Ferrin|adm1|B|0-0-0
3|against civilians|West Ridge|Ridgefoot|exact|A|0-0-0
5|riot|Upper Tessel|Halvik|exact|A|0-0-0
4|riot|Capital District|Ministry Quarter|exact|A|0-0-0
8|riot|Capital District|East Gate|near|A|0-0-0
6|riot|West Ridge|Calder Pit|exact|B|0-0-0
"""
_PROTESTS = (("Capital District", 12), ("Lower Tessel", 5), ("Northmarch", 4), ("Upper Tessel", 3), ("West Ridge", 3))


def _told(line: str) -> Told:
    when, kind, province, place, geo, monitor, dead, *notes = line.split("|")
    low, best, high = dead.split("-")
    days = [date(2026, 3, int(day)) for day in ("2 8" if when == "week" else when).split()]
    precision = "week" if when == "week" else ("day", "days")[len(days) - 1]
    last = days[1] if len(days) == 2 else None
    return Told(days[0], last, precision, kind, province, place, geo, monitor, (low, best, high), "".join(notes))


def _protests() -> list[Told]:
    from brieftools.project.velmora_land import places

    made: list[Told] = []
    for province, number in _PROTESTS:
        for n in range(number):
            day = date(2026, 3, 2) + timedelta(days=(len(made) * 3) % 7)
            place = places(province)[n % len(places(province))]
            made.append(Told(day, None, "day", "protest", province, place, "exact", "AB"[n % 2], ("0", "0", "0"), ""))
    return made


LAST_WEEK = (*map(_told, _LAST_WEEK.strip().splitlines()), *_protests())
