"""The tree as the page wants it: labels that exist, heading levels without gaps, runs of text, breakable words, widths.

Everything is decided on a copy; the Document stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from brieftools.render.pdf.blocks import RUNNING, TALLEST_MM, blocks
from brieftools.render.pdf.inlines import PAGE_MM, Node, Place, inlines
from brieftools.render.pdf.strings import one_line, soften, visible

HYPHENATED = "af be bg ca cs da de el en es et fi fr hr hu is it ka ku la lt mn nb nl nn pl pt ru sk sl sq sr sv tk tr uk"
"""Languages whose hyphenation Typst knows."""
ANCHORED = ("heading", "figure", "table", "hypotheses", "cite")


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


def prepare(document: Mapping[str, Any], *, paper: str = "a4") -> Prepared:
    """Arrange a Document for the page.

    Parameters
    ----------
    document : mapping
        A Document whose strings can be shown; it is changed in place where ids repeat.
    paper : {"a4", "letter"}
        Letter is lower, and so are the tallest figures.

    Raises
    ------
    RenderError
        An image is damaged or of an unknown format.
    """
    meta = _meta(document["meta"])
    hyphenated = meta["language"]["lang"] in HYPHENATED.split()
    place = Place(width=PAGE_MM, notes=_notes(document), anchors=_anchors(document), hyphenated=hyphenated, tallest=TALLEST_MM[paper])
    body = _runs(blocks(document["body"], place))
    _level(body)
    tree = {
        **document,
        "meta": meta,
        "labels": {key: one_line(value) for key, value in document["labels"].items()},
        "notices": [{**notice, "c": inlines(notice["c"], place.narrowed(165, 1.6))} for notice in document["notices"]],
        "body": body,
    }
    return Prepared(tree=tree, images=place.images)


def _meta(meta: Mapping[str, Any]) -> Node:
    """Strings of page 1 and the running header; a language that Typst takes."""
    title = one_line(meta["title"]).strip() if visible(meta["title"]) else meta["slug"]
    parts = meta["lang"].split("-")
    region = next((part.upper() for part in parts[1:] if re.fullmatch(r"[A-Za-z]{2}", part)), None)
    language = parts[0].lower() if re.fullmatch(r"[A-Za-z]{2,3}", parts[0]) else "en"
    texts = {key: one_line(meta.get(key) or "") for key in ("kicker", "running", "footer", "house")}
    return {
        **meta,
        **texts,
        "title": title,
        "heading": soften(title, 30),
        "running": texts["running"] if visible(texts["running"]) else title,
        "language": {"lang": language, "region": region},
        "contact": one_line(meta["contact"]) if meta.get("contact") else None,
        "edition": {**meta["edition"], "line": one_line(meta["edition"]["line"])},
        "dates": [{"label": soften(one_line(d["label"]), 16), "value": soften(one_line(d["value"]), 18)} for d in meta["dates"]],
        "handling": {**meta["handling"], "label": one_line(meta["handling"]["label"])},
    }


def _notes(document: Mapping[str, Any]) -> dict[int, str]:
    return {item["number"]: item["id"] for node in _nodes(document) if node.get("type") == "notes" for item in node["items"]}


def _anchors(document: Mapping[str, Any]) -> frozenset[str]:
    """Collect the ids that become labels; a repeated one keeps its first place."""
    seen: set[str] = set()

    def first(name: str | None) -> str | None:
        if name is None or name in seen:
            return None
        seen.add(name)
        return name

    for node in _nodes(document):
        # Judgments and notes have no type of their own, but a number.
        if node.get("type") in ANCHORED or ("id" in node and "number" in node):
            if "id" in node:
                node["id"] = first(node["id"])
            if "ids" in node:
                node["ids"] = [first(name) for name in node["ids"]]
    return frozenset(seen)


def _nodes(tree: Any) -> Iterator[Node]:
    if isinstance(tree, dict):
        yield tree
    for value in tree.values() if isinstance(tree, dict) else tree:
        if isinstance(value, dict | list):
            yield from _nodes(value)


def _level(body: list[Node]) -> None:
    """Give each heading a depth for the tags: the title is 1, and no depth is skipped, as PDF/UA asks."""
    depth = 1
    for node in _nodes(body):
        if node.get("type") == "heading":
            depth = min(max(2, node["level"]), depth + 1)
            node["depth"] = depth


def _runs(nodes: list[Node]) -> list[Node]:
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
