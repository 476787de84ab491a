"""What happened in Velmora, an invented country, and when the table's keepers heard of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from brieftools.project.velmora_land import places, position
from brieftools.project.velmora_weeks import (
    COUNTS,
    FIRST_MONDAY,
    KINDS,
    LAST,
    LAST_WEEK,
    PROTEST_SHARES,
    SHARES,
    Told,
)

SEED = 20260309
_ACTORS = {
    "battle": ("Velmora Army", "Tessel Front"),
    "remote attack": ("Tessel Front", "Velmora Army"),
    "against civilians": ("unidentified armed group", "civilians"),
    "riot": ("rioters", ""),
    "protest": ("protesters", ""),
}
_WORDS = {kind: kind.capitalize() for kind in KINDS} | {"against civilians": "Violence against civilians"}
_MOST_DEAD = {"battle": 7, "remote attack": 5, "against civilians": 4, "riot": 2, "protest": 0}
_SOURCES = {"A": ("Monitor A, daily log", "B2"), "B": ("Monitor B, weekly digest", "C3"), "R": ("Provincial radio", "D3")}
_DELAYS = (1, 2, 1, 3, 1, 5, 2, 8)  # weeks that a late record is late, in turn
_REMOTE_SPARES_CAPITAL_FROM = 22  # week 5: none there again until week 10
_SUND_SILENT_FROM = 23  # week 6: two of three monitors have left


@dataclass
class Incident:
    """One record: its cells, the release that first has it, the one that no longer has it, and what was changed in which."""

    cells: dict[str, str]
    since: int
    until: int | None = None
    edits: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def seen(self, release: int) -> dict[str, str] | None:
        """Return the cells as a release has them; None where it lacks the record."""
        if release < self.since or (self.until is not None and release >= self.until):
            return None
        cells = dict(self.cells)
        for when, changed in self.edits:
            cells |= changed if when <= release else {}
        return cells


class Dice:
    """Chance from `random.Random.random` alone: of its methods, the one whose numbers are promised to stay the same."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, number: int) -> int:
        """Return a whole number from 0 to `number` - 1."""
        return int(self._random.random() * number)

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`."""
        return low + (high - low) * self._random.random()

    def pick(self, shares: dict[str, int]) -> str:
        """Return one of the keys, each as often as its share says."""
        left = self.below(sum(shares.values()))
        for key, share in shares.items():
            if (left := left - share) < 0:
                return key
        raise AssertionError


def incidents() -> list[Incident]:
    """Return every record that any release has, in the order in which the keepers entered them."""
    dice = Dice(SEED)
    found = [_told(dice, told) for told in LAST_WEEK]
    for week, numbers in enumerate(COUNTS[:LAST]):
        first = [_incident(dice, week, kind, since=week, nth=n) for kind, number in zip(KINDS, numbers, strict=True) for n in range(number)]
        _edit(dice, first)
        _withdraw(dice, week, first)
        found += first + _late(dice, week, sum(numbers))
    found.sort(key=lambda one: (one.since, one.cells["event_date"], one.cells["event_id"]))
    for number, one in enumerate(found, start=1):
        one.cells["event_id"] = f"VEL-{number:05d}"
    return found


def _late(dice: Dice, week: int, seen: int) -> list[Incident]:
    """Six or seven in a hundred come late; of the last week but one, three battles in the last release and nothing else."""
    if week == LAST - 1:
        return [_incident(dice, week, "battle", since=LAST, nth=n, monitor="B") for n in range(3)]
    shares = {"battle": 30, "remote attack": 12, "against civilians": 18, "protest": 40}
    made = []
    for n in range((seen * 75 + 500 * (week % 2)) // 1000):
        since = week + _DELAYS[(n + 3 * week) % len(_DELAYS)]
        one = _incident(dice, week, dice.pick(shares), since=LAST - 1 if since == LAST else since, nth=n + 1, monitor="B")
        made += [one] if since <= LAST else []
    return made


def _withdraw(dice: Dice, week: int, first: Sequence[Incident]) -> None:
    if week == LAST - 2:  # a riot that had been entered twice
        next(one for one in first if one.cells["event_type"] == "riot").until = LAST
    elif week % 2 == 0 and week < LAST - 2:
        one = first[dice.below(len(first) - 1) + 1]
        one.until = min(week + 2 + dice.below(3), LAST - 1)


def _edit(dice: Dice, first: Sequence[Incident]) -> None:
    for one in first:
        when = one.since + 1 + dice.below(4)
        if dice.below(100) < 2:
            province = one.cells["province"]
            place = places(province)[dice.below(len(places(province)))]
            one.edits.append((when, {"place": place, **_located(dice, province, place, one.cells["geo_precision"])}))
        if one.cells["fatalities"] and one.cells["event_type"] != "protest" and dice.below(100) < 8:
            best = int(one.cells["fatalities"]) + 1 + dice.below(2)
            one.edits.append((when, {"fatalities": str(best), "fatalities_high": str(max(best, int(one.cells["fatalities_high"])))}))
    if first[0].since == LAST - 1:  # entered in the wrong province, put right a week later
        moved = next(one for one in first if one.cells["event_type"] == "remote attack")
        right = {"province": "Upper Tessel", **_located(dice, "Upper Tessel", "Tessel Bridge", "exact")}
        moved.cells |= {"province": "Sund", "place": "Tessel Bridge", "geo_precision": "exact", **_located(dice, "Sund", "Grell", "exact")}
        moved.edits[:] = [(LAST, right)]


def _incident(dice: Dice, week: int, kind: str, *, since: int, nth: int, monitor: str | None = None) -> Incident:
    day, last, precision = _dated(dice, week)
    province = _province(dice, week, kind, nth)
    place = places(province)[dice.below(len(places(province)))]
    geo = dice.pick({"exact": 62, "near": 22, "adm2": 10, "adm1": 6})
    cells = _cells(day, last, precision, province, place, geo, kind, monitor or dice.pick({"A": 55, "B": 35, "R": 10}))
    cells |= _located(dice, province, place, geo) | _dead(dice, kind)
    cells["event_id"] = f"{nth:03d}"
    return Incident(cells, since)


def _told(dice: Dice, told: Told) -> Incident:
    """A record of the last week, whose counts, places and fatalities are set."""
    cells = _cells(told.day, told.last, told.precision, told.province, told.place, told.geo, told.kind, told.monitor)
    cells |= _located(dice, told.province, told.place, told.geo)
    cells |= dict(zip(("fatalities_low", "fatalities", "fatalities_high"), told.dead, strict=True))
    cells |= {"notes": f"SYNTHETIC. {told.notes}"} if told.notes else {}
    return Incident(cells, LAST)


def _cells(day: date, last: date | None, precision: str, province: str, place: str, geo: str, kind: str, monitor: str) -> dict[str, str]:
    source, grade = _SOURCES[monitor]
    actor1, actor2 = _ACTORS[kind]
    return {
        "event_id": "",
        "event_date": day.isoformat(),
        "end_date": last.isoformat() if last else "",
        "date_precision": precision,
        "country": "XVL",
        "country_name": "Velmora (invented)",
        "province": province,
        "place": "" if geo == "adm1" else place,
        "geo_precision": geo,
        "event_type": kind,
        "actor1": actor1,
        "actor2": actor2,
        "source": f"SYNTHETIC: {source}",
        "grade": grade,
        "notes": f"SYNTHETIC. {_WORDS[kind]} {'in' if geo == 'adm1' else 'near' if geo == 'near' else 'at'} "
        f"{province if geo == 'adm1' else place}.",
        "monitor": monitor,
    }


def _dated(dice: Dice, week: int) -> tuple[date, date | None, str]:
    monday = FIRST_MONDAY + timedelta(weeks=week)
    precision = dice.pick({"day": 92, "days": 4, "week": 4})
    if precision == "week":
        return monday, monday + timedelta(days=6), precision
    day = monday + timedelta(days=dice.below(6 if precision == "days" else 7))
    return day, day + timedelta(days=1) if precision == "days" else None, precision


def _province(dice: Dice, week: int, kind: str, nth: int) -> str:
    if kind == "remote attack" and week == _REMOTE_SPARES_CAPITAL_FROM - 1 and nth == 0:
        return "Capital District"
    shares = dict(PROTEST_SHARES if kind == "protest" else SHARES)
    if week >= _SUND_SILENT_FROM:
        shares["Sund"] = 0
    if kind == "remote attack" and week >= _REMOTE_SPARES_CAPITAL_FROM:
        shares["Capital District"] = 0
    return dice.pick(shares)


def _located(dice: Dice, province: str, place: str, geo: str) -> dict[str, str]:
    if geo == "adm1":
        return {"longitude": "", "latitude": ""}
    reach = {"exact": 6.0, "near": 11.0, "adm2": 0.0}[geo]
    where = places(province)[0] if geo == "adm2" else place
    east, north = position(province, where, east=dice.between(-reach, reach), south=dice.between(-reach, reach))
    return {"longitude": f"{east:.4f}", "latitude": f"{north:.4f}"}


def _dead(dice: Dice, kind: str) -> dict[str, str]:
    """Few have many; one record in twenty tells no number."""
    names = ("fatalities_low", "fatalities", "fatalities_high")
    most = _MOST_DEAD[kind]
    if most and dice.below(20) == 0:
        return dict.fromkeys(names, "")
    best = min(dice.below(most + 1), dice.below(most + 1))
    low, high = max(0, best - dice.below(3)), best + (dice.below(4) if best else dice.below(2) * (most > 0))
    return dict(zip(names, map(str, (low, best, high)), strict=True))
