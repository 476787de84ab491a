"""What no font can show is printed as its number.

Typst stops at a letter that no font has, and PDF/A forbids some code points altogether. So each letter outside a set that the
house fonts surely have is tried out first, alone and with the accents that stand on it, by Typst itself: only it knows which
font it would take, its own embedded fonts can be read by nobody else, and it tells all failures of a page at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brieftools.render.pdf.compiler import STANDARDS
from brieftools.render.pdf.fonts import Typefaces
from brieftools.render.pdf.letters import clusters, named, never, numbered, rare_letters, scrub

CAP = 10
"""So many letters are named; the rest is counted."""
STYLES = ("serif", "serif, style: italic, weight: 700", "sans, weight: 600", "mono")
_ENTITY = re.compile(r"&#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));")


@dataclass(frozen=True)
class Coverage:
    """A Document that can be set, and what was replaced in it.

    Attributes
    ----------
    source : dict
        The Document without control characters.
    document : dict
        The same with ``U+XXXX`` for what cannot be shown.
    letters : frozenset of str
        Characters that were tried out.
    hidden : tuple of str
        Characters that are shown by number, sorted.
    """

    source: dict[str, Any]
    document: dict[str, Any]
    letters: frozenset[str] = frozenset()
    hidden: tuple[str, ...] = ()

    def plainer(self) -> Coverage | None:
        """Return a copy without any rare letter, or None when there was none."""
        return _without(self.source, self.letters, _found(self.source, self.letters)) if self.letters else None

    def warnings(self) -> tuple[str, ...]:
        """Return one line for each hidden character, at most ten, and one that says what to do."""
        lines = [named(letter) for letter in self.hidden[:CAP]]
        more = len(self.hidden) - CAP
        if more > 0:
            lines.append(f"The PDF prints {more} more characters as their numbers.")
        if any(not never().match(letter) for letter in self.hidden):
            lines.append("To add a font for them, put its .ttf or .otf file into the project's fonts/ folder and build again.")
        return tuple(lines)


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
    source = _mapped(document, scrub)
    letters = rare_letters(_texts(source))
    if not letters:
        return Coverage(source=source, document=source)
    return _without(source, letters, unshown(_found(source, letters), faces=faces))


def unshown(tried: frozenset[str], *, faces: Typefaces) -> frozenset[str]:
    """Return those of the letters (each with its accents) that Typst cannot set, in one style or another.

    Parameters
    ----------
    tried : frozenset of str
        Letters to try.
    faces : Typefaces
        The fonts.
    """
    bad = {cluster for cluster in tried if never().search(cluster)}
    for style in STYLES:
        bad |= _trial(tuple(sorted(tried - bad)), style, faces)
    return frozenset(bad)


def _trial(tried: tuple[str, ...], style: str, faces: Typefaces) -> set[str]:
    """Set each letter on a line of its own and read from the errors which lines failed."""
    import json

    import typst

    if not tried:
        return set()
    head = f'#set document(title: "x")\n#let fonts = json(bytes(sys.inputs.fonts))\n#set text(lang: "en", font: fonts.{style})\n'
    first = head.count("\n") + 1
    lines = "\n\n".join('#"' + "".join(f"\\u{{{ord(c):x}}}" for c in cluster) + '"' for cluster in tried)
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
        return {tried[(line - first) // 2] for line in failed if line >= first}
    return set()


def _found(source: dict[str, Any], letters: frozenset[str]) -> frozenset[str]:
    pattern = clusters(letters)
    return frozenset(cluster for text in _texts(source) if not text.isascii() for cluster in pattern.findall(text))


def _without(source: dict[str, Any], letters: frozenset[str], bad: frozenset[str]) -> Coverage:
    if not bad:
        return Coverage(source=source, document=source, letters=letters)
    pattern = clusters(letters)
    hidden: set[str] = set()

    def change(text: str) -> str:
        if text.isascii():
            return text
        shown, gone = numbered(text, pattern, bad)
        hidden.update(gone)
        return shown

    document = _mapped(source, change)
    return Coverage(source=source, document=document, letters=letters, hidden=tuple(sorted(hidden)))


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
        # The numbers behind a figure travel as an attachment, and its drawing for narrow screens is not for paper.
        return {key: None if key in ("table", "narrow") and "image" in node else _mapped(value, change) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_mapped(value, change) for value in node]
    return node


def _entities(svg: str) -> str:
    """Write character references above ASCII as the characters they mean, so that they are tried like all others."""

    def plain(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        return chr(code) if 0x7E < code <= 0x10FFFF else match[0] if code in (9, 10) or code >= 32 else ""

    return _ENTITY.sub(plain, svg) if "&#" in svg else svg
