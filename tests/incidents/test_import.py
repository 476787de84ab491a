"""Importing what analysts have: real files, own tables, damage, newer releases."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.errors import IncidentError
from brieftools.incidents.dataset import Cut, find_datasets
from brieftools.incidents.engine import database, parquet
from brieftools.incidents.intake.importing import Imported, import_file
from brieftools.incidents.intake.mapping import Mapping
from brieftools.incidents.intake.plan import Options
from brieftools.incidents.profile import original_row, profile, profile_html, unmatched
from brieftools.incidents.query import frame, sums

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
IRAQ = SHARED / "ucdp-ged-iraq-1989-2018.csv"
real = pytest.mark.skipif(not IRAQ.is_file(), reason="the real files are not beside this checkout")
HEADER = (
    "id,type_of_violence,side_a,side_b,where_prec,latitude,longitude,country,country_id,"
    "date_prec,date_start,date_end,low,best,high,side_b_new_id,where_coordinates"
)


def row(number: object, **other: str) -> list[str]:
    """One event in UCDP layout."""
    values = dict(
        zip(
            HEADER.split(","),
            [
                str(number),
                "1",
                "Government",
                "IS",
                "1",
                "33.3",
                "44.4",
                "Iraq",
                "645",
                "1",
                "2016-05-01",
                "2016-05-01",
                "1",
                "2",
                "3",
                "234",
                "Place",
            ],
            strict=True,
        )
    )
    return list((values | other).values())


def text(*rows: list[str]) -> str:
    """A file of events."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEADER.split(","), *rows])
    return out.getvalue()


def take(folder: Path, content: str | bytes, options: Options | None = None, *, name: str = "events.csv") -> Imported:
    """Import some bytes."""
    source = folder / name
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(source, folder / "incidents", options or Options(name="events"), confirm=lambda fields, left: True)


def accepted(imported: Imported) -> int:
    """Rows that lie in the snapshot."""
    with database() as db:
        return int((db.execute(f"SELECT count(*) FROM {parquet(imported.folder / 'rows.parquet')}").fetchone() or (0,))[0])


def reasons(imported: Imported) -> dict[str, int]:
    """Why records were set aside."""
    assert imported.sidecar.counts is not None
    return imported.sidecar.counts.reasons


@real
def test_ucdp_iraq_as_published(tmp_path: Path) -> None:
    """The Iraq file gives the numbers that are known of it: 7,473 rows, 69 out of order, 2,736 events and 49,005 deaths of 2014 to 2017."""
    imported = import_file(IRAQ, tmp_path, Options(name="iraq"))
    counts = imported.sidecar.counts
    assert counts is not None
    assert (counts.read, counts.accepted, counts.quarantined) == (7473, 7473, 0)
    assert counts.flags == {"low, best, high out of order": 69}
    with database() as db:
        query = (
            f"SELECT count(*), sum(fatalities_best) FROM {parquet(imported.folder / 'rows.parquet')} WHERE 'IS' "
            f"IN (actor1, actor2) AND year(date_start) BETWEEN 2014 AND 2017"
        )
        assert db.execute(query).fetchone() == (2736, 49005)


@real
def test_ucdp_sample_with_decimals_everywhere(tmp_path: Path) -> None:
    """In the sample every number is written 1234.0, ids too; 13 rows are out of order."""
    imported = import_file(SHARED / "ucdp-ged-23.1-sample1000.csv", tmp_path, Options(name="sample"))
    counts = imported.sidecar.counts
    assert counts is not None
    assert (counts.accepted, counts.flags) == (1000, {"low, best, high out of order": 13})
    dataset = find_datasets(tmp_path, {"sample": None})["sample"]
    (_, kept), (_, raw) = original_row(dataset, "300380")
    assert dict(kept)["country"] == "SYR"
    assert dict(raw)["id"] == "300380.0"


