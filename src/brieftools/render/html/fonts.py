"""The fonts of a page: found by family, cut down to the page's characters, embedded as WOFF2.

WOFF2 rather than WOFF: a quarter smaller here, and its compressor is a package that a lock file pins, while zlib
comes with the interpreter and writes other bytes on other machines.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from brieftools.errors import MissingToolError
from brieftools.house import House
from brieftools.render.html.fontcache import cached

ASCII = frozenset(map(chr, range(0x20, 0x7F)))
"""Always embedded in upright faces: a font then seldom changes with the text, and is found again in the cache."""


@dataclass(frozen=True)
class Face:
    """One face to embed.

    Attributes
    ----------
    family : str
        Family as the style sheet calls it.
    path : Path
        Font file, TTF or OTF.
    weight : int
        400 or 600.
    italic : bool
        Whether it is the italic.
    features : tuple of str
        OpenType features that stay; ``*`` for all.
    """

    family: str
    path: Path
    weight: int
    italic: bool
    features: tuple[str, ...]


# Kerning everywhere; small capitals in labels and tags; old-style figures in the numerals of judgments.
_WANTED: tuple[tuple[str, int, bool, tuple[str, ...]], ...] = (
    ("serif", 400, False, ("kern", "liga")),
    ("serif", 600, False, ("kern", "liga", "onum")),
    ("serif", 400, True, ("kern", "liga")),
    ("sans", 400, False, ("kern",)),
    ("sans", 600, False, ("kern", "smcp", "c2sc")),
    ("sans", 400, True, ("kern",)),
)


def font_faces(page: str, italic: Mapping[str, Iterable[str]], *, house: House, font_dirs: Sequence[Path] = ()) -> str:
    """Return the @font-face rules for a page.

    Parameters
    ----------
    page : str
        All text of the page; its markup does no harm.
    italic : mapping
        Characters set in italics, by ``serif`` and ``sans``; a face without any is left out.
    house : House
        Names of the families.
    font_dirs : sequence of Path
        Folders that are looked at first.

    Raises
    ------
    MissingToolError
        If an upright face is found nowhere.
    """
    present = frozenset(char for char in {*page, *normalize("NFC", page)} if char >= " ")
    rules: list[str] = []
    covered: set[int] = set()
    for generic, weight, slanted, features in _WANTED:
        chars = frozenset(italic.get(generic, ())) if slanted else present | ASCII
        if not chars:
            continue
        family = house.serif if generic == "serif" else house.sans
        path = find_face(family, weight=weight, italic=slanted, font_dirs=tuple(font_dirs))
        if path is None and slanted:
            continue
        if path is None:
            raise MissingToolError(
                f"the font {family!r} (weight {weight}) is not installed",
                do=f"pip install {_package(family).replace('_', '-')}, or put its TTF files into the fonts folder",
            )
        rules.append(_rule(Face(f"brief-{generic}", path, weight, slanted, features), chars))
        if not slanted:
            covered.update(coverage(path))
    missing = frozenset(char for char in present - ASCII if ord(char) not in covered)
    return "".join([*rules, *_others(missing, font_dirs)])


def _others(missing: frozenset[str], font_dirs: Sequence[Path]) -> Iterable[str]:
    """Yield rules for fonts of the user's that have what the house's lack; scripts need all their features."""
    for path in _files(tuple(font_dirs)):
        chars = frozenset(char for char in missing if ord(char) in coverage(path))
        if chars and not describe(path)[2]:
            missing -= chars
            yield _rule(Face("brief-more", path, 400, False, ("*",)), chars, some=True)


def _rule(face: Face, chars: frozenset[str], *, some: bool = False) -> str:
    held = frozenset(char for char in chars if ord(char) in coverage(face.path))
    data = b64encode(cached(face.path, "".join(sorted(held)), face.features)).decode("ascii")
    style = "italic" if face.italic else "normal"
    limits = f";unicode-range:{','.join(f'U+{ord(char):X}' for char in sorted(held))}" if some else ""
    return f"@font-face{{font-family:{face.family};font-weight:{face.weight};font-style:{style};src:url(data:font/woff2;base64,{data}){limits}}}"


def find_face(family: str, *, weight: int, italic: bool, font_dirs: tuple[Path, ...] = ()) -> Path | None:
    """Return the file of a face: from the given folders, else from the family's font package."""
    wanted = family.lower()
    for path in (*_files(font_dirs), *_files(_package_dirs(family), family)):
        if describe(path) == (wanted, weight, italic):
            return path
    return None


def _package(family: str) -> str:
    return "font_" + "_".join(family.lower().split())


def _package_dirs(family: str) -> tuple[Path, ...]:
    try:
        spec = find_spec(_package(family))
    except (ImportError, ValueError):
        return ()
    return tuple(Path(place) / "files" for place in (spec.submodule_search_locations or ())) if spec else ()


@lru_cache(maxsize=64)
def _files(folders: tuple[Path, ...], family: str = "") -> tuple[Path, ...]:
    """Return font files, TTF before OTF (smaller as WOFF2), whose name may belong to the family."""
    start = "".join(family.split()).lower()
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf"))
    return tuple(sorted((p for p in found if p.stem.lower().startswith(start)), key=lambda p: (p.suffix.lower() != ".ttf", str(p))))


@lru_cache(maxsize=256)
def describe(path: Path) -> tuple[str, int, bool]:
    """Return family (lower case), weight and slant of a font file; an unreadable one is nobody's."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            family = names.getDebugName(16) or names.getDebugName(1) or ""
            return family.lower(), int(font["OS/2"].usWeightClass), bool(font["OS/2"].fsSelection & 1)
    except (TTLibError, KeyError, OSError):
        return "", 0, False


@lru_cache(maxsize=64)
def coverage(path: Path) -> frozenset[int]:
    """Return the code points that a font has."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
