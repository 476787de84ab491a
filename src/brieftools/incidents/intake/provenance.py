"""Step 7, the sidecar: where a snapshot came from, what became of its records, how far it is complete."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError
from brieftools.incidents.engine import parquet
from brieftools.incidents.intake.normalise import Text
from brieftools.incidents.intake.plan import TABLE, Plan
from brieftools.incidents.sidecar import Changes, Counts, Coverage, Original, Sidecar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def coverage_of(db: DuckDBPyConnection, plan: Plan, snapshot: Path) -> Coverage:
    stated, behind = plan.mapping.coverage, _days_behind(plan)
    caution = plan.format.caution if plan.format else ()
    if stated:
        return stated.model_copy(update={"end": behind or stated.end, "holes": tuple(dict.fromkeys((*stated.holes, *caution)))})
    if plan.series:
        raise IncidentError("a series needs `coverage`: {start, end, area}", do="add it to the mapping file")
    row = db.execute(
        f"SELECT min(date_start), max(date_end), string_agg(DISTINCT country_name, ', ' ORDER BY country_name) "
        f"FROM {parquet(snapshot / 'rows.parquet')}"
    ).fetchone()
    if row is None or row[0] is None:
        raise IncidentError(
            "no record has a date, so nothing tells from when to when the data is complete", do="state it: --coverage 2016-01-01:2016-12-31"
        )
    area = str(row[2] or "not stated")
    # Only what the rows reach to: a month without events at the end looks like a month without data, and is treated as one.
    hole = "From the first to the last record; nobody stated how far the data is complete."
    return Coverage(
        start=row[0],
        end=behind or row[1],
        area=area if len(area) < 200 else "many countries",
        lag=plan.format.lag if plan.format else "",
        holes=((hole,) if behind is None else ()) + caution,
    )


def _days_behind(plan: Plan) -> date | None:
    days, accessed = plan.mapping.days_behind, plan.mapping.accessed
    if days is None:
        return None
    if accessed is None:
        raise IncidentError(
            "`days_behind` counts from the day on which the file was taken, and nothing says which",
            do="name the file with it, NAME-2026-03-09.csv, or give --accessed 2026-03-09",
        )
    return accessed - timedelta(days=days)


def sidecar_of(source: Path, plan: Plan, normal: Text, counts: Counts, changes: Changes | None, coverage: Coverage) -> Sidecar:
    of = plan.format
    given = plan.mapping.model_dump(
        include={
            "source",
            "producer",
            "coded_by",
            "how",
            "coded_on",
            "accessed",
            "licence",
            "redistribute_rows",
            "handling",
            "attribution",
            "period",
            "columns",
        }
    )
    if of:
        given |= {
            "producer": of.producer,
            "licence": of.licence,
            "attribution": of.attribution,
            "redistribute_rows": of.redistribute_rows,
            "how": "As published.",
        }
    notes = [*normal.notes, *plan.header.notes]
    notes += [f"{normal.nul} NUL bytes, shown as ␀"] if normal.nul else []
    notes += [f"{normal.undecodable} bytes that are no UTF-8, shown as \\x.."] if normal.undecodable else []
    original = Original(
        name=source.name,
        sha256=normal.sha256,
        bytes=normal.bytes,
        encoding=normal.encoding,
        columns=len(plan.header.columns),
        notes=tuple(notes),
    )
    return Sidecar.model_validate(
        given
        | {
            "name": plan.name,
            "title": plan.mapping.title or (of.title if of else plan.name),
            "kind": "series" if plan.series else "incidents",
            "file": "rows.parquet",
            "sha256": "0" * 64,  # filled when the rows are final
            "coverage": coverage,
            "format": of.name if of else TABLE,
            "family": of.family if of else plan.name,
            "filters": dict(plan.options.where or {}),
            "original": original,
            "counts": counts,
            "changes": changes,
        }
    )


def parse_coverage(given: str) -> Coverage:
    """Read ``2016-01-01:2016-12-31``.

    Raises
    ------
    IncidentError
        It is something else.
    """
    try:
        start, end = (date.fromisoformat(part) for part in given.split(":"))
        return Coverage(start=start, end=end, area="as stated at the import")
    except ValueError:
        raise IncidentError(f"{given!r} is no span of time", do="write it as 2016-01-01:2016-12-31") from None


def parse_day(given: str) -> date:
    """Read ``2016-12-31``.

    Raises
    ------
    IncidentError
        It is something else.
    """
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise IncidentError(f"{given!r} is no day", do="write it as 2016-12-31") from None
