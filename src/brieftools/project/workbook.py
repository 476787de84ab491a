"""Spreadsheets (.xlsx): text in, text out; a cell is never a formula, and a small file cannot ask for all memory."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from brieftools.errors import BrieftoolsError, SpecError

MOST_ROWS, MOST_COLUMNS = 5000, 500
"""A sheet may reach so far; calamine sets up every cell up to the furthest one, and one cell can stand at XFD1048576."""

MOST_BYTES = 64 * 2**20
"""A workbook may unpack to so much."""

MOST_LETTERS = 32767
"""The longest text that a cell can hold (ECMA-376)."""

_SPOT = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_DAMAGED = "open it in a spreadsheet and save it again as .xlsx, without a password"


def spot(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: ``spot(0, 27)`` is ``AB1``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def read_sheets(path: Path, *, error: type[BrieftoolsError] = SpecError) -> dict[str, list[list[str]]]:
    """Return the cells of each sheet that holds any, as text, from A1 on.

    A formula gives the value that the spreadsheet stored for it; one that gave an error is refused, because it would read as
    an empty cell. Of merged cells the first holds the text.

    Raises
    ------
    BrieftoolsError
        Of the kind `error`: no workbook, damaged, locked, or far larger than a table that people fill in.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    broken = check_size(path, error=error)
    if broken:
        raise error(f"the formula in cell {broken[0]} gives an error", where=path, do="mend or delete it, save, and try again")
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as e:
        raise error(f"the workbook cannot be read: {' '.join(str(e).split())}", where=path, do=_DAMAGED) from None
    found = {name: [[_text(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    return {name: rows for name, rows in found.items() if any(cell.strip() for row in rows for cell in row)}


def check_size(path: Path, *, rows: int = MOST_ROWS, columns: int = MOST_COLUMNS, error: type[BrieftoolsError] = SpecError) -> list[str]:
    """Refuse a workbook that is none, or whose furthest cell is further than that: calamine would set up every cell before it.

    Returns
    -------
    list of str
        Cells of any sheet that hold an error, such as ``#REF!``.

    Raises
    ------
    BrieftoolsError
        Of the kind `error`.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if not part.is_dir()]
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise error(f"the workbook unpacks to more than {MOST_BYTES >> 20} MB", where=path, do="leave only the table in it")
            data = [(part.filename.lower(), packed.read(part)) for part in parts]
        seen = [_scan(xml) for name, xml in data if name.endswith(".xml") or b"sheetData" in xml]  # a sheet may have any name
    except FileNotFoundError:
        raise error("the file is not there", where=path, do="correct the name") from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        LookupError,
        ValueError,
        expat.ExpatError,
    ) as e:
        raise error(f"the file is no .xlsx workbook, or a damaged or locked one: {e}", where=path, do=_DAMAGED) from None
    except OSError as e:
        raise error(f"the file cannot be read: {e.strerror or e}", where=path, do="check the file and its permissions") from None
    if max((one.row for one in seen), default=0) > rows or max((one.column for one in seen), default=0) > columns:
        raise error(
            f"a sheet reaches beyond {rows} rows or {columns} columns",
            where=path,
            do="copy the table alone into a new workbook and save that",
        )
    return [place for one in seen for place in one.broken]


@dataclass
class _Seen:
    """Row and column of the furthest cell of a part, from 1, and its cells with an error."""

    row: int = 0
    column: int = 0
    broken: list[str] = field(default_factory=list)


def _scan(xml: bytes) -> _Seen:
    seen, at = _Seen(), [0, 0]

    def element(name: str, attributes: dict[str, str]) -> None:
        kind, named = name.rpartition(":")[2], attributes.get("r", "")
        if kind == "row":
            at[:] = [int(named) if named.isdecimal() else at[0] + 1, 0]
        elif kind == "c":
            match = _SPOT.fullmatch(named)
            at[:] = [int(match[2]), _column(match[1])] if match else [at[0], at[1] + 1]
            if attributes.get("t") == "e":
                seen.broken.append(spot(at[0] - 1, at[1] - 1))
        seen.row, seen.column = max(seen.row, at[0]), max(seen.column, at[1])

    parser = expat.ParserCreate()
    parser.StartElementHandler = element
    parser.Parse(xml, True)
    return seen


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def write_sheet(path: Path, name: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
    """Write one sheet of text cells, wrapped, the head and the first column in view; the same input gives the same bytes.

    Every cell has the text format: what begins with = + - @ stays text, now and when somebody types into it.

    Raises
    ------
    SpecError
        A text is longer than a cell can hold.
    """
    import xlsxwriter

    for number, row in enumerate((head, *rows)):
        for place, text in enumerate(row):
            if len(text.encode("utf-16-le")) // 2 > MOST_LETTERS:
                raise SpecError(
                    f"the text of cell {spot(number, place)} has {len(text)} letters; a cell holds {MOST_LETTERS}",
                    where=path,
                    do="write CSV",
                )
    packed = io.BytesIO()
    book = xlsxwriter.Workbook(packed, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})
    sheet = book.add_worksheet(name)
    plain = {"num_format": "@", "text_wrap": True, "valign": "top"}
    usual, bold = book.add_format(plain), book.add_format(plain | {"bold": True, "bottom": 1})
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width, usual)
    for number, row in enumerate((head, *rows)):
        for place, text in enumerate(row):
            sheet.write_string(number, place, text, bold if number == 0 else usual)
    sheet.freeze_panes(1, 1)
    book.close()
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(packed.getvalue())
    os.replace(temporary, path)
