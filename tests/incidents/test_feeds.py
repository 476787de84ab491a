"""ACLED, GTD and GDELT: every dialect is recognised and read, nothing is invented, nothing is lost."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import feeds
from brieftools.errors import DocumentError, IncidentError
from brieftools.incidents.dataset import find_datasets
from brieftools.incidents.engine import database, parquet
from brieftools.incidents.guard import refuse_rows
from brieftools.incidents.intake.importing import Imported
from brieftools.incidents.intake.plan import Options
from incidents.test_import import SHARED, accepted, reasons, take

GDELT_FILE = SHARED / "gdelt2-20191024143000.export.CSV"


def rows(imported: Imported) -> list[dict[str, Any]]:
    """The incidents of a snapshot in the order of the file."""
    with database() as db:
        found = db.execute(f"SELECT * FROM {parquet(imported.folder / 'rows.parquet')} ORDER BY record")
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def one_acled(folder: Path, columns: list[str] = feeds.ACLED_NEW, **other: str) -> dict[str, Any]:
    """A single synthetic event of ACLED, imported."""
    return rows(take(folder, feeds.table(columns, [feeds.acled(1, **other)])))[0]


def one_gtd(folder: Path, **other: str) -> dict[str, Any]:
    """A single synthetic incident of GTD, imported."""
    return rows(take(folder, feeds.table(feeds.GTD, [feeds.gtd(1, **other)])))[0]


UPPER = [column.upper() for column in feeds.ACLED_NEW]
REDUCED = ["event_id_cnty", "event_date", "event_type", "country", "fatalities"]


@pytest.mark.parametrize("columns", [feeds.ACLED_NEW, feeds.ACLED_OLD, UPPER, REDUCED], ids=["new", "old", "upper case", "reduced"])
def test_acled_column_sets(tmp_path: Path, columns: list[str]) -> None:
    """Export and API shapes, old and new, whole and reduced, are recognised and give the same incident, as far as they speak."""
    imported = take(tmp_path, feeds.table(columns, [feeds.acled(1), feeds.acled(2)]))
    assert imported.recognised.startswith("acled: ")
    assert "three letters and a number" in imported.recognised
    assert (imported.sidecar.format, imported.sidecar.family, imported.sidecar.redistribute_rows) == ("acled", "acled", False)
    first = rows(imported)[0]
    assert (first["incident_id"], first["country"], str(first["date_start"])) == ("IRQ1", "IRQ", "2022-02-23")
    assert (first["fatalities_low"], first["fatalities_best"], first["fatalities_high"]) == (None, 4, None)
    whole = columns is not REDUCED
    assert first["date_precision"] == ("day" if whole else "unknown")
    assert first["geo_precision"] == ("exact" if whole else "unknown")
    assert first["timestamp"] == (1_646_000_000 if whole else None)
    assert first["sources"] == (["Paper One", "Paper Two"] if whole else None)
    assert first["civilians_targeted"] is (None if columns in (feeds.ACLED_OLD, REDUCED) else False)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2022-02-23", "2022-02-23"),
        ("01-January-2015", "2015-01-01"),
        ("9-May-20", "2020-05-09"),
        ("11-Sep-97", "1997-09-11"),
        ("30 June 2016", "2016-06-30"),
        ("3 Mar 2019", "2019-03-03"),
        ("2022-02-23 00:00:00", "2022-02-23"),
    ],
)
def test_acled_dates(tmp_path: Path, written: str, read: str) -> None:
    """Each notation that its files have had is read."""
    assert str(one_acled(tmp_path, event_date=written)["date_start"]) == read


@pytest.mark.parametrize("written", ["0025-09-01", "31-June-2015", "03/04/2017", "", "9-May-2", "23 Fevrier 2022"])
@pytest.mark.parametrize("precision", ["1", ""])
def test_acled_dates_that_are_none(tmp_path: Path, written: str, precision: str) -> None:
    """The year 25, the 31st of June, a day that could be a month, and no date at all go to quarantine."""
    content = feeds.table(feeds.ACLED_NEW, [feeds.acled(1), feeds.acled(2, event_date=written, time_precision=precision)])
    imported = take(tmp_path, content)
    assert accepted(imported) == 1
    assert list(reasons(imported).values()) == [1]
    assert next(iter(reasons(imported))).startswith("no date" if not written else "no such date")


@pytest.mark.parametrize(
    ("time", "geo", "expected"),
    [("1", "1", ("day", "exact")), ("2", "2", ("week", "near")), ("3", "3", ("month", "adm1")), ("", "7", ("unknown", "unknown"))],
)
def test_acled_precision(tmp_path: Path, time: str, geo: str, expected: tuple[str, str]) -> None:
    """Precision of time and place as the specification maps it; the representative day stays as the file has it."""
    found = one_acled(tmp_path, time_precision=time, geo_precision=geo)
    assert (found["date_precision"], found["geo_precision"]) == expected
    assert found["date_start"] == found["date_end"] == date(2022, 2, 23)


@pytest.mark.parametrize("written", ["1", "1.0", "State forces", "State Forces"])
def test_acled_kind_of_actor(tmp_path: Path, written: str) -> None:
    """A number or a text, old or new, means the same."""
    assert one_acled(tmp_path, inter1=written)["inter1"] == "State forces"


@pytest.mark.parametrize("written", ["Strategic developments", "Strategic development"])
def test_acled_strategic_developments(tmp_path: Path, written: str) -> None:
    """They are recognisable by one name, and the coverage warns of them."""
    imported = take(tmp_path, feeds.table(feeds.ACLED_NEW, [feeds.acled(1, event_type=written)]))
    assert rows(imported)[0]["event_type"] == "Strategic developments"
    assert any("Strategic developments" in hole for hole in imported.sidecar.coverage.holes)


@pytest.mark.parametrize(
    ("country", "code"),
    [({"iso": "4", "country": ""}, "AFG"), ({"iso": "004"}, "AFG"), ({"iso": "0", "country": "Kosovo"}, "XKX"), ({"iso": ""}, "IRQ")],
)
def test_acled_country_by_number_or_name(tmp_path: Path, country: dict[str, str], code: str) -> None:
    """The ISO number counts, and where there is none, the name; Kosovo has the number 0."""
    assert one_acled(tmp_path, **country)["country"] == code


def test_acled_sea_is_no_country(tmp_path: Path) -> None:
    """An event at sea keeps the name of the sea, has no country, and is flagged."""
    found = one_acled(tmp_path, iso="0", country="Red Sea")
    assert (found["country"], found["country_name"], found["flags"]) == (None, "Red Sea", ["country not known"])


@pytest.mark.parametrize(("cell", "means"), [("Civilians targeted", True), ("", False)])
def test_acled_civilians(tmp_path: Path, cell: str, means: bool) -> None:
    """An empty cell of the column says no."""
    assert one_acled(tmp_path, civilian_targeting=cell)["civilians_targeted"] is means


def test_acled_rows_never_leave(tmp_path: Path) -> None:
    """An event in a table stops the build, by its id, its day and place, or its position; sums pass; the snapshot is ignored by git."""
    imported = take(tmp_path, feeds.table(feeds.ACLED_NEW, [feeds.acled(12345), feeds.acled(12346)]))
    assert (imported.folder / ".gitignore").is_file()
    dataset = find_datasets(tmp_path / "incidents", {"events": None})["events"]

    def document(cells: list[str]) -> dict[str, Any]:
        body = [[{"c": [{"type": "text", "text": cell}]} for cell in cells]]
        return {"body": [{"type": "table", "id": "t", "title": [], "body": body}]}

    refuse_rows(document(["2022-02", "Ninewa", "2", "8"]), [dataset])
    for cells in (["IRQ12345", "x"], ["2022-02-23", "Synthetic Village"], ["36.125", "43.375"]):
        with pytest.raises(DocumentError, match="may not be passed on"):
            refuse_rows(document(cells), [dataset])


def test_acled_newer_release(tmp_path: Path) -> None:
    """By id: one withdrawn, one added, one edited, and which fields."""
    take(tmp_path, feeds.table(feeds.ACLED_NEW, [feeds.acled(1), feeds.acled(2)]))
    edited = feeds.acled(1, fatalities="6", timestamp="1646600000")
    second = take(tmp_path, feeds.table(feeds.ACLED_NEW, [edited, feeds.acled(3)]))
    changes = second.sidecar.changes
    assert changes is not None
    assert (changes.added, changes.removed, changes.edited) == (1, 1, 1)
    assert "IRQ1,edited,fatalities_best timestamp" in (second.folder / "changes.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("columns", [feeds.GTD, feeds.GTD[:-1]], ids=["135", "134"])
@pytest.mark.parametrize("kind", ["latin-1", "xlsx"])
def test_gtd_files(tmp_path: Path, columns: list[str], kind: str) -> None:
    """A workbook or CSV in Latin-1, 135 or 134 columns, gives the same incidents."""
    made = [feeds.gtd(1), feeds.gtd(2)]
    content = feeds.table(columns, made).encode("latin-1")
    if kind == "xlsx":
        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            for number, line in enumerate([columns, *[[row.get(column, "") for column in columns] for row in made]]):
                sheet.write_row(number, 0, [float(cell) if cell.lstrip("-").replace(".", "").isdigit() else cell for cell in line])
        content = out.getvalue()
    imported = take(tmp_path, content)
    assert imported.recognised.startswith("gtd: ")
    assert "twelve digits" in imported.recognised
    assert (imported.sidecar.format, imported.sidecar.family, imported.sidecar.redistribute_rows) == ("gtd", "gtd", False)
    first = rows(imported)[0]
    assert (first["incident_id"], first["place"], first["country"]) == ("201605010001", "Synthétic Village", "IRQ")
    assert (first["fatalities_best"], first["wounded"], first["actor1"]) == (4, 7, "SYNTHETIC Group")


@pytest.mark.parametrize(
    ("month", "day", "first", "last", "precision"),
    [
        ("5", "1", "2016-05-01", "2016-05-01", "day"),
        ("2", "0", "2016-02-01", "2016-02-29", "month"),
        ("0", "0", "2016-01-01", "2016-12-31", "year"),
        ("12", "0", "2016-12-01", "2016-12-31", "month"),
    ],
)
def test_gtd_unknown_parts_of_dates(tmp_path: Path, month: str, day: str, first: str, last: str, precision: str) -> None:
    """Day 0 is a month, month 0 a year."""
    found = one_gtd(tmp_path, imonth=month, iday=day)
    assert (str(found["date_start"]), str(found["date_end"]), found["date_precision"]) == (first, last, precision)


@pytest.mark.parametrize(
    ("extended", "resolution", "last", "flagged"),
    [("1", "2016-06-03", "2016-06-03", False), ("1", "", "2016-05-01", True), ("0", "2016-06-03", "2016-05-01", False)],
)
def test_gtd_extended_incidents(tmp_path: Path, extended: str, resolution: str, last: str, flagged: bool) -> None:
    """An incident of more than a day ends where the file says; where it does not say, that is flagged."""
    found = one_gtd(tmp_path, extended=extended, resolution=resolution)
    assert str(found["date_end"]) == last
    assert ("lasted more than a day, its end is not known" in found["flags"]) is flagged


@pytest.mark.parametrize(
    ("change", "reason", "value"),
    [
        ({"eventid": "1.97E+11"}, "id mangled by a spreadsheet", "1.97E+11"),
        ({"imonth": "2", "iday": "30"}, "no such date", "2016-2-30"),
        ({"imonth": "13", "iday": "0"}, "no such date", "2016-13-0"),
        ({"iyear": "", "imonth": "", "iday": ""}, "no date", ""),
        ({"nkill": "several"}, "no whole number", "several"),
        ({"nkill": "-3"}, "negative number", "-3"),
        ({"longitude": "-86185896"}, "longitude beyond 180", "-86185896"),
    ],
)
def test_gtd_what_makes_a_record_unusable(tmp_path: Path, change: dict[str, str], reason: str, value: str) -> None:
    """It is set aside with the reason and the value."""
    imported = take(tmp_path, feeds.table(feeds.GTD, [feeds.gtd(1), feeds.gtd(2, **change)]))
    assert accepted(imported) == 1
    (found,) = csv.DictReader((imported.folder / "quarantine.csv").open(encoding="utf-8", newline=""))
    assert found["reason"].startswith(reason)
    assert found["value"].removeprefix("'") == value


def test_gtd_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    """Where every id is mangled, the file is still recognised and the refusal says what is wrong."""
    content = feeds.table(feeds.GTD, [feeds.gtd(n, eventid="1.97E+11") for n in range(3)])
    with pytest.raises(IncidentError, match="id mangled by a spreadsheet"):
        take(tmp_path, content)
    assert not [path for path in (tmp_path / "incidents").rglob("*") if path.is_file()]


@pytest.mark.parametrize(("written", "read"), [("", None), ("-9", None), ("-99", None), ("-99.0", None), ("0", 0), ("12.0", 12)])
def test_gtd_unknown_numbers(tmp_path: Path, written: str, read: int | None) -> None:
    """-9, -99 and an empty cell are unknown and never a count; 0 is a count."""
    found = one_gtd(tmp_path, nkill=written, nwound=written)
    assert (found["fatalities_best"], found["wounded"], found["flags"]) == (read, read, [])


def test_gtd_fraction_of_a_death(tmp_path: Path) -> None:
    """A share of several incidents' total is neither rounded nor a reason to lose the incident: unknown, and flagged."""
    found = one_gtd(tmp_path, nkill="3.5")
    assert found["fatalities_best"] is None
    assert len(found["flags"]) == 1
    assert found["flags"][0].startswith("deaths are a fraction")


