"""How wide a text is in the house font, and how to make it fit."""

from __future__ import annotations

import warnings
from functools import lru_cache

from brieftools.charts.style import FALLBACK, SMALLEST

ELLIPSIS = "…"
MONOSPACED = "DejaVu Sans Mono"
MONOSPACED_ADVANCE = 0.602  # em
NUMBER_WIDTH = 3.6  # em, of U+4E2D and a space


@lru_cache(maxsize=4096)
def text_width(text: str, family: str, *, size: float = SMALLEST, weight: int = 400) -> float:
    """Return the room that one line needs, in points: its width by the font's own advances, in either renderer.

    Where the house font lacks a character, a PDF sets the whole line in a monospaced font, and prints a character that this
    one lacks too by its number, ``U+4E2D``.
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    if not text:
        return 0.0
    properties = FontProperties(family=[family, FALLBACK], size=size, weight=weight)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a missing glyph: the renderers say so, by name
        width = float(text_to_path.get_text_width_height_descent(text, properties, False)[0])
    lacking = [character for character in text if not _has(family, character)]
    if not lacking:
        return width
    numbers = sum(not _has(MONOSPACED, character) for character in lacking)
    return max(width, len(text) * size * MONOSPACED_ADVANCE) + numbers * size * NUMBER_WIDTH


@lru_cache(maxsize=4096)
def _has(family: str, character: str) -> bool:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return character.isspace() or get_font(findfont(FontProperties(family=family))).get_char_index(ord(character)) != 0


def wrap(
    text: str, width: float, family: str, *, size: float = SMALLEST, weight: int = 400, most: int = 99, indent: float = 0.0
) -> tuple[str, ...]:
    """Break a text into lines no wider than ``width`` points; a word that is wider is broken too.

    Parameters
    ----------
    indent : float
        Points of the first line that are taken; its text may be empty where the first word does not fit.
    most : int
        Number of lines; what does not fit ends in an ellipsis.
    """

    def wide(line: str) -> float:
        return text_width(line, family, size=size, weight=weight)

    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if wide(joined) <= (width if lines else width - indent):
            line = joined
            continue
        if line or (indent and not lines):
            lines.append(line)
        pieces = _pieces(word, width, family, size=size, weight=weight)
        lines += pieces[:-1]
        line = pieces[-1]
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), width, family, size=size, weight=weight))


def _pieces(word: str, width: float, family: str, *, size: float, weight: int) -> list[str]:
    pieces: list[str] = []
    while text_width(word, family, size=size, weight=weight) > width and len(word) > 1:
        end = _fitting(word, width, family, size=size, weight=weight)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def shorten(text: str, width: float, family: str, *, size: float = SMALLEST, weight: int = 400) -> str:
    """Return the text, cut with an ellipsis where it is wider than ``width`` points."""
    if text_width(text, family, size=size, weight=weight) <= width:
        return text
    room = width - text_width(ELLIPSIS, family, size=size, weight=weight)
    return text[: _fitting(text, room, family, size=size, weight=weight)].rstrip(" ,:;") + ELLIPSIS


def _fitting(text: str, width: float, family: str, *, size: float, weight: int) -> int:
    """Number of leading characters that fit, at least one."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width(text[:middle], family, size=size, weight=weight) <= width:
            low = middle
        else:
            high = middle - 1
    return low
