"""Step 6, compare: what a newer release added, removed and edited, by id."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.house.csvtext import neutral
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.intake.plan import Plan
from brieftools.incidents.sidecar import Changes
from brieftools.incidents.snapshot import current

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def compare(db: DuckDBPyConnection, folder: Path, plan: Plan, snapshot: Path) -> Changes | None:
    """Write ``changes.csv`` beside a newer release: id and what became of it."""
    former = current(folder)
    if former is None or plan.series or not (former / "rows.parquet").is_file():
        return None
    new, old = parquet(snapshot / "rows.parquet"), parquet(former / "rows.parquet")
    columns = [{str(r[0]) for r in db.execute(f"DESCRIBE SELECT * FROM {one}").fetchall()} for one in (new, old)]
    shared = sorted((columns[0] & columns[1]) - {"record", "flags", "incident_id"})
    differ = " OR ".join(f"n.{name(c)} IS DISTINCT FROM o.{name(c)}" for c in shared)
    edited = ", ".join(f"CASE WHEN n.{name(c)} IS DISTINCT FROM o.{name(c)} THEN {text(c)} END" for c in shared)
    result = db.execute(
        f"SELECT coalesce(n.incident_id, o.incident_id) AS id, CASE WHEN o.incident_id IS NULL THEN 'added' "
        f"WHEN n.incident_id IS NULL THEN 'removed' ELSE 'edited' END AS change, "
        f"CASE WHEN o.incident_id IS NOT NULL AND n.incident_id IS NOT NULL THEN concat_ws(' ', {edited}) "
        f"ELSE '' END FROM {new} n FULL JOIN {old} o ON n.incident_id = o.incident_id "
        f"WHERE n.incident_id IS NULL OR o.incident_id IS NULL OR {differ} ORDER BY 1"
    )
    counts = {"added": 0, "removed": 0, "edited": 0}
    with (snapshot / "changes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["incident_id", "change", "columns"])
        while rows := result.fetchmany(5_000):
            for one, change, which in rows:
                counts[change] += 1
                writer.writerow([neutral(one), change, neutral(which)])
    return Changes(against=former.name, **counts)
