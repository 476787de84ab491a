"""One font file: whose it is, which characters it has, and its cut-down form. fontTools is imported only to find out."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import MissingToolError
from brieftools.render.html.fontcache import remember

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FORMAT = "1"
"""Raised when what this module returns for a font changes."""


@lru_cache(maxsize=128)
def describe(path: Path) -> tuple[str, int, bool]:
    """Return family (lower case), weight and slant of a font file; one that cannot be read is nobody's."""
    found = json.loads(remember((FORMAT, "describe", _hash(path)), lambda: _describe(path)))
    return str(found[0]), int(found[1]), bool(found[2])


def _describe(path: Path) -> bytes:
    from fontTools.ttLib import TTLibError

    found: tuple[str, int, bool] = ("", 0, False)
    try:
        with _open(_content(path)) as font:
            names, metrics = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1) or ""
            found = (family.lower(), int(metrics.usWeightClass), bool(metrics.fsSelection & 1))
    except (TTLibError, KeyError):
        pass
    return json.dumps(found).encode()


@lru_cache(maxsize=128)
def coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font has."""
    found = json.loads(remember((FORMAT, "coverage", _hash(path)), lambda: _coverage(path)))
    return frozenset(code for low, high in found for code in range(low, high + 1))


def _coverage(path: Path) -> bytes:
    with _open(_content(path)) as font:
        codes = sorted(font.getBestCmap() or ())
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return json.dumps(spans).encode()


@lru_cache(maxsize=64)
def woff2(path: Path, chars: str, features: tuple[str, ...]) -> bytes:
    """Return a font file cut down to characters and OpenType features, as WOFF2.

    Parameters
    ----------
    path : Path
        The font file.
    chars : str
        Characters to keep, sorted.
    features : tuple of str
        Features to keep, ``*`` for all.

    Raises
    ------
    MissingToolError
        If brotli is not installed, or the font cannot be read.
    """
    key = (FORMAT, "woff2", version("fonttools"), _brotli(), chars, " ".join(features), _hash(path))
    return remember(key, lambda: _cut(_content(path), chars, features))


def _brotli() -> str:
    try:
        return version("brotli")
    except ImportError as error:
        raise MissingToolError("the package brotli is not installed; it packs the fonts of a page", do="pip install brotli") from error


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingToolError(f"a font cannot be read ({error.strerror})", where=path, do="check its permissions, or remove it") from error


@lru_cache(maxsize=128)
def _hash(path: Path) -> str:
    return sha256(_content(path)).hexdigest()


def _open(content: bytes) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)


def _cut(content: bytes, chars: str, features: tuple[str, ...]) -> bytes:
    """Cut a font down and pack it.

    The table of names goes first: walking everything else for references to it takes half the time of the cutting.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import newTable

    options = Options(layout_features=list(features), hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["BASE", "DSIG", "STAT", "meta"]
    font = _open(content)
    if "name" in font:
        del font["name"]
    cutter = Subsetter(options)
    cutter.populate(text=chars)
    cutter.subset(font)
    font["name"] = newTable("name")
    font["name"].names = []
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()
