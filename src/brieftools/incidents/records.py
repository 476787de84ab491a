"""Step 3, records: a text is cut into records, each of them kept or set aside, none lost."""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from brieftools.errors import IncidentError
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.normalise import LONGEST, Text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_COLUMNS = 2_000
_LINES = 400  # a field that goes on longer is a quote gone wrong
_WIDE = 8  # from so many columns on, a line inside a field with as many delimiters is a record that a quote swallowed
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


@dataclass
class Aside:
    """A line that is no record of this table."""

    line: int
    reason: str
    raw: str


@dataclass
class Records:
    """What `split` found; record n of `path` begins at line ``line(n)``."""

    path: Path
    accepted: int
    aside: list[Aside] = field(default_factory=list)
    blank: int = 0
    first: int = 2
    starts: array[int] | None = None

    def line(self, record: int) -> int:
        """Return the line in the (normalised) file at which a record, counted from 0, begins."""
        return self.starts[record] if self.starts is not None else self.first + record


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


def split(db: DuckDBPyConnection, normal: Text, header: Header, target: Path) -> Records:
    """Write every record of a text to a Parquet file, all fields as text.

    A clean file is read by DuckDB alone; where it stumbles, or where its count of records does not account for every
    line, the text is read again record by record.
    """
    fast = _fast(db, normal, header, target)
    if fast is not None:
        return fast
    clean = target.with_suffix(".clean.csv")
    records = _careful(normal, header, clean)
    if records.accepted == 0:
        raise IncidentError("not one record of the file has the fields that its header announces", do="check the file; export it again")
    db.execute(_copy(clean, header.columns, ",", 0, target))
    written = _rows(db, target)
    clean.unlink()
    if written != records.accepted:  # the promise that nothing is lost
        raise IncidentError(
            f"{records.accepted:,} records were cut out but {written:,} were read", do="a fault in brieftools: send the file's first lines"
        )
    records.path = target
    return records


def _copy(source: Path, columns: tuple[str, ...], delimiter: str, skip: int, target: Path) -> str:
    declared = ", ".join(f"{text(column)}: 'VARCHAR'" for column in columns)
    return (
        f"COPY (SELECT * FROM read_csv({text(source)}, auto_detect = false, header = false, "
        f"skip = {skip}, delim = {text(delimiter)}, quote = '\"', escape = '\"', "
        f"new_line = '\\n', strict_mode = true, null_padding = false, max_line_size = {2 * LONGEST}, buffer_size "
        f"= {8 * LONGEST}, columns = {{{declared}}})) "
        f"TO {text(target)} (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 30720)"
    )


def _rows(db: DuckDBPyConnection, path: Path) -> int:
    row = db.execute(f"SELECT count(*) FROM {parquet(path)}").fetchone()
    return int(row[0]) if row else 0


def _fast(db: DuckDBPyConnection, normal: Text, header: Header, target: Path) -> Records | None:
    import duckdb

    try:
        db.execute(_copy(normal.path, header.columns, header.delimiter, header.skip, target))
    except duckdb.Error:
        return None
    rows, lines = _rows(db, target), normal.lines - header.skip
    if rows == 0:
        return None
    if rows == lines:
        return Records(target, rows, first=header.skip + 1)
    inner = _inner_lines(db, header, target)
    if inner is None or rows + sum(inner.values()) != lines:
        return None
    starts, line = array("q"), header.skip + 1
    for record in range(rows):
        starts.append(line)
        line += 1 + inner.get(record, 0)
    return Records(target, rows, starts=starts)


def _inner_lines(db: DuckDBPyConnection, header: Header, target: Path) -> dict[int, int] | None:
    """Lines inside of fields, by record; None when such a line looks like a record that a quote swallowed."""
    fields = " + ".join(f"coalesce(length({name(c)}) - length(replace({name(c)}, chr(10), '')), 0)" for c in header.columns)
    where = " OR ".join(f"contains({name(c)}, chr(10))" for c in header.columns)
    whole = "concat_ws(chr(10), " + ", ".join(f"CASE WHEN contains({name(c)}, chr(10)) THEN {name(c)} END" for c in header.columns) + ")"
    delimiter, most = text(header.delimiter), len(header.columns) - 1
    query = (
        f"SELECT file_row_number, {fields}, list_max(list_transform(string_split({whole}, chr(10)), lambda "
        f"x: length(x) - length(replace(x, {delimiter}, '')))) "
        f"FROM {parquet(target, record=True)} WHERE {where}"
    )
    found = {}
    for record, count, delimiters in db.execute(query).fetchall():
        if most + 1 >= _WIDE and delimiters >= most:
            return None
        found[int(record)] = int(count)
    return found


def _careful(normal: Text, header: Header, clean: Path) -> Records:
    records = Records(clean, 0, starts=array("q"))
    assert records.starts is not None
    with normal.path.open(encoding="utf-8", newline="\n") as source, clean.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for _ in range(header.skip):
            source.readline()
        for line, found in _cut(source, header, header.skip + 1, records):
            records.starts.append(line)
            records.accepted += 1
            writer.writerow(found)
    return records


def _cut(source: TextIO, header: Header, line: int, records: Records) -> Iterator[tuple[int, list[str]]]:
    """Yield the good records; lines that belong to none go to `records.aside`, one by one."""
    width, delimiter = len(header.columns), header.delimiter
    waiting: list[str] = []
    while True:
        first = waiting.pop(0) if waiting else source.readline()
        if not first:
            return
        if not first.strip():
            records.blank += 1
            line += 1
            continue
        lines = [first]
        row, reason = _parse(lines, delimiter, width)
        if row is None and reason == "open":
            row, reason = _grow(lines, source, waiting, delimiter, width)
        if row is None:  # only the first line is set aside: those after it begin anew
            records.aside.append(Aside(line, reason, first.rstrip("\n")))
            waiting[:0] = lines[1:]
            line += 1
            continue
        yield line, row
        line += len(lines)


def _grow(lines: list[str], source: TextIO, waiting: list[str], delimiter: str, width: int) -> tuple[list[str] | None, str]:
    size, reason = len(lines[0]), "open"
    quotes = lines[0].count('"')
    while reason == "open":
        following = waiting.pop(0) if waiting else source.readline()
        size += len(following)
        if not following or len(lines) >= _LINES or size > LONGEST or (width >= _WIDE and following.count(delimiter) >= width - 1):
            if following:
                lines.append(following)
            return None, "a quotation mark is opened and not closed"
        lines.append(following)
        quotes += following.count('"')
        if quotes % 2 == 0:
            row, reason = _parse(lines, delimiter, width)
            if row is not None or reason != "open":
                return row, reason
    return None, reason


def _parse(lines: list[str], delimiter: str, width: int) -> tuple[list[str] | None, str]:
    joined = "".join(lines)
    if '"' not in joined:
        row = joined.rstrip("\n").split(delimiter)
    else:
        try:
            rows = (
                list(csv.reader([joined], delimiter=delimiter, strict=True))
                if len(lines) == 1
                else list(csv.reader(lines, delimiter=delimiter, strict=True))
            )
        except csv.Error as e:
            return None, "open" if "unexpected end of data" in str(e) else "quotation marks in the wrong place"
        if len(rows) != 1:
            return None, "quotation marks in the wrong place"
        row = rows[0]
    if len(row) != width:
        return None, f"{'fewer' if len(row) < width else 'more'} fields than the header"
    return row, ""
