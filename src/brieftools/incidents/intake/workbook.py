"""Excel workbooks, read by calamine: cells as the file holds them, written as CSV.

A workbook of one cell in the last column of the last row makes calamine ask for all memory and abort, so it is read in a process
of its own with a limit: ``python -m brieftools.incidents.intake.workbook FILE TARGET [SHEET]``.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from brieftools.errors import IncidentError, nearest

MOST_MEMORY = 3 << 30
LARGEST = 1 << 30  # bytes unpacked; a workbook is read as a whole, and Excel's own limit is a million rows


def workbook_to_csv(source: Path, target: Path, *, sheet: str | None) -> str:
    """Write one sheet as CSV and say which; see `convert`.

    Raises
    ------
    IncidentError
        As `convert`, or more than `MOST_MEMORY` would be needed.
    """
    _refuse_bombs(source)
    command = [sys.executable, "-m", __name__, str(source), str(target), *([sheet] if sheet is not None else [])]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        raise IncidentError(
            f"the workbook cannot be read within {MOST_MEMORY >> 30} GiB of memory, or is damaged",
            where=source,
            do="export the sheet as CSV",
        ) from None
    if "what" in told:
        raise IncidentError(told["what"], where=source, do=told["do"])
    return str(told["note"])


def convert(source: Path, target: Path, *, sheet: str | None) -> str:
    """Write one sheet as CSV and say which.

    Raises
    ------
    IncidentError
        The workbook is damaged or locked, has no such sheet, or several that hold data and none was named.
    """
    from python_calamine import CalamineError, CalamineWorkbook

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
    filled = {name: found for name, found in rows.items() if found.start is not None}
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


def _main(source: str, target: str, sheet: str | None = None) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except ImportError:  # not on Windows
        pass
    try:
        print(json.dumps({"note": convert(Path(source), Path(target), sheet=sheet)}))
    except IncidentError as e:
        print(json.dumps({"what": e.what, "do": e.do}))


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


if __name__ == "__main__":
    _main(*sys.argv[1:])
