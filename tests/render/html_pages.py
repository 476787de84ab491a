"""A page taken apart by the standard library's parser, and Documents to make pages of."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import documents
from brieftools.render.html import render_html
from documents import cell, para, t

VOID = {"br", "col", "hr", "img", "link", "meta", "wbr"}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "]]>",
    "&lt;b&gt;",
    "{{ x }}",
    "' onclick='alert(1)",
    "</style><script>alert(1)</script>",
    "<!-- x --!>",
    "<svg/onload=alert(1)>",
    '#let x = read("/etc/passwd")',
    "$(rm -rf ~) `x` ${7*7}",
    "\\input{x} $x^2$",
    "=HYPERLINK(1)",
    "**bold** [a](b)",
]
"""Markup of every kind that a brief passes; all of it is only text here."""


@dataclass
class Element:
    """An element of a page: its attributes as the browser sees them, and what is in it."""

    tag: str
    attrs: dict[str, str | None] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str, cls: str | None = None) -> list[Element]:
        return [e for e in self.walk() if (not tags or e.tag in tags) and (cls is None or cls in e.classes)]

    def one(self, *tags: str, cls: str | None = None) -> Element:
        found = self.all(*tags, cls=cls)
        assert len(found) == 1, (tags, cls, len(found))
        return found[0]

    @property
    def classes(self) -> list[str]:
        return (self.attrs.get("class") or "").split()

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in {tag}"
        made = Element(tag, dict(attrs))
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"{tag} closes {self.open[-1].tag}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def parse(page: bytes | str) -> Element:
    """Return the page as a tree; badly nested tags, doubled attributes and comments fail."""
    tree = _Tree()
    tree.feed(page.decode("utf-8") if isinstance(page, bytes) else page)
    tree.close()
    assert len(tree.open) == 1, [e.tag for e in tree.open]
    return tree.root


def page_of(*blocks: dict[str, Any], **meta: Any) -> Element:
    """Return the page of a Document with this body."""
    return parse(render_html(document_of(*blocks, **meta)))


def document_of(*blocks: dict[str, Any], **meta: Any) -> dict[str, Any]:
    """Return a Document with this body and changes to its meta."""
    document = documents.sample()
    document["body"] = list(blocks)
    document["meta"] |= meta
    return document


# Strings that mean something to a renderer; everything else is words.
_MEANING = {
    *("type", "format", "align", "redistribute", "image", "narrow", "tone", "id", "ids", "target", "back", "foreground", "background"),
    *("lang", "labels_lang", "mathml", "svg", "href", "as_of", "state", "style", "value_of", "slug"),
}


def with_words(document: Any, change: Callable[[str], str]) -> Any:
    """Return a copy of a Document with every word in it changed, and everything of meaning kept."""
    if isinstance(document, dict):
        return {key: copy.deepcopy(value) if key in _MEANING else with_words(value, change) for key, value in document.items()}
    if isinstance(document, list):
        return [with_words(value, change) for value in document]
    return change(document) if isinstance(document, str) else document


def words(document: Any) -> Iterator[str]:
    """Yield every word of a Document that a reader should find on the page."""
    found: list[str] = []
    with_words(document, lambda text: found.append(text) or text)  # type: ignore[func-returns-value]
    yield from found


def crowded() -> dict[str, Any]:
    """Return a Document that strains the layout: long words and titles, wide, tall and spanning tables, much data."""
    document = documents.sample()
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
    document["meta"] |= {
        "title": ("A title that says far more than any title should " * 7)[:300],
        "running": "A running title that is far too long for the band of any telephone",
        "authors": ["A. Analyst", f"B. {word}"],
        "contact": f"corrections@example.org {word}",
        "watermark": "Synthetic draft",
        "handling": {"label": "TLP:AMBER+STRICT", "text": "Limited disclosure.", "foreground": "#FFC000", "background": "#000000"},
    }
    document["meta"]["dates"].append({"label": word[:40], "value": word})
    document["notices"].append({"kind": "correction", "c": [t(f"Corrected on 3 April 2017: {word}")]})
    data = {"columns": ["month", word], "rows": [[f"20{y}", word] for y in range(10, 60)], "redistribute": "rows", "name": "long"}
    document["body"][3:3] = [
        {"type": "heading", "level": 2, "id": "long", "c": [t(word)]},
        para(t(word), {"type": "code", "text": word}, {"type": "link", "href": f"https://example.org/{word}", "c": [t(word)]}),
        wide_table(14),
        grid([[cell(str(row)), cell(f"{row * 3.5}"), cell(word if row == 7 else "x")] for row in range(60)]),
        grid([[cell("a", rowspan=9, colspan=2), cell("b")], [cell("c"), cell("d"), cell(word)]]),
        {"type": "panel", "title": [t(word)], "blocks": [para(t(word))]},
        {"type": "codeblock", "text": f'x = "{word}"\n' * 3, "lang": None},
        {
            "type": "mathblock",
            "tex": "x" * 200,
            "mathml": {"tag": "math", "attrs": {}, "children": [{"tag": "mi", "attrs": {}, "text": "x" * 99}]},
            "svg": None,
        },
        documents.figure(8, 174) | {"id": "figure-8", "table": data},
    ]
    return document


def wide_table(columns: int) -> dict[str, Any]:
    """Return a table of many columns."""
    body = [[cell(f"row {row}"), *(cell(f"{row * column * 1234:,}") for column in range(columns - 1))] for row in range(6)]
    return grid(body, head=[[cell(f"Column {column}") for column in range(columns)]]) | {
        "id": "wide",
        "number": 9,
        "title": [t("Many columns")],
    }


def grid(body: list[list[dict[str, Any]]], *, head: list[list[dict[str, Any]]] | None = None) -> dict[str, Any]:
    """Return a plain table."""
    count = max(len(row) for row in body)
    columns = [{"align": "left", "weight": 0} for _ in range(count)]
    plain = {"type": "table", "id": None, "number": None, "title": [], "subtitle": [], "source": None}
    return plain | {"columns": columns, "head": head or [], "body": body, "row_headers": 1, "redistribute": "rows"}
