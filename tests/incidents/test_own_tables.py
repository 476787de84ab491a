"""An analyst's own table: columns guessed once, dates in their usual notations, places proposed, groups of the brief."""

from __future__ import annotations

import gzip
import re
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import feeds
from brieftools.errors import IncidentError
from brieftools.incidents import formats
from brieftools.incidents.dataset import Cut, find_datasets
from brieftools.incidents.formats import Format
from brieftools.incidents.intake.importing import Imported, import_file
from brieftools.incidents.intake.mapping import Mapping
from brieftools.incidents.intake.plan import Options
from brieftools.incidents.query import frame, sums

LATE = date(2030, 1, 1)


def take(folder: Path, content: str, *, yes: bool = True, **options: object) -> Imported:
    """Import a text as the dataset ``own``."""
    source = folder / "own.csv"
    source.write_text(content, encoding="utf-8")
    confirm = (lambda fields, left: True) if yes else None
    return import_file(source, folder / "incidents", Options(**{"name": "own"} | options), confirm=confirm)  # type: ignore[arg-type]


def rows(folder: Path, **cut: object) -> pd.DataFrame:
    """Read the dataset ``own`` back."""
    return frame(find_datasets(folder / "incidents", {"own": None})["own"], cut=Cut(as_of=LATE, **cut))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2017-03-04 23:45", "2017-03-04", "2017-03-04", "day"),
        ("2017-03-04T23:45:00Z", "2017-03-04", "2017-03-04", "day"),
        ("2017-03-04T01:00:00+03:00", "2017-03-04", "2017-03-04", "day"),
        ("20170304", "2017-03-04", "2017-03-04", "day"),
        ("4 march 2017", "2017-03-04", "2017-03-04", "day"),
        ("Mar 4 2017", "2017-03-04", "2017-03-04", "day"),
        ("March 2017", "2017-03-01", "2017-03-31", "month"),
        ("Feb 2016", "2016-02-01", "2016-02-29", "month"),
    ],
)
def test_further_notations_of_dates(written: str, first: str, last: str, precision: str, tmp_path: Path) -> None:
    """The day is the one that was written, whatever the time and the zone; a month is all its days."""
    take(tmp_path, f"id;date\n1;{written}\n")
    (row,) = rows(tmp_path).itertuples()
    assert (f"{row.date_start:%Y-%m-%d}", f"{row.date_end:%Y-%m-%d}", row.date_precision) == (first, last, precision)


@pytest.mark.parametrize("written", ["31 June 2017", "20171304", "2017-02-30 10:00", "Marz 2017", "17-3-4", "Q1 2017"])
def test_what_is_no_date_is_set_aside(written: str, tmp_path: Path) -> None:
    """Never the nearest date that exists."""
    made = take(tmp_path, f"id;date\n1;{written}\n2;2017-01-01\n")
    assert made.sidecar.counts is not None
    assert made.sidecar.counts.reasons == {"no such date, or a notation that is not known": 1}


def test_a_confirmed_guess_is_not_asked_again(tmp_path: Path) -> None:
    """Nor the order of day and month; a newer file says what changed."""
    first = take(tmp_path, "Nr,When,Where,Dead\n1,03/04/2017,Mosul,3\n2,05/06/2017,Raqqa,\n", dates="dmy")
    second = take(tmp_path, "Nr,When,Where,Dead\n1,03/04/2017,Mosul,4\n3,07/08/2017,Raqqa,\n", yes=False)
    again = take(tmp_path, "Nr,When,Where,Dead\n1,03/04/2017,Mosul,4\n3,07/08/2017,Raqqa,\n", yes=False)
    changes = second.sidecar.changes
    assert changes is not None
    assert (changes.against, changes.added, changes.removed, changes.edited) == (first.folder.name, 1, 1, 1)
    assert (again.new, again.folder) == (False, second.folder)
    assert rows(tmp_path).fatalities_best.tolist() == [4, pd.NA]
    assert f"{rows(tmp_path).date_start[0]:%Y-%m-%d}" == "2017-04-03"


def test_an_unconfirmed_guess_is_shown_in_the_refusal(tmp_path: Path) -> None:
    """A scheduler's log says what was guessed; a date is found by its content where no name tells."""
    with pytest.raises(IncidentError, match=r"place from 'Where', date_start from 'Tag'"):
        take(tmp_path, "Tag,Where\n2017-04-03,Mosul\n", yes=False)
    with pytest.raises(IncidentError, match=r"no column tells the date; there are 'Ort', 'Tote'"):
        take(tmp_path, "Ort,Tote\nMosul,2\n")


