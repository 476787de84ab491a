"""What our own objects showed in a cell becomes blocks; their texts may hold facts and citations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from brieftools.document.marks import Marks
from brieftools.errors import DocumentError, nearest

Node = dict[str, Any]


def blocks_from(payload: Node, marks: Marks) -> list[Node]:
    """Turn one payload into blocks.

    Raises
    ------
    DocumentError
        A payload of a kind that this version does not know, or not as our own objects make it.
    """
    kinds: dict[str, Callable[[Node, Marks], list[Node]]] = {
        "figure": _figure,
        "table": _table,
        "key_figures": _key_figures,
        "judgments": _judgments,
        "hypotheses": _hypotheses,
        "lexicon": _lexicon,
        "para": lambda payload, marks: [{"type": "para", "c": marks.line(payload["text"])}],
        "facts": lambda payload, marks: [],
        "nothing": lambda payload, marks: [],
    }
    kind = str(payload.get("type"))
    if kind not in kinds:
        what = f"a cell shows an object of the kind {kind!r}; {nearest(kind, kinds)}"
        raise DocumentError(what, where=marks.where, do="rebuild with the brieftools that the notebook was written for")
    try:
        return kinds[kind](payload, marks)
    except (KeyError, TypeError, AttributeError, ValueError):
        what = f"the {kind.replace('_', ' ')} that the cell shows is incomplete"
        raise DocumentError(what, where=marks.where, do="make it with the functions of brieftools, and run the notebook again") from None


def _optional(text: str | None, marks: Marks) -> list[Node] | None:
    return marks.line(text) if text else None


def _text(text: str) -> list[Node]:
    return [{"type": "text", "text": text}]


def _figure(payload: Node, marks: Marks) -> list[Node]:
    image = {"format": payload["format"], "data": payload["data"], "width_mm": payload["width_mm"], "height_mm": payload["height_mm"]}
    # Titles are computed from data, so names of places and groups may stand in them: they hold no marks.
    return [
        {
            "type": "figure",
            "id": payload.get("name") or "",
            "number": None,
            "title": _text(payload["title"]) if payload.get("title") else [],
            "subtitle": _text(payload["subtitle"]) if payload.get("subtitle") else [],
            "source": _optional(payload.get("source"), marks),
            "alt": payload.get("alt", ""),
            "width_mm": payload["width_mm"],
            "image": image,
            "narrow": {key: payload["narrow"][key] for key in image} if payload.get("narrow") else None,
            "table": payload.get("table"),
            "period": payload.get("period"),
        }
    ]


def _table(payload: Node, marks: Marks) -> list[Node]:
    def row(cells: list[str], line: Any) -> list[Node]:
        return [{"c": line(text), "colspan": 1, "rowspan": 1, "style": None} for text in cells]

    return [
        {
            "type": "table",
            "id": payload.get("name") or "",
            "number": None,
            "title": _text(payload["title"]) if payload.get("title") else [],
            "subtitle": _text(payload["subtitle"]) if payload.get("subtitle") else [],
            "source": _optional(payload.get("source"), marks),
            "columns": payload["columns"],
            "head": [row(payload["head"], _text)],
            "body": [row(cells, marks.line if payload.get("marked") else _text) for cells in payload["body"]],
            "row_headers": payload.get("row_headers", 0),
            "redistribute": payload.get("redistribute", "aggregate"),
        }
    ]


def _key_figures(payload: Node, marks: Marks) -> list[Node]:
    return [{"type": "key_figures", "items": [_key_figure(entry, marks) for entry in payload["items"]]}]


def _key_figure(entry: Node, marks: Marks) -> Node:
    lead = [{"type": "strong", "c": _text(entry["lead"])}, {"type": "text", "text": " "}] if entry["lead"] else []
    return _without(entry, "lead") | {"label": marks.line(entry["label"]), "reading": lead + marks.line(entry["reading"])}


def _judgments(payload: Node, marks: Marks) -> list[Node]:
    texts = ("rest", "confidence", "change", "decided")
    entries = [
        entry | {key: marks.line(entry[key]) for key in texts} | {"tag_reason": _optional(entry["tag_reason"], marks)}
        for entry in payload["items"]
    ]
    return [payload | {"items": entries}]


def _hypotheses(payload: Node, marks: Marks) -> list[Node]:
    """Three short paragraphs of computed English, then the matrix that they speak of."""
    rows = [_without(row, "text", "basis") | {"c": _row_text(row, marks)} for row in payload["rows"]]
    matrix = _without(payload, "verdict", "rows", "name")
    matrix |= {
        "id": payload.get("name") or "ach",
        "number": None,
        "title": _text(payload["title"]),
        "subtitle": _text(payload["subtitle"]),
        "source": _optional(payload.get("source"), marks),
        "rows": rows,
        "key": _text(payload["key"]),
    }
    verdict = [{"type": "para", "c": [{"type": "strong", "c": _text(lead)}, *_text(f" {text}")]} for lead, text in payload["verdict"]]
    return [*verdict, matrix]


def _without(node: Node, *keys: str) -> Node:
    return {key: value for key, value in node.items() if key not in keys}


def _row_text(row: Node, marks: Marks) -> list[Node]:
    basis = "; ".join(row.get("basis", ()))
    return marks.line(f"{row['text']} [{basis}]" if basis else row["text"])


def _lexicon(payload: Node, marks: Marks) -> list[Node]:
    return [payload | {"note": _text(payload["note"])}]
