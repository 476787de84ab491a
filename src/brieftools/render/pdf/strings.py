"""Strings on the page: plain text of inlines, and where a long word may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

BREAK = "\u200b"
"""Where a word may break; the page sets an empty box there, which leaves nothing in copied text."""

_AFTER = re.compile(r"(?<=[/?&=._\-:;,@+%#~|\\])(?=[^\s/?&=._\-:;,@+%#~|\\])")


def plain(inlines: Iterable[Mapping[str, Any]]) -> str:
    """Return the text of inlines without any styling; citations leave nothing."""
    parts = []
    for node in inlines:
        if node["type"] == "math":
            parts.append(node["tex"])
        elif node["type"] == "break":
            parts.append(" ")
        else:
            parts.append(node.get("text") or plain(node.get("c", ())))
    return "".join(parts)


def soften(text: str, limit: int) -> str:
    """Mark where words longer than ``limit`` letters may break.

    First after the signs that part an address, then between any two letters. Only alphabets that are written in separate
    letters are cut; Arabic and scripts that break by themselves are left alone.

    Parameters
    ----------
    text : str
        Any text.
    limit : int
        Letters that surely fit the line.
    """
    if len(text) <= limit:
        return text
    return re.sub(rf"[!-\u058f]{{{limit + 1},}}", lambda word: _parted(word.group(), limit), text)


def _parted(word: str, limit: int) -> str:
    return BREAK.join(part if len(part) <= limit else BREAK.join(_letters(part)) for part in _AFTER.split(word))


def _letters(word: str) -> list[str]:
    letters: list[str] = []
    for c in word:
        if letters and unicodedata.combining(c):
            letters[-1] += c
        else:
            letters.append(c)
    return letters


def one_line(text: str) -> str:
    """Return text with line ends and tabs as spaces, and with a space before ``%`` that does not break."""
    return text.replace("\n", " ").replace("\t", " ").replace("\u2028", " ").replace("\u2029", " ").replace(" %", "\u00a0%")


def visible(text: str) -> bool:
    """Say whether there is anything to see: a letter, a number, a sign."""
    return any(unicodedata.category(c)[0] in "LNPS" for c in text)


def longest_word(text: str) -> int:
    """Return the length of the longest word."""
    return max(map(len, text.split()), default=0)
