"""What a notebook asks of a dataset: its rows, or sums computed where the rows lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from brieftools.errors import IncidentError, nearest
from brieftools.incidents.actors import known_table, matched, named_sql
from brieftools.incidents.dataset import Cut, Dataset
from brieftools.incidents.engine import database, name, parquet, text

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

MOST_ROWS = 2_000_000  # more are aggregated, not handed to pandas


def frame(dataset: Dataset, *, cut: Cut) -> pd.DataFrame:
    """Return the rows that a brief speaks of, with proper types.

    Returns
    -------
    DataFrame
        Dates as ``datetime64``, counts as integers (``Int64`` where some are unknown), everything else as text; what is not
        known is missing, never zero. `attrs` hold ``dataset`` and ``redistribute`` (rows or withheld).

    Raises
    ------
    IncidentError
        A limit that the data cannot meet; more than two million rows.
    """
    if dataset.is_snapshot:
        with _chosen(dataset, cut) as db:
            table = db.execute(f"SELECT * FROM chosen LIMIT {MOST_ROWS + 1}").df()
        if len(table) > MOST_ROWS:
            raise IncidentError(
                f"more than {MOST_ROWS:,} rows of {dataset.sidecar.name!r} are too many for one table",
                do='ask for sums: brief.incidents(name, by=("month", "country"))',
            )
        table = _typed(table)
    else:
        from brieftools.incidents.plain import plain_frame

        table = plain_frame(dataset, as_of=cut.as_of)
    table.attrs |= {"dataset": dataset.sidecar.name, "redistribute": "rows" if dataset.sidecar.redistribute_rows else "withheld"}
    return table


def text_rows(dataset: Dataset, *, cut: Cut) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return the names of the columns and the rows of a snapshot that a brief speaks of, every value as text; see `frame`.

    It needs no pandas, which a build would otherwise load for this alone.
    """
    with _chosen(dataset, cut) as db:
        columns = db.execute("DESCRIBE chosen").fetchall()
        listed = ", ".join(_as_text(str(column), str(kind)) for column, kind, *_ in columns)
        return [str(column[0]) for column in columns], db.execute(f"SELECT {listed} FROM chosen").fetchall()


def _as_text(column: str, kind: str) -> str:
    x = name(column)
    if kind.endswith("[]"):
        x = f"array_to_string({x}, '; ')"
    return f"coalesce({x}::VARCHAR, '')"


_TIMES = {
    "day": "date_start",
    "week": "date_trunc('week', date_start)::DATE",
    "month": "strftime(date_start, '%Y-%m')",
    "year": "year(date_start)",
}
_SPANS = {
    "day": ("day",),
    "week": ("day", "days"),
    "month": ("day", "days", "week", "month"),
    "year": ("day", "days", "week", "month", "year"),
}


def sums(dataset: Dataset, by: tuple[str, ...], *, cut: Cut) -> pd.DataFrame:
    """Return counts and sums of incidents by group, computed where the rows lie.

    Parameters
    ----------
    by : tuple of str
        Columns, or day, week, month, year: an incident whose date is less exact than that stays out of its group and is
        counted as ``undated``, never as if it were certain.

    Returns
    -------
    DataFrame
        The groups; ``events``; ``fatalities_low``, ``_best``, ``_high``; ``unknown``, events without a best estimate. No row
        stands for a group without events.
    """
    groups = [_group(one) for one in by]
    fatal = ", ".join(f"sum({c})::BIGINT AS {c}" for c in ("fatalities_low", "fatalities_best", "fatalities_high"))
    listed = ", ".join(f'{sql} AS "{one}"' for one, sql in zip(by, groups, strict=True))
    order = ", ".join(str(n) for n in range(1, len(by) + 1))
    query = (
        f"SELECT {listed}, count(*) AS events, {fatal}, count(*) FILTER (fatalities_best IS NULL) AS unknown "
        f"FROM chosen GROUP BY {order} ORDER BY {order}"
    )
    with _chosen(dataset, cut) as db:
        columns = [str(row[0]) for row in db.execute("DESCRIBE chosen").fetchall()]
        for one in by:
            if one not in _TIMES and one not in columns:
                raise IncidentError(
                    f"incidents cannot be grouped by {one!r}; {nearest(one, [*_TIMES, *columns])}",
                    do="name a column, or day, week, month, year",
                )
        return _typed(db.execute(query).df())


