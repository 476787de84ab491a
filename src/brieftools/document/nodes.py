"""Small pieces that the Document's nodes are made of, and their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Node = dict[str, Any]


def text_node(text: str) -> Node:
    """Return text as an inline."""
    return {"type": "text", "text": text}


def merged(nodes: list[Node]) -> list[Node]:
    """Join neighbouring texts, and drop empty ones."""
    joined: list[Node] = []
    for node in nodes:
        if node["type"] == "text" and joined and joined[-1]["type"] == "text":
            joined[-1] = text_node(joined[-1]["text"] + node["text"])
        elif node != {"type": "text", "text": ""}:
            joined.append(node)
    return joined


def shorten(nodes: list[Node], what: str = " ") -> None:
    """Take the spaces off the end."""
    if nodes and nodes[-1]["type"] == "text":
        kept = nodes.pop()["text"].rstrip(what)
        if kept:
            nodes.append(text_node(kept))


def plain(nodes: list[Node]) -> str:
    """Return the words of some inlines, without citations."""
    return "".join(str(n.get("text") or n.get("tex") or "") if "c" not in n else plain(n["c"]) for n in nodes)


def cell(c: list[Node], *, style: str | None = None, colspan: int = 1, rowspan: int = 1) -> Node:
    """Return a table cell."""
    return {"c": c, "colspan": colspan, "rowspan": rowspan, "style": style}


def plain_table(head: list[list[Node]], body: list[list[Node]], *, align: Sequence[str], row_headers: int = 0) -> Node:
    """Return a table without number or title: an analyst's own."""
    return {
        "type": "table",
        "id": "",
        "number": None,
        "title": [],
        "subtitle": [],
        "source": None,
        "columns": [{"align": a if a in ("left", "right", "center") else "left", "weight": 0} for a in align],
        "head": head,
        "body": body,
        "row_headers": row_headers,
        "redistribute": "aggregate",
    }


def plain_block(block: Node) -> str:
    """Return a block's words, for places that hold no blocks."""
    if "c" in block:
        return plain(block["c"])
    if "items" in block:
        return "; ".join(" ".join(plain_block(inner) for inner in entry) for entry in block["items"])
    return str(block.get("text") or block.get("tex") or " ".join(plain_block(inner) for inner in block.get("blocks", [])))
