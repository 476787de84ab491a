"""A source in full, as a list of sources prints it."""

from __future__ import annotations

from typing import Any

from brieftools.source.record import Source

Node = dict[str, Any]
METHOD = frozenset({"book", "paper", "standard"})
"""Works that a brief's method rests on, not its facts: they stand in full in the note, not in the table of graded sources."""


def reference(source: Source) -> list[Node]:
    """Return author, year, title, place and address as inlines."""
    words: list[Node] = [_text(f"{source.byline}, "), {"type": "emph", "c": [_text(source.title)]}, _text(".")]
    place = ", ".join(filter(None, (source.container, source.publisher if source.authors else None)))
    if place:
        words.append(_text(f" {place}."))
    if source.url:
        words += [_text(" "), {"type": "link", "href": source.url, "c": [_text(source.url)]}]
    return words


def _text(text: str) -> Node:
    return {"type": "text", "text": text}
