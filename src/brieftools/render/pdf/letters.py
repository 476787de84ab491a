"""Letters that may not be shown: which are beyond doubt, which are forbidden, and how one is written as its number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

# What every style of Source Sans Pro holds (it is among the families of every text), accents left out.
_SURE = (
    "20-7e a0-ac ae-131 134-149 14c-165 168-17e 192 218-21b 237 2c6-2c7 2d8-2dd 3c0 1e80-1e85 1ea0-1ef9 2007 2012-2015 2018-201a "
    "201c-201e 2020-2022 2026 202f-2030 2032-2033 2039-203a 2044 2070-2071 2074-2079 207d-2089 208d-208e 20ac 2113 2117 2120 2122 "
    "2126 212e 2153-2154 215b-215e 2190-2193 2202 2206 220f 2211-2212 2215 2219-221a 221e 222b 2248 2260 2264-2265 25a0 25b2-25b3 "
    "25b6-25b7 25bc-25bd 25c0-25c1 25c6 25c9-25ca 2610-2611 266a 2713 fb01-fb02"
)
# Bidirectional overrides and isolates, the byte order mark, interlinear marks, the object replacement mark that Typst uses itself,
# tags, private use, surrogates.
_NEVER = "202a-202e 2066-2069 feff fff9-ffff e0000-e007f e000-f8ff d800-dfff f0000-fffff 100000-10ffff"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_JOINERS = "\u200c\u200d"
_OPEN, _CLOSE = "\x01", "\x02"


def _spans(text: str) -> Iterable[tuple[int, int]]:
    for part in text.split():
        low, _, high = part.partition("-")
        yield int(low, 16), int(high or low, 16)


@lru_cache(maxsize=1)
def sure() -> frozenset[str]:
    """Return the characters that need no trial: each stands in every style of the sans family, and line ends."""
    return frozenset(chr(code) for low, high in _spans(_SURE) for code in range(low, high + 1)) | {"\n", "\t", "\u200b", "\u00ad"}


@lru_cache(maxsize=1)
def never() -> re.Pattern[str]:
    """Return the pattern of characters that are shown by number even where a font has them."""
    return re.compile("[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in _spans(_NEVER)) + "]")


def scrub(text: str) -> str:
    """Drop control characters; line ends and tabs stay."""
    return _CONTROLS.sub("", text)


def rare_letters(texts: Iterable[str]) -> frozenset[str]:
    """Return the characters of the texts that need a trial."""
    return frozenset().union(*(text for text in texts if not text.isascii())) - sure()


def clusters(letters: frozenset[str]) -> re.Pattern[str]:
    """Return the pattern of what is tried as one: a rare letter, or any letter with the rare accents that stand on it.

    Parameters
    ----------
    letters : frozenset of str
        Rare characters.
    """
    accents = {c for c in letters if unicodedata.category(c).startswith("M") or c in _JOINERS}
    kinds = []
    if accents:
        marks = re.escape("".join(sorted(accents)))
        kinds.append(f"[^{marks}\n]?[{marks}]+")
    if letters - accents:
        kinds.append(f"[{re.escape(''.join(sorted(letters - accents)))}]")
    return re.compile("|".join(kinds) or "(?!)")


def numbered(text: str, pattern: re.Pattern[str], bad: frozenset[str]) -> tuple[str, set[str]]:
    """Write as ``U+XXXX`` what cannot be shown; a letter that can be shown without its accent stays.

    Parameters
    ----------
    text : str
        Scrubbed text.
    pattern : re.Pattern
        What was tried as one.
    bad : frozenset of str
        What failed.

    Returns
    -------
    tuple of str and set of str
        The new text and the characters that are now numbers.
    """
    hidden: set[str] = set()

    def number(match: re.Match[str]) -> str:
        if match.group() not in bad:
            return match.group()
        gone = {c for c in match.group() if c in bad or c not in sure()}
        hidden.update(gone)
        return "".join(f"{_OPEN}U+{ord(c):04X}{_CLOSE}" if c in gone else c for c in match.group())

    marked = pattern.sub(number, text).replace(_CLOSE + _OPEN, " ")
    # A number must not run into the letters beside it.
    apart = re.sub(rf"(?<=\w){_OPEN}|{_CLOSE}(?=\w)", " ", marked)
    return apart.replace(_OPEN, "").replace(_CLOSE, ""), hidden


def named(letter: str) -> str:
    """Return a warning that names a letter."""
    if "\ud800" <= letter <= "\udfff":
        name = "LONE SURROGATE"
    else:
        name = unicodedata.name(letter, "PRIVATE USE" if unicodedata.category(letter) == "Co" else "UNASSIGNED")
    reason = "a PDF cannot show it as such" if never().match(letter) else "no font at hand has it"
    return f"The PDF prints U+{ord(letter):04X} ({name}) as its number: {reason}."
