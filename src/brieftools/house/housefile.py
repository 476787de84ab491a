"""``house.yml``: what an organisation makes its own, without touching code."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, create_model

from brieftools.errors import ProjectError, nearest
from brieftools.house.colours import palette
from brieftools.house.contrast import pairs
from brieftools.house.style import HOUSE, FontFile, House, Logo, Palette
from brieftools.house.wording import LANGUAGES
from brieftools.project.record import Record
from brieftools.project.yamlfile import line_of, read_yaml, to_record

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "house.yml"
LARGEST_LOGO = 200_000
SHIPPED = (HOUSE.serif, HOUSE.sans, HOUSE.mono)
_SUFFIXES = (".ttf", ".otf")
_PNG = b"\x89PNG\r\n\x1a\n"


def _quoted(value: object) -> object:
    if not isinstance(value, str):  # to YAML, what follows a bare # is a comment
        raise ValueError('write the colour in quotes: "#1B2631"')
    return value


Colour = Annotated[str, BeforeValidator(_quoted), Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
_optional: dict[str, Any] = {field.name: (Colour, None) for field in fields(Palette)}
Colours = create_model("Colours", __base__=Record, **_optional)


class Themes(Record):
    """Colours of print and light screens, and of dark ones; those that are not named stay ours."""

    light: Colours = Colours()
    dark: Colours = Colours()


class Fonts(Record):
    """For each face a family that is shipped, or the name of a file in the project's ``fonts`` folder."""

    serif: str = HOUSE.serif
    sans: str = HOUSE.sans
    mono: str = HOUSE.mono


class LogoEntry(Record):
    """A picture file of the project, SVG or PNG, and what it says to who cannot see it."""

    file: str = Field(min_length=1)
    alt: str = Field(min_length=1)


class Disclaimer(Record):
    """The views disclaimer: in full for the last page, in short for the footer of the first."""

    full: str = ""
    short: str = ""


class HouseFile(Record):
    """Everything in ``house.yml``; docs/house.md explains each key."""

    name: str = ""
    logo: LogoEntry | None = None
    colours: Themes = Themes()
    fonts: Fonts = Fonts()
    paper: Literal["a4", "letter"] = "a4"
    language: Literal["", *LANGUAGES] = ""  # type: ignore[valid-type]
    disclaimer: Disclaimer = Disclaimer()


def read_house(root: Path) -> House:
    """Return the house of a project: ours, or ours with what its ``house.yml`` says.

    Parameters
    ----------
    root : Path
        The project's folder.

    Raises
    ------
    ProjectError
        A key or value that is not allowed, a file that is not there, colours that cannot be told apart.
    """
    path = root / NAME
    if not path.is_file():
        return HOUSE
    data = read_yaml(path, error=ProjectError)
    file = to_record(data, HouseFile, path, error=ProjectError)
    light = palette(_given(file.colours.light), HOUSE.light, theme="light")
    dark = palette(_given(file.colours.dark), HOUSE.dark, theme="dark")
    _refuse_faint({"light": light, "dark": dark}, data, path)
    families, fonts = _fonts(file.fonts, root, path)
    return House(
        **families,
        light=light,
        dark=dark,
        name=file.name,
        logo=_logo(file.logo, root, path) if file.logo else None,
        paper=file.paper,
        language=file.language,
        disclaimer=file.disclaimer.full,
        disclaimer_short=file.disclaimer.short,
        fonts=fonts,
        files=(path, *((root / file.logo.file,) if file.logo else ()), *(font.path for font in fonts)),
    )


def _given(colours: Record) -> dict[str, str]:
    return {name: colour for name, colour in colours.model_dump().items() if colour is not None}


def _refuse_faint(themes: dict[str, Palette], data: Any, path: Path) -> None:
    """Stop at colours that a reader cannot tell apart, with what was measured and what is needed."""
    complaints = list(_faint(themes, data))
    if complaints:
        do = "make one of each pair darker or lighter; WCAG 2.2 asks for 4.5:1 in text (1.4.3) and 3:1 in graphics (1.4.11)"
        raise ProjectError("the colours of the house cannot be read:\n" + "\n".join(complaints), where=path, do=do)