@pytest.mark.parametrize("wrap", ["plain", "gz", "zip", "bom", "utf-16", "crlf", "cr", "mixed", "tsv"])
def test_every_wrapping_gives_the_same_rows(tmp_path: Path, wrap: str) -> None:
    """Compression, encoding, line ends and delimiter change nothing."""
    content = text(row(1, where_coordinates="Fallūjah, near"), row(2), row(3))
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("x.csv", content)
    tabs = io.StringIO()
    csv.writer(tabs, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(content)))
    lines = content.split("\n")
    made = {
        "plain": content.encode(),
        "gz": gzip.compress(content.encode()),
        "zip": zipped.getvalue(),
        "bom": b"\xef\xbb\xbf" + content.encode(),
        "utf-16": content.encode("utf-16"),
        "crlf": content.replace("\n", "\r\n").encode(),
        "cr": content.replace("\n", "\r").encode(),
        "mixed": (lines[0] + "\r\n" + lines[1] + "\n" + lines[2] + "\r" + lines[3]).encode(),
        "tsv": tabs.getvalue().encode(),
    }[wrap]
    imported = take(tmp_path, made)
    rows = frame(find_datasets(tmp_path / "incidents", {"events": None})["events"], cut=Cut(imported.sidecar.coverage.end))
    assert list(rows.incident_id) == ["1", "2", "3"]
    assert rows.place[0] == "Fallūjah, near"
    assert set(rows.country) == {"IRQ"}


