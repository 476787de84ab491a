"""`import_file`: from a file that an analyst has to an immutable snapshot, nothing lost on the way."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError, nearest
from brieftools.house.csvtext import neutral
from brieftools.incidents.checks import flags_sql, problems_sql
from brieftools.incidents.engine import database, name, parquet, text
from brieftools.incidents.formats import Format, formats
from brieftools.incidents.mapping import Mapping as TableMapping
from brieftools.incidents.mapping import check_fields, date_order, guess, incidents_sql, series_sql
from brieftools.incidents.normalise import Text, normalise
from brieftools.incidents.records import Header, Records, read_header, split
from brieftools.incidents.sidecar import Changes, Counts, Coverage, Original, Sidecar
from brieftools.incidents.snapshot import current, publish, snapshot_key, write_sidecar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEPS = ("bytes", "recognise", "records", "map", "check", "compare", "snapshot")
Progress = Callable[[str, float], None]
Confirm = Callable[[dict[str, str], list[str]], bool]
_TABLE = "table"


@dataclass(frozen=True)
class Imported:
    """What an import left.

    Attributes
    ----------
    folder : Path
        The snapshot.
    sidecar : Sidecar
    recognised : str
        Which format, and why.
    new : bool
        False when the same bytes had been imported before: then nothing was changed.
    """

    folder: Path
    sidecar: Sidecar
    recognised: str
    new: bool


@dataclass(frozen=True)
class Options:
    """What the caller said about a file; None leaves it to the content."""

    format: str | None = None
    name: str | None = None
    mapping: TableMapping | None = None
    dates: str | None = None
    sheet: str | None = None
    where: Mapping[str, str] | None = None
    coverage: Coverage | None = None


def import_file(
    source: Path, folder: Path, options: Options, *, confirm: Confirm | None = None, progress: Progress | None = None
) -> Imported:
    """Import a file of incidents or figures.

    1. bytes: zip, gz, Excel, any encoding and line end become UTF-8 text.
    2. recognise: delimiter, header and format, by content.
    3. records: every record is kept as text, or set aside as it stands.
    4. map: one SQL mapping turns the format's columns into ours.
    5. check: unusable records go to quarantine, odd ones are flagged; the sum must be right.
    6. compare: what was added, removed, edited since the newest snapshot, by id.
    7. snapshot: a new folder appears at once and whole, then becomes the current one.

    Parameters
    ----------
    folder : Path
        ``data/incidents`` of the project.
    confirm : callable, optional
        Shown the guessed fields and the columns left; without it a guess is refused.
    progress : callable, optional
        Told the step and how far it is.

    Raises
    ------
    IncidentError
        The file or the mapping is wrong; nothing is written.
    """
    tell = progress or (lambda step, part: None)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as temporary:
        work = Path(temporary)
        snapshot = work / "snapshot"
        snapshot.mkdir()
        try:
            # 1 bytes
            normal = normalise(source, work / "text.csv", sheet=options.sheet, progress=lambda part: tell("bytes", part))
            # 2 recognise
            plan = _plan(source, normal, folder, options, confirm)
            key = snapshot_key(normal.sha256, plan.identity())
            done = folder / plan.name / key
            if (done / "sidecar.yml").is_file():
                return _again(done, folder / plan.name, plan)
            with database(memory="900MB", scratch=work, macros=True) as db:
                # 3 records
                tell("records", 0.0)
                records = split(db, normal, plan.header, snapshot / "original.parquet")
                # 4 map
                tell("map", 0.0)
                _map(db, plan, snapshot)
                # 5 check
                tell("check", 0.0)
                counts = _check(db, plan, records, snapshot)
                # 6 compare
                tell("compare", 0.0)
                changes = _compare(db, folder / plan.name, plan, snapshot)
                coverage = _coverage(db, plan, snapshot)
            # 7 snapshot
            tell("snapshot", 0.0)
            sidecar = _sidecar(source, plan, normal, counts, changes, coverage)
            sidecar = write_sidecar(snapshot, sidecar, plan.mapping)
            return Imported(publish(snapshot, folder / plan.name, key), sidecar, plan.why, True)
        except IncidentError as e:
            if e.where is None:
                e.where = str(source)
            raise


@dataclass(frozen=True)
class _Plan:
    """What step 2 settled."""

    name: str
    header: Header
    format: Format | None
    mapping: TableMapping
    fields: dict[str, str]
    why: str
    options: Options

    @property
    def series(self) -> bool:
        return self.format is None and self.mapping.kind == "series"

    @property
    def reads(self) -> dict[str, str]:
        if self.series:
            return {}
        return dict(self.format.reads) if self.format else self.fields

    def identity(self) -> str:
        """Everything besides the bytes that decides what a snapshot holds."""
        parts = [
            self.format.sql() if self.format else _TABLE,
            self.mapping.model_dump(mode="json"),
            self.fields,
            dict(self.options.where or {}),
            self.options.dates,
        ]
        return json.dumps(
            [*parts, self.options.sheet, self.options.coverage and self.options.coverage.model_dump(mode="json")], sort_keys=True
        )


def _plan(source: Path, normal: Text, folder: Path, options: Options, confirm: Confirm | None) -> _Plan:
    known = {len(one.by_position): one.by_position for one in formats() if one.by_position}
    header, rows = read_header(normal, known)
    chosen, why = _recognise(source, header, rows, options)
    wanted = options.name or re.sub(r"[^a-z0-9]+", "-", re.sub(r"\.(csv|tsv|txt|xlsx?|zip|gz)\b", "", source.name.lower())).strip("-")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", wanted or ""):
        raise IncidentError(f"{wanted!r} is no name for a dataset", do="give one of lower-case letters, digits and hyphens: --name NAME")
    if chosen is not None:
        return _Plan(wanted, header, chosen, TableMapping(), {}, why, options)
    mapping = options.mapping or _former_mapping(folder / wanted) or TableMapping()
    if mapping.kind == "series":
        if mapping.period is None:
            raise IncidentError("a series needs `period`: {column, unit}", do="add it to the mapping file")
        if mapping.period.column not in header.columns:
            raise IncidentError(
                f"the period's column {mapping.period.column!r} is not in the file; {nearest(mapping.period.column, header.columns)}",
                do="correct `period`",
            )
        return _Plan(wanted, header, None, mapping, {}, why, options)
    guessed = guess(header.columns)
    fields = {**{ours: theirs for ours, theirs in guessed.items() if theirs not in mapping.fields.values()}, **mapping.fields}
    check_fields(fields, header.columns)
    certain = all(ours == theirs for ours, theirs in fields.items() if ours not in mapping.fields)
    if not (options.mapping and certain) and not (mapping.fields and certain):
        left = [column for column in header.columns if column not in fields.values()]
        if confirm is None or not confirm(fields, left):
            raise IncidentError(
                "the columns were guessed, and nobody confirmed the guess",
                do="answer yes, use --yes, or give a mapping file: --mapping FILE.yml",
            )
    return _Plan(wanted, header, None, mapping, fields, why, options)


def _former_mapping(folder: Path) -> TableMapping | None:
    from brieftools.project.yamlfile import read_record

    former = current(folder)
    path = former / "mapping.yml" if former else None
    return read_record(path, TableMapping, error=IncidentError) if path and path.is_file() else None


def _recognise(source: Path, header: Header, rows: list[list[str]], options: Options) -> tuple[Format | None, str]:
    place = {column.lower(): number for number, column in enumerate(header.columns)}
    names = [one.name for one in formats()]
    if options.format not in (None, "auto", _TABLE, *names):
        raise IncidentError(
            f"no format called {options.format!r}; {nearest(str(options.format), [*names, _TABLE])}", do="choose one, or leave --format out"
        )
    if options.format == _TABLE or (options.mapping is not None and options.format in (None, "auto")):
        return None, "table: " + ("as asked for" if options.format == _TABLE else "a mapping is given")
    for one in formats():
        if options.format == one.name or (options.format in (None, "auto") and one.needs <= place.keys()):
            missing = sorted(one.needs - place.keys())
            if missing:
                raise IncidentError(
                    f"this is no {one.title}: column {missing[0]!r} is missing", do="leave --format out, or import it as --format table"
                )
            reason = one.why(place, rows, source.name)
            if reason is not None or options.format == one.name:
                doubled = [c for c in one.needs if f"{c}_2" in place]
                if doubled:
                    raise IncidentError(f"column {doubled[0]!r} stands twice", do="remove one of the two")
                return one, f"{one.name}: it has the {len(one.needs)} columns of {one.title}, and {reason or 'it was asked for'}"
    return None, f"table: its {len(header.columns)} columns are those of no known format"


def _map(db: DuckDBPyConnection, plan: _Plan, snapshot: Path) -> None:
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
    sql = _mapping_sql(db, plan, original)
    if plan.series:
        db.execute(f"CREATE TEMP VIEW mapped AS {sql}")
        return
    raw = ", ".join(f"source.{name(lower.get(theirs.lower(), theirs))} AS {name('raw:' + ours)}" for ours, theirs in plan.reads.items())
    # The SQL mapping's last FROM names `source`: the raw values travel beside what was made of them.
    head, _, tail = sql.rpartition("FROM source")
    db.execute(f"CREATE TEMP VIEW mapped AS {head}, {raw} FROM source {tail}")


def _mapping_sql(db: DuckDBPyConnection, plan: _Plan, original: Path) -> str:
    if plan.format:
        return plan.format.sql()
    if plan.series:
        assert plan.mapping.period is not None
        return series_sql(db, original, plan.header.columns, plan.mapping.period.column)
    orders = {
        date_order(db, original, plan.fields[day], plan.options.dates or plan.mapping.dates)
        for day in ("date_start", "date_end")
        if day in plan.fields
    }
    orders.discard(None)
    if len(orders) > 1:
        raise IncidentError(
            "date_start and date_end put day and month in different orders", do="correct the file, or say --dates dmy or --dates mdy"
        )
    return incidents_sql(db, original, plan.header.columns, plan.fields, next(iter(orders), None))


def _check(db: DuckDBPyConnection, plan: _Plan, records: Records, snapshot: Path) -> Counts:
    read = records.accepted + len(records.aside)
    kept = _one(db, "SELECT count(*) FROM source")
    db.execute("CREATE TEMP TABLE problems (record BIGINT, reason VARCHAR, col VARCHAR, val VARCHAR)")
    if not plan.series:
        problems = problems_sql(plan.reads)
        db.execute(
            f"INSERT INTO problems SELECT record, p[1].reason, p[1]['column'], p[1]['value'] FROM (SELECT record, "
            f"{problems} AS p FROM mapped) WHERE len(p) > 0"
        )
        _doubles(db, plan, snapshot)
    keep = " WHERE record NOT IN (SELECT record FROM problems)" if _one(db, "SELECT count(*) FROM problems") else ""
    drop = [f"raw:{ours}" for ours in plan.reads]
    listed = f"* EXCLUDE ({', '.join(map(name, drop))}), {flags_sql()} AS flags" if not plan.series else "*"
    target = snapshot / "rows.parquet"
    db.execute(f"COPY (SELECT {listed} FROM mapped{keep}) TO {text(target)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")
    accepted = _one(db, f"SELECT count(*) FROM {parquet(target)}")
    flags = (
        {}
        if plan.series
        else {
            str(flag): int(n)
            for flag, n in db.execute(
                f"SELECT f, count(*) FROM (SELECT unnest(flags) AS f FROM {parquet(target)}) GROUP BY f ORDER BY f"
            ).fetchall()
        }
    )
    flagged = 0 if plan.series else _one(db, f"SELECT count(*) FROM {parquet(target)} WHERE len(flags) > 0")
    reasons = _quarantine(db, plan, records, snapshot)
    quarantined = sum(reasons.values())
    left_out = records.accepted - kept
    if read != accepted + quarantined + left_out:  # the promise
        raise IncidentError(
            f"{read:,} records in, but {accepted:,} accepted, {quarantined:,} quarantined, {left_out:,} left out",
            do="a fault in brieftools: nothing was written",
        )
    if accepted == 0:
        worst = max(reasons, key=lambda r: reasons[r], default="--where left out every one")
        raise IncidentError(f"not one of {read:,} records can be used: {worst}", do="check the file, its format and the mapping")
    return Counts(read=read, left_out=left_out, accepted=accepted, quarantined=quarantined, flagged=flagged, reasons=reasons, flags=flags)


def _doubles(db: DuckDBPyConnection, plan: _Plan, snapshot: Path) -> None:
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


def _quarantine(db: DuckDBPyConnection, plan: _Plan, records: Records, snapshot: Path) -> dict[str, int]:
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


def _compare(db: DuckDBPyConnection, folder: Path, plan: _Plan, snapshot: Path) -> Changes | None:
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


def _coverage(db: DuckDBPyConnection, plan: _Plan, snapshot: Path) -> Coverage:
    stated = plan.options.coverage or plan.mapping.coverage
    if stated:
        return stated
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
    # Only what the rows reach to: a month without events at the end looks like a month without data, and is treated as one.
    area = str(row[2] or "not stated")
    hole = "From the first to the last record; nobody stated how far the data is complete."
    return Coverage(
        start=row[0],
        end=row[1],
        area=area if len(area) < 200 else "many countries",
        lag=plan.format.lag if plan.format else "",
        holes=(hole,),
    )


def _sidecar(source: Path, plan: _Plan, normal: Text, counts: Counts, changes: Changes | None, coverage: Coverage) -> Sidecar:
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
            "format": of.name if of else _TABLE,
            "family": of.family if of else plan.name,
            "filters": dict(plan.options.where or {}),
            "original": original,
            "counts": counts,
            "changes": changes,
        }
    )


def _again(done: Path, folder: Path, plan: _Plan) -> Imported:
    from brieftools.incidents.snapshot import make_current
    from brieftools.project.yamlfile import read_record

    make_current(folder, done.name)
    return Imported(done, read_record(done / "sidecar.yml", Sidecar, error=IncidentError), plan.why, False)


def _one(db: DuckDBPyConnection, query: str) -> int:
    row = db.execute(query).fetchone()
    return int(row[0]) if row else 0


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
