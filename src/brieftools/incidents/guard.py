"""Rows that may not be passed on leave in no table, no figure's data and no list of points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from brieftools.errors import DocumentError
from brieftools.incidents.dataset import Dataset

_SHORT = 4  # a number of so few digits is no id that can be told from a count


def refuse_rows(document: Mapping[str, Any], datasets: Iterable[Dataset]) -> None:
    """Make sure that no table of a Document holds an incident of a dataset whose rows may not be passed on.

    A row of a table is one if it holds an incident's id, or its day together with its place or its coordinates.

    Raises
    ------
    DocumentError
        One does; the table and the dataset are named.
    """
    closed = [dataset for dataset in datasets if not dataset.sidecar.redistribute_rows and dataset.sidecar.kind == "incidents"]
    tables = list(_tables(document)) if closed else []
    for dataset in closed:
        ids, pairs = _signatures(dataset)
        for title, rows in tables:
            if any(_holds(row, ids, pairs) for row in rows):
                raise DocumentError(
                    f"{title} holds rows of {dataset.sidecar.name!r}, which may not be passed on",
                    do='show sums instead, brief.incidents(name, by=("month",)), or declare the table redistribute="withheld"',
                )


def _signatures(dataset: Dataset) -> tuple[set[str], set[tuple[str, str]]]:
    from brieftools.incidents.engine import database, parquet, text

    rows = parquet(dataset.path) if dataset.is_snapshot else f"read_csv({text(dataset.path)}, all_varchar = true, header = true)"
    with database() as db:
        there = {str(row[0]) for row in db.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
        wanted = ("incident_id", "date_start", "place", "latitude", "longitude")
        listed = ", ".join(f"{one}::VARCHAR" if one in there else "NULL" for one in wanted)
        found = db.execute(f"SELECT {listed} FROM {rows}").fetchall()
    ids = {row[0] for row in found if row[0] and len(row[0]) > _SHORT}
    pairs = {(row[1][:10], row[2]) for row in found if row[1] and row[2]}
    return ids, pairs | {(_rounded(row[3]), _rounded(row[4])) for row in found if row[3] and row[4]}


def _holds(row: list[str], ids: set[str], pairs: set[tuple[str, str]]) -> bool:
    cells = {cell.strip().removeprefix("'") for cell in row} | {cell.strip()[:10] for cell in row}
    cells |= {rounded for cell in row if (rounded := _rounded(cell))}
    return not ids.isdisjoint(cells) or any((a, b) in pairs for a in cells for b in cells if a != b)


def _rounded(cell: str) -> str:
    try:
        return f"{float(cell):.3f}" if "." in cell else ""  # whole numbers are counts
    except ValueError:
        return ""


def _tables(node: Any) -> Iterator[tuple[str, list[list[str]]]]:
    """Every table of a tree: those shown, and those behind figures."""
    if isinstance(node, Mapping):
        if node.get("type") == "table":
            yield (
                f"table {_text(node.get('title')) or node.get('id')!r}",
                [[_text(cell.get("c")) for cell in row] for row in node.get("body", [])],
            )
        behind = node.get("table")
        if node.get("type") == "figure" and behind:
            yield f"the data of figure {_text(node.get('title')) or node.get('id')!r}", behind.get("rows", [])
        for value in node.values():
            yield from _tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from _tables(value)


def _text(inlines: Any) -> str:
    if isinstance(inlines, list):
        return "".join(_text(one) for one in inlines)
    if isinstance(inlines, Mapping):
        return str(inlines.get("text", "")) or _text(inlines.get("c"))
    return ""