@pytest.mark.parametrize(
    ("specificity", "vicinity", "means"),
    [
        ("1", "0", "exact"),
        ("1", "1", "near"),
        ("1", "-9", "near"),
        ("2", "0", "adm2"),
        ("3", "0", "adm2"),
        ("4", "0", "adm1"),
        ("5", "0", "country"),
        ("", "", "unknown"),
    ],
)
def test_gtd_precision_of_places(tmp_path: Path, specificity: str, vicinity: str, means: str) -> None:
    """Specificity and vicinity as the specification maps them."""
    assert one_gtd(tmp_path, specificity=specificity, vicinity=vicinity)["geo_precision"] == means


@pytest.mark.parametrize(
    ("columns", "make", "name"),
    [(feeds.GDELT1_SHORT, feeds.gdelt_one, "gdelt1"), (feeds.GDELT1, feeds.gdelt_one, "gdelt1"), (feeds.GDELT2, feeds.gdelt, "gdelt2")],
    ids=["57", "58", "61"],
)
@pytest.mark.parametrize("header", [False, True])
def test_gdelt_versions(tmp_path: Path, columns: list[str], make: Any, name: str, header: bool) -> None:
    """Each version is told by its number of columns and its content, with or without a header."""
    imported = take(tmp_path, feeds.table(columns, [make(1), make(2)], delimiter="\t", header=header))
    sidecar = imported.sidecar
    assert (sidecar.format, sidecar.family, sidecar.redistribute_rows) == (name, "gdelt", True)
    assert imported.recognised.startswith(f"{name}: ")
    assert f"{len(columns)} columns" in imported.recognised
    assert "reports, not incidents" in sidecar.title
    assert any("not incidents" in hole for hole in sidecar.coverage.holes)
    first = rows(imported)[0]
    assert (first["incident_id"], str(first["date_start"]), first["date_precision"]) == ("900000001", "2019-10-24", "day")
    assert (first["country"], first["country_name"], first["sub_event_type"]) == ("BLR", "Belarus", "010")
    assert first["url"] == ("https://example.org/synthetic" if "SOURCEURL" in columns else None)


