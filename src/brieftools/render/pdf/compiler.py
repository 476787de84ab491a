"""One call of Typst, and its errors in our words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import RenderError

if TYPE_CHECKING:
    from typst import TypstError, TypstWarning

    from brieftools.house import House
    from brieftools.render.pdf.fonts import Typefaces

MAIN = "brief.typ"
STANDARDS = ["a-3a", "ua-1"]
LETTERS = re.compile(r"could not be displayed|not mapped to a code point|missing codepoints|codepoint")


@dataclass(frozen=True)
class Typesetter:
    """All that Typst needs beside the Document.

    Attributes
    ----------
    root : Path
        Private folder with images and attachments.
    house : House
        Colours.
    attachments : str
        JSON list of what to embed.
    faces : Typefaces
        Fonts.
    """

    root: Path
    house: House
    attachments: str
    faces: Typefaces


def compile_pdf(tree: Mapping[str, Any], *, setter: Typesetter) -> tuple[bytes, int]:
    """Typeset a prepared tree.

    Returns
    -------
    tuple of bytes, int
        The file and its number of pages.

    Raises
    ------
    RenderError
        Typst failed or warned. Its attribute ``letters`` is true when letters were the reason.
    """
    import typst

    inputs = {
        "document": json.dumps(tree, ensure_ascii=False),
        "house": json.dumps(setter.house.as_json()),
        "fonts": json.dumps(setter.faces.as_json()),
        "attachments": setter.attachments,
    }
    try:
        data, warnings = typst.compile_with_warnings(
            template(),
            root=setter.root,
            font_paths=setter.faces.fonts,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=as_of(tree["meta"]["as_of"]),
        )
    except typst.TypstError as error:
        raise _failure("The PDF could not be set", error) from error
    if warnings:
        raise _failure("Typst warned, so the PDF may lack something", warnings[0])
    return data, page_count(data)


@lru_cache(maxsize=1)
def template() -> dict[str, bytes]:
    """Return the fixed Typst files by name; the first one that Typst reads is called main.typ."""
    files = {entry.name: entry.read_bytes() for entry in resources.files(__package__).iterdir() if entry.name.endswith(".typ")}
    return {"main.typ" if name == MAIN else name: data for name, data in sorted(files.items())}


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


def page_count(data: bytes) -> int:
    """Return the number of pages of a PDF."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _failure(what: str, problem: TypstError | TypstWarning) -> RenderError:
    place = re.search(r"┌─ (?:\S*/)?(\S+\.typ:\d+:\d+)", problem.diagnostic)
    error = RenderError(
        f"{what}: {problem.message}" + "".join(f" ({hint})" for hint in problem.hints),
        where=place.group(1).replace("main.typ", MAIN) if place else None,
        do=_advice(problem.message),
    )
    error.letters = bool(LETTERS.search(problem.diagnostic))  # type: ignore[attr-defined]
    return error


def _advice(message: str) -> str:
    if "SVG" in message or "image" in message:
        return "draw the figure anew; if it comes from a file, look whether the file is whole"
    if "font" in message:
        return "put the font's .ttf or .otf file into the project's fonts/ folder"
    return "render the HTML to see the content; if it looks right there, report this message with document.json"
