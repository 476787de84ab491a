"""Tables: cells with header scopes, laid on a grid that is always whole."""

from __future__ import annotations

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
    columns = max([len(node["columns"]), *(sum(_span(cell, "colspan") for cell in row) for row in (*node["head"], *node["body"]))])
    looks = [_look(i, node) for i in range(columns)]
    head, body = place(node["head"], columns), place(node["body"], columns)
    least = needed_width([[plain(cell["c"]) for cell in row] for row in (*node["head"], *node["body"])])
    parts = [
        el("colgroup", *(el("col", cls=_col(column, node["columns"], scope)) for column in node["columns"])) if len(node["columns"]) == columns else NOTHING,
        el("thead", *(_row(row, looks, scope, headers=columns) for row in head)) if head else NOTHING,
        el("tbody", *(_row(row, looks, scope, headers=node.get("row_headers") or 0, side=True) for row in body)) if body else NOTHING,
    ]
    fit = None if any(column.get("weight") for column in node["columns"]) else "fit"
    made = el("table", *parts, cls=classes(fit, width_class(least, scope)), aria_label=name)
    return scrolling(made, name=name, wide=least > NARROW)


def place(rows: Sequence[Sequence[Node]], columns: int) -> list[list[Placed]]:
    """Lay rows of cells on a grid; spans that reach too far are cut, gaps are filled with empty cells."""
    taken: set[tuple[int, int]] = set()
    grid: list[list[Placed]] = []
    for y, row in enumerate(rows):
        placed: list[Placed] = []
        waiting = list(row)
        for x in range(columns):
            if (y, x) in taken:
                continue
            cell = waiting.pop(0) if waiting else EMPTY
            wide = 1
            while wide < _span(cell, "colspan") and x + wide < columns and (y, x + wide) not in taken:
                wide += 1
            high = min(_span(cell, "rowspan"), len(rows) - y)
            taken.update((y + dy, x + dx) for dy in range(high) for dx in range(wide))
            placed.append(Placed(cell, x, wide, high))
        grid.append(placed)
    return grid


def _span(cell: Node, key: str) -> int:
    return max(1, min(int(cell.get(key) or 1), 100))


def _look(column: int, node: Node) -> str | None:
    """Return the classes of a column's cells: where its text stands, and whether a short one stays on one line."""
    given = node["columns"][column] if column < len(node["columns"]) else {}
    cells = [plain(row[column]["c"]) for row in (*node["head"], *node["body"]) if column < len(row)]
    fit = not given.get("weight") and max(map(len, cells), default=0) <= _FIT
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


def _col(column: Node, columns: Sequence[Node], scope: Scope) -> str | None:
    weight = float(column.get("weight") or 0)
    total = sum(float(other.get("weight") or 0) for other in columns)
    if weight <= 0:
        return scope.rule("col-fit", "width:1px") if total else None
    share = round(100 * weight / total)
    return scope.rule(f"col-{share}", f"width:{share}%")


def breaking(words: str) -> str | None:
    """Return the class of a cell with a word so long that it must break."""
    return "brk" if any(len(word) * _CHAR > _WIDEST for word in words.split()) else None


def needed_width(rows: Sequence[Sequence[str]]) -> int:
    """Estimate the least width in px at which a table can be read: its longest words side by side."""
    widths: dict[int, float] = {}
    for row in rows:
        for i, cell in enumerate(row):
            words = max((len(word) for word in cell.split()), default=0)
            # Long prose in a cell asks for more than its longest word.
            ask = max(words * _CHAR, min(len(cell), 40) * _CHAR * 0.45) + _PADDING
            widths[i] = max(widths.get(i, 0), min(ask, _WIDEST))
    return round(sum(widths.values()))


def width_class(least: int, scope: Scope) -> str | None:
    """Return the class that keeps a wide table wide on a narrow screen."""
    if least <= NARROW:
        return None
    steps = -(-least // 40) * 40
    return scope.rule(f"min-{steps}", f"min-width:{steps}px")
