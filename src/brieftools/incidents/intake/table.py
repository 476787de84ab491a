"""Step 4 for an analyst's own table: the SQL mapping that its columns need."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.intake.dates import first_day, last_day, precision_of
from brieftools.incidents.intake.mapping import REAL, TEXTS, TYPES, WHOLE
from brieftools.incidents.intake.places import COLUMNS
from brieftools.incidents.sidecar import PeriodColumn

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


_RESERVED = ("record", "flags", "group", "actor1_id", "actor2_id", *COLUMNS)


def incidents_sql(db: DuckDBPyConnection, original: Path, columns: Sequence[str], fields: dict[str, str], order: str | None) -> str:
    """Return the SQL mapping of an analyst's table; columns that are not ours keep their names."""
    macros = {"clean": TEXTS, "whole": WHOLE, "num": REAL}
    made = {ours: f"{macro}({name(fields[ours])})" for macro, group in macros.items() for ours in group if ours in fields}
    start = fields["date_start"]
    made["incident_id"] = f"key({name(fields['incident_id'])})" if "incident_id" in fields else "'row-' || (file_row_number + 1)"
    made["date_start"] = first_day(start, order)
    end = fields.get("date_end")
    made["date_end"] = (
        f"coalesce({last_day(end, order)}, CASE WHEN clean({name(end)}) IS NULL THEN {last_day(start, order)} END)"
        if end
        else last_day(start, order)
    )
    stated = made["date_precision"] if "date_precision" in fields else "NULL"
    made["date_precision"] = f"coalesce(lower({stated}), {precision_of(start)})"
    given = f"clean({name(fields['country'])})" if "country" in fields else "NULL"
    named = f"clean({name(fields['country_name'])})" if "country_name" in fields else "NULL"
    made["country"] = (
        f"coalesce((SELECT min(iso3) FROM country_codes WHERE system = 'iso3' AND code = upper({given})), "
        f"(SELECT min(iso3) FROM country_codes WHERE system = 'name' AND code = lower(coalesce({named}, {given}))))"
    )
    made["country_name"] = f"coalesce({named}, {given})"
    made["country_source_code"] = f"{given}::VARCHAR"
    extra = {_own_name(column, (*TYPES, *_RESERVED)): typed(db, original, column) for column in columns if column not in fields.values()}
    listed = ",\n    ".join(f"{sql} AS {name(ours)}" for ours, sql in (made | extra).items())
    return f"SELECT file_row_number AS record,\n    {listed}\nFROM source"


def _own_name(column: str, taken: Collection[str]) -> str:
    """A column that is not ours keeps its name, unless one of ours is called that."""
    return f"{column}_given" if column.lower() in taken else column


def series_sql(db: DuckDBPyConnection, original: Path, columns: Sequence[str], period: PeriodColumn) -> str:
    """Return the SQL mapping of a table of figures: the period stays text, the rest gets the type that all its values have."""
    when = period.column
    kept = {c: _own_name(c, ("record", "period_end")) for c in columns}
    listed = ", ".join(f"{f'clean({name(c)})' if c == when else typed(db, original, c)} AS {name(own)}" for c, own in kept.items())
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
