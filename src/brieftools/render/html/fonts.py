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
from brieftools.render.html.fontfile import coverage, describe, woff2

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

_NEAR = {400: (400, 300, 500), 600: (600, 700, 800, 500, 400)}

# How font files are named, weight and slant: only to open the right one first.
_ENDS = {(400, False): ("-regular",), (600, False): ("-semibold",), (400, True): ("-it", "-italic")}


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
        path = _house_face(house.serif if generic == "serif" else house.sans, weight, slanted, font_dirs) if chars else None
        if path is not None:
            rules.append(_rule(Face(f"brief-{generic}", path, weight, slanted, features), chars))
            covered.update(coverage(path))
    missing = frozenset(char for char in present - ASCII if ord(char) not in covered)
    return "".join([*rules, *_others(missing, font_dirs)])


def _house_face(family: str, weight: int, italic: bool, font_dirs: Sequence[Path]) -> Path | None:
    """Return a face of the house; a browser can slant letters by itself, so only an upright one must be there."""
    path = find_face(family, weight=weight, italic=italic, font_dirs=tuple(font_dirs))
    if path is None and not italic:
        raise MissingToolError(
            f"the font {family!r} (weight {weight}) is not installed",
            do=f"pip install {package_name(family).replace('_', '-')}, or put its TTF files into the fonts folder",
        )
    return path


def _others(missing: frozenset[str], font_dirs: Sequence[Path]) -> Iterable[str]:
    """Yield rules for fonts of the user's that have what the house's lack; scripts need all their features."""
    for path in font_files(tuple(font_dirs)):
        family, _, italic = describe(path)
        chars = frozenset(char for char in missing if ord(char) in coverage(path)) if family and not italic else frozenset()
        if chars:
            missing -= chars
            yield _rule(Face("brief-more", path, 400, False, ("*",)), chars, some=True)


def _rule(face: Face, chars: frozenset[str], *, some: bool = False) -> str:
    held = sorted(char for char in chars if ord(char) in coverage(face.path))
    data = b64encode(woff2(face.path, "".join(held), face.features)).decode("ascii")
    style = "italic" if face.italic else "normal"
    limits = f";unicode-range:{','.join(f'U+{ord(char):X}' for char in held)}" if some else ""
    named = f"font-family:{face.family};font-weight:{face.weight};font-style:{style}"
    return f"@font-face{{{named};src:url(data:font/woff2;base64,{data}){limits}}}"


def find_face(family: str, *, weight: int, italic: bool, font_dirs: tuple[Path, ...] = ()) -> Path | None:
    """Return the file of a face, or of the nearest weight there is: from the given folders, else from the family’s font package."""
    for near in _NEAR[weight]:  # a family of the house's own may have no semibold: its bold will do
        wanted = (family.lower(), near, italic)
        for path in (*font_files(font_dirs), *font_files(_package_dirs(family), family, (near, italic))):
            if describe(path) == wanted:
                return path
    return None


def package_name(family: str) -> str:
    """Return the name of the Python package that holds a family: ``font_source_sans_pro``."""
    return "font_" + "_".join(family.lower().split())


def _package_dirs(family: str) -> tuple[Path, ...]:
    try:
        spec = find_spec(package_name(family))
    except (ImportError, ValueError):
        return ()
    return tuple(Path(place) / "files" for place in (spec.submodule_search_locations or ())) if spec else ()


@lru_cache(maxsize=64)
def font_files(folders: tuple[Path, ...], family: str = "", style: tuple[int, bool] | None = None) -> tuple[Path, ...]:
    """Return font files, the likeliest first: by the style in their name, then TTF before OTF (smaller as WOFF2)."""
    start, ends = "".join(family.split()).lower(), _ENDS.get(style or (0, False), ())
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.suffix.lower() in (".ttf", ".otf"))

    def order(path: Path) -> tuple[bool, bool, str]:
        return not path.stem.lower().endswith(ends), path.suffix.lower() != ".ttf", str(path)

    return tuple(sorted((path for path in found if path.stem.lower().startswith(start)), key=order))