def _faint(themes: dict[str, Palette], data: Any) -> Iterator[str]:
    for theme, made in themes.items():
        values = asdict(made)
        for pair in pairs(made, dark=theme == "dark"):
            if pair.fails:
                line = _line(data, theme, pair.colour, pair.ground)
                shown = f"{pair.colour} {values[pair.colour]} on {pair.ground} {values[pair.ground]}"
                # Rounded down: 4.499 is not enough, and must not read as if it were.
                measured = int(pair.ratio * 100) / 100
                yield f"colours.{theme}{line}: {shown} has a contrast of {measured:.2f}:1; {pair.needed:g}:1 is needed for {pair.what}"


def _line(data: Any, theme: str, *names: str) -> str:
    # A colour that was not given follows from another, so the nearest line that says something about it is named.
    for name in (*names, *(name.partition("_")[0] for name in names)):
        given = data.get("colours", {}).get(theme) or {}
        if name in given:
            return f" (line {line_of(data, ('colours', theme, name))})"
    return ""


def _fonts(asked: Fonts, root: Path, path: Path) -> tuple[dict[str, Any], tuple[FontFile, ...]]:
    """Return the family of each face, and the project's files of these families."""
    families = {face: _family(getattr(asked, face), face, root, path) for face in ("serif", "sans", "mono")}
    brought = {family for family in families.values() if family not in SHIPPED}
    every = (font for file in _font_files(root) if (font := font_file(file))) if brought else ()
    return families, tuple(font for font in every if font.family in brought)


def _family(name: str, face: str, root: Path, path: Path) -> str:
    if not name.lower().endswith(_SUFFIXES):
        if name in SHIPPED:
            return name
        what = f"fonts.{face}: no family called {name!r} is shipped; {nearest(name, SHIPPED)}"
        raise ProjectError(what, where=path, do="name one of these, or a .ttf or .otf file in the project's fonts folder")
    known = [file.name for file in _font_files(root)]
    if name not in known:
        raise ProjectError(f"fonts.{face}: no file {name!r} in fonts/; {nearest(name, known)}", where=path, do="put the file there")
    found = font_file(next(file for file in _font_files(root) if file.name == name))
    if found is None:
        raise ProjectError(f"fonts.{face}: {name!r} is not a font that can be read", where=path, do="replace the file")
    return found.family


def _font_files(root: Path) -> list[Path]:
    return sorted(file for file in (root / "fonts").rglob("*") if file.suffix.lower() in _SUFFIXES and file.is_file())


def font_file(path: Path) -> FontFile | None:
    """Return what a font file says of itself; None when it is not a font."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True) as font:
            names, metrics = font["name"], font["OS/2"]
            family = names.getDebugName(16) or names.getDebugName(1)
            return FontFile(path, family, int(metrics.usWeightClass), bool(metrics.fsSelection & 1)) if family else None
    except (TTLibError, KeyError, OSError):
        return None


def _logo(entry: LogoEntry, root: Path, path: Path) -> Logo:
    file = (root / entry.file).resolve()
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        raise ProjectError(f"logo.file: there is no {entry.file!r} in the project", where=path, do="name a file by its path from the root")
    data = file.read_bytes()
    if len(data) > LARGEST_LOGO:
        raise ProjectError(f"logo.file: {len(data):,} bytes; {LARGEST_LOGO:,} are allowed", where=path, do="save it smaller, or as SVG")
    if data.startswith(_PNG):
        return Logo("png", data, entry.alt)
    if file.suffix.lower() != ".svg" or b"<svg" not in data:
        raise ProjectError(f"logo.file: {entry.file!r} is neither SVG nor PNG", where=path, do="save it as one of these")
    return Logo("svg", data, entry.alt)