def test_excel_renamed_to_csv(tmp_path: Path) -> None:
    """A workbook is known by its content, whatever it is called."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(([*HEADER.split(",")], row(1), row(2))):
            sheet.write_row(number, 0, cells)
    assert accepted(take(tmp_path, out.getvalue())) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date_start": "2017-02-30"}, "no such date"),
        ({"date_start": ""}, "no date"),
        ({"date_end": "2015-01-01"}, "ends before it starts"),
        ({"latitude": "91"}, "latitude beyond 90"),
        ({"longitude": "east"}, "longitude is no number"),
        ({"best": "12 or 13"}, "no whole number"),
        ({"best": "-3"}, "negative number"),
        ({"id": "1.97E+11"}, "id mangled by a spreadsheet"),
        ({"id": ""}, "no id"),
    ],
)
def test_what_makes_a_record_unusable(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    """It goes to quarantine with its line, the reason, the column and the value; the others stay."""
    imported = take(tmp_path, text(row(1), row(2, **change), row(3)))
    assert accepted(imported) == 2
    (found,) = csv.DictReader((imported.folder / "quarantine.csv").open(encoding="utf-8", newline=""))
    assert found["reason"].startswith(reason)
    assert found["line"] == "3"
    column, value = next(iter(change.items()))
    assert (found["column"], found["value"].removeprefix("'")) == (column, value)


def test_doubled_ids(tmp_path: Path) -> None:
    """Of an exact copy one stays; of records that differ none can be trusted."""
    imported = take(tmp_path, text(row(1), row(1), row(2), row(2, best="3"), row(3)))
    assert accepted(imported) == 2
    assert reasons(imported) == {"copy of another record": 1, "id of several different records": 2}


def test_comma_decimals_are_read_in_coordinates(tmp_path: Path) -> None:
    """33,5 degrees is 33.5."""
    take(tmp_path, text(row(1, latitude="33,5")))
    rows = frame(find_datasets(tmp_path / "incidents", {"events": None})["events"], cut=Cut(as_of=_day("2017-01-01")))
    assert rows.latitude[0] == 33.5


def test_a_quote_gone_wrong_loses_one_line(tmp_path: Path) -> None:
    """An opened quotation mark swallows none of the lines after it."""
    broken = ",".join(row(2)).replace("Place", '"Place')
    content = text(row(1)) + broken + "\n" + text(row(3), row(4, where_coordinates="two\nlines"), row(5)).split("\n", 1)[1]
    imported = take(tmp_path, content)
    assert accepted(imported) == 4
    assert reasons(imported) == {"a quotation mark is opened and not closed": 1}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 25),
            st.integers(0, 100),
            st.sampled_from(['"', ",", "\n", "\r", "\0", "\x9f", "é", '""', '","', "=1+1", "\ufeff", ";", " "]),
        )
    ),
    st.integers(0, 200),
)
def test_nothing_is_lost_in_damage(tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, int, str]], cut_off: int) -> None:
    """Whatever is done to a file, every record is accepted or quarantined, or the file is refused; and what is untouched stays."""
    folder = tmp_path_factory.mktemp("damage")
    lines = text(*[row(number) for number in range(1, 26)]).split("\n")
    touched = {place for place, _, _ in damage}
    for place, where, what in damage:
        lines[place] = lines[place][:where] + what + lines[place][where:]
    content = "\n".join(lines).encode("utf-8", "surrogateescape")
    content = content[: len(content) - cut_off]
    try:
        imported = take(folder, content)
    except IncidentError:
        assert 0 in touched or not set(range(1, 26)) - touched or cut_off
        return
    counts = imported.sidecar.counts
    assert counts is not None
    assert counts.read == counts.accepted + counts.quarantined
    assert accepted(imported) == counts.accepted
    with (imported.folder / "quarantine.csv").open(encoding="utf-8", newline="") as file:
        quarantine = list(csv.DictReader(file))
    assert len(quarantine) == counts.quarantined
    assert not any(cell.startswith(("=", "+", "@")) for line in quarantine for cell in line.values())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n...", "PDF"),
        (bytes(range(32)) * 50, "binary"),
        (b'{"type": "FeatureCollection", "features": []}', "GeoJSON"),
        (b"<html><body>Log in</body></html>", "web page"),
        (b"just words\nand more words\n", "one column"),
        (b"a,b\n" + b"x" * 1_200_000, "more than 1 MB"),
        (",".join(f"c{n}" for n in range(100_000)).encode() + b"\n", "100,000 columns"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (b"\x1f\x8b not gzip", "unpacked"),
    ],
)
def test_no_table_is_refused_and_nothing_written(tmp_path: Path, content: bytes, says: str) -> None:
    """A file that is no table gives a clear error and leaves no dataset."""
    with pytest.raises(IncidentError, match=says):
        take(tmp_path, content)
    assert not list((tmp_path / "incidents").glob("*"))


def test_the_same_bytes_change_nothing_and_a_newer_release_says_what_changed(tmp_path: Path) -> None:
    """Snapshots are immutable; added, removed and edited are told by id."""
    first = take(tmp_path, text(row(1), row(2), row(3)))
    before = {path: path.read_bytes() for path in first.folder.iterdir()}
    assert not take(tmp_path, text(row(1), row(2), row(3))).new
    second = take(tmp_path, text(row(1), row(2, best="3"), row(4)))
    assert {path: path.read_bytes() for path in first.folder.iterdir()} == before
    changes = second.sidecar.changes
    assert changes is not None
    assert (changes.added, changes.removed, changes.edited) == (1, 1, 1)
    assert "2,edited,fatalities_best" in (second.folder / "changes.csv").read_text(encoding="utf-8")
    pinned = find_datasets(tmp_path / "incidents", {"events": first.folder.name})["events"]
    assert list(frame(pinned, cut=Cut(_day("2017-01-01"))).incident_id) == ["1", "2", "3"]


def test_candidate_without_header(tmp_path: Path) -> None:
    """A Candidate file that was published without a header is read by position."""
    from brieftools.incidents.formats.ucdp import CANDIDATE

    values = dict(zip(HEADER.split(","), row(7), strict=True)) | {"code_status": "Check deaths", "year": "2024"}
    out = io.StringIO()
    for number in ("7", "8"):
        csv.writer(out, lineterminator="\n").writerow([(values | {"id": number}).get(column, "") for column in CANDIDATE.by_position])
    imported = take(tmp_path, out.getvalue())
    assert imported.sidecar.format == "ucdp-candidate"
    assert accepted(imported) == 2


OWN = "When,Where,Killed,Remark\n{0},Northgate,2,=cmd\n{1},Southgate,,calm\n"


def test_ambiguous_day_and_month_is_refused(tmp_path: Path) -> None:
    """03/04/2017 is never guessed; a date that tells settles all, and a contradiction is refused."""
    mapping = Mapping(fields={"date_start": "When", "place": "Where", "fatalities_best": "Killed"})
    with pytest.raises(IncidentError, match="could be day/month or month/day"):
        take(tmp_path, OWN.format("03/04/2017", "05/06/2017"), Options(name="own", mapping=mapping))
    with pytest.raises(IncidentError, match="partly"):
        take(tmp_path, OWN.format("13/04/2017", "05/16/2017"), Options(name="own", mapping=mapping))
    take(tmp_path, OWN.format("03/04/2017", "13/06/2017"), Options(name="own", mapping=mapping))
    rows = frame(find_datasets(tmp_path / "incidents", {"own": None})["own"], cut=Cut(_day("2018-01-01")))
    assert [str(day.date()) for day in rows.date_start] == ["2017-04-03", "2017-06-13"]
    assert rows.fatalities_best.isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("written", "first", "last", "precision"),
    [
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("2016-02", "2016-02-01", "2016-02-29", "month"),
        ("30 June 2016", "2016-06-30", "2016-06-30", "day"),
        ("01-January-2015", "2015-01-01", "2015-01-01", "day"),
        ("2016-03-04 00:00:00.000", "2016-03-04", "2016-03-04", "day"),
        ("25.12.2016", "2016-12-25", "2016-12-25", "day"),
    ],
)
def test_usual_notations_of_dates(tmp_path: Path, written: str, first: str, last: str, precision: str) -> None:
    """A date is as exact as it is written."""
    take(tmp_path, f"incident_id,date_start,place\na,{written},X\n", Options(name="own"))
    rows = frame(find_datasets(tmp_path / "incidents", {"own": None})["own"], cut=Cut(_day("2018-01-01")))
    assert (str(rows.date_start[0].date()), str(rows.date_end[0].date()), rows.date_precision[0]) == (first, last, precision)


def test_a_guess_that_nobody_confirms_is_refused(tmp_path: Path) -> None:
    """Unattended, guessed columns are not used."""
    source = tmp_path / "own.csv"
    source.write_text("When,date,Killed\nx,2016-01-01,2\n", encoding="utf-8")
    with pytest.raises(IncidentError, match="guessed"):
        import_file(source, tmp_path / "incidents", Options())


def test_actors_are_matched_by_time(tmp_path: Path) -> None:
    """The same name means another group in another year; what is not listed stays unmatched and is counted."""
    (tmp_path / "actors.yml").write_text(
        "actors:\n  old: {label: Old, known: [{family: ucdp, name: IS, end: 2013-04-08}]}\n  new: {label: "
        "New, known: [{family: ucdp, name: IS, start: 2013-04-09}]}\n",
        encoding="utf-8",
    )
    imported = take(tmp_path, text(row(1, date_start="2004-05-01", date_end="2004-05-01"), row(2)))
    dataset = find_datasets(tmp_path / "incidents", {"events": None})["events"]
    rows = frame(dataset, cut=Cut(_day("2017-01-01")))
    assert list(rows.actor2_id) == ["old", "new"]
    assert list(frame(dataset, cut=Cut(_day("2017-01-01"), actors=("new",))).incident_id) == ["2"]
    assert [(one.name, one.count) for one in unmatched(imported.folder, tmp_path / "actors.yml")] == [("Government", 2)]


def test_a_name_with_two_meanings_at_once_is_refused(tmp_path: Path) -> None:
    """data/actors.yml must not say that one name means two groups at one time."""
    (tmp_path / "actors.yml").write_text(
        "actors:\n  a: {label: A, known: [{family: ucdp, name: IS}]}\n  b: {label: B, known: [{family: ucdp, "
        "name: IS, start: 2016-01-01}]}\n",
        encoding="utf-8",
    )
    take(tmp_path, text(row(1)))
    with pytest.raises(IncidentError, match="at one time"):
        find_datasets(tmp_path / "incidents", {"events": None})


def test_sums_leave_uncertain_dates_out_and_invent_no_zero(tmp_path: Path) -> None:
    """An event known to a month only is no event of a day; a month without events has no row."""
    take(tmp_path, text(row(1), row(2, date_prec="4", date_end="2016-05-31"), row(3, date_start="2016-08-01", date_end="2016-08-01")))
    dataset = find_datasets(tmp_path / "incidents", {"events": None})["events"]
    by_day = sums(dataset, ("day",), cut=Cut(_day("2017-01-01")))
    assert dict(zip(by_day.day, by_day.events, strict=True)) == {"2016-05-01": 1, "2016-08-01": 1, "undated": 1}
    by_month = sums(dataset, ("month",), cut=Cut(_day("2017-01-01")))
    assert dict(zip(by_month.month, by_month.events, strict=True)) == {"2016-05": 2, "2016-08": 1}


def test_the_profile_shows_sums_and_no_markup(tmp_path: Path) -> None:
    """Text of the data stays text on the page."""
    take(tmp_path, text(row(1, side_a="<script>alert(1)</script>"), row(2)))
    dataset = find_datasets(tmp_path / "incidents", {"events": None})["events"]
    page = profile_html(dataset, profile(dataset))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_first_brief_reads_what_an_import_makes(tmp_path: Path) -> None:
    """Importing the four files of data/inbox anew gives the rows that the project holds."""
    from brieftools.project.yamlfile import read_record

    root = Path(__file__).resolve().parents[2] / "data"
    for name in ("islamic-state-article", "is-events-monthly", "is-onesided-yearly", "is-iraq-places-quarterly"):
        mapping = read_record(root / "inbox" / f"{name}.yml", Mapping)
        (tmp_path / "actors.yml").write_bytes((root / "actors.yml").read_bytes())
        imported = import_file(root / "inbox" / f"{name}.csv", tmp_path / "incidents", Options(mapping=mapping))
        assert (root / "incidents" / name / "current").read_text().strip() == imported.folder.name
        ours, theirs = (
            frame(find_datasets(folder, {name: None})[name], cut=Cut(_day("2017-03-31")))
            for folder in (tmp_path / "incidents", root / "incidents")
        )
        assert ours.equals(theirs)


@pytest.mark.parametrize(
    "cells", [["12345", "x"], ["2016-05-01", "Place"], ["33.3", "44.4", "dot"]], ids=["an id", "day and place", "a point on a map"]
)
@pytest.mark.parametrize("where", ["table", "figure"])
def test_closed_rows_never_leave(tmp_path: Path, cells: list[str], where: str) -> None:
    """A table, or the data behind a figure, with an incident of a closed dataset stops the build; sums pass."""
    from brieftools.errors import DocumentError
    from brieftools.incidents.guard import refuse_rows

    own = "incident_id,date_start,place,latitude,longitude\n12345,2016-05-01,Place,33.3,44.4\n12346,2016-06-01,Other,33.1,44.1\n"
    imported = take(tmp_path, own, Options(name="own", mapping=Mapping(redistribute_rows=False)))
    assert (imported.folder / ".gitignore").is_file()
    dataset = find_datasets(tmp_path / "incidents", {"own": None})["own"]

    def document(row: list[str]) -> dict[str, object]:
        body = [[{"c": [{"type": "text", "text": cell}]} for cell in row]]
        table = {"type": "table", "id": "t", "title": [], "body": body}
        return {"body": [table if where == "table" else {"type": "figure", "id": "f", "table": {"rows": [row]}}]}

    refuse_rows(document(["2016-05", "1", "2.5"]), [dataset])
    with pytest.raises(DocumentError, match="may not be passed on"):
        refuse_rows(document(cells), [dataset])


def _day(iso: str):  # type: ignore[no-untyped-def]
    from datetime import date

    return date.fromisoformat(iso)
