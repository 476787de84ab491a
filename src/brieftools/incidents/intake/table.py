"""Step 4 for an analyst's own table: the SQL mapping that its columns need; dates in the usual notations, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.intake.mapping import REAL, TEXTS, WHOLE
from brieftools.incidents.sidecar import PeriodColumn

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_WORDS = ("%d %B %Y", "%d %b %Y", "%d-%B-%Y", "%d-%b-%Y", "%B %d, %Y", "%b %d, %Y")
_NUMBERS = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}"


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


def start_of(column: str, order: str | None) -> str:
    """SQL for the first day that a date may mean: 2016 is 1 January, 2016-07 is 1 July."""
    x = f"trim({name(column)})"
    tries = [f"iso_day({x})", f"CASE WHEN regexp_full_match({x}, '\\d{{4}}/\\d{{1,2}}/\\d{{1,2}}') THEN dated({x}, '%Y/%m/%d') END"]
    tries += [f"CASE WHEN regexp_full_match({x}, '.*\\d{{4}}') THEN dated({x}, {text(form)}) END" for form in _WORDS]
    if order:
        form = "%d/%m/%Y" if order == "dmy" else "%m/%d/%Y"
        tries.append(
            f"CASE WHEN regexp_full_match({x}, {text(_NUMBERS)}) THEN dated(regexp_replace({x}, '[.-]', '/', 'g'), {text(form)}) END"
        )
    tries += [
        f"CASE WHEN regexp_full_match({x}, '\\d{{4}}-\\d{{2}}') THEN try_cast({x} || '-01' AS DATE) END",
        f"CASE WHEN regexp_full_match({x}, '\\d{{4}}') THEN try_cast({x} || '-01-01' AS DATE) END",
    ]
    return f"coalesce({', '.join(tries)})"


def _last(column: str, order: str | None) -> str:
    x, start = f"trim({name(column)})", start_of(column, order)
    return (
        f"CASE WHEN regexp_full_match({x}, '\\d{{4}}') THEN ({start} + INTERVAL 1 YEAR - INTERVAL 1 DAY)::DATE "
        f"WHEN regexp_full_match({x}, '\\d{{4}}-\\d{{2}}') THEN ({start} + INTERVAL 1 MONTH - INTERVAL 1 DAY)::DATE ELSE {start} END"
    )


def incidents_sql(db: DuckDBPyConnection, original: Path, columns: Sequence[str], fields: dict[str, str], order: str | None) -> str:
    """Return the SQL mapping of an analyst's table; columns that are not ours keep their names."""
    made: dict[str, str] = {ours: f"clean({name(fields[ours])})" if ours in fields else "NULL::VARCHAR" for ours in TEXTS}
    made |= {ours: f"whole({name(fields[ours])})" if ours in fields else "NULL::BIGINT" for ours in WHOLE}
    made |= {ours: f"num({name(fields[ours])})" if ours in fields else "NULL::DOUBLE" for ours in REAL}
    start = fields["date_start"]
    made["incident_id"] = f"key({name(fields['incident_id'])})" if "incident_id" in fields else "'row-' || (file_row_number + 1)"
    made["date_start"] = start_of(start, order)
    end = fields.get("date_end")
    made["date_end"] = (
        f"coalesce({_last(end, order)}, CASE WHEN clean({name(end)}) IS NULL THEN {_last(start, order)} END)"
        if end
        else _last(start, order)
    )
    x = f"trim({name(start)})"
    by_form = (
        f"CASE WHEN regexp_full_match({x}, '\\d{{4}}') THEN 'year' WHEN regexp_full_match({x}, '\\d{{4}}-\\d{{2}}') "
        f"THEN 'month' WHEN clean({x}) IS NULL THEN 'unknown' ELSE 'day' END"
    )
    made["date_precision"] = f"coalesce(lower({made['date_precision']}), {by_form})" if "date_precision" in fields else by_form
    given = f"clean({name(fields['country'])})" if "country" in fields else "NULL"
    named = f"clean({name(fields['country_name'])})" if "country_name" in fields else "NULL"
    made["country"] = (
        f"coalesce((SELECT min(iso3) FROM country_codes WHERE system = 'iso3' AND code = upper({given})), "
        f"(SELECT min(iso3) FROM country_codes WHERE system = 'name' AND code = lower(coalesce({named}, {given}))))"
    )
    made["country_name"] = f"coalesce({named}, {given})"
    made |= {"country_source_code": f"{given}::VARCHAR", "civilians_targeted": "NULL::BOOLEAN", "sources": "NULL::VARCHAR[]"}
    taken = {*fields.values(), *made}
    extra = {column: typed(db, original, column) for column in columns if column not in taken}
    listed = ",\n    ".join(f"{sql} AS {name(ours)}" for ours, sql in (made | extra).items())
    return f"SELECT file_row_number AS record,\n    {listed}\nFROM source"


def series_sql(db: DuckDBPyConnection, original: Path, columns: Sequence[str], period: PeriodColumn) -> str:
    """Return the SQL mapping of a table of figures: the period stays text, the rest gets the type that all its values have."""
    when = period.column
    listed = ", ".join(f"{f'clean({name(c)})' if c == when else typed(db, original, c)} AS {name(c)}" for c in columns)
    return f"SELECT file_row_number AS record, period_end({name(when)}, {text(period.unit)}) AS period_end, {listed} FROM source"


def typed(db: DuckDBPyConnection, original: Path, column: str) -> str:
    """SQL for a column with the one type that all its values have: date, whole number, number, else text."""
    x = name(column)
    tests = ", ".join(f"bool_and({macro}({x}) IS NOT NULL) FILTER (clean({x}) IS NOT NULL)" for macro in ("iso_day", "whole", "num"))
    # A leading nought marks a code; a comma may part thousands or decimals.
    text_like = f"coalesce(bool_or(regexp_matches(trim({x}), '^0\\d')), false), coalesce(bool_or(contains({x}, ',')), false)"
    day, whole, num, code, comma = db.execute(f"SELECT {tests}, {text_like} FROM {parquet(original)}").fetchone() or (None,) * 5
    if day:
        return f"iso_day({x})"
    if code or not num:
        return f"clean({x})"
    return f"whole({x})" if whole else f"clean({x})" if comma else f"num({x})"
