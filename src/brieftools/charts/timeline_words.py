"""The words of a time line, computed from the incidents that it draws."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from brieftools.charts.grouping import Group
from brieftools.charts.incidents import Incident
from brieftools.charts.words import NO_BREAK, month_short, opening, sentences, short_date, title, words
from brieftools.house.wording import counted, listing, long_date, month_year

if TYPE_CHECKING:
    from pandas import DataFrame

NO_INCIDENTS = "No incidents on record in this period"
MOST_ROWS = 1000  # of the data table; a notebook with more is slow to open
MOST_CORRECTED = 8  # told one by one in the text alternative
_EN_SPACE = "\N{EN SPACE}"


def date_text(incident: Incident, *, year: bool = False) -> str:
    """Return the date as precisely as it is known: ``14 Jul``, ``3–5 Mar``, ``Nov``, ``2016``; empty when undated."""
    start, end = incident.start, incident.end
    if start is None or end is None:
        return ""
    if incident.precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{month_short(start.month)} {start.year}" if year else month_short(start.month)
    if incident.precision == "year" and (start.day, start.month, end.day, end.month) == (1, 1, 31, 12):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start == end:
        return short_date(start, year=year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_date(end, year=year)}"
    return f"{short_date(start, year=year)} – {short_date(end, year=year)}"


def label_text(incident: Incident, *, detail: int, year: bool = False, country: bool = False, lane: str = "") -> str:
    """Return an incident's label.

    Parameters
    ----------
    detail : int
        3: date, place, what and paragraph; 2: without paragraph; 1: date and place alone; 0: empty.
    country : bool
        Name the country: its lane has several.
    lane : str
        Name of the lane, which a label does not repeat.
    """
    if detail == 0:
        return ""
    when = date_text(incident, year=year)
    what = incident.label
    place = "" if incident.place == lane else incident.place
    nation = incident.country_name if country else ""
    if detail == 1:
        where = ", ".join(filter(None, (place, nation)))
        return _EN_SPACE.join(filter(None, (when, where or _short(what) or incident.country_name)))
    where = ", ".join(part for part in (place, nation) if part and not _mentions(what, part))
    text = ": ".join(filter(None, (where, what)))
    text = text or incident.country_name or "no description"
    if detail == 3 and incident.paragraph:
        text += f",{NO_BREAK}¶{incident.paragraph}"
    return _EN_SPACE.join(filter(None, (when, text)))


def _mentions(text: str, place: str) -> bool:
    """Say whether a label names the place already, by any of its longer words."""
    names = {word for word in re.findall(r"\w+", place.casefold()) if len(word) > 3} or {place.casefold()}
    return place.casefold() in text.casefold() or bool(names & set(re.findall(r"\w+", text.casefold())))


def _short(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def note_text(incident: Incident) -> str:
    """Return what stands beside the place in time that the text gives an incident."""
    return f"where the wording of ¶{incident.paragraph} puts it" if incident.paragraph else "where the text puts it"


def title_of(incidents: list[Incident]) -> str:
    """Return the finding: how many of the incidents abroad (of all, when none is abroad) have a day."""
    abroad = [incident for incident in incidents if incident.theatre == "abroad"]
    counted_ones = abroad or incidents
    place = " abroad" if abroad else ""
    if not counted_ones:
        return NO_INCIDENTS
    known, total = sum(incident.exact for incident in counted_ones), len(counted_ones)
    known_word, total_word = words(known, total)
    if total == 1:
        return title(f"The one incident{place} is {'' if known else 'not '}dated to the day")
    if known == total:
        return title(f"{'Both' if total == 2 else f'All {total_word}'} incidents{place} are dated to the day")
    if known == 0:
        return title(f"None of {total_word} incidents{place} is dated to the day")
    return title(f"{known_word} of {total_word} incidents{place} {'is' if known == 1 else 'are'} dated to the day")


def period_of(incidents: list[Incident], as_of: date) -> str:
    """Return the period from the first incident, or its place in the text, to the as-of date."""
    starts = [incident.start for incident in incidents if incident.start] + [i.written[0] for i in incidents if i.written]
    if not starts:
        return f"as of {long_date(as_of)}"
    first = min(min(starts), as_of)
    if (first.year, first.month) == (as_of.year, as_of.month):
        return month_year(as_of)
    return f"{month_year(first)} – {month_year(as_of)}"


def key_text(incidents: list[Incident], *, details: set[int], merged: bool, corrected: bool, later: int) -> str:
    """Return the key to the marks that are there, and what is left out."""
    dated = [incident for incident in incidents if incident.dated]
    theatres = {incident.theatre for incident in dated}
    shapes = {"home": "Circle, solid bar: at home", "abroad": "diamond, outlined bar: abroad", "": "triangle: not stated"}
    key = "; ".join(text for theatre, text in shapes.items() if theatre in theatres) if len(theatres) > 1 else ""
    bars = "A bar covers every day that is possible" if any(not incident.exact for incident in dated) else ""
    dashed = "Dashed: where the text puts it; the arrow leads to the corrected date" if corrected else ""
    short = "shortened" if 1 in details else ""
    lacking = (
        f"Labels are {' or '.join(filter(None, (short, 'left out' if 0 in details else '')))} for want of room; the data table has them"
    )
    numbers = "A number counts incidents that lie on top of each other" if merged else ""
    after = f"{counted(later, 'incident')} after the as-of date {'is' if later == 1 else 'are'} left out" if later else ""
    return sentences(opening(key), bars, dashed, lacking if details & {0, 1} else "", numbers, after)


def alt_text(incidents: list[Incident], groups: list[Group], as_of: date) -> str:
    """Say what is to be seen: the lanes, how many marks of which kind, from when to when, what is corrected."""
    if not incidents:
        return f"An empty time line: no incidents are on record up to {long_date(as_of)}."
    parts = [f"Time line of {counted(len(incidents), 'incident')} in {counted(len(groups), 'lane')} up to {long_date(as_of)}"]
    names = {"home": "At home", "abroad": "Abroad", "": "Theatre not stated"}
    for theatre, name in names.items():
        own = [group for group in groups if group.theatre == theatre]
        if own:
            lanes = listing([f"{group.label} {len(group.incidents)}" for group in own])
            parts.append(f"{name}: {lanes}; {_precisions([i for group in own for i in group.incidents])}")
    dated = [incident for incident in incidents if incident.dated]
    if dated:
        parts.append(f"The first is {_one(dated[0])}, the last {_one(dated[-1])}" if len(dated) > 1 else f"It is {_one(dated[0])}")
    corrected = [i for i in dated if i.written]
    parts += [f"The text puts {_what(i)} {_written(i.written)}; it was {_when(i)}" for i in corrected[:MOST_CORRECTED]]
    more = len(corrected) - MOST_CORRECTED
    return sentences(*parts, f"{more:,} more are corrected" if more > 0 else "")


def _precisions(incidents: list[Incident]) -> str:
    kinds = {
        "day": "to the day",
        "days": "to some days",
        "week": "to a week",
        "month": "to a month",
        "year": "to a year",
        "unknown": "undated",
    }
    counts = {text: sum(incident.precision == kind for incident in incidents) for kind, text in kinds.items()}
    return listing([f"{n} {'known ' if text.startswith('to') else ''}{text}" for text, n in counts.items() if n])


def _what(incident: Incident) -> str:
    return label_text(replace(incident, start=None), detail=2)


def _when(incident: Incident) -> str:
    return f"{'on ' if incident.exact else ''}{date_text(incident, year=True)}"


def _one(incident: Incident) -> str:
    return f"{_what(incident)} ({date_text(incident, year=True)})"


def _written(written: tuple[date, date] | None) -> str:
    if written is None:
        return ""
    start, end = written
    if start == end:
        return f"on {short_date(start, year=True)}"
    if start.day == 1 and (end + timedelta(days=1)).day == 1:
        return (
            f"in {month_year(start)}"
            if (start.year, start.month) == (end.year, end.month)
            else f"in {month_year(start)} to {month_year(end)}"
        )
    return f"between {short_date(start, year=True)} and {short_date(end, year=True)}"


def table_of(incidents: list[Incident], groups: list[Group]) -> DataFrame:
    """Return the incidents as they are drawn: lane, dates, precision, place and words; beyond a thousand their number by month."""
    from pandas import DataFrame

    if len(incidents) > MOST_ROWS:
        return _by_month(groups)
    lane = {id(incident): group.label for group in groups for incident in group.incidents}
    rows = [
        (
            i.start.isoformat() if i.start else "",
            i.end.isoformat() if i.end else "",
            i.precision,
            i.theatre,
            lane[id(i)],
            i.country_name,
            i.place,
            i.label,
            "/".join(day.isoformat() for day in i.written) if i.written else "",
            f"¶{i.paragraph}" if i.paragraph else "",
        )
        for i in incidents
    ]
    columns = ["from", "to", "known to the", "theatre", "lane", "country", "place", "incident", "as the text puts it", "paragraph"]
    return DataFrame(rows, columns=columns, dtype=str)


def _by_month(groups: list[Group]) -> DataFrame:
    from pandas import DataFrame

    counts: dict[tuple[str, str], int] = {}
    for one in groups:
        for incident in one.incidents:
            month = incident.start.isoformat()[:7] if incident.start else "undated"
            counts[one.label, month] = counts.get((one.label, month), 0) + 1
    rows = [(lane, month, str(number)) for (lane, month), number in counts.items()]
    return DataFrame(rows, columns=["lane", "month", "incidents"], dtype=str)
