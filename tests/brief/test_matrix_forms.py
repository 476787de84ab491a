"""Matrices of other hands and tools: read for what they say, or refused with the cell and the reason."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.analysis.ach import analyse
from brieftools.brief.hypotheses import AchFile, matrix, read_hypotheses
from brieftools.brief.matrixfile import export_matrix, read_matrix
from brieftools.brief.matriximport import import_matrix
from brieftools.errors import SpecError

FIRST = Path(__file__).parents[2] / "briefs" / "islamic-state-abroad" / "ach.yml"
Rows = list[list[str]]

SMALL = AchFile.model_validate(
    {
        "question": "Who did it?",
        "hypotheses": {
            "H1": {"label": "the butler", "statement": "He did."},
            "H2": {"label": "the cook", "statement": "She did."},
            "H0": {"label": "other", "statement": "Somebody else.", "rated": False},
        },
        "evidence": {
            "E1": {"text": "A knife is missing", "grade": "B2", "origin": "police", "ratings": {"H1": "N anybody", "H2": "CC her knife"}},
        },
    }
)


def workbook(path: Path, sheets: dict[str, Rows], *merged: tuple[str, str, str]) -> Path:
    """Write sheets of text; each of `merged` is sheet, range and the text in it."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    made = {name: book.add_worksheet(name) for name in sheets}
    for name, rows in sheets.items():
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                if text:
                    made[name].write_string(number, place, text)
    for name, cells, text in merged:
        made[name].merge_range(cells, text)
    book.close()
    return path


def csv(path: Path, text: str) -> Path:
    """Write a file as it stands."""
    path.write_text(text, encoding="utf-8")
    return path


def ratings(path: Path) -> dict[str, dict[str, str]]:
    """Letters and reasons of each row, read as a matrix of the butler and the cook."""
    return {key: dict(entry.ratings) for key, entry in read_matrix(path, SMALL).file.evidence.items()}


# Round trips

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=30).map(lambda s: s.strip("'").strip())
NAMED = st.sampled_from(["=1+1", "+1", "-1", "@cmd", "--", "a;b", 'a "b", c', "line\nline", "'=x", "=cmd|' /C calc'!A0"]) | TEXT
LETTERS = st.sampled_from(["CC", "C", "N", "I", "II", "NA"])
RATING = st.one_of(LETTERS, st.tuples(LETTERS, NAMED.filter(bool)).map(" ".join))


