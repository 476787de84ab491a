"""A dataset of the project: found, checked against its sidecar, cut to a brief."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import IncidentError, nearest
from brieftools.house.wording import long_date
from brieftools.incidents.actors import Actors, read_actors
from brieftools.incidents.sidecar import Sidecar
from brieftools.project.yamlfile import read_record

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Dataset:
    """One snapshot of a dataset, ``data/incidents/NAME/SNAPSHOT/``.

    Attributes
    ----------
    sidecar : Sidecar
    path : Path
        The file of rows, which was checked against `sidecar.sha256`.
    actors : Actors
        ``data/actors.yml``.
    """

    sidecar: Sidecar
    path: Path
    actors: Actors = field(default_factory=Actors)

    @property
    def is_snapshot(self) -> bool:
        """Whether an import made it; else it is a CSV laid down by hand."""
        return self.path.suffix == ".parquet"


@dataclass(frozen=True)
class Cut:
    """What of a dataset a brief speaks of; None: no limit.

    Attributes
    ----------
    as_of : date
        Nothing later enters.
    start, end : date or None
        First and last day; an incident that reaches into them counts, one without a date stays and is shown as undated.
    area, actors : tuple of str
        ISO alpha-3 codes; keys of ``data/actors.yml``. Empty: all.
    """

    as_of: date
    start: date | None = None
    end: date | None = None
    area: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


MOST_ROWS = 2_000_000  # more are aggregated, not handed to pandas


def find_datasets(folder: Path, pins: Mapping[str, str | None]) -> dict[str, Dataset]:
    """Read the datasets that a brief names, each at the snapshot that it pins or, for None, at the current one.

    Raises
    ------
    IncidentError
        One is missing (the nearest known one is named), damaged, or not what its sidecar says.
    """
    actors = read_actors(folder.parent / "actors.yml")
    return {name: _read(folder, name, pin, actors) for name, pin in pins.items()}


def _read(folder: Path, name: str, pin: str | None, actors: Actors) -> Dataset:
    where = snapshot_of(folder, name, pin)
    sidecar = read_record(where / "sidecar.yml", Sidecar, error=IncidentError)
    if sidecar.name != name:
        raise IncidentError(
            f"the sidecar is called {sidecar.name!r} but its folder {name!r}", where=where / "sidecar.yml", do="give both the same name"
        )
    path = where / sidecar.file
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise IncidentError(
            f"the data file of {name!r} is not there", where=path, do="restore it from version control, or import the file again"
        ) from None
    except OSError as e:
        raise IncidentError(f"the data file of {name!r} cannot be read: {e.strerror}", where=path, do="check its permissions") from None
    if found != sidecar.sha256:
        raise IncidentError(
            f"the data file of {name!r} is not the one that its sidecar describes: it was changed or damaged",
            where=path,
            do=(
                "restore it from version control; for an intended change, change the original and `brief import` "
                "it: that makes a new snapshot"
            ),
        )
    return Dataset(sidecar, path, actors)


def snapshot_of(folder: Path, name: str, pin: str | None = None) -> Path:
    """Return the folder of a dataset's pinned or current snapshot.

    Raises
    ------
    IncidentError
        There is none.
    """
    from brieftools.incidents.snapshot import KEY, current

    where = folder / name
    known = [path.name for path in sorted(folder.glob("*")) if (path / "current").is_file() or (path / "sidecar.yml").is_file()]
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or name not in known:
        raise IncidentError(
            f"no dataset called {name!r}; {nearest(name, known)}",
            where=folder,
            do="correct the name, or add the dataset: brief import FILE",
        )
    if pin is not None:
        if not re.fullmatch(KEY, pin) or not (where / pin / "sidecar.yml").is_file():
            raise IncidentError(
                f"dataset {name!r} has no snapshot {pin!r}; {nearest(pin, (p.parent.name for p in where.glob('*/sidecar.yml')))}",
                where=where,
                do="correct `snapshot` in brief.yml",
            )
        return where / pin
    return current(where) or where  # without a pointer: a CSV laid down by hand, with its sidecar


def check_coverage(dataset: Dataset, end: date) -> None:
    """Make sure that the data reaches as far as the brief.

    Raises
    ------
    IncidentError
        The brief's period ends after the data does: what is missing would look like zero.
    """
    coverage, needed = dataset.sidecar.coverage, dataset.sidecar.last_complete(end)
    if needed > coverage.end:
        raise IncidentError(
            f"the brief needs {dataset.sidecar.name!r} up to {long_date(needed)}, but it ends on {long_date(coverage.end)}",
            where=dataset.path,
            do="add newer data, or end the period in brief.yml earlier; what is not covered is never counted as zero",
        )


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
    if not dataset.is_snapshot:
        from brieftools.incidents.plain import plain_frame

        table = plain_frame(dataset, as_of=cut.as_of)
    else:
        table = _query(dataset, "SELECT r.* FROM chosen r ORDER BY record", cut, limit=True)
        table = table.drop(columns=["record"])
    if dataset.sidecar.period is not None:
        table = _whole_periods(table, dataset, cut.as_of)
    table.attrs |= {"dataset": dataset.sidecar.name, "redistribute": "rows" if dataset.sidecar.redistribute_rows else "withheld"}
    return table


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
    columns = _columns(dataset)
    for one in by:
        if one not in _TIMES and one not in columns:
            raise IncidentError(
                f"incidents cannot be grouped by {one!r}; {nearest(one, [*_TIMES, *columns])}",
                do="name a column, or day, week, month, year",
            )
    groups = [_group(one) for one in by]
    fatal = ", ".join(f"sum({c})::BIGINT AS {c}" for c in ("fatalities_low", "fatalities_best", "fatalities_high"))
    listed = ", ".join(f'{sql} AS "{one}"' for one, sql in zip(by, groups, strict=True))
    order = ", ".join(str(n) for n in range(1, len(by) + 1))
    query = (
        f"SELECT {listed}, count(*) AS events, {fatal}, count(*) FILTER (fatalities_best IS NULL) AS unknown "
        f"FROM chosen r GROUP BY {order} ORDER BY {order}"
    )
    return _query(dataset, query, cut)


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


def _columns(dataset: Dataset) -> list[str]:
    from brieftools.incidents.engine import database, parquet

    with database() as db:
        return [str(row[0]) for row in db.execute(f"DESCRIBE SELECT * FROM {parquet(dataset.path)}").fetchall()]


def _query(dataset: Dataset, query: str, cut: Cut, *, limit: bool = False) -> pd.DataFrame:
    from brieftools.incidents.actors import known_table
    from brieftools.incidents.engine import database

    with database(memory="350MB") as db:
        if dataset.sidecar.kind == "series":
            from brieftools.incidents.engine import parquet

            db.execute(f"CREATE TEMP VIEW chosen AS SELECT * FROM {parquet(dataset.path)}")
        else:
            known_table(db, dataset.actors, dataset.sidecar.family)
            db.execute(f"CREATE TEMP VIEW chosen AS {_chosen(dataset, cut)}")
        count = (db.execute("SELECT count(*) FROM chosen").fetchone() or (0,))[0] if limit else 0
        if count > MOST_ROWS:
            raise IncidentError(
                f"{count:,} rows of {dataset.sidecar.name!r} are too many for one table",
                do='ask for sums: brief.incidents(name, by=("month", "country"))',
            )
        return _typed(db.execute(query).df())


def _chosen(dataset: Dataset, cut: Cut) -> str:
    from brieftools.incidents.actors import matched
    from brieftools.incidents.engine import parquet, text

    # An incident without a date stays: it is shown as undated.
    where = [f"(date_start IS NULL OR date_start <= DATE '{cut.as_of}')"]
    if cut.start:
        where.append(f"(date_start IS NULL OR coalesce(date_end, date_start) >= DATE '{cut.start}')")
    if cut.end:
        where.append(f"(date_start IS NULL OR date_start <= DATE '{cut.end}')")
    if cut.area:
        where.append(f"country IN ({', '.join(map(text, cut.area))})")
    rows = f"SELECT * FROM {parquet(dataset.path)} WHERE {' AND '.join(where)}"
    matches = (
        ", ".join(f"{matched(side)} AS actor{side}_id" for side in (1, 2))
        if dataset.actors.actors
        else "NULL::VARCHAR AS actor1_id, NULL::VARCHAR AS actor2_id"
    )
    named = f"SELECT r.*, {matches} FROM ({rows}) r"
    if not cut.actors:
        return named
    for key in cut.actors:
        if key not in dataset.actors.actors:
            raise IncidentError(
                f"no actor {key!r} in data/actors.yml; {nearest(key, dataset.actors.actors)}", do="correct the key, or add the actor"
            )
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


def _whole_periods(table: pd.DataFrame, dataset: Dataset, as_of: date) -> pd.DataFrame:
    import pandas as pd

    period = dataset.sidecar.period
    assert period is not None
    last = _periods(table[period.column], period.unit, dataset)
    return table[last.end_time <= pd.Timestamp(as_of) + pd.Timedelta(days=1)].reset_index(drop=True)


def _periods(column: pd.Series, unit: str, dataset: Dataset) -> pd.PeriodIndex:
    import pandas as pd

    try:
        found = pd.PeriodIndex(column, freq={"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}[unit])
        if not found.hasnans:
            return found
        what = f"a row has no {column.name}: it would be left out without a word"
    except ValueError as e:
        what = f"column {column.name!r} holds something that is no {unit}: {e}"
    raise IncidentError(what, where=dataset.path, do="correct that row")