@pytest.mark.parametrize(
    ("kind", "means"), [("1", "country"), ("2", "adm1"), ("3", "near"), ("4", "near"), ("5", "adm1"), ("0", "unknown"), ("", "unknown")]
)
def test_gdelt_precision_of_places(tmp_path: Path, kind: str, means: str) -> None:
    """A centroid is never exact."""
    found = rows(take(tmp_path, feeds.tabs(feeds.GDELT2, feeds.gdelt(1, ActionGeo_Type=kind), feeds.gdelt(2))))[0]
    assert found["geo_precision"] == means
    assert (found["place"] is not None) is (means == "near")


def test_gdelt_dates_of_long_ago_are_flagged(tmp_path: Path) -> None:
    """A report dated a year back stays on that day, and is flagged."""
    old = feeds.gdelt(1, SQLDATE="20181024", MonthYear="201810", Year="2018")
    found = rows(take(tmp_path, feeds.tabs(feeds.GDELT2, old, feeds.gdelt(2))))
    assert [row["flags"] for row in found] == [["dated a week or more before it was added"], []]


@pytest.mark.parametrize("columns", [feeds.GDELT1_SHORT, feeds.GDELT1, feeds.GDELT2], ids=["57", "58", "61"])
def test_a_table_of_the_same_width_is_no_gdelt(tmp_path: Path, columns: list[str]) -> None:
    """An own table that happens to have as many columns keeps its header and is not taken for GDELT."""
    own = ["incident_id", "date_start", "place", *[f"extra {n}" for n in range(len(columns) - 3)]]
    lines = [own, *[[f"a{n}", "2019-10-24", "X", *["1"] * (len(columns) - 3)] for n in range(3)]]
    imported = take(tmp_path, "\n".join("\t".join(line) for line in lines) + "\n", Options(name="events"))
    assert imported.sidecar.format == "table"
    assert accepted(imported) == 3


