"""Step 5, checks: what makes a record unusable sets it aside, what is merely odd is flagged."""

from __future__ import annotations

from collections.abc import Mapping

from brieftools.incidents.engine import name, text
from brieftools.incidents.sidecar import PeriodColumn

NUMBERS = ("fatalities_low", "fatalities_best", "fatalities_high", "deaths_civilians", "wounded")
PRECISIONS = ("day", "days", "week", "month", "year", "unknown")


def problems_sql(reads: Mapping[str, str], unknown: Mapping[str, str]) -> str:
    """SQL for the list of ``{reason, column, value}`` that make a record of `mapped` unusable.

    Parameters
    ----------
    reads : mapping
        Canonical column to the source column that it is read from; those have the prefix ``raw:`` in `mapped`.
    unknown : mapping
        Canonical column to a pattern of values that say "unknown": those are no problem.
    """
    found = []

    def unless(condition: str, reason: str, ours: str) -> None:
        raw = name(f"raw:{ours}") if ours in reads else "NULL"
        found.append(
            f"CASE WHEN {condition} THEN {{'reason': {text(reason)}, 'column': {text(reads.get(ours, ours))}, 'value': {raw}}} END"
        )

    def unread(ours: str) -> str:
        raw = f"clean({name(f'raw:{ours}')})"
        said = f" AND NOT regexp_full_match({raw}, {text(unknown[ours])})" if ours in unknown else ""
        return f"{ours} IS NULL AND {raw} IS NOT NULL{said}"

    if "incident_id" in reads:
        unless(unread("incident_id"), "id mangled by a spreadsheet", "incident_id")
        unless(f"clean({name('raw:incident_id')}) IS NULL", "no id", "incident_id")
    unless(f"clean({name('raw:date_start')}) IS NULL AND date_precision IS DISTINCT FROM 'unknown'", "no date", "date_start")
    for day in ("date_start", "date_end"):
        if day in reads:
            unless(unread(day), "no such date, or a notation that is not known", day)
    unless("date_end < date_start", "ends before it starts", "date_end")
    unless(
        f"date_precision NOT IN ({', '.join(map(text, PRECISIONS))})", "precision of the date is none of the known ones", "date_precision"
    )
    for axis, limit in (("latitude", 90), ("longitude", 180)):
        if axis in reads:
            unless(unread(axis), f"{axis} is no number", axis)
        unless(f"abs({axis}) > {limit}", f"{axis} beyond {limit} degrees", axis)
    for number in NUMBERS:
        if number in reads:
            unless(unread(number), "no whole number", number)
            unless(f"{number} < 0", "negative number", number)
    return f"list_filter([{', '.join(found)}], lambda p: p IS NOT NULL)"


def no_period_sql(period: PeriodColumn | None) -> str:
    """SQL for the same list of a table of figures: a row that does not say when is of no use."""
    assert period is not None
    column = period.column
    problem = f"{{'reason': {text(f'no such {period.unit}')}, 'column': {text(column)}, 'value': {name(column)}}}"
    return f"CASE WHEN period_end IS NULL THEN [{problem}] ELSE [] END"


FLAGS = {
    "low, best, high out of order": "fatalities_low > fatalities_best OR fatalities_best > fatalities_high "
    "OR fatalities_low > fatalities_high",
    "country not known": "country IS NULL AND (country_source_code IS NOT NULL OR country_name IS NOT NULL)",
    "half a coordinate": "(latitude IS NULL) <> (longitude IS NULL)",
    "coordinate 0, 0": "latitude = 0 AND longitude = 0",
}


def flags_sql(own: Mapping[str, str]) -> str:
    """SQL for the list of oddities of a record: those of every dataset, and a format's own."""
    listed = ", ".join(f"CASE WHEN {condition} THEN {text(flag)} END" for flag, condition in {**FLAGS, **own}.items())
    return f"list_filter([{listed}], lambda f: f IS NOT NULL)"
