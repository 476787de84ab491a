"""Cutting a font down takes tens of milliseconds, so its result is kept in the user's cache folder.

The cache changes no bytes: its key holds everything that the result depends on, each entry carries its own hash, and
an entry that is damaged, or a folder that cannot be written, counts as absent.
"""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from brieftools.errors import MissingToolError

FORMAT = "1"
"""Raised when `subset_font` changes."""


@lru_cache(maxsize=64)
def cached(path: Path, chars: str, features: tuple[str, ...]) -> bytes:
    """Return a font file cut down to characters and features, as WOFF2.

    Parameters
    ----------
    path : Path
        The font file.
    chars : str
        Characters to keep, sorted.
    features : tuple of str
        OpenType features to keep.

    Raises
    ------
    MissingToolError
        If brotli is not installed, or the font cannot be read.
    """
    try:
        source = path.read_bytes()
    except OSError as error:
        raise MissingToolError(f"a font cannot be read ({error.strerror})", where=path) from error
    parts = (FORMAT, version("fonttools"), _brotli(), chars, " ".join(features), sha256(source).hexdigest())
    entry = cache_folder() / f"{sha256(chr(0).join(parts).encode()).hexdigest()}.woff2"
    found = _read(entry)
    if found is None:
        found = subset_font(source, chars, features)
        _write(entry, found)
    return found


def cache_folder() -> Path:
    """Return the folder of cut fonts: ``$XDG_CACHE_HOME/brieftools/fonts``, else under ``~/.cache``."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    base = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~")) / ".cache"
    return base / "brieftools" / "fonts"


def _brotli() -> str:
    try:
        import brotli
    except ImportError as error:
        raise MissingToolError("the package brotli is not installed; it packs the fonts of a page", do="pip install brotli") from error
    return str(brotli.__version__)


def _read(entry: Path) -> bytes | None:
    with suppress(OSError):
        digest, content = (stored := entry.read_bytes())[:32], stored[32:]
        return content if sha256(content).digest() == digest else None
    return None


def _write(entry: Path, content: bytes) -> None:
    with suppress(OSError):
        entry.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=entry.parent, delete=False) as draft:
            draft.write(sha256(content).digest() + content)
        os.replace(draft.name, entry)


def subset_font(source: bytes, chars: str, features: tuple[str, ...]) -> bytes:
    """Cut a font down and pack it.

    The table of names goes first: walking everything else for references to it takes half the time of the cutting.
    """
    import io

    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont, newTable

    options = Options(layout_features=list(features), hinting=False, notdef_outline=True, glyph_names=False)
    options.drop_tables += ["BASE", "DSIG", "STAT", "meta"]
    font = TTFont(io.BytesIO(source), lazy=True, recalcTimestamp=False)
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