def test_a_broken_first_line_is_no_header(tmp_path: Path) -> None:
    """Where the first record lost a field, it is set aside and the others are read."""
    first, second, third = feeds.tabs(feeds.GDELT2, feeds.gdelt(1), feeds.gdelt(2), feeds.gdelt(3)).splitlines()
    imported = take(tmp_path, "\n".join([first.split("\t", 1)[1], second, third]) + "\n")
    assert (imported.sidecar.format, accepted(imported)) == ("gdelt2", 2)
    assert reasons(imported) == {"fewer fields than the header": 1}


@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_quotation_mark_in_gdelt_costs_one_line(tmp_path: Path, place: int) -> None:
    """Tab-separated files do not quote: a name that begins with a quotation mark is set aside alone, in the first line too."""
    lines = feeds.tabs(feeds.GDELT2, feeds.gdelt(1), feeds.gdelt(2), feeds.gdelt(3)).splitlines()
    lines[place - 1] = lines[place - 1].replace("Synthetic, Minsk", '"Synthetic, Minsk')
    imported = take(tmp_path, "\n".join(lines) + "\n")
    assert (imported.sidecar.format, accepted(imported)) == ("gdelt2", 2)


def test_layouts_without_header_are_told_apart_by_content(tmp_path: Path) -> None:
    """Of two layouts with the same number of columns, the one that the content fits is taken; neither, where none fits."""
    from brieftools.incidents.intake.header import Layout, read_header
    from brieftools.incidents.intake.normalise import normalise

    source = tmp_path / "x.csv"
    source.write_text("1,2016\n2,2017\n", encoding="utf-8")
    normal = normalise(source, tmp_path / "y.csv")
    years_last = Layout(("number", "year"), lambda rows: all(len(row[1]) == 4 for row in rows))
    years_first = Layout(("year", "number"), lambda rows: all(len(row[0]) == 4 for row in rows))
    for layouts in ([years_last, years_first], [years_first, years_last]):
        assert read_header(normal, layouts)[0].columns == ("number", "year")
    assert read_header(normal, [years_first])[0].columns == ("1", "2016")