def test_columns_called_as_ours_are_kept_beside_them(tmp_path: Path) -> None:
    """A column of the file never takes the place of one that a query makes."""
    take(tmp_path, "date,group,Country,iso,flags\n2017-01-01,A,Irak,IRQ,red\n", mapping=Mapping(fields={"country": "iso"}))
    row = rows(tmp_path, groups={"home": ("IRQ",), "abroad": "rest"}).iloc[0]
    assert (row.group, row.group_given, row.country, row.Country_given, row.flags_given) == ("home", "A", "IRQ", "Irak", "red")


PLACES = """id,date,country,place,province,lat,lon
1,2017-01-01,IRQ,Mosul,,36.1,43.1
2,2017-01-01,IRQ,Kirkūk,,,
3,2017-01-01,EGY,Sinai,,,
4,2017-01-01,USA,Springfield,,,
5,2017-01-01,IRQ,Nowhere at all,,,
6,2017-01-01,,Paris,,,
7,2017-01-01,IRQ,,Anbar,,
"""


def test_places_are_proposed_and_never_overwritten(tmp_path: Path) -> None:
    """Kirkuk lies at 35.5 N 44.4 E (GeoNames); of several Springfields none is taken, nor a Paris of no country."""
    made = take(tmp_path, PLACES)
    assert made.sidecar.counts is not None
    assert made.sidecar.counts.proposed == 3
    plain = rows(tmp_path)
    assert plain.latitude.notna().tolist() == [True, False, False, False, False, False, False]
    assert plain.proposed_from.notna().tolist() == [False, True, True, False, False, False, True]
    taken = rows(tmp_path, proposals=True)
    assert taken.latitude[0] == 36.1
    assert (taken.latitude[1], taken.longitude[1]) == pytest.approx((35.47, 44.39), abs=0.02)
    assert taken.geo_precision[[1, 2, 6]].tolist() == ["near", "region", "adm1"]
    assert taken.proposed_from[1].startswith("GeoNames ")


def test_groups_of_the_brief_are_a_column(tmp_path: Path) -> None:
    """Home and abroad come from brief.yml; where the country is not stated, so is the group."""
    take(tmp_path, PLACES)
    groups = {"home": ("IRQ", "SYR"), "abroad": "rest"}
    found = rows(tmp_path, groups=groups).group
    assert found.where(found.notna(), "").tolist() == ["home", "home", "abroad", "abroad", "home", "", "home"]
    dataset = find_datasets(tmp_path / "incidents", {"own": None})["own"]
    counted = sums(dataset, ("group",), cut=Cut(as_of=LATE, groups=groups))
    assert dict(zip(counted.group.fillna("not stated"), counted.events, strict=True)) == {"abroad": 2, "home": 4, "not stated": 1}


@pytest.mark.parametrize(
    ("unit", "good", "bad", "ends"),
    [
        ("week", "2020-W53", "2021-W53", "2021-01-03"),
        ("month", "2016-02", "2016-13", "2016-02-29"),
        ("quarter", "2017Q1", "2017Q5", "2017-03-31"),
        ("year", "2017", "17", "2017-12-31"),
        ("day", "2017-03-31", "2017-03-32", "2017-03-31"),
    ],
)
def test_a_period_that_does_not_exist_is_set_aside(unit: str, good: str, bad: str, ends: str, tmp_path: Path) -> None:
    """2020 had 53 ISO weeks and 2021 had not; a period counts from the day on which it is over."""
    end = date.fromisoformat(ends)
    coverage = {"start": date(2016, 1, 1), "end": date(2022, 1, 1), "area": "x"}
    mapping = Mapping.model_validate({"kind": "series", "period": {"column": "when", "unit": unit}, "coverage": coverage})
    made = take(tmp_path, f"when,events\n{good},1\n{bad},2\n,3\n", mapping=mapping)
    assert made.sidecar.counts is not None
    assert made.sidecar.counts.reasons == {f"no such {unit}": 2}
    dataset = find_datasets(tmp_path / "incidents", {"own": None})["own"]
    assert frame(dataset, cut=Cut(as_of=end)).events.tolist() == [1]
    assert frame(dataset, cut=Cut(as_of=date.fromordinal(end.toordinal() - 1))).empty


