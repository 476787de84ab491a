"""Marks in a text: ``{{ fact }}``, ``[@source, ¶4]`` and ``[@fig:name]`` become nodes; everything else stays as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from brieftools.brief.facts import PLACE, Facts
from brieftools.errors import DocumentError
from brieftools.source.citation import CITATION, check_citation, parse_citations
from brieftools.source.record import Source

Node = dict[str, Any]
_MARK = re.compile(f"{PLACE.pattern}|{CITATION.pattern}")
_REFERENCE = re.compile(r"@((?:fig|tbl|sec):[A-Za-z0-9_-]+)")
_ENDS = re.compile(r"^[.,;:!?…]+[”’\"')]?")


@dataclass(frozen=True)
class Marks:
    """What the marks of a brief can mean.

    Attributes
    ----------
    facts : Facts
    sources : dict of str to Source
    where : str
        The cell or file that the text comes from, for messages.
    """

    facts: Facts
    sources: dict[str, Source]
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
        citations = parse_citations(inside, where=self.where)
        for citation in citations:
            check_citation(citation, self.sources, where=self.where)
        return [{"type": "cite", "to": [("source", c.key, c.locator) for c in citations]}]


def _text(text: str) -> list[Node]:
    return [{"type": "text", "text": text}] if text else []


def tidy_citations(nodes: list[Node]) -> list[Node]:
    """Put citations where a printer puts them: no space before, and after the full stop or comma."""
    tidy: list[Node] = []
    rest = list(nodes)
    while rest:
        node = rest.pop(0)
        if node["type"] != "cite":
            tidy.append(node)
            continue
        if tidy and tidy[-1]["type"] == "text":
            tidy[-1] = {"type": "text", "text": tidy[-1]["text"].rstrip(" ")}
        end = _ENDS.match(rest[0]["text"]) if rest and rest[0]["type"] == "text" else None
        if end:
            tidy.append({"type": "text", "text": end[0]})
            rest[0] = {"type": "text", "text": rest[0]["text"][end.end() :]}
        if tidy and tidy[-1]["type"] == "cite":  # two marks side by side: "1,2", not "12"
            tidy[-1] = {"type": "cite", "to": [*tidy[-1]["to"], *node["to"]]}
        else:
            tidy.append(node)
    return _merged(tidy)


def _merged(nodes: list[Node]) -> list[Node]:
    merged: list[Node] = []
    for node in nodes:
        if node["type"] == "text" and merged and merged[-1]["type"] == "text":
            merged[-1] = {"type": "text", "text": merged[-1]["text"] + node["text"]}
        elif node != {"type": "text", "text": ""}:
            merged.append(node)
    return merged


def plain(nodes: list[Node]) -> str:
    """Return the words of some inlines, without citations."""
    return "".join(str(n.get("text") or n.get("tex") or "") if "c" not in n else plain(n["c"]) for n in nodes)
