"""Tables: cells with header scopes, laid on a grid that is always whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from brieftools.render.html.captions import NARROW, caption, scrolling, source
from brieftools.render.html.inlines import inlines, plain
from brieftools.render.html.markup import NOTHING, Html, classes, el, text
from brieftools.render.html.scope import Node, Scope
from brieftools.render.html.tags import tag

EMPTY: Node = {"c": [], "colspan": 1, "rowspan": 1, "style": None}

# Sans text of 15 px: mean width of a character, padding of a cell, and how wide a column may ask to be.
_CHAR, _PADDING, _WIDEST = 7.2, 20, 190

# Characters up to which the text of a column without a weight stays on one line.
_FIT = 24


@dataclass(frozen=True)
class Placed:
    """A cell at its place.

    Attributes
    ----------
    column : int
        First column that it covers, from 0.
    colspan, rowspan : int
        How far it reaches; never beyond its group of rows.
    """

    cell: Node
    column: int
    colspan: int
    rowspan: int


def table(node: Node, scope: Scope) -> Html:
    """Return a table with caption and source line; rows that may not leave the house are withheld."""
    head, name = caption(node, scope, kind="table")
    inner = _grid(node, scope.sans, name) if node.get("redistribute") in ("rows", "aggregate", None) else None
    if inner is None:
        inner = el("p", text(scope.labels["data_withheld"]), cls="source")
    return el("figure", head, inner, source(node, scope), cls="tab" if head else "tab bare", id=scope.claim(node.get("id")))


def _grid(node: Node, scope: Scope, name: str) -> Html:
    head, body = place(node["head"], node["body"], columns=len(node["columns"]))
    cells = [cell for row in (*head, *body) for cell in row]
    columns = max((cell.column + cell.colspan for cell in cells), default=0)
    looks = [_look(i, node, cells) for i in range(columns)]
    least = needed_width((cell.column, plain(cell.cell["c"])) for cell in cells if cell.colspan == 1)
    side = int(node.get("row_headers") or 0)
    parts = [
        _colgroup(node, columns, scope),
        el("thead", *(_row(row, looks, scope, headers=columns) for row in head)) if head else NOTHING,
        el("tbody", *(_row(row, looks, scope, headers=side, side=True) for row in body)) if body else NOTHING,
    ]
    fit = None if any(column.get("weight") for column in node["columns"]) else "fit"
    made = el("table", *parts, cls=classes(fit, width_class(least, scope)), aria_label=name)
    return scrolling(made, name=name, wide=least > NARROW)


Rows = list[list[Placed]]


def place(*groups: Sequence[Sequence[Node]], columns: int) -> list[Rows]:
    """Lay groups of rows (head, body) on one grid.

    No cell is lost: a span from above widens the table. Gaps are filled with empty cells, and rows and columns in
    which no cell begins are folded away, since HTML knows none.

    Parameters
    ----------
    groups : sequence of rows of cells
        A span ends with its group.
    columns : int
        Least width of the grid.
    """
    widest = max([columns, *(cell.column + cell.colspan for group in groups for row in _lay(group, 0) for cell in row)])
    laid = [_lay(group, widest) for group in groups]
    begun = sorted({cell.column for rows in laid for row in rows for cell in row})
    return [_fold(rows, begun) for rows in laid]


def _lay(rows: Sequence[Sequence[Node]], columns: int) -> Rows:
    taken: set[tuple[int, int]] = set()
    return [_lay_row(y, list(row), taken, columns, len(rows)) for y, row in enumerate(rows)]


def _lay_row(y: int, waiting: list[Node], taken: set[tuple[int, int]], columns: int, rows: int) -> list[Placed]:
    placed: list[Placed] = []
    x = 0
    while waiting or x < columns:
        if (y, x) not in taken:
            cell = waiting.pop(0) if waiting else EMPTY
            wide, high = 1, min(_span(cell, "rowspan"), rows - y)
            while wide < _span(cell, "colspan") and (y, x + wide) not in taken:
                wide += 1
            taken.update((y + dy, x + dx) for dy in range(high) for dx in range(wide))
            placed.append(Placed(cell, x, wide, high))
        x += 1
    return placed


def _fold(rows: Rows, begun: Sequence[int]) -> Rows:
    """Count spans in columns and rows that stay."""
    stay = [y for y, row in enumerate(rows) if row]
    return [
        [
            Placed(
                cell.cell,
                bisect_left(begun, cell.column),
                bisect_left(begun, cell.column + cell.colspan) - bisect_left(begun, cell.column),
                bisect_left(stay, y + cell.rowspan) - bisect_left(stay, y),
            )
            for cell in rows[y]
        ]
        for y in stay
    ]


def _span(cell: Node, key: str) -> int:
    return max(1, min(int(cell.get(key) or 1), 100))


def _look(column: int, node: Node, cells: Sequence[Placed]) -> str | None:
    """Return the classes of a column's cells: where its text stands, and whether a short one stays on one line."""
    given = node["columns"][column] if column < len(node["columns"]) else {}
    longest = max((len(plain(cell.cell["c"])) for cell in cells if cell.column == column and cell.colspan == 1), default=0)
    fit = not given.get("weight") and longest <= _FIT
    return classes({"right": "num", "center": "mid"}.get(str(given.get("align"))), "nw" if fit else None)


