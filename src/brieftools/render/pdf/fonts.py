"""The fonts at hand: two wheels of OpenType files, Typst's own, and the project's."""

from __future__ import annotations

import importlib.util
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import MissingToolError, RenderError, nearest
from brieftools.house import House

if TYPE_CHECKING:
    from typst import Fonts

WHEELS = {"font_source_serif_pro": "SourceSerifPro", "font_source_sans_pro": "SourceSansPro"}
STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
EMBEDDED = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono", "New Computer Modern Math")
"""Families inside the Typst wheel, in the order in which a letter is looked for."""
ROOM = "free disk space, or set TMPDIR to a folder that can be written and has room"
SUFFIXES = (".otf", ".ttf", ".ttc", ".otc")


@dataclass(frozen=True)
class Typefaces:
    """What Typst may set with.

    Attributes
    ----------
    fonts : typst.Fonts
        The loaded fonts; system fonts never take part.
    serif, sans, mono : tuple of str
        Families in order of preference. All families are named in each, so that a letter with its accents is
        sought in every one of them.
    """

    fonts: Fonts
    serif: tuple[str, ...]
    sans: tuple[str, ...]
    mono: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """Return the families as plain data, for the Typst page."""
        return {"serif": list(self.serif), "sans": list(self.sans), "mono": list(self.mono)}


def typefaces(*, house: House, folders: Sequence[Path] = ()) -> Typefaces:
    """Find and load the fonts.

    Parameters
    ----------
    house : House
        Whose families are to be there.
    folders : sequence of Path
        Further folders; a missing one is passed over.

    Raises
    ------
    MissingToolError
        A font wheel or Typst is not installed.
    RenderError
        A family of the house style is in none of the fonts.
    """
    extra = _project_files(folders)
    fonts = _load((*map(_dated, _wheel_files()), *map(_dated, extra)))
    infos = fonts.fonts()
    known = {info.family for info in infos}
    for family in (house.serif, house.sans, house.mono):
        if family not in known:
            raise RenderError(
                f"The house style asks for the font family {family!r}, which is not at hand ({nearest(family, known)})",
                do="put its .ttf or .otf files into the project's fonts/ folder",
            )
    own = tuple(dict.fromkeys(info.family for info in infos if info.path and Path(info.path) in extra))

    def order(first: str, second: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((first, second, *own, *EMBEDDED)))

    return Typefaces(
        fonts=fonts, serif=order(house.serif, house.sans), sans=order(house.sans, house.serif), mono=order(house.mono, house.sans)
    )


def _wheel_files() -> Iterator[Path]:
    for package, stem in WHEELS.items():
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise MissingToolError(f"The package {package} is not installed", do=f"pip install {package.replace('_', '-')}")
        for style in STYLES:
            path = Path(spec.origin).parent / "files" / f"{stem}-{style}.otf"
            if not path.is_file():
                raise MissingToolError("A font file is missing", where=path, do=f"reinstall {package.replace('_', '-')}")
            yield path


def _project_files(folders: Sequence[Path]) -> list[Path]:
    """Font files in the folders, sorted, so that two of one family are always taken in the same order."""
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    return [path.resolve() for path in found if path.suffix.lower() in SUFFIXES and path.is_file()]


def _dated(path: Path) -> tuple[Path, int]:
    return path, path.stat().st_mtime_ns


@lru_cache(maxsize=4)
def _load(files: tuple[tuple[Path, int], ...]) -> Fonts:
    """Load exactly these files; a file that changes is loaded anew.

    Typst takes folders only, reads them in directory order, and would take the TrueType twins of the wheels too; hence one
    folder with one link for each file. The links are resolved while loading, so the folders may vanish afterwards.
    """
    try:
        import typst
    except ImportError as error:
        raise MissingToolError("The package typst is not installed", do="pip install typst") from error

    try:
        with tempfile.TemporaryDirectory(prefix="brieftools-fonts-") as name:
            folders: list[Any] = []
            for number, (path, _) in enumerate(files):
                folder = Path(name) / f"{number:04}"
                folder.mkdir()
                (folder / path.name).symlink_to(path)
                folders.append(folder)
            return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=folders)
    except OSError as error:
        raise MissingToolError(f"The fonts cannot be laid out in a temporary folder: {error}", do=ROOM) from error