def test_candidate_and_gdelt_without_header_side_by_side(tmp_path: Path) -> None:
    """A table of 49 columns without UCDP's content is not read as a Candidate file by position."""
    lines = [[f"name {n}" for n in range(46)] + ["incident_id", "date_start", "place"]]
    lines += [["x"] * 46 + [f"a{n}", "2019-10-24", "X"] for n in range(3)]
    imported = take(tmp_path, "\n".join(",".join(line) for line in lines) + "\n")
    assert (imported.sidecar.format, accepted(imported)) == ("table", 3)


@pytest.mark.parametrize("asked", ["acled", "gtd", "gdelt1"])
def test_a_format_that_was_asked_for_and_is_not_there(tmp_path: Path, asked: str) -> None:
    """Asking for the wrong format is refused with the column that is missing."""
    with pytest.raises(IncidentError, match="is missing"):
        take(tmp_path, "a,b,c\n1,2,3\n", Options(name="events", format=asked))


@pytest.mark.skipif(not GDELT_FILE.is_file(), reason="the real files are not beside this checkout")
def test_gdelt_as_published(tmp_path: Path) -> None:
    """A quarter of an hour of GDELT 2.0: 2,111 rows, none lost."""
    imported = take(tmp_path, GDELT_FILE.read_bytes())
    counts = imported.sidecar.counts
    assert counts is not None
    assert (imported.sidecar.format, counts.read, counts.accepted, counts.quarantined) == ("gdelt2", 2111, 2111, 0)


