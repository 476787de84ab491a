"""From the Document to the bytes of the PDF."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from brieftools.errors import MissingToolError, RenderError
from brieftools.house import HOUSE, House
from brieftools.render.attachment import Attachment
from brieftools.render.pdf.compiler import LOGO, LetterError, Typesetter, compile_pdf, template
from brieftools.render.pdf.coverage import Coverage, legible
from brieftools.render.pdf.fonts import ROOM, typefaces
from brieftools.render.pdf.prepare import Prepared, prepare

RELATIONSHIPS = ("source", "data", "alternative", "supplement")


@dataclass(frozen=True)
class Pdf:
    """A rendered brief.

    Attributes
    ----------
    data : bytes
        The file.
    warnings : tuple of str
        What a reader does not see as written: characters that no font has.
    pages : int
        Number of pages.
    """

    data: bytes
    warnings: tuple[str, ...]
    pages: int


def render_pdf(
    document: Mapping[str, Any],
    *,
    house: House = HOUSE,
    attachments: Sequence[Attachment] = (),
    font_dirs: Sequence[Path] = (),
) -> Pdf:
    """Set the Document as PDF/A-3a and PDF/UA-1.

    1. Find the fonts: the house's, Typst's own, the project's.
    2. Replace what no font can show by ``U+XXXX``.
    3. Arrange the tree for the page: labels, heading levels, runs of text, widths of tables.
    4. Typeset. Any warning of Typst's is an error.

    The same arguments give the same bytes; the date in the file is the Document's as-of date.

    Parameters
    ----------
    document : mapping
        A Document (docs/document.md); it is not changed.
    house : House
        Colours and font families.
    attachments : sequence of Attachment
        Files to embed, in this order.
    font_dirs : sequence of Path
        Folders with further ``.ttf`` and ``.otf`` files.

    Raises
    ------
    RenderError
        The Document, an attachment or a figure cannot be set.
    MissingToolError
        Typst or the font packages are not installed, or no temporary folder can be written.
    """
    # 1
    faces = typefaces(house=house, folders=font_dirs)
    # 2
    shown = legible(document, faces=faces)
    # 3
    page = prepare(shown.document, paper=house.paper)
    # 4
    with _root(page, attachments, house) as (root, listed):
        data, pages, coverage = _typeset(page, shown, Typesetter(root=root, house=house, attachments=listed, faces=faces))
    return Pdf(data=data, warnings=coverage.warnings(), pages=pages)


def _typeset(page: Prepared, shown: Coverage, setter: Typesetter) -> tuple[bytes, int, Coverage]:
    """Typeset; when Typst meets letters it cannot map after all, show every unusual letter by its number."""
    try:
        return *compile_pdf(page.tree, setter=setter), shown
    except LetterError:
        plainer = shown.plainer()
        if plainer is None:
            raise
        return *compile_pdf(prepare(plainer.document, paper=setter.house.paper).tree, setter=setter), plainer


@contextmanager
def _root(page: Prepared, attachments: Sequence[Attachment], house: House) -> Iterator[tuple[Path, str]]:
    """Give Typst a private folder that holds its own files, the raster images and the attachments, under names of ours."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="brieftools-pdf-")
    except OSError as error:
        raise MissingToolError(f"No temporary folder can be made: {error}", do=ROOM) from error
    with folder as name:
        root = Path(name)
        listed = []
        for number, attachment in enumerate(_checked(attachments), start=1):
            path = f"file-{number}"
            _write(root / path, attachment.data)
            listed.append(
                {
                    "path": path,
                    "name": attachment.name,
                    "mime": attachment.mime,
                    "description": attachment.description,
                    "relationship": attachment.relationship,
                }
            )
        logo = {LOGO: house.logo.data} if house.logo else {}
        for path, data in {**template(), **page.images, **logo}.items():
            _write(root / path, data)
        yield root, json.dumps(listed)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise MissingToolError(f"A temporary file cannot be written: {error}", do=ROOM) from error


def _checked(attachments: Sequence[Attachment]) -> Sequence[Attachment]:
    """Refuse what a PDF cannot hold under its name."""
    seen: set[str] = set()
    for attachment in attachments:
        if attachment.name in seen or attachment.name != PurePosixPath(attachment.name).name or "\\" in attachment.name:
            raise RenderError(
                f"An attachment cannot be called {attachment.name!r}",
                do="give each attachment its own file name, without folders",
            )
        if attachment.relationship not in RELATIONSHIPS:
            raise RenderError(
                f"{attachment.relationship!r} is no relationship of an attachment",
                where=attachment.name,
                do="use one of " + ", ".join(RELATIONSHIPS),
            )
        seen.add(attachment.name)
    return attachments
