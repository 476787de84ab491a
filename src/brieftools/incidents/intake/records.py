"""Step 3, records: a text is cut into records, each of them kept or set aside, none lost."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from brieftools.errors import IncidentError
from brieftools.incidents.engine import name, parquet, text
from brieftools.incidents.intake.header import Header
from brieftools.incidents.intake.normalise import LONGEST, Text

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LINES = 400  # a field that goes on longer is a quote gone wrong
_WIDE = 8  # from so many columns on, a line inside a field with as many delimiters is a record that a quote swallowed


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
    if records.accepted == 0 and not records.aside:
        raise IncidentError("the table has a header and not one record", do="check the file; export it again")
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
