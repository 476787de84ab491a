"""Step 2, the first lines: delimiter, names of the columns, a row of tags."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from itertools import islice

from brieftools.errors import IncidentError
from brieftools.incidents.intake.normalise import LONGEST, Text

MOST_COLUMNS = 2_000
csv.field_size_limit(LONGEST * 2)


@dataclass(frozen=True)
class Header:
    """The first lines of a table.

    Attributes
    ----------
    delimiter : str
    columns : tuple of str
        As the file has them; empty and doubled names are made unique.
    skip : int
        Lines before the first record: header, and a row of HXL tags.
    notes : tuple of str
    """

    delimiter: str
    columns: tuple[str, ...]
    skip: int
    notes: tuple[str, ...] = ()


def read_header(normal: Text, known: dict[int, tuple[str, ...]]) -> tuple[Header, list[list[str]]]:
    """Read delimiter and names of a table's columns, and its first records.

    Parameters
    ----------
    known : dict of int to tuple of str
        Columns of formats that come without a header, by their number.

    Raises
    ------
    IncidentError
        JSON, HTML, a single column, or thousands of them.
    """
    with normal.path.open(encoding="utf-8", newline="") as file:
        head = file.read(1 << 20)
    start = head.lstrip()[:200].lower()
    if not start:
        raise IncidentError("the file holds nothing but white space", do="export it again")
    if start.startswith(("{", "[{")):
        raise IncidentError(
            "the file is JSON or GeoJSON, not a table", do="export it as CSV or xlsx, with columns for latitude and longitude"
        )
    if start.startswith(("<!doctype", "<html", "<?xml")):
        raise IncidentError(
            "the file is a web page or XML, not a table", do="download the data itself; a login page may have been saved in its place"
        )
    blank = len(head) - len(head.lstrip("\n"))
    head = head[blank:]
    delimiter = max(",;\t|", key=lambda d: _width(head, d))
    rows = _first(head, delimiter)
    count = len(rows[0])
    if count > MOST_COLUMNS:
        raise IncidentError(f"the table has {count:,} columns", do=f"cut it to those that matter, at most {MOST_COLUMNS:,}")
    if count == 1:
        raise IncidentError(
            "the file has one column only, or no delimiter that is known", do="export it with commas, semicolons or tabs between its fields"
        )
    if count in known and not any(cell.strip().lower() in known[count] for cell in rows[0]):
        return Header(delimiter, known[count], blank, ("no header: columns by position",)), rows
    skip, notes = blank + 1 + sum(cell.count("\n") for cell in rows[0]), []
    if len(rows) > 1 and _hxl(rows[1]):
        skip += 1
        notes.append("a row of HXL tags below the header was left out")
    columns, renamed = _unique(rows[0])
    return Header(delimiter, columns, skip, (*notes, *renamed)), rows[1 + len(notes) :]


def _width(head: str, delimiter: str) -> int:
    rows = _first(head, delimiter, 6)
    widths = [len(row) for row in rows]
    return widths[0] * 10 + sum(width == widths[0] for width in widths) if widths[0] > 1 else 0


def _first(head: str, delimiter: str, most: int = 1000) -> list[list[str]]:
    try:
        return [row for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), most) if row] or [[""]]
    except csv.Error:
        return [head.split("\n", 1)[0].split(delimiter)]


def _hxl(row: list[str]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    return bool(filled) and all(cell.startswith("#") for cell in filled)


def _unique(names: list[str]) -> tuple[tuple[str, ...], list[str]]:
    found: list[str] = []
    notes = []
    for place, given in enumerate(names, 1):
        wanted = " ".join(given.split()) or f"column_{place}"
        unique, number = wanted, 2
        while unique.lower() in {n.lower() for n in found}:
            unique, number = f"{wanted}_{number}", number + 1
        if unique != given.strip():
            notes.append(f"column {place} {given.strip()!r} is called {unique!r}")
        found.append(unique)
    return tuple(found), notes[:10]
