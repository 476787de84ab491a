"""Datasets: found, checked against their sidecars, cut to the as-of date; nothing missing becomes zero."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from brieftools.errors import IncidentError
from brieftools.incidents.dataset import Cut, Dataset, check_coverage, find_datasets
from brieftools.incidents.query import frame
from brieftools.incidents.sidecar import last_complete
from projects import CSV, SIDECAR

SERIES = "period: {column: month, unit: month}\ncolumns: {month: as 2020-01, events: number}\n"


def dataset(tmp_path: Path, csv: str | bytes = CSV, sidecar: str = SIDECAR, *, name: str = "attacks") -> Dataset:
    """Lay a dataset down and read it."""
    data = csv if isinstance(csv, bytes) else csv.encode()
    folder = tmp_path / name
    folder.mkdir(parents=True)
    (folder / "attacks.csv").write_bytes(data)
    (folder / "sidecar.yml").write_text(sidecar.replace("@@SHA256@@", hashlib.sha256(data).hexdigest()), encoding="utf-8")
    return find_datasets(tmp_path, {name: None})[name]


def series(tmp_path: Path, rows: str) -> pd.DataFrame:
    """Read a monthly series as of 31 March 2020."""
    found = dataset(tmp_path, "month,events\n" + rows, SIDECAR.replace("kind: incidents", "kind: series") + SERIES)
    return frame(found, cut=Cut(as_of=date(2020, 3, 31)))


def test_unknown_stays_unknown(tmp_path: Path) -> None:
    """An empty cell is missing, a zero is a zero, and an undated incident stays."""
    rows = frame(dataset(tmp_path), cut=Cut(as_of=date(2020, 3, 31)))
    assert rows.incident_id.tolist() == ["a-1", "a-2", "a-3"]
    assert rows.fatalities_best.isna().tolist() == [False, True, False]
    assert rows.fatalities_best[2] == 0
    assert rows.date_start.isna().tolist() == [False, False, True]


def test_nothing_after_the_as_of_date_enters(tmp_path: Path) -> None:
    """Incidents by day, months when they are over."""
    assert frame(dataset(tmp_path), cut=Cut(as_of=date(2020, 2, 10))).incident_id.tolist() == ["a-1", "a-3"]
    assert frame(dataset(tmp_path / "same-day"), cut=Cut(as_of=date(2020, 2, 11))).incident_id.tolist() == ["a-1", "a-2", "a-3"]
    assert series(tmp_path / "series", "2020-02,4\n2020-03,5\n2020-04,6\n").month.tolist() == ["2020-02", "2020-03"]


@pytest.mark.parametrize(
    ("csv", "says"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        (CSV[:-30], "fields where the header has 6"),
        (CSV + "a-4,2020-01-01\n", "line 5 has 2 fields where the header has 6"),
        (CSV.replace("\na-2", "\n\n\na-2") + "a-4\n", "line 7 has 1 fields"),
        (CSV.replace("Northgate,2", '"North,2'), "is not UTF-8 CSV"),
        (CSV.replace("Northgate", "\N{LATIN SMALL LETTER E WITH ACUTE}").encode("latin-1"), "is not UTF-8 CSV"),
        (CSV.replace("2020-01-05,2020-01-05", "5.1.2020,2020-01-05"), "column 'date_start' holds something that is no date"),
        (CSV.replace("date_start", "date_begin"), "column 'date_start' is missing"),
        (CSV.replace("place", "date_end"), "two columns have the same name"),
    ],
)
def test_a_damaged_file_is_named(csv: str | bytes, says: str, tmp_path: Path) -> None:
    """Empty, cut off, ragged, in another encoding, or with a date that is none."""
    found = dataset(tmp_path, csv)
    with pytest.raises(IncidentError) as caught:
        frame(found, cut=Cut(as_of=date(2020, 3, 31)))
    assert says in str(caught.value)
    assert str(found.path) in str(caught.value)
    assert caught.value.do


def test_a_header_alone_is_no_incidents(tmp_path: Path) -> None:
    """That is an answer, and not damage."""
    assert len(frame(dataset(tmp_path, CSV.partition("\n")[0] + "\n"), cut=Cut(as_of=date(2020, 3, 31)))) == 0


@pytest.mark.parametrize(("rows", "says"), [("2020-01,1\n2020-13,2\n", "is no month"), ("2020-01,1\n,2\n", "a row has no month")])
def test_a_row_without_a_period_is_never_left_out_silently(rows: str, says: str, tmp_path: Path) -> None:
    """A missing month would look like zero."""
    with pytest.raises(IncidentError, match=says):
        series(tmp_path, rows)


def test_a_changed_or_missing_file_is_not_used(tmp_path: Path) -> None:
    """The sidecar's hash is checked at every reading."""
    path = dataset(tmp_path).path
    path.write_text(CSV.replace("Northgate,2", "Northgate,3"), encoding="utf-8")
    with pytest.raises(IncidentError, match="changed or damaged"):
        find_datasets(tmp_path, {"attacks": None})
    path.unlink()
    with pytest.raises(IncidentError, match="is not there"):
        find_datasets(tmp_path, {"attacks": None})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("name: attacks", "name: others"), "the sidecar is called 'others' but its folder 'attacks'"),
        (("file: attacks.csv", "file: ../attacks.csv"), "file (line 4)"),
        (("kind: incidents", "kind: series"), "a series needs `period`"),
        (("licence: CC0", "handling: TLP:PINK"), "no handling label 'TLP:PINK'"),
        (("end: 2020-03-31", "end: 2019-03-31"), "coverage ends (2019-03-31) before it starts"),
    ],
)
def test_a_wrong_sidecar_says_what_is_wrong(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    """The data's own papers are checked as strictly as the data."""
    with pytest.raises(IncidentError) as caught:
        dataset(tmp_path, sidecar=SIDECAR.replace(*change))
    assert says in str(caught.value)


@pytest.mark.parametrize("name", ["../attacks", "Attacks", "attacks/", "", "attaks"])
def test_a_name_is_no_path(name: str, tmp_path: Path) -> None:
    """What is not a plain name is no dataset."""
    dataset(tmp_path)
    with pytest.raises(IncidentError, match="no dataset called"):
        find_datasets(tmp_path, {name: None})


def test_a_brief_past_the_coverage_stops(tmp_path: Path) -> None:
    """The day after the last covered one is too much; that day itself is not."""
    found = dataset(tmp_path)
    check_coverage(found, date(2020, 3, 31))
    with pytest.raises(IncidentError, match="up to 1 April 2020, but it ends on 31 March 2020"):
        check_coverage(found, date(2020, 4, 1))


@pytest.mark.parametrize(
    ("unit", "day", "last"),
    [
        ("day", date(2020, 2, 29), date(2020, 2, 29)),
        ("week", date(2020, 3, 1), date(2020, 3, 1)),
        ("week", date(2020, 2, 29), date(2020, 2, 23)),
        ("month", date(2020, 2, 28), date(2020, 1, 31)),
        ("month", date(2020, 2, 29), date(2020, 2, 29)),
        ("quarter", date(2020, 3, 30), date(2019, 12, 31)),
        ("quarter", date(2020, 3, 31), date(2020, 3, 31)),
        ("year", date(2020, 12, 30), date(2019, 12, 31)),
        ("year", date(2020, 12, 31), date(2020, 12, 31)),
    ],
)
def test_the_last_whole_period(unit: str, day: date, last: date) -> None:
    """2020 was a leap year, and 1 March 2020 a Sunday."""
    assert last_complete(day, unit) == last
