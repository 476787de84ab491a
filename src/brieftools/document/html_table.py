"""Read the tables out of a cell's HTML: pandas, its Styler and most libraries show a table that way.

Only words and structure are taken; markup, styles and scripts are dropped.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from brieftools.document.prose import cell, plain_table

Node = dict[str, Any]
_NUMBER = re.compile(r"[-−+]?[\d,. \u00a0\u202f]*\d(?:[eE][-+]?\d+)?\s?%?|nan|NaN|NaT|None|<NA>|")
_SILENT = {"script", "style", "template", "noscript", "head", "title"}
_MAX_SPAN = 1000


class _Reader(HTMLParser):
    """Collects rows of cells, and the words outside tables."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[dict[str, list[list[Node]]]] = []
        self.outside: list[str] = []
        self._part = "body"
        self._words: list[str] | None = None
        self._cell: Node = {}
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._close_cell()
            self.tables.append({"head": [], "body": []})
            self._part = "body"
        elif tag in ("thead", "tbody", "tfoot"):
            self._part = "head" if tag == "thead" else "body"
        elif tag == "tr" and self.tables:
            self._close_cell()
            self.tables[-1][self._part].append([])
        elif tag in ("td", "th") and self.tables:
            self._open_cell(tag, dict(attrs))
        elif tag in ("br", "p", "div", "li"):
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._close_cell()
        elif tag == "thead":
            self._part = "body"

    def handle_data(self, data: str) -> None:
        if not self._silent:
            (self._words if self._words is not None else self.outside).append(data)

    def _open_cell(self, tag: str, attrs: dict[str, str | None]) -> None:
        self._close_cell()
        self._words = []
        self._cell = {"header": tag == "th", "colspan": _span(attrs.get("colspan")), "rowspan": _span(attrs.get("rowspan"))}

    def _close_cell(self) -> None:
        if self._words is None:
            return
        rows = self.tables[-1][self._part]
        if not rows:
            rows.append([])
        rows[-1].append(self._cell | {"text": " ".join("".join(self._words).split())})
        self._words = None

    def close(self) -> None:
        super().close()
        if self.tables:
            self._close_cell()


def _span(value: str | None) -> int:
    return min(max(int(value), 1), _MAX_SPAN) if value and value.isdigit() else 1


def read_html(html: str) -> tuple[list[Node], str]:
    """Read the tables and the words of a cell's HTML output.

    Returns
    -------
    tables : list of dict
        Table blocks without number; columns of numbers are set flush right.
    words : str
        What stands outside the tables.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    words = "\n".join(filter(None, (" ".join(line.split()) for line in "".join(reader.outside).split("\n"))))
    return [_table(found) for found in reader.tables if found["head"] or found["body"]], words


def _table(found: dict[str, list[list[Node]]]) -> Node:
    head, body = found["head"], found["body"]
    if not head and body and all(c["header"] for c in body[0]):
        head, body = body[:1], body[1:]
    head, body = [row for row in head if row], [row for row in body if row]
    width = max((sum(c["colspan"] for c in row) for row in (*head, *body)), default=1)
    headers = min((_leading_headers(row) for row in body), default=0)
    align = ["right" if column >= headers and _numeric(body, column) else "left" for column in range(width)]
    return plain_table([_row(row) for row in head], [_row(row) for row in body], align=align, row_headers=headers)


def _leading_headers(row: list[Node]) -> int:
    count = 0
    for c in row:
        if not c["header"]:
            break
        count += c["colspan"]
    return count


def _numeric(body: list[list[Node]], column: int) -> bool:
    texts = [row[column]["text"] for row in body if len(row) > column and all(c["colspan"] == 1 for c in row)]
    return any(texts) and all(_NUMBER.fullmatch(text) for text in texts if text not in ("...", "…"))


def _row(row: list[Node]) -> list[Node]:
    return [cell([{"type": "text", "text": c["text"]}] if c["text"] else [], colspan=c["colspan"], rowspan=c["rowspan"]) for c in row]
