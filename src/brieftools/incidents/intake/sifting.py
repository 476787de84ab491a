"""Step 5, check: every record is accepted, or set aside with line, column, value and reason; the sum must be right."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError
from brieftools.house.csvtext import neutral
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.intake.checks import flags_sql, no_period_sql, problems_sql
from brieftools.incidents.intake.places import COLUMNS, propose
from brieftools.incidents.intake.plan import Plan
from brieftools.incidents.intake.records import Records
from brieftools.incidents.sidecar import Counts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SORTED_FROM = 2_000_000
"""Records from which on rows lie by date, so that a period is read without the rest; fewer are read whole in a tenth of a second."""


def sift(db: DuckDBPyConnection, plan: Plan, records: Records, snapshot: Path) -> Counts:
    """Write ``rows.parquet`` and ``quarantine.csv``, and count.

    Raises
    ------
    IncidentError
        Not one record can be used.
    """
    db.execute("CREATE TEMP TABLE problems (record BIGINT, reason VARCHAR, col VARCHAR, val VARCHAR)")
    if plan.series:
        _find(db, no_period_sql(plan.mapping.period))
    else:
        _find(db, problems_sql(plan.reads, plan.format.unknown if plan.format else {}))
        _doubles(db, plan, snapshot)
    _accept(db, plan, records.accepted, snapshot / "rows.parquet")
    return _counts(db, plan, records, snapshot)


def _find(db: DuckDBPyConnection, problems: str) -> None:
    db.execute(
        "INSERT INTO problems SELECT record, p[1].reason, p[1]['column'], p[1]['value'] "
        f"FROM (SELECT record, {problems} AS p FROM mapped) WHERE len(p) > 0"
    )


def _accept(db: DuckDBPyConnection, plan: Plan, records: int, target: Path) -> None:
    keep = " WHERE record NOT IN (SELECT record FROM problems)" if _one(db, "SELECT count(*) FROM problems") else ""
    rows = f"SELECT * FROM mapped{keep}"
    if not plan.series:
        raw = ", ".join(name(f"raw:{ours}") for ours in plan.reads)
        whole = "coalesce(date_end, date_start) AS date_end"
        flags = flags_sql(plan.format.flags if plan.format else {})
        rows = f"SELECT * EXCLUDE ({raw}) REPLACE ({whole}), {flags} AS flags FROM mapped{keep}"
        if propose(db):
            rows = f"SELECT * FROM ({rows}) LEFT JOIN proposals USING (record)"
        else:  # a join would cost a large file as much as all checks
            rows = f"SELECT *, {', '.join(f'NULL::{kind} AS {column}' for column, kind in COLUMNS.items())} FROM ({rows})"
        if records >= SORTED_FROM:
            rows += " ORDER BY date_start, record"
    db.execute(f"COPY ({rows}) TO {text(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


def _counts(db: DuckDBPyConnection, plan: Plan, records: Records, snapshot: Path) -> Counts:
    rows = parquet(snapshot / "rows.parquet")
    read, accepted = records.accepted + len(records.aside), _one(db, f"SELECT count(*) FROM {rows}")
    left_out = records.accepted - _one(db, "SELECT count(*) FROM source")
    reasons = _quarantine(db, plan, records, snapshot)
    quarantined = sum(reasons.values())
    if read != accepted + quarantined + left_out:  # the promise
        raise IncidentError(
            f"{read:,} records in, but {accepted:,} accepted, {quarantined:,} quarantined, {left_out:,} left out",
            do="a fault in brieftools: nothing was written",
        )
    if accepted == 0:
        worst = max(reasons, key=lambda r: reasons[r], default="--where left out every one")
        raise IncidentError(f"not one of {read:,} records can be used: {worst}", do="check the file, its format and the mapping")
    counts = Counts(read=read, left_out=left_out, accepted=accepted, quarantined=quarantined, reasons=reasons)
    if plan.series:
        return counts
    each = db.execute(f"SELECT f, count(*) FROM (SELECT unnest(flags) AS f FROM {rows}) GROUP BY f ORDER BY f").fetchall()
    flagged, proposed = (_one(db, f"SELECT count(*) FROM {rows} WHERE {one}") for one in ("len(flags) > 0", "proposed_from IS NOT NULL"))
    return counts.model_copy(update={"flagged": flagged, "proposed": proposed, "flags": {str(flag): int(number) for flag, number in each}})


def _doubles(db: DuckDBPyConnection, plan: Plan, snapshot: Path) -> None:
    """Ids that stand twice: an exact copy of a record goes, of records that differ none can be trusted."""
    doubled = "SELECT incident_id FROM mapped WHERE incident_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    if "incident_id" not in plan.reads or not _one(db, f"SELECT count(*) FROM ({doubled})"):
        return
    columns = ", ".join(f"coalesce(o.{name(c)}, '')" for c in plan.header.columns)
    db.execute(
        f"CREATE TEMP TABLE doubles AS SELECT m.record, m.incident_id, md5(array_to_string([{columns}], chr(31))) AS hash FROM mapped m "
        f"JOIN {parquet(snapshot / 'original.parquet', record=True)} o ON o.file_row_number = m.record WHERE m.incident_id IN ({doubled})"
    )
    db.execute(
        "INSERT INTO problems SELECT record, CASE WHEN kinds = 1 THEN 'copy of another record' ELSE 'id "
        "of several different records' END, ?, incident_id FROM "
        "(SELECT d.record, d.incident_id, k.kinds, k.first FROM doubles d JOIN (SELECT incident_id, count(DISTINCT "
        "hash) AS kinds, min(record) AS first FROM doubles GROUP BY 1) k USING (incident_id)) "
        "WHERE (kinds > 1 OR record > first) AND record NOT IN (SELECT record FROM problems)",
        [plan.reads["incident_id"]],
    )


def _quarantine(db: DuckDBPyConnection, plan: Plan, records: Records, snapshot: Path) -> dict[str, int]:
    """Write ``quarantine.csv``: line, reason, column, value and the record itself."""
    reasons: dict[str, int] = {}
    fields = ", ".join(f"o.{name(c)}" for c in plan.header.columns)
    query = (
        f"SELECT p.record, p.reason, p.col, p.val, [{fields}] FROM problems p JOIN {parquet(snapshot / 'original.parquet', record=True)} "
        f"o ON o.file_row_number = p.record ORDER BY 1"
    )
    with (snapshot / "quarantine.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["line", "reason", "column", "value", "record"])
        for aside in records.aside:
            reasons[aside.reason] = reasons.get(aside.reason, 0) + 1
            writer.writerow([str(aside.line), aside.reason, "", "", neutral(aside.raw)])
        result = db.execute(query)
        while rows := result.fetchmany(5_000):
            for record, reason, column, value, cells in rows:
                reasons[reason] = reasons.get(reason, 0) + 1
                whole = json.dumps([cell or "" for cell in cells], ensure_ascii=False)
                writer.writerow([str(records.line(int(record))), reason, neutral(column or ""), neutral(value or ""), neutral(whole)])
    return dict(sorted(reasons.items()))


def _one(db: DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0