LAYOUTS = {
    "acled": lambda: feeds.table(feeds.ACLED_NEW, [feeds.acled(n, notes="SYNTHETIC") for n in range(1, 26)]),
    "gtd": lambda: feeds.table(feeds.GTD, [feeds.gtd(n) for n in range(1, 26)]),
    "gdelt1": lambda: feeds.tabs(feeds.GDELT1, *[feeds.gdelt_one(n) for n in range(1, 27)]),
    "gdelt2": lambda: feeds.tabs(feeds.GDELT2, *[feeds.gdelt(n) for n in range(1, 27)]),
}
MARKS = ['"', ",", "\n", "\r", "\0", "\x9f", "é", '""', '","', "=1+1", "\ufeff", ";", " ", "\t", "-9", "E+11", "."]


@pytest.mark.parametrize("name", LAYOUTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=st.lists(st.tuples(st.integers(0, 25), st.integers(0, 300), st.sampled_from(MARKS))), cut_off=st.integers(0, 200))
def test_nothing_is_lost_in_damage(
    tmp_path_factory: pytest.TempPathFactory, name: str, damage: list[tuple[int, int, str]], cut_off: int
) -> None:
    """Whatever is done to a file, every record is accepted or quarantined, or the file is refused."""
    lines = LAYOUTS[name]().split("\n")
    touched = {place for place, _, _ in damage}
    for place, where, what in damage:
        lines[place] = lines[place][:where] + what + lines[place][where:]
    content = "\n".join(lines).encode("utf-8", "surrogateescape")
    content = content[: len(content) - cut_off]
    try:
        imported = take(tmp_path_factory.mktemp("damage"), content)
    except IncidentError:
        assert 0 in touched or len(touched) > 12
        return
    counts = imported.sidecar.counts
    assert counts is not None
    assert counts.read == counts.accepted + counts.quarantined
    assert accepted(imported) == counts.accepted
    with (imported.folder / "quarantine.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == counts.quarantined
    untouched = 25 - len(touched - {0}) - (1 if cut_off else 0)
    if imported.sidecar.format == name and 0 not in touched:  # under a broken header every record may be too short
        assert counts.accepted >= untouched - 1
