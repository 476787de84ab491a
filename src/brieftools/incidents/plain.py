"""A dataset laid down by hand: a CSV in UTF-8 with its sidecar, without a snapshot."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError, nearest

if TYPE_CHECKING:
    import pandas as pd

    from brieftools.incidents.dataset import Dataset

_TEXT = re.compile(
    r"(_id|iso3|country|place|adm|name|label|key|paragraph|notes|actor|type|precision|theatre|claim|locations)", re.IGNORECASE
)


def plain_frame(dataset: Dataset, *, as_of: date) -> pd.DataFrame:
    """Return the rows up to the as-of date, with proper types; see `brieftools.incidents.query.frame`.

    Raises
    ------
    IncidentError
        The file is empty, not CSV, has lines of different lengths, or values that its columns cannot hold.
    """
    import pandas as pd

    table = _parse(dataset)
    for column in table.columns:
        table[column] = _typed(table[column], column, dataset)
    if dataset.sidecar.period is not None:
        return _whole_periods(table, dataset, as_of)
    # An incident without a date stays: it is shown as undated.
    return table[~(table["date_start"] > pd.Timestamp(as_of))].reset_index(drop=True) if "date_start" in table else table


def _parse(dataset: Dataset) -> pd.DataFrame:
    import csv
    import io

    import pandas as pd

    where = dataset.path
    try:
        text = where.read_bytes().decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines = [(reader.line_num, line) for line in reader]
    except (UnicodeDecodeError, csv.Error) as e:
        raise IncidentError(f"the file is not UTF-8 CSV: {e}", where=where, do="restore it, or export it again as CSV in UTF-8") from None
    if len(lines) < 1 or not any(lines[0][1]):
        raise IncidentError("the file is empty", where=where, do="restore it from version control")
    header, rows = lines[0][1], [(number, line) for number, line in lines[1:] if line]
    if len(set(header)) != len(header):
        raise IncidentError("two columns have the same name", where=where, do="give each column its own name")
    for number, row in rows:
        if len(row) != len(header):
            raise IncidentError(
                f"line {number} has {len(row)} fields where the header has {len(header)}", where=where, do="correct or remove that line"
            )
    missing = [c for c in _needed(dataset) if c not in header]
    if missing:
        raise IncidentError(
            f"column {missing[0]!r} is missing; {nearest(missing[0], header)}", where=where, do="correct the file or its sidecar"
        )
    return pd.DataFrame([row for _, row in rows], columns=header, dtype="str")


def _needed(dataset: Dataset) -> list[str]:
    sidecar = dataset.sidecar
    return [*sidecar.columns, *([sidecar.period.column] if sidecar.period else ["incident_id", "date_start", "date_end", "date_precision"])]


def _typed(column: pd.Series, name: str, dataset: Dataset) -> pd.Series:
    import pandas as pd

    period = dataset.sidecar.period
    if _TEXT.search(name) or (period and name == period.column):
        return column.where(column != "", None)
    is_date = name.endswith(("_start", "_end")) or name.startswith("date")
    convert = (lambda c: pd.to_datetime(c, format="%Y-%m-%d")) if is_date else pd.to_numeric
    try:
        return convert(column.where(column != "", None))
    except (ValueError, TypeError):
        if is_date:
            raise IncidentError(
                f"column {name!r} holds something that is no date", where=dataset.path, do="write dates as 2017-03-31"
            ) from None
        return column.where(column != "", None)


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
