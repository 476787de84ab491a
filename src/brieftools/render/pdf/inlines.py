"""Inlines for the page: strings that can break, links that lead somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urlsplit

from brieftools.render.pdf.strings import one_line, soften

Node = dict[str, Any]
PAGE_MM = 174.0
SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class Place:
    """Where a node stands.

    Attributes
    ----------
    width : float
        Width of its column in mm.
    anchors : frozenset of str
        Ids that can be linked to.
    notes : mapping of int to str
        Id of each endnote by its number.
    images : dict
        Collects raster images.
    letter : float
        Mean width of a letter in mm.
    hyphenated : bool
        Whether Typst knows where to hyphenate the language.
    tallest : float
        Height in mm that a figure may have, so that title and source find room on its page.
    """

    width: float
    anchors: frozenset[str]
    notes: Mapping[int, str] = field(default_factory=dict)
    images: dict[str, bytes] = field(default_factory=dict)
    letter: float = 2.1
    hyphenated: bool = False
    tallest: float = 205.0

    @property
    def limit(self) -> int:
        """Letters that surely fit the line."""
        return max(5, min(40, int(self.width / self.letter)))

    def narrowed(self, width: float, letter: float | None = None) -> Place:
        """Return the place of a column inside this one."""
        return replace(self, width=max(width, 6.0), letter=letter or self.letter)


def inlines(nodes: list[Node], place: Place) -> list[Node]:
    """Prepare inlines for their place."""
    return [_inline(node, place) for node in nodes]


def _inline(node: Node, place: Place) -> Node:
    kind = node["type"]
    if kind in ("text", "fact", "code"):
        return {"type": kind, "text": soften(one_line(node["text"]), place.limit)}
    if kind == "math":
        return formula(node)
    if kind == "cite":
        ids = node["ids"] + [None] * len(node["notes"])
        return {"type": "cite", "links": [_cited(number, ids[i], place) for i, number in enumerate(node["notes"])]}
    if kind == "ref":
        return {"type": "ref", "text": soften(node["text"], place.limit), "to": _target(node["target"], place)}
    if kind == "link":
        return _link(node, place)
    return {**node, "c": inlines(node["c"], place)} if "c" in node else node


def _cited(number: int, anchor: str | None, place: Place) -> Node:
    return {"text": str(number), "to": _target(place.notes.get(number, ""), place), "id": anchor}


def _target(name: str, place: Place) -> str | None:
    return name if name in place.anchors else None


def _link(node: Node, place: Place) -> Node:
    """Return a link that leads somewhere, or the strings of one that does not."""
    href = node["href"]
    inner = inlines(node["c"], place)
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


def source(node: Node, place: Place) -> list[Node] | None:
    """Return the source line of a figure or table, or None."""
    return inlines(node["source"], place.narrowed(place.width, 1.6)) if node["source"] else None


def formula(node: Node) -> Node:
    """Give a formula its TeX as the text that is read aloud."""
    return {**node, "alt": one_line(node["tex"]).strip() or "formula"}
