"""Read the tables out of a cell's HTML: pandas, its Styler and most libraries show a table that way.

Only words and structure are taken; markup, styles and scripts are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from brieftools.document.nodes import Node, cell, plain_table

_NUMBER = re.compile(r"[-−+]?[\d,. \u00a0\u202f]*\d(?:[eE][-+]?\d+)?\s?%?|nan|NaN|NaT|None|<NA>|")
_SILENT = {"script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "audio", "video", "canvas", "select"}
_MAX_SPAN = 100
_SPACES = re.compile(r"[ \t\n\f\r]+")  # what HTML takes for space: a no-break space is none


@dataclass
class _Found:
    """A table as read: rows of cells, and its caption."""

    head: list[list[Node]] = field(default_factory=list)
    body: list[list[Node]] = field(default_factory=list)
    caption: str = ""
    in_head: bool = False

    @property
    def rows(self) -> list[list[Node]]:
        return self.head if self.in_head else self.body


class _Reader(HTMLParser):
    """Collects rows of cells, and the words outside tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Found] = []
        self.outside: list[str] = []
        self._open: list[_Found] = []  # a table may stand in a cell of another
        self._words: list[str] | None = None
        self._cell: Node = {}  # without `header`: a caption
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._silent = 0
        elif tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._close_cell()
            self.outside.append("\n")
            self._open.append(_Found())
            self.tables.append(self._open[-1])
        elif tag in ("br", "p", "div", "li"):
            self.handle_data("\n")
        elif self._open:
            self._part_of_table(tag, dict(attrs))

    def _part_of_table(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag in ("thead", "tbody", "tfoot"):
            self._open[-1].in_head = tag == "thead"
        elif tag == "tr":
            self._close_cell()
            self._open[-1].rows.append([])
        elif tag in ("td", "th"):
            self._close_cell()
            spans = {name: _span(attrs.get(name)) for name in ("colspan", "rowspan")}
            self._words, self._cell = [], {"header": tag == "th"} | spans
        elif tag == "caption":
            self._close_cell()
            self._words, self._cell = [], {}

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr", "caption"):
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self.outside.append("\n")
            self._open.pop()
        elif tag == "thead" and self._open:
            self._open[-1].in_head = False

    def handle_data(self, data: str) -> None:
        if not self._silent:
            (self._words if self._words is not None else self.outside).append(data)

    def _close_cell(self) -> None:
        if self._words is None:
            return
        text, self._words = _SPACES.sub(" ", "".join(self._words)).strip(" \u00a0"), None
        if "header" not in self._cell:
            self._open[-1].caption = text
            return
        rows = self._open[-1].rows
        if not rows:
            rows.append([])
        rows[-1].append(self._cell | {"text": text})

    def close(self) -> None:
        super().close()
        self._close_cell()


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and re.fullmatch(r"[0-9]{1,6}", value) else 1


def read_html(html: str) -> tuple[list[Node], str]:
    """Read the tables and the words of a cell's HTML output.

    Returns
    -------
    tables : list of dict
        Table blocks without number; a caption is the title; columns of numbers are set flush right.
    words : str
        What stands outside the tables, one line for each block.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(reader.outside).split("\n"))
    return [_table(found) for found in reader.tables if any(found.head) or any(found.body)], "\n".join(filter(None, lines))


def _table(found: _Found) -> Node:
    head, body = [row for row in found.head if row], [row for row in found.body if row]
    if not head and len(body) > 1 and all(c["header"] for c in body[0]):
        head, body = body[:1], body[1:]
    width = max(_width(head), _width(body))
    top, below = _grid(head, width), _grid(body, width)
    # A cell set to span a hundred columns does not make a hundred.
    used = [x for x in range(width) if any(row[x][1] and row[x][0] is not _EMPTY for row in (*top, *below))]
    headers = next((n for n, x in enumerate(used) if not all(row[x][0]["header"] for row in below)), len(used)) if below else 0
    align = ["right" if n >= headers and _numeric(row[x][0]["text"] for row in below) else "left" for n, x in enumerate(used)]
    rows = [[_row(row, used) for row in part] for part in (top, below)]
    table = plain_table(*rows, align=align, row_headers=min(headers, len(used) - 1))
    return table | {"title": [{"type": "text", "text": found.caption}] if found.caption else []}


# A grid has every place of a table filled: the cell that covers it, and whether it begins there.
_Grid = list[list[tuple[Node, bool]]]
_EMPTY: Node = {"header": False, "colspan": 1, "rowspan": 1, "text": ""}


def _width(rows: list[list[Node]]) -> int:
    """How many columns rows of cells need."""
    reached: dict[int, int] = {}
    for y, row in enumerate(rows):
        for c in row:
            for below in range(y, min(y + c["rowspan"], len(rows))):
                reached[below] = reached.get(below, 0) + c["colspan"]
    return max(reached.values(), default=0)


def _grid(rows: list[list[Node]], width: int) -> _Grid:
    """Lay cells out; a span ends where another cell or the table does, and what is missing is empty."""
    places: dict[tuple[int, int], tuple[Node, bool]] = {}
    for y, row in enumerate(rows):
        x = 0
        for c in row:
            while (y, x) in places:
                x += 1
            wide = next((n for n in range(1, c["colspan"]) if (y, x + n) in places), c["colspan"])
            placed = c | {"colspan": min(wide, max(width - x, 1)), "rowspan": min(c["rowspan"], len(rows) - y)}
            for dy in range(placed["rowspan"]):
                for dx in range(placed["colspan"]):
                    places[y + dy, x + dx] = (placed, dy == dx == 0)
    return [[places.get((y, x), (_EMPTY, True)) for x in range(width)] for y in range(len(rows))]


def _numeric(texts: Iterable[str]) -> bool:
    shown = [text for text in texts if text not in ("...", "…")]
    return any(shown) and all(_NUMBER.fullmatch(text) for text in shown)


def _row(row: list[tuple[Node, bool]], used: list[int]) -> list[Node]:
    cells = []
    for x in used:
        c, begins = row[x]
        if begins:
            words = [{"type": "text", "text": c["text"]}] if c["text"] else []
            cells.append(cell(words, colspan=sum(x <= u < x + c["colspan"] for u in used), rowspan=c["rowspan"]))
    return cells
