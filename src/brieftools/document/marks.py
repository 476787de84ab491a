"""Marks in a text: ``{{ fact }}``, ``[@source, ¶4]`` and ``[@fig:name]`` become nodes; everything else stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from brieftools.brief.facts import Facts
from brieftools.document.nodes import Node, merged, shorten, text_node
from brieftools.errors import DocumentError
from brieftools.source.citation import CITATION, check_citation, parse_citations
from brieftools.source.record import Source

# Wider than the names that a fact may have: a capital or a hyphen too many is a slip, not a text.
_PLACE = r"\{\{[ \t]*([A-Za-z_][A-Za-z0-9_-]*)[ \t]*\}\}"
_MARK = re.compile(f"{_PLACE}|{CITATION.pattern}")
_REFERENCE = re.compile(r"@((?:fig|tbl|sec):[A-Za-z0-9_-]+)")
_ENDS = re.compile(r"[.,;:!?…]+[”’\"')]?")
_STOPPED = re.compile(r"[.,;:!?…]$")
_BETWEEN = re.compile(r"\s*[,;]?\s*")


@dataclass(frozen=True)
class Marks:
    """What the marks of a brief can mean.

    Attributes
    ----------
    facts : Facts
    sources : dict of str to Source or None
        None in a notebook that belongs to no brief: citations stay as typed.
    where : str
        The cell or file that the text comes from, for messages.
    """

    facts: Facts
    sources: dict[str, Source] | None
    where: str

    def inlines(self, text: str) -> list[Node]:
        """Split a text at its marks.

        Raises
        ------
        DocumentError
            A fact, source or paragraph that is not there; the nearest known one is named.
        """
        nodes: list[Node] = []
        at = 0
        for match in _MARK.finditer(text):
            nodes += _text(text[at : match.start()])
            nodes += self._fact(match[1]) if match[1] else self._citation(match[2])
            at = match.end()
        return nodes + _text(text[at:])

    def line(self, text: str) -> list[Node]:
        """Return a text of a record (no Markdown) as inlines, with its citations in their place."""
        return tidy_citations(self.inlines(text))

    def _fact(self, name: str) -> list[Node]:
        try:
            fact = self.facts[name]
        except DocumentError as e:
            raise DocumentError(e.what, where=self.where, do=e.do) from None
        return [{"type": "fact", "name": fact.name, "text": fact.text, "origin": fact.origin}]

    def _citation(self, inside: str) -> list[Node]:
        reference = _REFERENCE.fullmatch(inside)
        if reference:
            return [{"type": "ref", "target": reference[1], "text": "", "where": self.where}]
        if self.sources is None:
            return _text(f"[{inside}]")
        citations = parse_citations(inside, where=self.where)
        for citation in citations:
            check_citation(citation, self.sources, where=self.where)
        return [{"type": "cite", "to": [("source", c.key, c.locator) for c in citations]}]


def _text(text: str) -> list[Node]:
    return [text_node(text)] if text else []


def tidy_citations(nodes: list[Node]) -> list[Node]:
    """Put citations where a printer puts them: no space before, after the full stop or comma, side by side as one ("1,2", not "12")."""
    tidy: list[Node] = []
    rest = merged(nodes)
    while rest:
        node = rest.pop(0)
        if node["type"] != "cite":
            tidy.append(node)
            continue
        node = _run(node, rest)
        shorten(tidy)
        end = _ENDS.match(rest[0]["text"]) if rest and rest[0]["type"] == "text" else None
        if end and not (tidy and tidy[-1]["type"] == "text" and _STOPPED.search(tidy[-1]["text"])):
            tidy.append(text_node(end[0]))
            rest[0] = text_node(rest[0]["text"][end.end() :])
        if tidy and tidy[-1]["type"] == "cite":
            node = {"type": "cite", "to": [*tidy.pop()["to"], *node["to"]]}
        tidy.append(node)
    return merged(tidy)


def _run(first: Node, rest: list[Node]) -> Node:
    """Take the citations that follow the first with nothing but a space or a comma between them."""
    to = list(first["to"])
    while rest:
        gap = 1 if len(rest) > 1 and rest[0]["type"] == "text" and _BETWEEN.fullmatch(rest[0]["text"]) else 0
        if rest[gap]["type"] != "cite":
            break
        to += rest[gap]["to"]
        del rest[: gap + 1]
    return {"type": "cite", "to": to}