@st.composite
def files(draw: st.DrawFn) -> AchFile:
    """Any ach.yml whose texts a person could type."""
    hypotheses = {
        f"H{n}": {"label": draw(NAMED.filter(bool)), "statement": f"statement {n}", "rated": n != 3} for n in range(draw(st.integers(2, 4)))
    }
    rated = [key for key, h in hypotheses.items() if h["rated"]]
    evidence = {
        f"E{n}": {
            "text": draw(NAMED.filter(bool)),
            "basis": draw(st.lists(st.sampled_from(["@a, ¶1", "@b"]), max_size=2)),
            "grade": draw(st.sampled_from(["", "B2", "F6"])),
            "credibility": draw(st.sampled_from("LMH")),
            "origin": draw(NAMED),
            "ratings": {key: draw(RATING) for key in rated if draw(st.booleans())},
        }
        for n in range(draw(st.integers(0, 4)))
    }
    return AchFile.model_validate({"question": "q", "hypotheses": hypotheses, "evidence": evidence})


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@settings(deadline=None, max_examples=60)
@given(file=files())
def test_round_trip(suffix: str, file: AchFile, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever the texts and letters are, a matrix comes back from a spreadsheet as it left."""
    path = tmp_path_factory.mktemp("m") / f"matrix{suffix}"
    export_matrix(file, path)
    found = read_matrix(path, file)
    assert found.file == file
    assert found.notes == ()


@settings(deadline=None, max_examples=40)
@given(file=files())
def test_no_formula_in_a_workbook(file: AchFile, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every cell is text in the text format: no formula, no number, no link."""
    path = tmp_path_factory.mktemp("m") / "matrix.xlsx"
    export_matrix(file, path)
    with zipfile.ZipFile(path) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in sheet.replace("<formatting", "")
    assert "hyperlink" not in sheet
    assert set(re.findall(r'<c [^>]*?(?: t="(\w+)")?>', sheet)) <= {"s"}


def test_a_workbook_changes_nothing_by_itself(tmp_path: Path) -> None:
    """The first brief's matrix leaves as .xlsx and comes back: ach.yml is the same to the byte, and so is a second export."""
    target = Path(shutil.copy(FIRST, tmp_path / "ach.yml"))
    before = target.read_bytes()
    export_matrix(read_hypotheses(tmp_path), tmp_path / "m.xlsx")
    import_matrix(target, tmp_path / "m.xlsx")
    assert target.read_bytes() == before
    export_matrix(read_hypotheses(tmp_path), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "m.xlsx").read_bytes()


# Other layouts

HEAD = ["Evidence", "H1: the butler", "H2: the cook"]
LAYOUTS: dict[str, tuple[Rows, dict[str, dict[str, str]]]] = {
    "lower case, words and N/A": (
        [
            HEAD,
            ["A knife is missing", "n", "cc her knife"],
            ["He limps", "Very inconsistent", "N/A"],
            ["She ran", "neutral: far away", "n.a."],
        ],
        {"E1": {"H1": "N anybody", "H2": "CC her knife"}, "E2": {"H1": "II", "H2": "NA"}, "E3": {"H1": "N far away", "H2": "NA"}},
    ),
    "plus and minus, a lone minus among them": (
        [HEAD, ["A knife is missing", "0", "++"], ["He limps", "-- cannot run", "+"], ["She ran", "−", "–"]],
        {"E1": {"H1": "N anybody", "H2": "CC her knife"}, "E2": {"H1": "II cannot run", "H2": "C"}, "E3": {"H1": "I", "H2": "I"}},
    ),
    "hypotheses in rows": (
        [["", "E1", "E2: He limps"], ["The butler", "N", "II"], ["The cook", "CC", "C"]],
        {"E1": {"H1": "N anybody", "H2": "CC her knife"}, "E2": {"H1": "II", "H2": "C"}},
    ),
    "a title, empty rows and columns, scores below": (
        [
            ["ACH of the case"],
            [],
            ["ID", "Evidence", "", "H2", "H1"],
            [],
            ["E1", "A knife is missing", "", "CC", "N"],
            [],
            ["E2", "He limps", "", "C", "II"],
            ["", "Inconsistency score", "", "0", "-2"],
            ["", "Rank", "", "1", "2"],
        ],
        {"E1": {"H1": "N anybody", "H2": "CC her knife"}, "E2": {"H1": "II", "H2": "C"}},
    ),
    "as PARC's program prints it": (
        [
            ["Project Title: the case"],
            ["", "Order #", "Type", "Credibility", "Relevance", "H: the butler", "H: the cook"],
            ["", "", "", "", "", "the butler", "the cook"],
            ["Weighted Inconsistency Score ⇨", "", "", "", "", "-2.0", "0.0"],
            ["E1", "1", "Police", "HIGH", "MEDIUM", "N", "CC"],
            ["E2 He limps", "2", "Inference", "Low", "Medium", "II", "C"],
        ],
        {"E1": {"H1": "N anybody", "H2": "CC her knife"}, "E2": {"H1": "II", "H2": "C"}},
    ),
}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_a_foreign_layout_is_understood(name: str, suffix: str, tmp_path: Path) -> None:
    """The same ratings come out, whichever way they were written down."""
    rows, expected = LAYOUTS[name]
    path = tmp_path / f"m{suffix}"
    if suffix == ".csv":
        path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8-sig")
    else:
        workbook(path, {"Sheet1": rows})
    assert ratings(path) == expected


def test_heuers_own_matrix(tmp_path: Path) -> None:
    """Heuer's figure 15 (will Iraq retaliate?), in his plus and minus: three hypotheses, -3, 0, -2."""
    labels = ("will not retaliate", "will sponsor minor actions", "plans a major attack")
    three = AchFile.model_validate(
        {
            "question": "Will Iraq retaliate?",
            "hypotheses": {f"H{n}": {"label": text, "statement": text} for n, text in enumerate(labels, 1)},
        }
    )
    rows = [
        ["", *three.hypotheses],
        ["E1. Public statement of intent not to retaliate", "+", "+", "+"],
        ["E2. No offensive during the war of 1991", "+", "+", "-"],
        ["E3. No wish to provoke another war", "+", "+", "-"],
        ["E4. More broadcasts to agents", "-", "+", "+"],
        ["E5. Embassies told to take precautions", "-", "+", "+"],
        ["E6. Failure to retaliate would lose face", "-", "+", "+"],
    ]
    found = analyse(matrix(read_matrix(workbook(tmp_path / "m.xlsx", {"Figure 15": rows}), three).file))
    assert [standing.score for standing in found.standings] == [-3, 0, -2]
    assert [row.evidence.key for row in found.rows if row.apart] == ["E1"]


def test_merged_head_cells(tmp_path: Path) -> None:
    """ "Hypotheses" over the columns, and "Evidence" over two rows, as a person would merge them."""
    rows = [["", "", "", ""], ["", "", "H1 - the butler", "H2 - the cook"], ["E1", "A knife is missing", "I", "C"]]
    path = workbook(tmp_path / "m.xlsx", {"A": rows}, ("A", "A1:A2", "Evidence"), ("A", "B1:B2", "Text"), ("A", "C1:D1", "Hypotheses"))
    assert ratings(path) == {"E1": {"H1": "I", "H2": "C"}}


def test_what_a_file_does_not_hold_stays(tmp_path: Path) -> None:
    """A matrix without columns for grade and origin leaves those of ach.yml; without a hypothesis, its ratings."""
    found = read_matrix(csv(tmp_path / "m.csv", "evidence,H1,H2\nE1,I,C\n"), SMALL).file.evidence["E1"]
    assert (found.grade, found.origin, found.text) == ("B2", "police", "A knife is missing")
    assert dict(found.ratings) == {"H1": "I", "H2": "C"}


def test_a_letter_without_its_reason_keeps_it(tmp_path: Path) -> None:
    """Tools that hold letters alone do not wipe the reasons of those that stay."""
    found = read_matrix(csv(tmp_path / "m.csv", "evidence,H1,H2\nE1,I,cc\n"), SMALL).file.evidence["E1"]
    assert dict(found.ratings) == {"H1": "I", "H2": "CC her knife"}


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    """A column of notes and a row of scores are named."""
    path = csv(tmp_path / "m.csv", "evidence,H1,H2,Notes\nE1,I,C,ask again\nScore,-1,0,\n")
    assert read_matrix(path, SMALL).notes == (
        "left out: column 'Notes' (line 1, column 4)",
        "left out: the row of scores at line 3, column 1",
    )


def test_one_of_several_sheets(tmp_path: Path) -> None:
    """The only sheet with a matrix is taken; of two the user names one; a sheet without is refused by name."""
    rows = [HEAD, ["E1", "I", "C"]]
    one = workbook(tmp_path / "one.xlsx", {"Cover": [["About this file"]], "Ratings": rows})
    assert ratings(one) == {"E1": {"H1": "I", "H2": "C"}}
    two = workbook(tmp_path / "two.xlsx", {"March": rows, "April": [HEAD, ["E1", "II", "C"]]})
    with pytest.raises(SpecError, match="several sheets hold a matrix: March, April"):
        ratings(two)
    assert read_matrix(two, SMALL, sheet="April").file.evidence["E1"].ratings["H1"] == "II"
    with pytest.raises(SpecError, match="did you mean 'April'"):
        read_matrix(two, SMALL, sheet="Aprile")


# Refused

REFUSED: dict[str, tuple[Rows, str]] = {
    "a lone dash": ([HEAD, ["E1", "-", "C"]], r"E1 \(cell B2\), rating of H1: '-'.*lone dash"),
    "a number": ([HEAD, ["E1", "C", "3"]], r"E1 \(cell C2\), rating of H2: '3' is none of"),
    "a question mark": ([HEAD, ["E1", "C", "C/I?"]], r"E1 \(cell C2\), rating of H2"),
    "a word that begins with a letter": ([HEAD, ["E1", "Nothing known", "C"]], r"E1 \(cell B2\), rating of H1: 'Nothing'"),
    "two slips": ([HEAD, ["E1", "X", "Y"]], r"(?s)cell B2.*cell C2"),
    "a hypothesis that ach.yml lacks": ([[*HEAD, "H3: the cat"], ["E1", "C", "C", "I"]], r"cell D1: no hypothesis or field 'H3: the cat'"),
    "a column without a heading": ([[*HEAD, ""], ["E1", "C", "C", "I"]], r"cell D1: no hypothesis or field ''"),
    "a hypothesis twice": ([[*HEAD, "H1"], ["E1", "C", "C", "I"]], r"cell D1: 'H1' names H1 a second time"),
    "a key twice": ([HEAD, ["E1", "C", "C"], ["E1", "I", "C"]], r"cell A3: the row's key 'E1' is empty or stands twice"),
    "a row without a key": ([HEAD, ["", "C", "C"]], r"cell A2: the row's key ''"),
    "ratings of what is not rated": ([[*HEAD, "H0"], ["E1", "C", "C", "I"]], r"cell D2: H0 is not rated"),
    "a weight in words": ([[*HEAD, "Credibility"], ["E1", "C", "C", "so-so"]], r"E1 \(cell D2\), credibility: 'so-so'"),
    "one hypothesis": ([["Evidence", "H1"], ["E1", "C"]], "no row or column names two of the hypotheses"),
    "no matrix at all": ([["Shopping"], ["Milk"]], "no row or column names two of the hypotheses"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_matrix_that_cannot_be_read_for_certain_is_refused(name: str, tmp_path: Path) -> None:
    """The message names the cell and says why."""
    rows, says = REFUSED[name]
    with pytest.raises(SpecError, match=says) as caught:
        ratings(workbook(tmp_path / "m.xlsx", {"Sheet1": rows}))
    assert caught.value.where == str(tmp_path / "m.xlsx")
    assert caught.value.do


def test_a_cell_of_an_error_or_a_formula(tmp_path: Path) -> None:
    """A formula counts with the value that the spreadsheet stored."""
    path = tmp_path / "m.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for place, text in enumerate(HEAD):
        sheet.write_string(0, place, text)
    sheet.write_string(1, 0, "E1")
    sheet.write_formula(1, 1, '=IF(1,"CC","I")', None, "CC")
    sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
    book.close()
    with pytest.raises(SpecError, match=r"cell C2"):
        ratings(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a workbook", b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_a_damaged_workbook_is_refused(content: bytes, tmp_path: Path) -> None:
    """Empty, cut off, or another format under the name .xlsx."""
    path = tmp_path / "m.xlsx"
    path.write_bytes(content)
    with pytest.raises(SpecError, match="no .xlsx workbook"):
        ratings(path)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_workbook_cut_off_is_refused(cut: float, tmp_path: Path) -> None:
    """A download that broke off."""
    path = workbook(tmp_path / "m.xlsx", {"Sheet1": [HEAD, ["E1", "C", "C"]]})
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    with pytest.raises(SpecError):
        ratings(path)


@settings(deadline=None, max_examples=150)
@given(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_workbook_never_ends_in_a_fault_of_ours(
    places: list[tuple[float, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever bytes are wrong, it is read or refused."""
    folder = tmp_path_factory.mktemp("m")
    data = bytearray(workbook(folder / "m.xlsx", {"Sheet1": [HEAD, ["E1", "C", "C"]]}).read_bytes())
    for place, byte in places:
        data[int(place * len(data))] = byte
    (folder / "m.xlsx").write_bytes(data)
    try:
        ratings(folder / "m.xlsx")
    except SpecError as e:
        assert e.do


def repacked(source: Path, target: Path, changes: dict[str, tuple[bytes, bytes]], names: dict[str, str]) -> Path:
    """Write a workbook again with bytes of its parts, or their names, changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            for before, after in [changes[part]] if part in changes else []:
                assert before in data
                data = data.replace(before, after)
            new.writestr(names.get(part, part), data)
    return target


SHEET, RELS, TYPES = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
FAR = (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
COUNTED = (b"<sheetData>", b"<sheetData>" + b"<row/>" * 20_000 + b"<row>" + b"<c><v>1</v></c>" * 20_000 + b"</row>")
HIDDEN = {RELS: (b"worksheets/sheet1.xml", b"worksheets/sheet1.png"), TYPES: (b"sheet1.xml", b"sheet1.png")}


@pytest.mark.parametrize(
    ("changes", "names"), [({SHEET: FAR}, {}), ({SHEET: COUNTED}, {}), ({SHEET: FAR} | HIDDEN, {SHEET: "xl/worksheets/sheet1.png"})]
)
def test_a_small_file_cannot_ask_for_all_memory(changes: dict[str, tuple[bytes, bytes]], names: dict[str, str], tmp_path: Path) -> None:
    """One cell in the last corner of a sheet would be sixteen thousand million empty ones; so would cells without an address."""
    plain = workbook(tmp_path / "plain.xlsx", {"Sheet1": [HEAD, ["E1", "C", "C"]]})
    with pytest.raises(SpecError, match="reaches beyond"):
        ratings(repacked(plain, tmp_path / "m.xlsx", changes, names))


def test_a_text_too_long_for_a_cell(tmp_path: Path) -> None:
    """Nothing is cut off in silence."""
    long = SMALL.model_copy(update={"evidence": {"E1": SMALL.evidence["E1"].model_copy(update={"text": "x" * 40_000})}})
    with pytest.raises(SpecError, match="cell B2 has 40000 letters"):
        export_matrix(long, tmp_path / "m.xlsx")
    assert not (tmp_path / "m.xlsx").exists()


def test_another_suffix(tmp_path: Path) -> None:
    """A matrix travels as .csv or .xlsx."""
    with pytest.raises(SpecError, match=r"not as \.ods"):
        export_matrix(SMALL, tmp_path / "m.ods")
