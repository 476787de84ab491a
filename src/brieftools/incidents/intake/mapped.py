"""Step 4, map: one SQL mapping turns a format's columns into ours."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError, nearest
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.formats import AND_COLUMN
from brieftools.incidents.intake.dates import date_order
from brieftools.incidents.intake.mapping import TYPES
from brieftools.incidents.intake.plan import Plan
from brieftools.incidents.intake.table import incidents_sql, series_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def map_records(db: DuckDBPyConnection, plan: Plan, snapshot: Path) -> None:
    original = snapshot / "original.parquet"
    countries = files("brieftools.incidents").joinpath("countries.csv").read_text(encoding="utf-8")
    db.execute("CREATE TEMP TABLE country_codes (iso3 VARCHAR, system VARCHAR, code VARCHAR)")
    db.executemany("INSERT INTO country_codes VALUES (?, ?, ?)", list(csv.reader(countries.splitlines()[1:])))
    lower = {column.lower(): column for column in plan.header.columns}
    for column in plan.options.where or {}:
        if column not in plan.header.columns:
            raise IncidentError(
                f"--where speaks of column {column!r}, which the file has not; {nearest(column, plan.header.columns)}", do="correct --where"
            )
    keep = (
        " AND ".join(f"{name(c)} IN ({', '.join(text(v) for v in values.split('|'))})" for c, values in (plan.options.where or {}).items())
        or "true"
    )
    absent = ", ".join(f"NULL::VARCHAR AS {name(c)}" for c in sorted(plan.format.knows - lower.keys())) if plan.format else ""
    db.execute(f"CREATE TEMP VIEW source AS SELECT *{', ' + absent if absent else ''} FROM {parquet(original, record=True)} WHERE {keep}")
    # A column that the file lacks says nothing; one that it has and leaves empty may say "no".
    db.execute(f"CREATE TEMP MACRO in_file(x) AS list_contains([{', '.join(map(text, lower))}], x)")
    sql = _mapping_sql(db, plan, original)
    if plan.series:
        db.execute(f"CREATE TEMP VIEW mapped AS {sql}")
        return
    raw = ", ".join(f"{_raw(plan, theirs, lower)} AS {name('raw:' + ours)}" for ours, theirs in plan.reads.items())
    # The SQL mapping's last FROM names `source`: the raw values travel beside what was made of them.
    head, _, tail = sql.rpartition("FROM source")
    whole = f"{head}, {raw} FROM source {tail}"
    there = {str(row[0]) for row in db.execute(f"DESCRIBE {whole}").fetchall()}
    silent = "".join(f", NULL::{kind} AS {column}" for column, kind in TYPES.items() if column not in there)
    db.execute(f"CREATE TEMP VIEW mapped AS SELECT *{silent} FROM ({whole})")


def _raw(plan: Plan, theirs: str, lower: dict[str, str]) -> str:
    parts = theirs.split(AND_COLUMN) if plan.format else [theirs]
    listed = [f"source.{name(lower.get(part.lower(), part))}" for part in parts]
    return listed[0] if len(listed) == 1 else f"concat_ws('-', {', '.join(listed)})"


def _mapping_sql(db: DuckDBPyConnection, plan: Plan, original: Path) -> str:
    if plan.format:
        return plan.format.sql()
    if plan.series:
        assert plan.mapping.period is not None
        return series_sql(db, original, plan.header.columns, plan.mapping.period)
    orders = {date_order(db, original, plan.fields[day], plan.mapping.dates) for day in ("date_start", "date_end") if day in plan.fields}
    orders.discard(None)
    if len(orders) > 1:
        raise IncidentError(
            "date_start and date_end put day and month in different orders", do="correct the file, or say --dates dmy or --dates mdy"
        )
    return incidents_sql(db, original, plan.header.columns, plan.fields, next(iter(orders), None))
