"""A dataset of the project: found, checked against its sidecar, cut to a brief."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError, nearest
from brieftools.house.wording import long_date
from brieftools.incidents.sidecar import Sidecar
from brieftools.project.yamlfile import read_record

if TYPE_CHECKING:
    import pandas as pd

_TEXT = re.compile(
    r"(_id|iso3|country|place|adm|name|label|key|paragraph|notes|actor|type|precision|theatre|claim|locations)", re.IGNORECASE
)


@dataclass(frozen=True)
class Dataset:
    """One dataset as it lies in ``data/incidents/NAME/``.

    Attributes
    ----------
    sidecar : Sidecar
    path : Path
        The data file.
    data : bytes
        Its content, which is what `sidecar.sha256` was checked against.
    """

    sidecar: Sidecar
    path: Path
    data: bytes


def find_datasets(folder: Path, names: Iterable[str]) -> dict[str, Dataset]:
    """Read the datasets that a brief names.

    Raises
    ------
    IncidentError
        One is missing (the nearest known one is named), damaged, or not what its sidecar says.
    """
    return {name: _read(folder, name) for name in names}


def _read(folder: Path, name: str) -> Dataset:
    where = folder / name
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or not (where / "sidecar.yml").is_file():
        known = (path.parent.name for path in folder.glob("*/sidecar.yml"))
        raise IncidentError(
            f"no dataset called {name!r}; {nearest(name, known)}", where=folder, do="correct the name in brief.yml, or add the dataset"
        )
    sidecar = read_record(where / "sidecar.yml", Sidecar, error=IncidentError)
    if sidecar.name != name:
        raise IncidentError(
            f"the sidecar is called {sidecar.name!r} but its folder {name!r}", where=where / "sidecar.yml", do="give both the same name"
        )
    path = where / sidecar.file
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IncidentError(f"the data file of {name!r} is not there", where=path, do="restore it from version control") from None
    except OSError as e:
        raise IncidentError(f"the data file of {name!r} cannot be read: {e.strerror}", where=path, do="check its permissions") from None
    if hashlib.sha256(data).hexdigest() != sidecar.sha256:
        raise IncidentError(
            f"the data file of {name!r} is not the one that its sidecar describes: it was changed or damaged",
            where=path,
            do="restore it from version control; after an intended change, check the file and put its new sha256 into sidecar.yml",
        )
    return Dataset(sidecar, path, data)


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


def frame(dataset: Dataset, *, as_of: date) -> pd.DataFrame:
    """Return the rows up to the as-of date, with proper types.

    Parameters
    ----------
    as_of : date
        A period that is not over by then is left out.

    Returns
    -------
    DataFrame
        Dates as ``datetime64``, figures as numbers, everything else as text; what is not known is missing, never zero.

    Raises
    ------
    IncidentError
        The file is empty, not CSV, has lines of different lengths, or values that its columns cannot hold.
    """
    import pandas as pd

    table = _parse(dataset)
    for column in table.columns:
        table[column] = _typed(table[column], column, dataset)
    period = dataset.sidecar.period
    if period is not None:
        last = _periods(table[period.column], period.unit, dataset)
        return table[last.end_time <= pd.Timestamp(as_of) + pd.Timedelta(days=1)].reset_index(drop=True)
    # An incident without a date stays: it is shown as undated.
    return table[~(table["date_start"] > pd.Timestamp(as_of))].reset_index(drop=True) if "date_start" in table else table


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


def _parse(dataset: Dataset) -> pd.DataFrame:
    import csv
    import io

    import pandas as pd

    where = dataset.path
    try:
        text = dataset.data.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        lines, numbers = [], []
        for line in reader:
            lines.append(line)
            numbers.append(reader.line_num)
    except (UnicodeDecodeError, csv.Error) as e:
        raise IncidentError(f"the file is not UTF-8 CSV: {e}", where=where, do="restore it, or export it again as CSV in UTF-8") from None
    if len(lines) < 1 or not any(lines[0]):
        raise IncidentError("the file is empty", where=where, do="restore it from version control")
    header, rows = lines[0], [(number, line) for number, line in zip(numbers[1:], lines[1:], strict=True) if line]
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
