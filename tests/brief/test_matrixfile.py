"""A matrix leaves for a spreadsheet and comes back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from brieftools.analysis.ach_merge import merged
from brieftools.brief.hypotheses import matrix, read_hypotheses
from brieftools.brief.matrixfile import export_matrix, read_matrix
from brieftools.brief.matriximport import import_matrix
from brieftools.errors import SpecError

FIRST = Path(__file__).parents[2] / "briefs" / "islamic-state-abroad" / "ach.yml"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A copy of the first brief's ach.yml."""
    return Path(shutil.copy(FIRST, tmp_path / "ach.yml"))


def exported(target: Path, *changes: tuple[str, str]) -> Path:
    """Write the matrix as CSV, with changes as a colleague would make them in a spreadsheet."""
    path = target.with_name("matrix.csv")
    export_matrix(read_hypotheses(target.parent), path)
    text = path.read_bytes().decode("utf-8-sig")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8-sig", newline="")
    return path


def test_round_trip_changes_nothing(target: Path) -> None:
    """Exported and imported, the file is the same to the byte, comments and all."""
    before = target.read_bytes()
    import_matrix(target, exported(target))
    assert target.read_bytes() == before


def test_one_changed_cell_changes_one_line(target: Path) -> None:
    """A rating changed in the spreadsheet is the only line that differs."""
    before = target.read_text(encoding="utf-8").splitlines()
    told = import_matrix(target, exported(target, ("I growth would add", "II growth would add")))
    assert told == ("taken in: 12 rows; rated otherwise: E4",)
    after = target.read_text(encoding="utf-8").splitlines()
    changed = [(old.strip(), new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    assert changed == [("H1: I growth would add", "H1: II growth would add")]


def test_a_new_row_and_a_row_that_went(target: Path) -> None:
    """Rows come and go with the spreadsheet; hypotheses and assumptions stay."""
    path = exported(target)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([*lines[:-1], "E13,A pledge,,B2,H,H,pledges,N,N,N,CC,N"]), encoding="utf-8")
    assert import_matrix(target, path) == ("taken in: 12 rows; new: E13; gone: E12",)
    found = read_hypotheses(target.parent)
    assert list(found.evidence)[-1] == "E13"
    assert "E12" not in found.evidence
    assert found.evidence["E13"].ratings["H4"] == "CC"
    assert len(found.assumptions) == 5


def test_no_cell_runs_in_a_spreadsheet(target: Path) -> None:
    """A text that begins like a formula leaves with an apostrophe and comes back without."""
    text = target.read_text(encoding="utf-8").replace("text: Ground reported lost in Mosul and at Raqqa", 'text: "=HYPERLINK(1) +1"')
    target.write_text(text, encoding="utf-8")
    path = exported(target)
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert read_matrix(path, read_hypotheses(target.parent)).file.evidence["E1"].text == "=HYPERLINK(1) +1"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("C its premise", "Q its premise", r"E1 \(line 2, column 8\), rating of H1: 'Q' is none of"),
        ("H1: growing", "H7: growing", "no hypothesis or field 'H7"),
        ("\nE2,", "\nE1,", "line 3, column 1: the row's key 'E1'"),
        (",F3,M,L,", ",F3,X,L,", r"E1 \(line 2, column 5\), credibility: 'X'"),
        ("evidence,text", "evidence,words", "no hypothesis or field 'words'"),
    ],
)
def test_a_slip_in_the_csv_names_its_line(target: Path, old: str, new: str, says: str) -> None:
    """The file is refused with the line of the slip, and ach.yml stays as it was."""
    before = target.read_bytes()
    with pytest.raises(SpecError, match=says):
        import_matrix(target, exported(target, (old, new)))
    assert target.read_bytes() == before


def test_a_rating_of_no_hypothesis_points_to_its_line(target: Path) -> None:
    """A slip in ach.yml itself names line and key."""
    text = target.read_text(encoding="utf-8").replace("      H2: CC the trigger", "      H8: CC the trigger")
    target.write_text(text, encoding="utf-8")
    line = text.splitlines().index("      H8: CC the trigger it needs") + 1
    with pytest.raises(SpecError, match=rf"evidence.E1.ratings.H8 \(line {line}\)"):
        read_hypotheses(target.parent)


def test_two_analysts(target: Path) -> None:
    """CC and II are four steps apart, their mean is 0, and the disagreement is named."""
    file = read_hypotheses(target.parent)
    other = read_matrix(exported(target, ("CC the trigger it needs", "II the trigger it needs")), file).file
    result = merged([matrix(file), matrix(other)])
    assert result.cell("E1", "H2").text == "0.0 (CC II) !"
    assert result.cell("E1", "H1").text == "+1.0"
    assert result.sentence() == "59 of 60 cells agree; 1 differs by two steps or more: E1/H2."