def _group(one: str) -> str:
    if one not in _TIMES:
        return '"' + one.replace('"', '""') + '"'
    exact = ", ".join(f"'{p}'" for p in _SPANS[one])
    same = {
        "day": "date_start",
        "week": "date_trunc('week', date_end)",
        "month": "date_trunc('month', date_end)",
        "year": "date_trunc('year', date_end)",
    }[one]
    begins = "date_start" if one == "day" else f"date_trunc('{one}', date_start)"
    inside = f"date_precision IN ({exact})" + ("" if one == "day" else f" AND ({begins} = {same} OR date_precision IN ('day', 'days'))")
    return f"CASE WHEN {inside} THEN ({_TIMES[one]})::VARCHAR ELSE 'undated' END"


@contextmanager
def _chosen(dataset: Dataset, cut: Cut) -> Iterator[DuckDBPyConnection]:
    """Open a database with a view `chosen`: the rows that a brief speaks of, in the order of the file."""
    with database(memory="350MB") as db:
        _choose(db, dataset, cut)
        yield db


def _choose(db: DuckDBPyConnection, dataset: Dataset, cut: Cut) -> None:
    if dataset.sidecar.kind == "series":  # a period counts when it is over
        rows = f"SELECT * FROM {parquet(dataset.path)} WHERE period_end <= DATE '{cut.as_of}'"
        db.execute(f"CREATE OR REPLACE TEMP VIEW chosen AS SELECT * EXCLUDE (record, period_end) FROM ({rows}) ORDER BY record")
    else:
        known_table(db, dataset.actors, dataset.sidecar.family)
        db.execute(f"CREATE OR REPLACE TEMP VIEW chosen AS SELECT * EXCLUDE (record) FROM ({_incidents(dataset, cut)}) ORDER BY record")


_PROPOSED = {"latitude": "proposed_latitude", "longitude": "proposed_longitude", "geo_precision": "proposed_precision"}


def _group_of(groups: Mapping[str, tuple[str, ...] | str]) -> str:
    """SQL for the group of a country; a record without a country belongs to none, also where the rest has a name."""
    listed = {group: countries for group, countries in groups.items() if countries != "rest"}
    cases = [f"WHEN country IN ({', '.join(map(text, countries))}) THEN {text(group)}" for group, countries in listed.items()]
    cases += [f"WHEN country IS NOT NULL THEN {text(group)}" for group in groups if group not in listed]
    return f"CASE {' '.join(cases)} END"


def _incidents(dataset: Dataset, cut: Cut) -> str:
    where = [f"country IN ({', '.join(map(text, cut.area))})"] if cut.area else []
    if cut.actors:  # before actors are matched by date, which is dear
        where.append(f"({named_sql(dataset.actors, dataset.sidecar.family, cut.actors)})")
    last = min(cut.as_of, cut.end or cut.as_of)
    dated = [f"date_start <= DATE '{last}'", *([f"date_end >= DATE '{cut.start}'"] if cut.start else [])]
    # An incident without a date stays: it is shown as undated. Apart, for `OR` would read every part of a large file.
    parts = [f"SELECT * FROM {parquet(dataset.path)} WHERE {' AND '.join(by + where)}" for by in (dated, ["date_start IS NULL"])]
    rows = " UNION ALL ".join(parts)
    matches = (
        ", ".join(f"{matched(side)} AS actor{side}_id" for side in (1, 2))
        if dataset.actors.actors
        else "NULL::VARCHAR AS actor1_id, NULL::VARCHAR AS actor2_id"
    )
    group = f', {_group_of(cut.groups)} AS "group"' if cut.groups else ""
    placed = f" REPLACE ({', '.join(f'coalesce({c}, {p}) AS {c}' for c, p in _PROPOSED.items())})" if cut.proposals else ""
    named = f"SELECT r.*{placed}, {matches}{group} FROM ({rows}) r"
    if not cut.actors:
        return named
    keys = ", ".join(map(text, sorted(dataset.actors.within(cut.actors))))
    return f"SELECT * FROM ({named}) WHERE actor1_id IN ({keys}) OR actor2_id IN ({keys})"


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    for column in table.columns:
        values: Any = table[column]
        if column in ("sources", "flags"):  # lists: text with semicolons, which every table can show
            values = values.map(lambda many: "; ".join(map(str.strip, many)) if hasattr(many, "__len__") else None).astype(object)
        if column.startswith(("fatalities_", "deaths_")) or column == "wounded":
            table[column] = _counts(values)
        elif pd.api.types.is_object_dtype(values) and column != "civilians_targeted":
            table[column] = values.astype("str").where(values.notna(), None)
    return table


