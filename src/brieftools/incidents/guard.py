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
    from brieftools.incidents.engine import database, parquet

    if dataset.path.suffix != ".parquet":
        return set(), set()
    with database() as db:
        rows = db.execute(
            f"SELECT incident_id, strftime(date_start, '%Y-%m-%d'), place, round(latitude, 3), round(longitude, "
            f"3) FROM {parquet(dataset.path)}"
        ).fetchall()
    ids = {str(row[0]) for row in rows if len(str(row[0])) > _SHORT}
    pairs = {(str(row[1]), str(row[2])) for row in rows if row[1] and row[2]}
    return ids, pairs | {(f"{row[3]:.3f}", f"{row[4]:.3f}") for row in rows if row[3] is not None and row[4] is not None}


def _holds(row: list[str], ids: set[str], pairs: set[tuple[str, str]]) -> bool:
    cells = {cell.strip().removeprefix("'") for cell in row} | {cell.strip()[:10] for cell in row}
    cells |= {rounded for cell in row if (rounded := _rounded(cell))}
    return not ids.isdisjoint(cells) or any((a, b) in pairs for a in cells for b in cells if a != b)


def _rounded(cell: str) -> str:
    try:
        return f"{float(cell):.3f}" if "." in cell else ""
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
