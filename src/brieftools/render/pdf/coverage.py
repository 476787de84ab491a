"""What no font can show is printed as its number.

Typst stops at a letter that no font has, and PDF/A forbids some code points altogether. So each letter outside a set that the
house fonts surely have is tried out first, alone and with the accents that stand on it, by Typst itself: only it knows which
font it would take, its own embedded fonts can be read by nobody else, and it tells all failures of a page at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from brieftools.render.pdf.compiler import STANDARDS
from brieftools.render.pdf.fonts import Typefaces

CAP = 10
"""So many letters are named; the rest is counted."""

# What every style of Source Sans Pro holds (it is among the families of every text), accents left out.
_SURE = (
    "20-7e a0-ac ae-131 134-149 14c-165 168-17e 192 218-21b 237 2c6-2c7 2d8-2dd 3c0 1e80-1e85 1ea0-1ef9 2007 2012-2015 2018-201a "
    "201c-201e 2020-2022 2026 202f-2030 2032-2033 2039-203a 2044 2070-2071 2074-2079 207d-2089 208d-208e 20ac 2113 2117 2120 2122 "
    "2126 212e 2153-2154 215b-215e 2190-2193 2202 2206 220f 2211-2212 2215 2219-221a 221e 222b 2248 2260 2264-2265 25a0 25b2-25b3 "
    "25b6-25b7 25bc-25bd 25c0-25c1 25c6 25c9-25ca 2610-2611 266a 2713 fb01-fb02"
)
# Bidirectional overrides and isolates, the byte order mark, interlinear marks, the object replacement mark that Typst uses itself.
_NEVER = "202a-202e 2066-2069 feff fff9-ffff e0000-e007f e000-f8ff d800-dfff f0000-fffff 100000-10ffff"
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ENTITY = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")
_JOINERS = "\u200c\u200d"


def _ranges(text: str) -> frozenset[str]:
    spans = (part.partition("-") for part in text.split())
    return frozenset(chr(code) for low, _, high in spans for code in range(int(low, 16), int(high or low, 16) + 1))


@lru_cache(maxsize=1)
def sure() -> frozenset[str]:
    """Return the characters that need no trial: each stands in every style of the sans family, and line ends."""
    return _ranges(_SURE) | {"\n", "\t", "\u200b", "\u00ad"}


@lru_cache(maxsize=1)
def never() -> re.Pattern[str]:
    """Return the pattern of characters that are shown by number even where a font has them."""
    spans = (part.partition("-") for part in _NEVER.split())
    return re.compile("[" + "".join(f"\\U{low:0>8}-\\U{(high or low):0>8}" for low, _, high in spans) + "]")


@dataclass(frozen=True)
class Coverage:
    """A Document that can be set, and what was replaced in it.

    Attributes
    ----------
    source : mapping
        The Document as it came.
    document : dict
        Its copy with ``U+XXXX`` for what cannot be shown.
    rare : frozenset of str
        Letters, with their accents, that were tried out.
    hidden : tuple of str
        Characters that are shown by number, sorted.
    """

    source: Mapping[str, Any]
    document: dict[str, Any]
    rare: frozenset[str]
    hidden: tuple[str, ...]

    def plainer(self) -> Coverage | None:
        """Return a copy without any rare letter, or None when there was none."""
        return _replaced(self.source, self.rare, self.rare) if self.rare else None

    def warnings(self) -> tuple[str, ...]:
        """Return one line for each hidden character, at most ten, and one that says what to do."""
        named = [f"The PDF prints U+{ord(c):04X} ({_name(c)}) as its number: {_reason(c)}." for c in self.hidden[:CAP]]
        more = len(self.hidden) - CAP
        if more > 0:
            named.append(f"The PDF prints {more} more characters as their numbers.")
        if any(not never().match(c) for c in self.hidden):
            named.append("To add a font for them, put its .ttf or .otf file into the project's fonts/ folder and build again.")
        return tuple(named)


def legible(document: Mapping[str, Any], *, faces: Typefaces) -> Coverage:
    """Replace by ``U+XXXX`` what the fonts cannot show.

    Control characters are dropped, line ends and tabs kept.

    Parameters
    ----------
    document : mapping
        A Document; it is not changed.
    faces : Typefaces
        The fonts.
    """
    unusual = {text for text in _texts(document) if not text.isascii()}
    letters = set().union(*unusual) - sure() if unusual else set()
    if not letters:
        return Coverage(source=document, document=_mapped(document, _scrub), rare=frozenset(), hidden=())
    rare = _clusters(unusual, letters)
    return _replaced(document, rare, frozenset(unshown(rare, faces=faces)))


def unshown(clusters: frozenset[str], *, faces: Typefaces) -> frozenset[str]:
    """Return those of the letters (each with its accents) that Typst cannot set, in one style or another.

    Parameters
    ----------
    clusters : frozenset of str
        Letters to try.
    faces : Typefaces
        The fonts.
    """
    bad = {c for c in clusters if never().search(c) or _CONTROLS.search(c)}
    left = sorted(clusters - bad)
    for style in ("serif", "serif, style: italic, weight: 700", "sans, weight: 600", "mono"):
        found = _trial(tuple(left), style, faces)
        bad |= found
        left = [c for c in left if c not in found]
    return frozenset(bad)


def _trial(clusters: tuple[str, ...], style: str, faces: Typefaces) -> set[str]:
    """Set each letter on a line of its own and read from the errors which lines failed."""
    import json

    import typst

    if not clusters:
        return set()
    head = f'#set document(title: "x")\n#let fonts = json(bytes(sys.inputs.fonts))\n#set text(lang: "en", font: fonts.{style})\n'
    first = head.count("\n") + 1
    lines = "\n\n".join('#"' + "".join(f"\\u{{{ord(c):x}}}" for c in cluster) + '"' for cluster in clusters)
    compiler = typst.Compiler(
        (head + lines).encode(),
        root=Path(__file__).parent,
        font_paths=faces.fonts,
        ignore_system_fonts=True,
        sys_inputs={"fonts": json.dumps(faces.as_json())},
    )
    try:
        compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=0)
    except typst.TypstError as error:
        failed = {int(line) for line in re.findall(r"\.typ:(\d+):", error.diagnostic)}
        return {clusters[(line - first) // 2] for line in failed if line >= first}
    return set()


def _clusters(texts: set[str], letters: set[str]) -> frozenset[str]:
    """Return each rare letter alone and each letter with the accents on it, where one of them is rare."""
    marks = "".join(sorted(c for c in letters if unicodedata.category(c).startswith("M") or c in _JOINERS))
    found = {c for c in letters if c not in marks}
    if marks:
        pattern = re.compile(f"[^{re.escape(marks)}]?[{re.escape(marks)}]+")
        found |= {cluster for text in texts for cluster in pattern.findall(text)}
    return frozenset(found)


def _replaced(document: Mapping[str, Any], rare: frozenset[str], bad: frozenset[str]) -> Coverage:
    if not bad:
        return Coverage(source=document, document=_mapped(document, _scrub), rare=rare, hidden=())
    longest_first = sorted(bad, key=lambda c: (-len(c), c))
    pattern = re.compile("(?:" + "|".join(map(re.escape, longest_first)) + ")+")
    hidden: set[str] = set()

    def numbers(match: re.Match[str]) -> str:
        shown: list[str] = []
        for c in match.group():
            # A letter that can be shown without its accent stays.
            keep = c in sure() or (c in rare and c not in bad)
            if not keep and not _CONTROLS.match(c):
                hidden.add(c)
            shown.append(c if keep else f" U+{ord(c):04X} ")
        number = "".join(shown).replace("  ", " ").strip()
        return _apart(match, number)

    mapped = _mapped(document, lambda text: pattern.sub(numbers, _scrub(text)))
    return Coverage(source=document, document=mapped, rare=rare, hidden=tuple(sorted(hidden)))


def _apart(match: re.Match[str], number: str) -> str:
    """Keep a number from running into the letters beside it."""
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return (" " if before.isalnum() and number.startswith("U+") else "") + number + (" " if after.isalnum() else "")


def _scrub(text: str) -> str:
    return _CONTROLS.sub("", text)


def _entities(svg: str) -> str:
    """Write character references above ASCII as the characters they mean, so that they are tried like all others."""

    def plain(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        return chr(code) if 0x7E < code <= 0x10FFFF else match[0] if code in (9, 10) or code >= 32 else ""

    return _ENTITY.sub(plain, svg) if "&#" in svg else svg


def _texts(node: Any) -> list[str]:
    """Return every string that will be printed."""
    collected: list[str] = []

    def collect(text: str) -> str:
        collected.append(text)
        return text

    _mapped(node, collect)
    return collected


def _mapped(node: Any, change: Callable[[str], str]) -> Any:
    """Copy a tree, changing every string but those that are bytes in disguise or numbers nobody prints."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, Mapping):
        if "format" in node and "data" in node:
            data = change(_entities(node["data"])) if node["format"] == "svg" else node["data"]
            return {**node, "data": data}
        # The numbers behind a figure travel as an attachment; the page does not print them.
        return {key: None if key == "table" and "image" in node else _mapped(value, change) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_mapped(value, change) for value in node]
    return node


def _name(c: str) -> str:
    if "\ud800" <= c <= "\udfff":
        return "LONE SURROGATE"
    return unicodedata.name(c, "PRIVATE USE" if unicodedata.category(c) == "Co" else "UNASSIGNED")


def _reason(c: str) -> str:
    return "a PDF cannot show it as such" if never().match(c) else "no font at hand has it"


__all__ = ["Coverage", "legible", "sure", "unshown"]
