"""Excel workbooks, read by calamine: cells as the file holds them, written as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

from brieftools.errors import IncidentError, nearest

LARGEST = 1 << 30  # bytes unpacked; a workbook is read as a whole, and Excel's own limit is a million rows


def workbook_to_csv(source: Path, target: Path, *, sheet: str | None) -> str:
    """Write one sheet as CSV and say which.

    Raises
    ------
    IncidentError
        The workbook is damaged or locked, has no such sheet, or several that hold data and none was named.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_bombs(source)
    try:
        book = CalamineWorkbook.from_path(str(source))
        rows = {name: book.get_sheet_by_name(name) for name in book.sheet_names if sheet in (None, name)}
    except (CalamineError, OSError, ValueError) as e:
        raise IncidentError(
            f"the workbook cannot be read: {e}", where=source, do="open it in a spreadsheet and save it again, without a password"
        ) from None
    if sheet is not None and not rows:
        raise IncidentError(
            f"the workbook has no sheet {sheet!r}; {nearest(sheet, book.sheet_names)}", where=source, do="name one of its sheets"
        )
    filled = {name: found for name, found in rows.items() if found.total_height}
    if len(filled) != 1:
        do = "name one: --sheet NAME" if filled else "check the file"
        raise IncidentError(
            f"{len(filled)} sheets hold data: {', '.join(filled)}" if filled else "no sheet holds data", where=source, do=do
        )
    name, found = next(iter(filled.items()))
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for row in found.iter_rows():
            cells = [_cell(value) for value in row]
            if any(cells):  # a row without any value is none
                writer.writerow(cells)
    return f"Excel workbook, sheet {name!r}"


def _refuse_bombs(source: Path) -> None:
    if not zipfile.is_zipfile(source):  # the old binary format
        return
    with zipfile.ZipFile(source) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > LARGEST:
        raise IncidentError(
            f"the workbook unpacks to {unpacked / 2**30:.1f} GiB, which is too much for memory", where=source, do="export the sheet as CSV"
        )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "␀")
