"""Markdown becomes a plain tree, parsed once for both renderers.

CommonMark with tables, strike-through, footnotes and dollar math; raw HTML is off, so a tag in a text stays text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from brieftools.document.marks import Marks, tidy_citations
from brieftools.document.math import math_node
from brieftools.document.nodes import Node, cell, merged, plain, plain_block, plain_table, text_node
from brieftools.errors import DocumentError

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

ImageLoader = Callable[[str, str], Node]
_SAFE = re.compile(r"^(?:https?://|mailto:|#)", re.IGNORECASE)


@dataclass(frozen=True)
class Footnotes:
    """What stands in all cells' footnote definitions, by label.

    Attributes
    ----------
    labels : frozenset of str
        Every label defined anywhere in the notebook.
    links : dict
        Every link reference defined anywhere.
    """

    labels: frozenset[str] = frozenset()
    links: dict[str, Any] = field(default_factory=dict)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "strikethrough", "smartquotes"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)  # notes are numbered over the whole brief, by us
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    return parser.disable("text_join")  # it would hide which brackets were typed with a backslash and so are no marks


def collect(cells: Iterable[str]) -> Footnotes:
    """Find what a cell may refer to in another cell.

    Each cell is still parsed by itself: a code fence left open in one does not swallow the next.
    """
    environment: dict[str, Any] = {}
    for source in cells:
        _parser().parse(source, environment)
    labels = environment.get("footnotes", {}).get("refs", {})
    return Footnotes(frozenset(label[1:] for label in labels), environment.get("references", {}))


def parse(
    source: str,
    *,
    footnotes: Footnotes | None = None,
    marks: Marks | None = None,
    image: ImageLoader | None = None,
    scope: str = "",
) -> list[Node]:
    """Parse Markdown into blocks.

    Parameters
    ----------
    source : str
    footnotes : Footnotes, optional
        What other cells define.
    marks : Marks, optional
        Facts and citations in the text; without it they stay as typed.
    image : callable, optional
        Turns an image's address and description into a figure; without it an image is replaced by its description.
    scope : str
        Put before the labels of footnotes: a text that a cell put out has footnotes of its own.

    Returns
    -------
    list of dict
        Blocks of docs/document.md, then footnote definitions as ``{"type": "footnote", "label", "where", "c"}``.

    Raises
    ------
    DocumentError
        As `Marks.inlines` and `image`; a picture where only words can stand.
    """
    from markdown_it.tree import SyntaxTreeNode

    found = footnotes or Footnotes()
    environment = {"footnotes": {"refs": {f":{label}": -1 for label in found.labels}}, "references": dict(found.links)}
    walk = _Walk(marks, image, scope, [])
    return walk.blocks(SyntaxTreeNode(_parser().parse(source, environment)).children) + walk.notes


@dataclass(frozen=True)
class _Walk:
    """One walk over a parsed text; `marks`, `image` and `scope` as in `parse`, `notes` gathers the footnotes' texts."""

    marks: Marks | None
    image: ImageLoader | None
    scope: str
    notes: list[Node]
    in_note: bool = False  # there a citation is spelled out where it stands

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Node]:
        return [block for node in nodes for block in self.block(node)]

    def block(self, node: SyntaxTreeNode) -> list[Node]:
        walk = getattr(self, f"_{node.type}", None)
        return walk(node) if walk else self.blocks(node.children or [])

    def _paragraph(self, node: SyntaxTreeNode) -> list[Node]:
        words, figures = _lift(self.inlines(node))
        empty = not plain(words).strip() and all(inline["type"] in ("text", "break") for inline in words)
        return ([{"type": "para", "c": words}] if not (empty and figures) else []) + figures

    def _heading(self, node: SyntaxTreeNode) -> list[Node]:
        return [{"type": "heading", "level": int(node.tag[1]), "id": "", "c": self._only_words(self.inlines(node), "a heading")}]

    def _only_words(self, inlines: list[Node], place: str) -> list[Node]:
        words, figures = _lift(inlines)
        if figures:
            where = self.marks.where if self.marks else None
            raise DocumentError(f"a picture cannot stand in {place}", where=where, do="give it a paragraph of its own")
        return words

    def _bullet_list(self, node: SyntaxTreeNode) -> list[Node]:
        return [self._list(node, ordered=False, start=1)]

    def _ordered_list(self, node: SyntaxTreeNode) -> list[Node]:
        return [self._list(node, ordered=True, start=int(node.attrs.get("start", 1)))]

    def _list(self, node: SyntaxTreeNode, *, ordered: bool, start: int) -> Node:
        entries = [self.blocks(entry.children) for entry in node.children]
        tight = all(child.hidden for entry in node.children for child in entry.children if child.type == "paragraph")
        return {"type": "list", "ordered": ordered, "start": start, "tight": tight, "items": entries}

    def _blockquote(self, node: SyntaxTreeNode) -> list[Node]:
        return [{"type": "quote", "blocks": self.blocks(node.children)}]

    def _fence(self, node: SyntaxTreeNode) -> list[Node]:
        return [{"type": "codeblock", "text": node.content.rstrip("\n"), "lang": node.info.split()[0] if node.info.strip() else None}]

    _code_block = _fence

    def _hr(self, node: SyntaxTreeNode) -> list[Node]:
        return [{"type": "rule"}]

    def _math_block(self, node: SyntaxTreeNode) -> list[Node]:
        return [math_node(node.content.strip(), block=True)]

    _math_block_label = _math_block

    def _table(self, node: SyntaxTreeNode) -> list[Node]:
        head = [self._row(row) for part in node.children if part.type == "thead" for row in part.children]
        body = [self._row(row) for part in node.children if part.type == "tbody" for row in part.children]
        first = node.children[0].children[0].children
        aligned = [str(cell.attrs.get("style", "")).rpartition(":")[2] or "left" for cell in first]
        return [plain_table(head, body, align=aligned)]

    def _row(self, row: SyntaxTreeNode) -> list[Node]:
        return [cell(self._only_words(self.inlines(td), "a table")) for td in row.children]

    def _footnote_reference(self, node: SyntaxTreeNode) -> list[Node]:
        inlines: list[Node] = []
        for block in replace(self, in_note=True).blocks(node.children):
            self._only_words([block], "a footnote")
            inlines += ([{"type": "break"}] if inlines else []) + block.get("c", [{"type": "text", "text": plain_block(block)}])
        where = self.marks.where if self.marks else None
        self.notes.append({"type": "footnote", "label": self.scope + node.meta["label"], "where": where, "c": inlines})
        return []

    def inlines(self, node: SyntaxTreeNode) -> list[Node]:
        content = [child for inline in node.children for child in (inline.children if inline.type == "inline" else [inline])]
        return self._spans(content)

    def _spans(self, nodes: Sequence[SyntaxTreeNode]) -> list[Node]:
        spans = merged([span for node in nodes for span in self._span(node)])
        if self.marks is not None:
            spans = [found for span in spans for found in (self.marks.inlines(span["text"]) if span["type"] == "text" else [span])]
        spans = [text_node(span["text"]) if span["type"] == "typed" else span for span in spans]
        return merged(spans) if self.in_note else tidy_citations(spans)

    def _span(self, node: SyntaxTreeNode) -> list[Node]:
        kinds = {"em": "emph", "strong": "strong", "s": "strike"}
        if node.type in kinds:
            return [{"type": kinds[node.type], "c": self._spans(node.children)}]
        if node.type == "link" and node.markup == "autolink":  # an address is no prose
            return _link(str(node.attrs.get("href", "")), [text_node(child.content) for child in node.children])
        if node.type == "link":
            return _link(str(node.attrs.get("href", "")), self._spans(node.children))
        if node.type == "image":
            return self._image(node)
        if node.type in ("softbreak", "hardbreak"):
            return [text_node(" ")] if node.type == "softbreak" else [{"type": "break"}]
        if node.type in ("math_inline", "math_inline_double"):
            tex = node.content
            return [math_node(tex, block=False) if tex.strip() else text_node(node.markup + tex + node.markup)]
        if node.type == "footnote_ref":
            return [{"type": "cite", "to": [("footnote", self.scope + node.meta["label"])]}]
        if node.type == "code_inline":
            return [{"type": "code", "text": node.content}]
        if node.type == "text_special":  # typed as an escape or an entity: it cannot begin or end a mark
            return [{"type": "typed", "text": node.content}]
        return [text_node(node.content)] if node.content else []

    def _image(self, node: SyntaxTreeNode) -> list[Node]:
        alt = plain(self._spans(node.children or []))
        return [self.image(str(node.attrs.get("src", "")), alt)] if self.image else [text_node(alt)]


def _link(href: str, words: list[Node]) -> list[Node]:
    """A note's number and a picture lead elsewhere than the link that they stand in; they go behind it."""
    inside = [word for word in words if word["type"] not in ("cite", "figure")]
    behind = [word for word in words if word["type"] in ("cite", "figure")]
    return ([{"type": "link", "href": href, "c": merged(inside)}] if _SAFE.match(href) and inside else inside) + behind


def _lift(inlines: list[Node]) -> tuple[list[Node], list[Node]]:
    """Take pictures out of a line, however deep they stand in it."""
    words: list[Node] = []
    figures: list[Node] = []
    for inline in inlines:
        if inline["type"] == "figure":
            figures.append(inline)
        elif "c" in inline:
            inner, found = _lift(inline["c"])
            words += [inline | {"c": inner}] if inner or not found else []
            figures += found
        else:
            words.append(inline)
    return words, figures
