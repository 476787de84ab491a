"""Blocks for the page: each knows the width it is set in."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

from brieftools.errors import RenderError
from brieftools.render.pdf import assessments
from brieftools.render.pdf.inlines import PAGE_MM, Node, Place, formula, inlines, source
from brieftools.render.pdf.strings import one_line, plain, soften, visible
from brieftools.render.pdf.tables import planned, regular

RUNNING = ("para", "list", "quote")
_LINKING = re.compile(r"<(?:\w+:)?(?:image|feImage|use)\b[^>]*>")
_ELSEWHERE = re.compile(r"""\s(?:\w+:)?href\s*=\s*(["'])(?!\s*(?:data:|#)).*?\1""", re.DOTALL)
TALLEST_MM = {"a4": 205.0, "letter": 187.0}
"""A figure is scaled down to leave room for its title and source on one page of each paper."""


def blocks(nodes: list[Node], place: Place) -> list[Node]:
    """Prepare blocks; a run-in heading joins the paragraph after it."""
    out: list[Node] = []
    for node in nodes:
        before = out[-1] if out else None
        done = _block(node, place)
        if node["type"] == "para" and before and before["type"] == "heading" and before["level"] == 4:
            out[-1] = {**done, "lead": before["c"], "lead_id": before["id"]}
        elif node["type"] == "judgments":
            out.append({**done, "headed": bool(before and before["type"] == "heading" and before["level"] == 3)})
        else:
            out.append(done)
    return out


def _block(node: Node, place: Place) -> Node:
    return _KINDS[node["type"]](node, place) if node["type"] in _KINDS else node


def _with_c(node: Node, place: Place) -> Node:
    return {**node, "c": inlines(node["c"], place)}


def _heading(node: Node, place: Place) -> Node:
    # PDF/UA refuses a heading that has no text of its own.
    if not visible(plain(node["c"])):
        return {"type": "para", "c": inlines(node["c"], place)}
    level = min(max(node["level"], 2), 4)
    return {**_with_c(node, place.narrowed(place.width, 3.6 if level == 2 else 2.4)), "level": level}


def _bottom_line(node: Node, place: Place) -> Node:
    return {**_with_c(node, place.narrowed(place.width, 2.6)), "label": one_line(node["label"])}


def _list(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width - 6)
    return {**node, "items": [blocks(entry, inner) for entry in node["items"]]}


def _quote(node: Node, place: Place) -> Node:
    return {**node, "blocks": blocks(node["blocks"], place.narrowed(place.width - 5))}


def _panel(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width - 8, 1.7)
    return {**node, "title": inlines(node["title"], inner), "blocks": blocks(node["blocks"], inner)}


def _row(node: Node, place: Place) -> Node:
    share = place.width / PAGE_MM
    columns = [{**column, "blocks": blocks(column["blocks"], place.narrowed(column["span"] * share))} for column in node["columns"]]
    pictured = any(block["type"] not in (*RUNNING, "heading") for column in columns for block in column["blocks"])
    return {**node, "columns": columns, "pictured": pictured}


def _listing(node: Node, place: Place) -> Node:
    limit = max(8, int((place.width - 6) / 1.72))
    long: Node = {key: soften(node[key].expandtabs(4).rstrip("\n"), limit) for key in ("text", "trace") if key in node}
    short: Node = {key: soften(one_line(node[key]), place.limit) for key in ("name", "message") if key in node}
    return {**node, **long, **short}


def _figure(node: Node, place: Place) -> Node:
    image = node["image"]
    scale = min(1.0, place.width / image["width_mm"], place.tallest / image["height_mm"])
    sized = {**image, "width": round(image["width_mm"] * scale, 3), "height": round(image["height_mm"] * scale, 3)}
    if image["format"] == "svg":
        sized = {**sized, "data": _unlinked(image["data"])}
    else:
        sized = {**sized, "data": None, "file": _raster(node, place)}
    label = place.narrowed(place.width, 1.9)
    texts = {"title": inlines(node["title"], label), "subtitle": inlines(node["subtitle"], label), "source": source(node, place)}
    alt = node["alt"].strip() or plain(node["title"]).strip() or node["id"] or "figure"
    return {**node, **texts, "image": sized, "alt": one_line(alt), "table": None, "narrow": None}


def _unlinked(svg: str) -> str:
    """Drop what a drawing would load from elsewhere; images inside it and its own parts stay."""
    return _LINKING.sub(lambda tag: _ELSEWHERE.sub("", tag.group()), svg)


def _raster(node: Node, place: Place) -> str:
    """Put the bytes of a raster image aside under a name of ours."""
    image = node["image"]
    if image["format"] not in ("png", "jpeg"):
        raise RenderError(f"A figure cannot be {image['format']!r}", where=node["id"], do="draw it as SVG, PNG or JPEG")
    try:
        data = base64.b64decode(image["data"], validate=False)
    except (binascii.Error, ValueError) as error:
        raise RenderError("A figure's image is damaged", where=node["id"], do="run the notebook again") from error
    name = f"image-{len(place.images) + 1}"
    place.images[name] = data
    return name


def _table(node: Node, place: Place) -> Node:
    if not node["columns"] or not regular(node):
        raise RenderError("A table's rows do not fill its columns", where=node["id"], do="give each row one cell for each column")
    plan = planned(node, place.width)
    label = place.narrowed(place.width, 1.9)
    limits = plan["limits"]

    def cell(old: Node, column: int) -> Node:
        limit = limits[min(column, len(limits) - 1)] * max(1, old["colspan"])
        inner = place.narrowed(limit * place.letter, place.letter)
        return {**old, "c": inlines(old["c"], inner), "text": one_line(plain(old["c"]))}

    columns = {id(old): i for row in (*node["head"], *node["body"]) for i, old in enumerate(row)}

    def rows(part: Node) -> Node:
        return {key: [[cell(old, columns[id(old)]) for old in row] for row in part[key]] for key in ("head", "body")}

    parts = [{**part, **rows(part)} for part in plan["parts"]]
    texts = {"title": inlines(node["title"], label), "subtitle": inlines(node["subtitle"], label), "source": source(node, place)}
    return {**plan, **texts, "parts": parts, "head": [], "body": []}


_KINDS: dict[str, Callable[[Node, Place], Node]] = {
    "para": _with_c,
    "heading": _heading,
    "bottom_line": _bottom_line,
    "list": _list,
    "quote": _quote,
    "panel": _panel,
    "row": _row,
    "codeblock": _listing,
    "output": _listing,
    "error": _listing,
    "mathblock": lambda node, _: formula(node),
    "figure": _figure,
    "table": _table,
    "key_figures": assessments.key_figures,
    "judgments": assessments.judgments,
    "hypotheses": assessments.hypotheses,
    "lexicon": assessments.lexicon,
    "notes": assessments.notes,
    "closing": assessments.closing,
}
