"""A small picture of a PDF's first page."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path
from typing import Any

from brieftools.errors import MissingToolError, RenderError

COLOURS = 32
_PAGE = '#set page(width: 210mm, height: auto, margin: 0mm)\n#image("brief.pdf", page: 1, width: 210mm)\n'
_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")


def first_page(pdf: bytes, *, width: int = 240) -> bytes:
    """Return a PNG of the first page: Typst draws it, so that no other program is needed.

    Parameters
    ----------
    width : int
        In pixels, give or take one.

    Raises
    ------
    RenderError
        The file is damaged.
    """
    import typst
    from PIL import Image

    with tempfile.TemporaryDirectory(prefix="brieftools-page-") as name:
        root = Path(name)
        try:
            (root / "brief.pdf").write_bytes(pdf)
            (root / "main.typ").write_text(_PAGE, encoding="utf-8")
        except OSError as error:
            raise MissingToolError(f"A temporary file cannot be written: {error}", do="free some space and try again") from error
        try:
            drawn: Any = typst.compile(root / "main.typ", root=root, format="png", ppi=width / 210 * 25.4, ignore_system_fonts=True)
        except typst.TypstError as error:
            raise RenderError(f"the first page cannot be drawn: {error}", do="build the brief again") from error
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    small = io.BytesIO()
    # A page has few colours: a quarter of the size, and the red stays red.
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
    return small.getvalue()


def page_count(pdf: bytes) -> int | None:
    """Return the number of pages of a PDF of ours, whose tree of pages is written in the clear; None for another's."""
    found = [int(number) for number in _PAGES.findall(pdf)]
    return max(found) if found else None
