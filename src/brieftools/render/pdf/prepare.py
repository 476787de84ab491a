"""The tree as the page wants it: labels that exist, heading levels without gaps, runs of text, breakable words, widths.

Everything is decided on a copy; the Document stays as it was.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

from brieftools.errors import RenderError
from brieftools.render.pdf.strings import longest_word, one_line, plain, soften
from brieftools.render.pdf.tables import planned, regular

Node = dict[str, Any]
PAGE_MM = 174.0
RUNNING = ("para", "list", "quote")
SCHEMES = ("http", "https", "mailto")
TALLEST_MM = 205.0
"""A figure is scaled down to leave room for its title and source on one page."""
RATINGS = ("CC", "II", "NA", "C", "N", "I")


@dataclass(frozen=True)
class Prepared:
    """What the page is set from.

    Attributes
    ----------
    tree : dict
        The arranged Document.
    images : dict of str to bytes
        Raster images by the name that the tree calls them.
    """

    tree: Node
    images: dict[str, bytes]


@dataclass(frozen=True)
class Place:
    """Where a node stands.

    Attributes
    ----------
    width : float
        Width of its column in mm.
    anchors : frozenset of str
        Ids that can be linked to.
    images : dict
        Collects raster images.
    letter : float
        Mean width of a letter in mm.
    """

    width: float
    anchors: frozenset[str]
    images: dict[str, bytes] = field(default_factory=dict)
    letter: float = 2.1

    @property
    def limit(self) -> int:
        """Letters that surely fit the line."""
        return max(5, min(40, int(self.width / self.letter)))

    def narrowed(self, width: float, letter: float | None = None) -> Place:
        """Return the place of a column inside this one."""
        return replace(self, width=max(width, 6.0), letter=letter or self.letter)


def prepare(document: Mapping[str, Any]) -> Prepared:
    """Arrange a Document for the page.

    Parameters
    ----------
    document : mapping
        A Document whose strings can be shown; it is changed in place where ids repeat.

    Raises
    ------
    RenderError
        An image is damaged or of an unknown format.
    """
    place = Place(width=PAGE_MM, anchors=_anchors(document))
    body = _runs(_blocks(document["body"], place), place)
    _level(body)
    tree = {
        **document,
        "meta": _meta(document["meta"]),
        "labels": {key: one_line(value) for key, value in document["labels"].items()},
        "notices": [{**notice, "c": _inlines(notice["c"], place.narrowed(165, 1.6))} for notice in document["notices"]],
        "body": body,
    }
    return Prepared(tree=tree, images=place.images)


def _meta(meta: Mapping[str, Any]) -> Node:
    """Strings of page 1 and the running header; a language that Typst takes."""
    title = one_line(meta["title"]).strip() or meta["slug"]
    parts = meta["lang"].split("-")
    region = next((part.upper() for part in parts[1:] if re.fullmatch(r"[A-Za-z]{2}", part)), None)
    language = parts[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) else "en"
    texts = {key: one_line(meta[key]) for key in ("kicker", "running", "footer")}
    return {
        **meta,
        **texts,
        "title": title,
        "heading": soften(title, 30),
        "running": texts["running"] or title,
        "language": {"lang": language, "region": region},
        "contact": one_line(meta["contact"]) if meta.get("contact") else None,
        "edition": {**meta["edition"], "line": one_line(meta["edition"]["line"])},
        "dates": [{"label": soften(one_line(d["label"]), 16), "value": soften(one_line(d["value"]), 18)} for d in meta["dates"]],
        "handling": {**meta["handling"], "label": one_line(meta["handling"]["label"])},
    }


# Ids -----------------------------------------------------------------------------------------------------------------------------


def _anchors(document: Mapping[str, Any]) -> frozenset[str]:
    """Collect the ids; a repeated one keeps its first place."""
    seen: set[str] = set()
    for node in _nodes(document):
        for key in ("id", "ids"):
            value = node.get(key)
            if isinstance(value, str):
                node[key] = None if value in seen else value
                seen.add(value)
            elif isinstance(value, list):
                node[key] = [None if one in seen else one for one in value]
                seen.update(value)
    return frozenset(seen)


def _nodes(tree: Any) -> Iterator[Node]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _nodes(value)


def _level(body: list[Node]) -> None:
    """Give each heading a depth for the tags: the title is 1, and no depth is skipped, as PDF/UA asks."""
    depth = 1
    for node in _nodes(body):
        if node.get("type") == "heading":
            depth = min(max(2, node["level"]), depth + 1)
            node["depth"] = depth


# Inlines -------------------------------------------------------------------------------------------------------------------------


def _inlines(nodes: list[Node], place: Place) -> list[Node]:
    return [_inline(node, place) for node in nodes]


def _inline(node: Node, place: Place) -> Node:
    kind = node["type"]
    if kind in ("text", "fact", "code"):
        return {"type": kind, "text": soften(one_line(node["text"]), place.limit)}
    if kind == "math":
        return _math(node)
    if kind == "cite":
        ids = node["ids"] + [None] * len(node["notes"])
        return {"type": "cite", "links": [_cited(number, ids[i], place) for i, number in enumerate(node["notes"])]}
    if kind == "ref":
        return {"type": "ref", "text": soften(node["text"], place.limit), "to": _target(node["target"], place)}
    if kind == "link":
        return _link(node, place)
    return {**node, "c": _inlines(node["c"], place)} if "c" in node else node


def _cited(number: int, anchor: str | None, place: Place) -> Node:
    return {"text": str(number), "to": _target(f"note-{number}", place), "id": anchor}


def _target(name: str, place: Place) -> str | None:
    return name if name in place.anchors else None


def _link(node: Node, place: Place) -> Node:
    """Return a link that leads somewhere, or the strings of one that does not."""
    href = node["href"]
    inner = _inlines(node["c"], place)
    if href.startswith("#"):
        target = _target(href[1:], place)
        return {"type": "link", "to": target, "href": "", "c": inner} if target else {"type": "group", "c": inner}
    if _scheme(href) not in SCHEMES:
        return {"type": "group", "c": inner}
    return {"type": "link", "to": None, "href": quote(href, safe="!#$%&'()*+,-./:;=?@[]_~"), "c": inner}


def _scheme(href: str) -> str:
    try:
        return urlsplit(href).scheme.lower()
    except ValueError:
        return ""


def _math(node: Node) -> Node:
    return {**node, "alt": one_line(node["tex"]).strip() or "formula"}


# Blocks --------------------------------------------------------------------------------------------------------------------------


def _blocks(nodes: list[Node], place: Place) -> list[Node]:
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
    return {**node, "c": _inlines(node["c"], place)}


def _heading(node: Node, place: Place) -> Node:
    return _with_c(node, place.narrowed(place.width, 3.6 if node["level"] == 2 else 2.4))


def _bottom_line(node: Node, place: Place) -> Node:
    return {**_with_c(node, place.narrowed(place.width, 2.6)), "label": one_line(node["label"])}


def _list(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width - 6)
    return {**node, "items": [_blocks(entry, inner) for entry in node["items"]]}


def _quote(node: Node, place: Place) -> Node:
    return {**node, "blocks": _blocks(node["blocks"], place.narrowed(place.width - 5))}


def _panel(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width - 8, 1.7)
    return {**node, "title": _inlines(node["title"], inner), "blocks": _blocks(node["blocks"], inner)}


def _row(node: Node, place: Place) -> Node:
    share = place.width / PAGE_MM
    columns = [
        {**column, "blocks": _blocks(column["blocks"], place.narrowed(column["span"] * share))} for column in node["columns"] if column["blocks"]
    ]
    pictured = any(block["type"] not in (*RUNNING, "heading") for column in columns for block in column["blocks"])
    return {**node, "columns": columns, "pictured": pictured}


def _listing(node: Node, place: Place) -> Node:
    limit = max(8, int((place.width - 6) / 1.72))
    strings = {key: soften(node[key].expandtabs(4).rstrip("\n"), limit) for key in ("text", "trace") if key in node}
    more = {key: soften(one_line(node[key]), place.limit) for key in ("name", "message") if key in node}
    return {**node, **strings, **more}


def _figure(node: Node, place: Place) -> Node:
    image = node["image"]
    scale = min(1.0, place.width / image["width_mm"], TALLEST_MM / image["height_mm"])
    sized = {**image, "width": round(image["width_mm"] * scale, 3), "height": round(image["height_mm"] * scale, 3)}
    if image["format"] != "svg":
        sized = {**sized, "data": None, "file": _raster(node, place)}
    label = place.narrowed(place.width, 1.9)
    texts = {"title": _inlines(node["title"], label), "subtitle": _inlines(node["subtitle"], label), "source": _source(node, place)}
    alt = node["alt"].strip() or plain(node["title"]).strip() or node["id"] or "figure"
    return {**node, **texts, "image": sized, "alt": one_line(alt), "table": None}


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


def _source(node: Node, place: Place) -> list[Node] | None:
    return _inlines(node["source"], place.narrowed(place.width, 1.6)) if node["source"] else None


def _table(node: Node, place: Place) -> Node:
    if not node["columns"] or not regular(node):
        raise RenderError("A table's rows do not fill its columns", where=node["id"], do="give every row as many cells as there are columns")
    plan = planned(node, place.width)
    label = place.narrowed(place.width, 1.9)
    limits = plan["limits"]

    def cell(cell: Node, index: int) -> Node:
        limit = limits[min(index, len(limits) - 1)] * max(1, cell["colspan"])
        inner = place.narrowed(limit * place.letter, place.letter)
        return {**cell, "c": _inlines(cell["c"], inner), "text": one_line(plain(cell["c"]))}

    wide = {id(c): i for row in (*node["head"], *node["body"]) for i, c in enumerate(row)}
    parts = [
        {**part, **{key: [[cell(c, wide[id(c)]) for c in row] for row in part[key]] for key in ("head", "body")}} for part in plan["parts"]
    ]
    texts = {"title": _inlines(node["title"], label), "subtitle": _inlines(node["subtitle"], label), "source": _source(node, place)}
    return {**plan, **texts, "parts": parts, "head": [], "body": []}


def _key_figures(node: Node, place: Place) -> Node:
    column = place.narrowed(31.6, 1.75)

    def figure(item: Node) -> Node:
        value = one_line(item["value"])
        ems = sum(0.3 if c in ".,:; 1il" else 0.85 if c in "MW%" else 0.57 for c in value)
        return {
            **item,
            "value": soften(value, 18),
            "size": round(max(9.0, min(22.0, 86 / max(ems, 0.1))), 2),
            "label": _inlines(item["label"], column),
            "reading": _inlines(item["reading"], column),
            "strip_text": soften(one_line(item["strip_text"]), column.limit),
        }

    return {**node, "items": [figure(item) for item in node["items"]]}


def _judgments(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width - 50)
    texts = ("lead", "word", "band", "change_label", "decided_label", "basis")
    lists = ("rest", "confidence", "change", "decided", "tag_reason")

    def judgment(item: Node) -> Node:
        strings = {key: soften(one_line(item[key]), 18) for key in texts}
        inlines = {key: _inlines(item[key], inner) if item[key] else item[key] for key in lists}
        return {**item, **strings, **inlines}

    return {**node, "scale_label": one_line(node["scale_label"]), "items": [judgment(item) for item in node["items"]]}


def _hypotheses(node: Node, place: Place) -> Node:
    rated = sum(h["rated"] for h in node["hypotheses"])
    spare = place.width - 90.5 - 8 * (len(node["hypotheses"]) - rated)
    word = max((longest_word(h["label"]) for h in node["hypotheses"]), default=0) * 1.45 + 1.5
    column = round(min(max(14.0, min(word, 22.0)), max(7.5, spare / max(1, rated))), 2)
    small = word * 1.06 > column
    labels = [{**h, "label": soften(one_line(h["label"]), int((column - 0.5) / 1.42) if h["rated"] else 6)} for h in node["hypotheses"]]
    evidence = place.narrowed(place.width - 58.5 - column * rated - 8 * (len(labels) - rated), 1.75)

    def row(item: Node) -> Node:
        ratings = (item["ratings"] + [{"value": "", "reason": ""}] * rated)[:rated]
        reasons = [{**r, "reason": soften(one_line(r["reason"]), 30)} for r in ratings]
        return {
            **item,
            "c": _inlines(item["c"], evidence),
            "ratings": reasons,
            "without": soften(one_line(item["without"]), 12),
            "shown": f"{item['diagnosticity']:.2f}",
        }

    label = place.narrowed(place.width, 1.9)
    return {
        **node,
        "title": _inlines(node["title"], label),
        "subtitle": _inlines(node["subtitle"], label),
        "source": _source(node, place),
        "hypotheses": labels,
        "rows": [row(item) for item in node["rows"]],
        "key": _chips(_inlines(node["key"], place.narrowed(place.width, 1.6))),
        "rank_note": soften(one_line(node["rank_note"]), 16),
        "column": column,
        "label_size": 8 if small else 8.5,
        "whole": len(node["rows"]) <= 16,
    }


def _chips(nodes: list[Node]) -> list[Node]:
    """Set the first mention of each rating in the key on its own ground, as the matrix does."""
    pattern = re.compile(r"(?<!\w)(" + "|".join(RATINGS) + r")(?!\w)")
    told: set[str] = set()
    out: list[Node] = []
    for node in nodes:
        if node["type"] not in ("text", "strong", "code"):
            out.append(node)
            continue
        for piece in pattern.split(node["text"] if "text" in node else plain(node["c"])):
            if piece in RATINGS and piece not in told:
                told.add(piece)
                out.append({"type": "chip", "text": piece})
            elif piece:
                out.append({"type": "text", "text": piece})
    return out


def _lexicon(node: Node, place: Place) -> Node:
    column = (place.width - 40) / max(1, len(node["bands"]))
    bands = [{**b, "word": soften(one_line(b["word"]), max(5, int(column / 1.6))), "band": one_line(b["band"])} for b in node["bands"]]
    note = _inlines(node["note"], place.narrowed(place.width - 45, 1.6))
    return {**node, "bands": bands, "note": note, "title": one_line(node["title"]), "name": soften(one_line(node["name"]), 18)}


def _notes(node: Node, place: Place) -> Node:
    inner = place.narrowed((place.width - 6) / 2 - 6 if place.width > 120 else place.width - 6, 1.6)
    items = [
        {**n, "c": _inlines(n["c"], inner), "to": next((b for b in n["back"] if b in place.anchors), None)} for n in node["items"]
    ]
    return {**node, "items": items}


def _closing(node: Node, place: Place) -> Node:
    inner = place.narrowed(place.width / max(1, min(3, len(node["items"]))) - 4, 1.7)
    items = [{"label": soften(one_line(i["label"]), 24), "paras": [_inlines(p, inner) for p in i["paras"]]} for i in node["items"]]
    return {**node, "items": [{**i, "paras": [{"c": p} for p in i["paras"]]} for i in items]}


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
    "mathblock": lambda node, _: _math(node),
    "figure": _figure,
    "table": _table,
    "key_figures": _key_figures,
    "judgments": _judgments,
    "hypotheses": _hypotheses,
    "lexicon": _lexicon,
    "notes": _notes,
    "closing": _closing,
}


# Runs ----------------------------------------------------------------------------------------------------------------------------


def _runs(nodes: list[Node], place: Place) -> list[Node]:
    """Gather paragraphs and lists that stand at full width, with their box headings, so that they get a readable measure."""
    out: list[Node] = []
    run: list[Node] = []
    for node, after in zip(nodes, [*nodes, None][1:], strict=True):
        heads = node["type"] == "heading" and node["level"] > 2 and after is not None and after["type"] in RUNNING
        if node["type"] in RUNNING or heads:
            run.append(node)
            continue
        out += [{"type": "flow", "blocks": run}] if run else []
        run = []
        out.append(node)
    return out + ([{"type": "flow", "blocks": run}] if run else [])
