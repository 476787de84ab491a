"""Numbers and anchors, given in reading order: headings, figures, tables, notes, references."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from brieftools.document.nodes import Node, merged, plain, shorten, text_node
from brieftools.document.references import METHOD, reference
from brieftools.errors import DocumentError, nearest
from brieftools.source.record import Source

_TABLES = {"table", "hypotheses"}
# Not prose: nothing in them is numbered.
_OPAQUE = {"mathml", "image", "narrow", "table", "svg", "alt"}
# In which order a reader meets the parts of a node, whatever order its keys came in (a saved notebook has them sorted).
_READING = ("title", "subtitle", "label", "c", "lead", "rest", "tag_reason", "confidence", "change", "decided", "reading", "head", "rows")


def walk(node: Any) -> Iterator[Node]:
    """Every node of a tree, parents first, in reading order."""
    if isinstance(node, list):
        for inner in node:
            yield from walk(inner)
    elif isinstance(node, dict):
        if "type" in node:
            yield node
        for key in sorted(node, key=_when_read):
            if key not in _OPAQUE and isinstance(node[key], dict | list):
                yield from walk(node[key])


def _when_read(key: str) -> tuple[int, str]:
    if key in ("key", "source"):  # printed under what they belong to
        return len(_READING) + 1, key
    return (_READING.index(key) if key in _READING else len(_READING)), key


def anchor(text: str, taken: set[str]) -> str:
    """Return an id made of a text's letters and digits that is not taken yet, and take it."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:48].strip("-") or "section"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    taken.add(name)
    return name


def number_headings(blocks: list[Node]) -> None:
    """Give headings their ids, and levels that the page knows: 2 a section, 3 a box, 4 run in."""
    taken: set[str] = {"notes"}  # the heading that is added last
    for node in walk(blocks):
        if node["type"] == "heading":
            node["level"] = max(2, min(node["level"], 4))
            node["id"] = f"s-{anchor(plain(node['c']), taken)}"


def number_figures(blocks: list[Node], labels: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Number figures and titled tables.

    Returns
    -------
    dict of str to (str, str)
        What a reference may name ("fig:iraq") -> the anchor and the words ("Figure 2").

    Raises
    ------
    DocumentError
        Two of them have one name.
    """
    targets: dict[str, tuple[str, str]] = {}
    counts = {"figure": 0, "table": 0, "plain": 0}
    for node in walk(blocks):
        kind = "figure" if node["type"] == "figure" else "table" if node["type"] in _TABLES else None
        if kind is None:
            continue
        if kind == "table" and not node["title"]:  # an analyst's own, without a number
            counts["plain"] += 1
            node["id"] = f"plain-{counts['plain']}"
            continue
        counts[kind] += 1
        name = f"{'fig' if kind == 'figure' else 'tbl'}:{node['id']}"
        if node["id"] and name in targets:
            raise DocumentError(f"two {kind}s are called {node['id']!r}", do="give each its own name")
        node["number"], node["id"] = counts[kind], f"{kind}-{counts[kind]}"
        targets[name] = (node["id"], f"{labels[kind]} {node['number']}")
    return targets


def resolve_references(blocks: list[Node], targets: dict[str, tuple[str, str]]) -> None:
    """Let ``[@fig:iraq]`` become "Figure 2".

    Raises
    ------
    DocumentError
        There is no figure or table of that name.
    """
    for node in walk(blocks):
        if node["type"] == "ref":
            name = node["target"]
            if name not in targets:
                what = f"no figure or table called {name!r}; {nearest(name, targets)}"
                raise DocumentError(what, where=node.get("where"), do="correct the reference")
            node["target"], node["text"] = targets[name]
            node.pop("where", None)


class Notes:
    """The endnotes of a brief, numbered as the reader meets them."""

    def __init__(self, sources: dict[str, Source], footnotes: dict[str, list[Node]]) -> None:
        self._sources = sources
        self._footnotes = footnotes
        self._numbers: dict[tuple[str, ...], int] = {}
        self._back: dict[int, list[str]] = {}
        self._contents: list[list[Node]] = []
        self._named: set[tuple[str, str]] = set()
        self._in_full: set[str] = set()

    @property
    def cited(self) -> set[str]:
        """Keys of the sources that some note leads to, or names."""
        return {key for kind, key in self._named if kind == "source"}

    @property
    def unused(self) -> list[str]:
        """Labels of the footnotes that no text leads to."""
        return [label for label in self._footnotes if ("footnote", label) not in self._named]

    def number(self, blocks: list[Node]) -> None:
        """Turn every citation and footnote mark into numbers."""
        for node in walk(blocks):
            if node["type"] == "cite" and "to" in node:
                self._resolve(node)

    def _resolve(self, node: Node) -> None:
        numbers = sorted({self._number(to) for to in node.pop("to")})
        node["notes"], node["ids"] = numbers, []
        for number in numbers:
            places = self._back.setdefault(number, [])
            places.append(f"cite-{number}-{len(places) + 1}")
            node["ids"].append(places[-1])

    def _number(self, to: tuple[str, ...]) -> int:
        if to not in self._numbers:
            self._numbers[to] = len(self._numbers) + 1
            self._contents.append(self._content(to))
        return self._numbers[to]

    def _content(self, to: tuple[str, ...]) -> list[Node]:
        self._named.add((to[0], to[1]))
        if to[0] == "footnote":
            return self._spelled_out(self._footnotes[to[1]], frozenset({to[1]}))
        source, locator = self._sources[to[1]], to[2]
        if source.type in METHOD and to[1] not in self._in_full:
            self._in_full.add(to[1])
            return [text_node(f"{locator} in " if locator else ""), *reference(source), text_node(f" {source.grade}.")]
        return [text_node(f"{self._short(to[1:])}. {source.grade}.")]

    def _short(self, citation: tuple[str, ...]) -> str:
        key, locator = citation
        return f"{self._sources[key].citation}{', ' + locator if locator else ''}".rstrip(".")

    def _spelled_out(self, nodes: list[Node], within: frozenset[str]) -> list[Node]:
        """A note cannot hold notes: what it cites is written out in brackets."""
        spelled: list[Node] = []
        for node in nodes:
            if node["type"] == "cite":
                shorten(spelled)
                brackets = self._brackets(node["to"], within)
                spelled += [text_node(" "), *brackets] if spelled and brackets else brackets
            else:
                spelled.append(node | {"c": self._spelled_out(node["c"], within)} if "c" in node else node)
        return merged(spelled)

    def _brackets(self, to: list[tuple[str, ...]], within: frozenset[str]) -> list[Node]:
        inside: list[Node] = []
        for one in to:
            if one[0] == "footnote" and one[1] in within:
                continue  # a note that leads back to itself
            self._named.add((one[0], one[1]))
            source = one[0] == "source"
            words = [text_node(self._short(one[1:]))] if source else self._spelled_out(self._footnotes[one[1]], within | {one[1]})
            shorten(words, " .")
            inside += ([text_node("; ")] if inside else []) + words
        return [text_node("("), *inside, text_node(")")] if inside else []

    def section(self, title: str) -> list[Node]:
        """Return the `notes` block under its heading; nothing when there are no notes."""
        entries = [
            {"number": number, "id": f"note-{number}", "c": content, "back": self._back.get(number, [])}
            for number, content in enumerate(self._contents, 1)
        ]
        heading = {"type": "heading", "level": 3, "id": "s-notes", "c": [text_node(title)]}
        return [heading, {"type": "notes", "items": entries}] if entries else []
