"""A matrix as CSV or Excel workbook: for a spreadsheet, for another analyst, and back into ``ach.yml``.

Columns: evidence, text, basis, grade, credibility, relevance, origin, then one for each rated hypothesis, headed
``H1: label``; a cell is the letter and the reason, ``CC what level means``. Other layouts: `brieftools.brief.matrixform`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from brieftools.brief.hypotheses import AchFile
from brieftools.brief.matrixform import FIELDS, Form, Grid, understand
from brieftools.brief.matrixrows import Found, found_in
from brieftools.errors import SpecError, nearest
from brieftools.house.csvtext import csv_text, raw
from brieftools.project.workbook import read_sheets, spot, write_sheet
from brieftools.project.yamlfile import read_text

SUFFIXES = (".csv", ".xlsx")
"""How a matrix travels."""

_SHEET = "Matrix"


# Out


def export_matrix(file: AchFile, path: Path) -> None:
    """Write the rated part of the matrix; the suffix decides the format. No cell of either can run in a spreadsheet.

    Raises
    ------
    SpecError
        The suffix is none of `SUFFIXES`.
    """
    head, rows = _table(file)
    if suffix_of(path) == ".xlsx":
        write_sheet(path, _SHEET, head, rows, [9, 44, 24, 7, 10, 10, 16, *[22] * (len(head) - len(FIELDS))])
    else:
        path.write_text(csv_text(head, rows), encoding="utf-8-sig", newline="")


def suffix_of(path: Path) -> str:
    """Return the format of a matrix file.

    Raises
    ------
    SpecError
        The suffix is none of `SUFFIXES`.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SpecError(
            f"a matrix travels as .csv or .xlsx, not as {path.suffix or 'a file without suffix'}",
            where=path,
            do="use FILE.csv or FILE.xlsx; spreadsheets open and save both",
        )
    return path.suffix.lower()


def _table(file: AchFile) -> tuple[list[str], list[list[str]]]:
    rated = {key: h for key, h in file.hypotheses.items() if h.rated}
    rows = [
        [key, e.text, "; ".join(e.basis), e.grade, e.credibility, e.relevance, e.origin, *(e.ratings.get(name, "") for name in rated)]
        for key, e in file.evidence.items()
    ]
    return [*FIELDS, *(f"{key}: {h.label}" for key, h in rated.items())], rows


# In


def read_matrix(path: Path, file: AchFile, *, sheet: str | None = None) -> Found:
    """Read a file as a matrix of the same hypotheses; what it has no column for stays as it is in `file`.

    Raises
    ------
    SpecError
        The file or its form cannot be read, a rating or weight is not allowed; each complaint with its cell.
    """
    try:
        form = _form(path, file, sheet)
        return found_in(form, file)
    except SpecError as e:
        raise SpecError(e.what, where=path, do=e.do or "correct the cells, save, import again") from None


def _form(path: Path, file: AchFile, sheet: str | None) -> Form:
    grids = _workbook_grids(path, sheet) if suffix_of(path) == ".xlsx" else _csv_grids(path, sheet)
    forms = {name: form for name, grid in grids.items() if (form := understand(grid, file))}
    if len(forms) > 1 and path.suffix.lower() == ".xlsx" and _SHEET not in forms:
        raise SpecError(f"several sheets hold a matrix: {', '.join(forms)}", do="name one: --sheet NAME")
    if not forms:
        labels = ", ".join(f"{key}: {h.label}" for key, h in file.hypotheses.items() if h.rated)
        raise SpecError(
            f"no row or column names two of the hypotheses ({labels})",
            do="start from a file written by --export, or write new ones in ach.yml first",
        )
    return forms.get(_SHEET) or next(iter(forms.values()))


def _workbook_grids(path: Path, sheet: str | None) -> dict[str, Grid]:
    sheets = read_sheets(path)
    if sheet is not None and sheet not in sheets:
        raise SpecError(f"no sheet {sheet!r} holds anything; {nearest(sheet, sheets)}", do="name one of the workbook's sheets")
    chosen = {name: rows for name, rows in sheets.items() if sheet in (None, name)}
    several = len(sheets) > 1
    return {name: Grid(rows, _cell_namer(name if several else "")) for name, rows in chosen.items()}


def _cell_namer(sheet: str) -> Any:
    return lambda row, column: f"sheet {sheet!r}, cell {spot(row, column)}" if sheet else f"cell {spot(row, column)}"


def _csv_grids(path: Path, sheet: str | None) -> dict[str, Grid]:
    """The table cut at commas, semicolons and tabs: which of them holds a matrix is told by its head."""
    if sheet is not None:
        raise SpecError("a CSV has no sheets", do="leave out --sheet")
    text = read_text(path)
    grids: dict[str, Grid] = {}
    for mark in ",;\t":
        rows, lines = [], []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        try:
            for row in reader:
                rows.append([raw(cell).strip() for cell in row])
                lines.append(reader.line_num)
        except csv.Error as e:
            raise SpecError(f"line {reader.line_num} is not CSV: {e}", do="save it again from a spreadsheet") from None
        grids[mark] = Grid(rows, _line_namer(rows, lines))
    return grids


def _line_namer(rows: Sequence[Sequence[str]], lines: Sequence[int]) -> Any:
    return lambda row, column: f"line {lines[row]}, column {column + 1}"
