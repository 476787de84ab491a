"""Tag pills: NEW, UP, WATCH ..."""

from __future__ import annotations

from brieftools.render.html.markup import Html, classes, el, text

_LOOKS = {
    "solid": ("NEW", "UP", "TRIPPED"),
    "outline": ("DOWN", "WATCH"),
    "faint": ("UNCHANGED", "QUIET"),
    "filled": ("RESOLVED", "NO DATA"),
}
_CLASS = {word: look for look, words in _LOOKS.items() for word in words}
_ARROWS = {"UP": "▲ ", "DOWN": "▼ "}
_ONE_LINE = 16


def tag(word: str) -> Html:
    """Return a tag; its look follows from the word, an unknown one is outlined."""
    key = word.strip().upper()
    short = "nw" if len(key) <= _ONE_LINE else None
    return el("span", text(_ARROWS.get(key, "") + word.strip()), cls=classes("tag", _CLASS.get(key, "outline"), short))