def test_the_documented_format_works_as_written(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worked example of docs/incidents.md: its declaration and its SQL, taken from the page."""
    page = (checkout / "docs" / "incidents.md").read_text(encoding="utf-8").partition("## Adding a format")[2]
    blocks = [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", page, re.MULTILINE)]
    sql = next(block for block in blocks if block.lstrip().startswith("SELECT"))
    scope: dict[str, object] = {"Format": Format}
    exec(next(block for block in blocks if "ARV = Format(" in block), scope)
    arv = scope["ARV"]
    monkeypatch.setattr(Format, "sql", lambda self: sql)
    monkeypatch.setattr("brieftools.incidents.intake.plan.formats", lambda: (arv, *formats.formats()))
    made = take(tmp_path, "ref,when,lat,lon,dead\nARV1,2020-02-03,10.5,20.5,4\nARV2,2020-02-30,10.5,20.5,4\n", yes=False)
    assert made.recognised.startswith("arv:")
    row = rows(tmp_path).iloc[0]
    assert (row.incident_id, row.latitude, row.fatalities_best) == ("ARV1", 10.5, 4)
    assert made.sidecar.counts is not None
    assert made.sidecar.counts.quarantined == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [("id,date\n", "a header and not one record"), ("id,date\n1,2,3\n", "not one record of the file has the fields")],
)
def test_a_table_without_records_is_refused(content: str, says: str, tmp_path: Path) -> None:
    """And nothing is left behind."""
    with pytest.raises(IncidentError, match=says):
        take(tmp_path, content)
    assert list((tmp_path / "incidents").iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A slip at the command line is told as one."""
    with pytest.raises(IncidentError, match="cannot be read"):
        import_file(tmp_path, tmp_path / "incidents", Options(name="x"))


def test_an_archive_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused before the disk is full; the limit is lowered here, so that the test need not fill it."""
    monkeypatch.setattr("brieftools.incidents.intake.normalise._BOMB", (500, 1 << 20))
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"id,date\n" + b"\n" * (1 << 23)))
    with pytest.raises(IncidentError, match="unpacks to more than 500 times its size"):
        import_file(bomb, tmp_path / "incidents", Options(name="x"))
    assert list((tmp_path / "incidents").iterdir()) == []


def test_a_cell_at_the_end_of_the_sheet_takes_nothing_down(tmp_path: Path) -> None:
    """One cell at XFD1048576 asks for seventeen thousand million cells: refused, and this process lives."""
    import xlsxwriter

    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["date", "place"])
        sheet.write_row(1, 0, ["2017-01-01", "A"])
        sheet.write_string(1048575, 16383, "x")
    with pytest.raises(IncidentError, match="within 3 GiB of memory"):
        import_file(path, tmp_path / "incidents", Options(name="x"))
    assert list((tmp_path / "incidents").iterdir()) == []


def test_dates_numbers_and_names_of_sheets_survive_a_workbook(tmp_path: Path) -> None:
    """As cells hold them; a sheet that is not there is named with the nearest."""
    import xlsxwriter

    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("März 2017")
        sheet.write_row(0, 0, ["date", "place", "killed"])
        sheet.write_datetime(1, 0, pd.Timestamp("2017-03-04").to_pydatetime(), day)
        sheet.write_row(1, 1, ["Köln", 3])
        book.add_worksheet("notes").write_string(0, 0, "x")
    with pytest.raises(IncidentError, match="2 sheets hold data"):
        import_file(path, tmp_path / "incidents", Options(name="own"))
    with pytest.raises(IncidentError, match="März 2017"):
        import_file(path, tmp_path / "incidents", Options(name="own", sheet="Marz 2017"))
    import_file(path, tmp_path / "incidents", Options(name="own", sheet="März 2017"), confirm=lambda fields, left: True)
    row = rows(tmp_path).iloc[0]
    assert (f"{row.date_start:%Y-%m-%d}", row.place, row.fatalities_best) == ("2017-03-04", "Köln", 3)


def test_a_mapping_without_fields_leaves_a_known_format_known(tmp_path: Path) -> None:
    """`days_behind` beside a feed says when it is complete; licence and terms stay those of the format."""
    source = tmp_path / "own-2026-03-09.csv"
    source.write_text(feeds.table(feeds.ACLED_NEW, [feeds.acled(1)]), encoding="utf-8")
    made = import_file(source, tmp_path / "incidents", Options(mapping=Mapping(days_behind=1)))
    assert (made.sidecar.name, made.sidecar.format, made.sidecar.redistribute_rows) == ("own", "acled", False)
    assert made.sidecar.coverage.end == date(2026, 3, 8)