def _row(row: Iterable[Placed], looks: Sequence[str | None], scope: Scope, *, headers: int, side: bool = False) -> Html:
    return el("tr", *(_cell(placed, looks, scope, headers=headers, side=side) for placed in row))


def _cell(placed: Placed, looks: Sequence[str | None], scope: Scope, *, headers: int, side: bool) -> Html:
    cell = placed.cell
    words = plain(cell["c"])
    header = placed.column < headers and words.strip()
    style = {"strong": "b", "mute": "mute"}.get(str(cell.get("style")))
    inner = tag(words) if cell.get("style") == "tag" and words.strip() else inlines(cell["c"], scope)
    return el(
        "th" if header else "td",
        inner,
        cls=classes(looks[placed.column], style, breaking(words)),
        scope=("row" if side else "col" if placed.colspan == 1 else "colgroup") if header else None,
        colspan=placed.colspan if placed.colspan > 1 else None,
        rowspan=placed.rowspan if placed.rowspan > 1 else None,
    )


def _colgroup(node: Node, columns: int, scope: Scope) -> Html:
    weights = [max(float(column.get("weight") or 0), 0.0) for column in node["columns"]]
    total = sum(weights)
    if not total or len(weights) != columns:
        return NOTHING
    return el("colgroup", *(el("col", cls=_col(100 * weight / total, scope)) for weight in weights))


def _col(share: float, scope: Scope) -> str:
    return scope.rule(f"col-{share:.0f}", f"width:{share:.0f}%") if share > 0 else scope.rule("col-fit", "width:1px")


def breaking(words: str) -> str | None:
    """Return the class of a cell with a word so long that it must break."""
    return "brk" if any(len(word) * _CHAR > _WIDEST for word in words.split()) else None


def needed_width(cells: Iterable[tuple[int, str]]) -> int:
    """Estimate the least width in px at which a table can be read, from the text of its cells and their columns."""
    widths: dict[int, float] = {}
    for column, words in cells:
        longest = max((len(word) for word in words.split()), default=0)
        # Long prose in a cell asks for more than its longest word.
        ask = max(longest * _CHAR, min(len(words), 40) * _CHAR * 0.45) + _PADDING
        widths[column] = max(widths.get(column, 0), min(ask, _WIDEST))
    return round(sum(widths.values()))


def width_class(least: int, scope: Scope) -> str | None:
    """Return the class that keeps a wide table wide on a narrow screen."""
    if least <= NARROW:
        return None
    steps = -(-least // 40) * 40
    return scope.rule(f"min-{steps}", f"min-width:{steps}px")
