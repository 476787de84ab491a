"""L9: figures that say what is to be seen, of what, from where, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from brieftools.check.finding import Finding, Place
from brieftools.check.mask import blank_code
from brieftools.check.scene import Scene
from brieftools.document.outputs import MIME

_IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<address>[^()\s]+)(?:\s+\"(?P<title>[^\"]*)\")?\)")
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
_MENDS = {
    "text alternative": 'alt="Monthly events, between 23 and 108, without a trend."',
    "source": 'source="Source: ... [@key, ¶1]"',
    "period": 'period="January 2014 – March 2017"',
}


def figures(scene: Scene) -> Iterator[Finding]:
    """L9: a figure without text alternative, source or period; an alternative that repeats the caption."""
    for text in scene.texts:
        if text.place.cell:
            yield from (found for match in _IMAGE.finditer(blank_code(text.raw)) for found in _picture(match, text.place_of(match.start())))
    for cell in scene.executed.cells if scene.executed else ():
        if "remove-cell" in cell.metadata.get("tags", []):
            continue
        for output in cell.get("outputs", []):
            yield from _output(output.get("data", {}), Place(scene.file, None, cell.get("id")))


def _picture(match: re.Match[str], place: Place) -> Iterator[Finding]:
    if not match["alt"].strip():
        yield Finding(
            "L9", "error", place, f"the picture {match['address']!r} has no text alternative", "write ![what is to be seen](picture.png)"
        )
    elif match["title"] and _same(match["alt"], match["title"]):
        yield Finding(
            "L9", "error", place, "the text alternative repeats the caption", "say what is to be seen; the caption is read out anyway"
        )


def _output(data: Any, place: Place) -> Iterator[Finding]:
    payload = data.get(MIME)
    if payload is None:
        if any(kind in data for kind in _PICTURES):
            yield Finding(
                "L9",
                "error",
                place,
                "a picture without text alternative, source and period",
                f"show it with brief.figure(fig, {', '.join(_MENDS.values())})",
            )
        return
    if payload.get("type") != "figure":
        return
    named = f"the figure “{payload['title']}”" if payload.get("title") else "the figure"
    keys = {"text alternative": "alt", "source": "source", "period": "period"}
    missing = [name for name, key in keys.items() if not str(payload.get(key) or "").strip()]
    if missing:
        yield Finding(
            "L9", "error", place, f"{named} has no {' and no '.join(missing)}", f"pass {', '.join(_MENDS[name] for name in missing)}"
        )
    if payload.get("alt") and any(_same(payload["alt"], payload.get(key) or "") for key in ("title", "subtitle")):
        yield Finding(
            "L9",
            "error",
            place,
            f"the text alternative of {named} repeats the caption",
            "say what is to be seen; the caption is read out anyway",
        )


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).rstrip(".").casefold() == " ".join(other.split()).rstrip(".").casefold()