def _counts(values: pd.Series) -> pd.Series:
    """Whole numbers as integers; unknown ones stay missing, never zero."""
    if (values.dropna() % 1 != 0).any():
        return values
    return values.astype("Int64" if values.isna().any() else "int64")


Counted = list[tuple[int | None, str | None, int, int | None]]


def by_week(asked: Sequence[tuple[Dataset, date, int]], by: str | None, *, cut: Cut) -> list[Counted]:
    """Count incidents by week, in several snapshots at once.

    An incident counts in a week when all its possible days lie in it.

    Parameters
    ----------
    asked : sequence of (Dataset, date, int)
        Snapshot, first day of the first week, number of weeks.
    by : str, optional
        A column.

    Returns
    -------
    list
        For each: tuples of week (from 0; None: no single one), value of the column, events, deaths (best estimates).
    """
    group = name(by) if by else "NULL"
    found = []
    with database(memory="350MB") as db:
        for dataset, first, weeks in asked:
            _choose(db, dataset, cut)
            if by is not None and by not in (known := [str(row[0]) for row in db.execute("DESCRIBE chosen").fetchall()]):
                raise IncidentError(f"incidents cannot be grouped by {by!r}; {nearest(by, known)}", do="name a column")
            start, end = (f"date_diff('day', DATE '{first}', {day})" for day in ("date_start", "date_end"))
            sure = f"date_precision IN ('day', 'days', 'week') AND {start} >= 0 AND {start} // 7 = {end} // 7"
            rows = db.execute(
                f"SELECT CASE WHEN {sure} THEN ({start} // 7)::INTEGER END AS week, {group}::VARCHAR AS grouped, count(*), "
                f"sum(fatalities_best)::BIGINT FROM chosen GROUP BY ALL ORDER BY ALL"
            ).fetchall()
            found.append([row for row in rows if row[0] is None or row[0] < weeks])
    return found


def changed_ids(old: Dataset, new: Dataset, weeks: Sequence[tuple[date, date]], *, cut: Cut) -> list[dict[str, int]]:
    """Count by id what became of the incidents of each week between two snapshots.

    Returns
    -------
    list of dict of str to int
        ``late``: in the new one only; ``withdrawn``: in the old one only; ``moved`` and ``away``: in both, but now in that week, or
        no longer.
    """
    found = []
    with database(memory="350MB") as db:
        for side, dataset in (("old", old), ("new", new)):
            known_table(db, dataset.actors, dataset.sidecar.family)
            db.execute(f"CREATE TEMP TABLE {side} AS SELECT incident_id, date_start, date_end FROM ({_incidents(dataset, cut)})")
        joined = "SELECT o.incident_id AS was, n.incident_id AS now, o.date_start AS a, o.date_end AS b, n.date_start AS c, n.date_end AS d"
        db.execute(f"CREATE TEMP TABLE both_sides AS {joined} FROM old o FULL JOIN new n ON o.incident_id = n.incident_id")
        for start, end in weeks:
            before = f"coalesce(a >= DATE '{start}' AND b <= DATE '{end}', false)"
            after = f"coalesce(c >= DATE '{start}' AND d <= DATE '{end}', false)"
            kinds = {
                "late": f"was IS NULL AND {after}",
                "withdrawn": f"now IS NULL AND {before}",
                "moved": f"was IS NOT NULL AND {after} AND NOT {before}",
                "away": f"now IS NOT NULL AND {before} AND NOT {after}",
            }
            listed = ", ".join(f"count(*) FILTER ({condition})" for condition in kinds.values())
            row = db.execute(f"SELECT {listed} FROM both_sides").fetchone() or (0, 0, 0, 0)
            found.append({kind: int(number) for kind, number in zip(kinds, row, strict=True)})
    return found
