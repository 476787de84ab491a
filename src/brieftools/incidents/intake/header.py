"""Step 2, the first lines: delimiter, names of the columns, a row of tags."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from brieftools.errors import IncidentError
from brieftools.incidents.intake.normalise import LONGEST, Text

MOST_COLUMNS = 2_000
_NAMES = 3  # so many cells that are names of columns make a header; one or two may be chance
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


@dataclass(frozen=True)
class Layout:
    """Columns of a format that may come without a header, and whether the first records are of that format."""

    columns: tuple[str, ...]
    fits: Callable[[list[list[str]]], bool]


def read_header(normal: Text, layouts: Sequence[Layout]) -> tuple[Header, list[list[str]]]:
    """Read delimiter and names of a table's columns, and its first records.

    Parameters
    ----------
    layouts : sequence of Layout
        Of formats that come without a header; the first that has the number of columns and fits is taken.

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
    columns = _without_header(rows, layouts)
    if not columns and delimiter == "\t":  # a quotation mark in the first record may have swallowed those after it
        plain = [line.split(delimiter) for line in head.split("\n", 1000)[:1000] if line]
        columns = _without_header(plain, layouts)
        rows = plain if columns else rows
    if columns:
        return Header(delimiter, columns, blank, (f"no header: {len(columns)} columns by position",)), rows
    skip, notes = blank + 1 + sum(cell.count("\n") for cell in rows[0]), []
    if len(rows) > 1 and _hxl(rows[1]):
        skip += 1
        notes.append("a row of HXL tags below the header was left out")
    columns, renamed = _unique(rows[0])
    return Header(delimiter, columns, skip, (*notes, *renamed)), rows[1 + len(notes) :]


def _without_header(rows: list[list[str]], layouts: Sequence[Layout]) -> tuple[str, ...]:
    # The number of columns is that of most records: the first one may be damaged.
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    whole = [row for row in rows if len(row) == width]
    for layout in layouts:
        names = {column.lower() for column in layout.columns}
        named = sum(cell.strip().lower() in names for cell in rows[0])
        if len(layout.columns) == width and named < _NAMES and layout.fits(whole):
            return layout.columns
    return ()


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
