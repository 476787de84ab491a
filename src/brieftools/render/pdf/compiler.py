"""One call of Typst, and its errors in our words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import RenderError

if TYPE_CHECKING:
    from typst import Compiler, PDFStandard, TypstError, TypstWarning

    from brieftools.house import House
    from brieftools.render.pdf.fonts import Typefaces

MAIN = "brief.typ"
LOGO = "logo.png"
STANDARDS: list[PDFStandard] = ["a-3a", "ua-1"]
TIGHT = 0.5
"""How much of the space between blocks stays when that saves a page with little on it."""
LITTLE_PT = 64 + 0.16 * 720
"""A last page that ends above this, measured from the edge of the paper, has little on it."""
_IMAGE = re.compile("SVG|image")
_LETTERS = re.compile(r"could not be displayed|not mapped to a code point|missing codepoints|codepoint")


class LetterError(RenderError):
    """Typst has no glyph, or no code point, for something in the text."""


@dataclass(frozen=True)
class Typesetter:
    """All that Typst needs beside the Document.

    Attributes
    ----------
    root : Path
        Private folder with the Typst files, images and attachments.
    house : House
        Colours.
    attachments : str
        JSON list of what to embed.
    faces : Typefaces
        Fonts.
    density : float
        Space between blocks, 1 as designed.
    even : bool
        Whether what a page has left is shared out between its blocks.
    """

    root: Path
    house: House
    attachments: str
    faces: Typefaces
    density: float = 1.0
    even: bool = True


def compile_pdf(tree: Mapping[str, Any], *, setter: Typesetter) -> tuple[bytes, int]:
    """Typeset a prepared tree, closer when that saves a last page with little on it.

    Returns
    -------
    tuple of bytes, int
        The file and its number of pages.

    Raises
    ------
    LetterError
        A letter cannot be set.
    RenderError
        Typst failed or warned.
    """
    data, pages, end = _compile(tree, setter)
    if pages > 1 and end < LITTLE_PT:
        closer, fewer, _ = _compile(tree, replace(setter, density=TIGHT))
        if fewer < pages:
            return closer, fewer
    return data, pages


def template() -> dict[str, bytes]:
    """Return the fixed Typst files by name."""
    return dict(_template())


@lru_cache(maxsize=1)
def _template() -> tuple[tuple[str, bytes], ...]:
    files = (entry for entry in resources.files(__package__).iterdir() if entry.name.endswith(".typ"))
    return tuple(sorted((entry.name, entry.read_bytes()) for entry in files))


def as_of(date: str) -> datetime:
    """Return midnight UTC of an ISO date.

    Raises
    ------
    RenderError
        It is no date.
    """
    try:
        return datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC)
    except (TypeError, ValueError) as error:
        raise RenderError(f"The as-of date {date!r} is no date", where="document.json, meta.as_of", do="write it as YYYY-MM-DD") from error


def _compile(tree: Mapping[str, Any], setter: Typesetter) -> tuple[bytes, int, float]:
    """Return the file, its pages, and where the last one ends in pt."""
    import typst

    compiler = typst.Compiler(
        setter.root / MAIN,
        root=setter.root,
        font_paths=setter.faces.fonts,
        ignore_system_fonts=True,
        sys_inputs=_inputs(tree, setter),
    )
    try:
        data, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=as_of(tree["meta"]["as_of"]))
    except typst.TypstError as error:
        failure = _failure("The PDF could not be set", error)
        if _IMAGE.search(error.message):
            failure.where = _damaged(tree, setter) or failure.where
        raise failure from error
    if setter.even and any("converge" in warning.message for warning in warnings):
        return _compile(tree, replace(setter, even=False))
    if warnings:
        raise _failure("Typst warned, so the PDF may lack something", warnings[0])
    if not isinstance(data, bytes):
        raise RenderError("Typst gave no PDF", do=_advice(""))
    return data, *_summary(compiler)


def _damaged(tree: Mapping[str, Any], setter: Typesetter) -> str | None:
    """Name the figure that cannot be drawn, by drawing each alone."""
    bare: dict[str, Any] = {"title": [], "subtitle": [], "source": None, "number": None, "id": None}
    figures = list(_figures(tree["body"]))
    if len(figures) == 1 and tree["body"] == figures:
        return None
    for figure in figures:
        try:
            _compile({**tree, "notices": [], "body": [{**figure, **bare}]}, setter)
        except RenderError:
            return str(figure["id"])
    return None


def _figures(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict) and tree.get("type") == "figure":
        yield tree
    for value in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from _figures(value)


def _inputs(tree: Mapping[str, Any], setter: Typesetter) -> dict[str, str]:
    return {
        "document": json.dumps(tree, ensure_ascii=False),
        "house": json.dumps(setter.house.as_json() | {"logo": _logo(setter.house)}),
        "fonts": json.dumps(setter.faces.as_json()),
        "attachments": setter.attachments,
        "density": str(setter.density),
        "even": "yes" if setter.even else "no",
    }


def _logo(house: House) -> dict[str, str] | None:
    """Tell the page of the logo: a drawing as it is, a picture by the name of its file."""
    if house.logo is None:
        return None
    drawn = {"data": house.logo.data.decode("utf-8", "replace")} if house.logo.format == "svg" else {"file": LOGO}
    return {"format": house.logo.format, "alt": house.logo.alt, **drawn}


def _summary(compiler: Compiler) -> tuple[int, float]:
    """Ask the page itself; the layout is still in Typst's memory."""
    summary = json.loads(compiler.query("<summary>", field="value", one=True))
    return summary["pages"], summary["end"]


def _failure(what: str, problem: TypstError | TypstWarning) -> RenderError:
    place = re.search(r"┌─ (?:\S*/)?(\S+\.typ:\d+:\d+)", problem.diagnostic)
    kind = LetterError if _LETTERS.search(problem.diagnostic) else RenderError
    hints = "".join(f" ({hint})" for hint in problem.hints)
    return kind(f"{what}: {problem.message}{hints}", where=place.group(1) if place else None, do=_advice(problem.message))


def _advice(message: str) -> str:
    if _IMAGE.search(message):
        return "draw the figure anew; if it comes from a file, look whether the file is whole"
    if "font" in message:
        return "put the font's .ttf or .otf file into the project's fonts/ folder"
    return "look at the HTML of the same brief; if that looks right, report this message and attach document.json"
