"""Dates in the usual notations; where day and month could be swapped, nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError
from brieftools.incidents.engine import name, parquet, text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_YEAR, _MONTH, _MONTH_WORD = r"\d{4}", r"\d{4}-\d{2}", r"[A-Za-z]{3,9} \d{4}"
_NUMBERS = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}"
_TIMED = r"\d{4}-\d{2}-\d{2}[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z| ?[+-]\d{2}:?\d{2})?"
# Notation to the pattern that reads it; %d and %b take "4" and "march" as well.
_DAYS = {
    r"\d{4}/\d{1,2}/\d{1,2}": ("%Y/%m/%d",),
    r"(19|20)\d{6}": ("%Y%m%d",),
    r"\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{4}": ("%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y"),
    r"[A-Za-z]{3,9} \d{1,2},? \d{4}": ("%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y"),
}


def date_order(db: DuckDBPyConnection, original: Path, column: str, given: str | None) -> str | None:
    """Tell which of day and month comes first in dates such as 03/04/2017; None when there are none.

    Raises
    ------
    IncidentError
        Nothing tells, or the dates contradict one another or the order given.
    """
    parts = f"string_split(regexp_replace(trim({name(column)}), '[.-]', '/', 'g'), '/')"
    query = (
        f"SELECT count(*), count(*) FILTER (a > 12), count(*) FILTER (b > 12) FROM (SELECT try_cast({parts}[1] "
        f"AS INTEGER) AS a, try_cast({parts}[2] AS INTEGER) AS b "
        f"FROM {parquet(original)} WHERE regexp_full_match(trim({name(column)}), {text(_NUMBERS)}))"
    )
    row = db.execute(query).fetchone() or (0, 0, 0)
    count, first, second = (int(n) for n in row)
    if count == 0 or given:
        return given
    if first and not second:
        return "dmy"
    if second and not first:
        return "mdy"
    what = "could be day/month or month/day" if not first else "are partly day/month, partly month/day"
    raise IncidentError(
        f"the {count:,} dates in column {column!r} {what}",
        do="say which: --dates dmy or --dates mdy (or `dates:` in the mapping file); nothing is guessed",
    )


def first_day(column: str, order: str | None) -> str:
    """SQL for the first day that a date may mean: 2016 is 1 January, 2016-07 and July 2016 are 1 July."""
    x = f"trim({name(column)})"
    # A time of day is left out: the day is the one that was written, whatever the zone.
    tries = [f"iso_day({x})", _when(x, _TIMED, f"try_cast(left({x}, 10) AS DATE)")]
    tries += [_when(x, form, f"dated({x}, {text(pattern)})") for form, patterns in _DAYS.items() for pattern in patterns]
    if order:
        pattern = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
        tries.append(_when(x, _NUMBERS, f"dated(regexp_replace({x}, '[.-]', '/', 'g'), {text(pattern)})"))
    tries += [_when(x, _MONTH, f"try_cast({x} || '-01' AS DATE)"), _when(x, _YEAR, f"try_cast({x} || '-01-01' AS DATE)")]
    tries += [_when(x, _MONTH_WORD, f"dated('1 ' || {x}, {text(pattern)})") for pattern in ("%d %B %Y", "%d %b %Y")]
    return f"coalesce({', '.join(tries)})"


def last_day(column: str, order: str | None) -> str:
    """SQL for the last day that a date may mean."""
    x, first = f"trim({name(column)})", first_day(column, order)
    return (
        f"CASE WHEN {_fits(x, _YEAR)} THEN ({first} + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE "
        f"WHEN {_fits(x, _MONTH)} OR {_fits(x, _MONTH_WORD)} THEN month_end({first}) ELSE {first} END"
    )


def precision_of(column: str) -> str:
    """SQL for the precision that the notation of a date has: day, month, year, or unknown where there is none."""
    x = f"trim({name(column)})"
    month = f"{_fits(x, _MONTH)} OR {_fits(x, _MONTH_WORD)}"
    return f"CASE WHEN {_fits(x, _YEAR)} THEN 'year' WHEN {month} THEN 'month' WHEN clean({x}) IS NULL THEN 'unknown' ELSE 'day' END"


def _fits(x: str, form: str) -> str:
    return f"regexp_full_match({x}, {text(form)})"


def _when(x: str, form: str, value: str) -> str:
    return f"CASE WHEN {_fits(x, form)} THEN {value} END"
