"""One figure of a built brief, alone: its SVG, or a picture of it."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from brieftools.errors import DocumentError, EditionError, MissingToolError, RenderError, nearest
from brieftools.house import HOUSE, House

DPI = 200
Format = Literal["svg", "png"]
_PAGE = """#set page(width: {width}mm, height: {height}mm, margin: 0mm)
#image("figure.{suffix}", width: {width}mm, height: {height}mm)
"""


def save_figure(build: Path, number: int, *, format: Format, out: Path, house: House = HOUSE, font_dirs: Sequence[Path] = ()) -> Path:
    """Write figure ``number`` of a build to a file of its own.

    Parameters
    ----------
    build : Path
        Folder of a finished build, with ``document.json``.
    number : int
        As printed: "Figure 2".
    format : {"svg", "png"}
        The PNG has 200 dots to the inch.
    out : Path
        File to write; its folder has to be there.

    Returns
    -------
    Path
        ``out``.

    Raises
    ------
    EditionError
        The Document of the build is missing or damaged.
    DocumentError
        It has no such figure, or the figure is a picture that cannot be SVG.
    RenderError
        The picture could not be made.
    MissingToolError
        Typst or its fonts are not installed, or the file cannot be written.
    """
    found = figure(_document(build), number)
    data = _svg(found) if format == "svg" else _png(found, house, font_dirs)
    try:
        out.write_bytes(data)
    except OSError as error:
        raise MissingToolError(f"The figure cannot be written: {error.strerror}", where=out, do="name another file with -o") from error
    return out


def figure(document: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return a figure of a Document by its printed number.

    Raises
    ------
    DocumentError
        There is none.
    """
    figures = {one["number"]: one for one in _figures(document["body"]) if one["number"] is not None}
    if number not in figures:
        known = nearest(str(number), map(str, figures)) if figures else "it has no figures"
        raise DocumentError(f"The brief has no figure {number}; {known}", do="give the number that is printed above the figure")
    return figures[number]


def _document(build: Path) -> dict[str, Any]:
    path = build / "document.json"
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise EditionError("the Document of this build is missing or damaged", where=path, do="build the brief again") from None
    return document


def _figures(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, Mapping):
        if node.get("type") == "figure":
            yield dict(node)
            return
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _figures(part)


def _svg(found: Mapping[str, Any]) -> bytes:
    image = found["image"]
    if image["format"] != "svg":
        raise DocumentError(f"Figure {found['number']} is a picture ({image['format']}), not a drawing.", do="save it with --png")
    text: str = image["data"]
    if "xmlns=" not in text[: text.find(">")]:
        text = text.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n").encode()


def _png(found: Mapping[str, Any], house: House, font_dirs: Sequence[Path]) -> bytes:
    """Let Typst draw the figure on a page of its size: the same fonts as in the PDF, and no browser."""
    import typst

    from brieftools.render.pdf.fonts import typefaces

    image = found["image"]
    faces = typefaces(house=house, folders=font_dirs)
    data: bytes = image["data"].encode() if image["format"] == "svg" else base64.b64decode(image["data"])
    page = _PAGE.format(width=float(image["width_mm"]), height=float(image["height_mm"]), suffix=image["format"])
    with tempfile.TemporaryDirectory(prefix="brieftools-figure-") as name:
        root = Path(name)
        (root / f"figure.{image['format']}").write_bytes(data)
        (root / "main.typ").write_text(page, encoding="utf-8")
        try:
            picture: Any = typst.compile(
                root / "main.typ", root=root, format="png", ppi=DPI, font_paths=faces.fonts, ignore_system_fonts=True
            )
        except typst.TypstError as error:
            raise RenderError(f"Figure {found['number']} cannot be drawn: {error}", do="save it with --svg") from error
    if not isinstance(picture, bytes):
        raise RenderError(f"Figure {found['number']} takes more than one page.", do="save it with --svg")
    return bytes(picture)
