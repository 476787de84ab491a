"""The house style as matplotlib settings, and its fonts.

After ``use_house(HOUSE)`` an analyst's own matplotlib looks of the house without another word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brieftools.errors import MissingToolError
from brieftools.house.style import HOUSE, FontFile, House

STYLE_NAME = "brieftools"
SMALLEST = 8.0  # points: nothing in a chart is set smaller
FALLBACK = "DejaVu Sans"  # comes with matplotlib; has Greek, Cyrillic and Arabic, which the house fonts lack

# family -> (Python package with the files, its name for pip, prefix of the file names)
_PACKAGES = {
    "Source Sans Pro": ("font_source_sans_pro", "font-source-sans-pro", "SourceSansPro"),
    "Source Serif Pro": ("font_source_serif_pro", "font-source-serif-pro", "SourceSerifPro"),
}
# What charts drawn in this process look like when nothing else is said: matplotlib's own settings are as global as this.
_IN_USE = [HOUSE]
# Only the faces that charts use: every further file costs time at each start.
_FACES = {"": (400, "normal"), "It": (400, "italic"), "Semibold": (600, "normal"), "Bold": (700, "normal")}


def use_house(house: House = HOUSE) -> None:
    """Make the house style matplotlib's default, and list it as the style ``"brieftools"``.

    Parameters
    ----------
    house : House
        Colours and font families.

    Raises
    ------
    MissingToolError
        A font of the house is not installed.
    """
    import matplotlib
    from matplotlib import RcParams, style

    register_fonts(house)
    _IN_USE[:] = [house]
    settings: Any = house_style(house)
    matplotlib.rcParams.update(settings)
    style.library[STYLE_NAME] = RcParams(settings)
    if STYLE_NAME not in style.available:
        style.available.append(STYLE_NAME)


def house_in_use() -> House:
    """Return the house of the last `use_house`: in a notebook, that of the project."""
    return _IN_USE[0]


@contextmanager
def house_context(house: House) -> Iterator[None]:
    """Draw in the house style, whatever the analyst has set; text is never read as mathtext."""
    from matplotlib import rc_context

    register_fonts(house)
    settings: Any = house_style(house) | {"text.parse_math": False}
    with rc_context(settings):
        yield


def house_style(house: House = HOUSE) -> dict[str, Any]:
    """Return the house style as matplotlib settings.

    Returns
    -------
    dict
        Keys of ``matplotlib.rcParams``. Sizes are points; the figure is 116 x 55 mm with fixed margins.
    """
    return _type(house) | _figure(house) | _axes(house) | _marks(house) | _files()


def _type(house: House) -> dict[str, Any]:
    ink, ink2 = house.light.ink, house.light.ink2
    sizes = ("font.size", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize", "legend.title_fontsize")
    return dict.fromkeys(sizes, SMALLEST) | {
        # All three by name: of a generic family matplotlib takes one font only and has no fallback.
        "font.family": [house.sans, FALLBACK, "sans-serif"],
        "font.sans-serif": [house.sans, FALLBACK],
        "font.serif": [house.serif, "DejaVu Serif"],
        "font.monospace": [house.mono],
        "font.weight": 400,
        "figure.titlesize": 10.5,
        "figure.titleweight": 600,
        "figure.labelsize": SMALLEST,
        "axes.titlesize": 8.5,
        "axes.titleweight": 600,
        "axes.titlelocation": "left",
        "axes.titlecolor": ink,
        "axes.titlepad": 4,
        "axes.labelcolor": ink2,
        "axes.labelpad": 3,
        "text.color": ink,
        "text.hinting": "no_hinting",
        "text.usetex": False,
        "mathtext.fontset": "custom",
        "mathtext.rm": house.serif,
        "mathtext.it": f"{house.serif}:italic",
        "mathtext.bf": f"{house.serif}:bold",
        "mathtext.bfit": f"{house.serif}:bold",
        "mathtext.sf": house.sans,
        "mathtext.tt": house.mono,
        "mathtext.cal": f"{house.serif}:italic",
        "mathtext.default": "it",
        "mathtext.fallback": "stix",
    }


def _figure(house: House) -> dict[str, Any]:
    width, height = 116 / 25.4, 55 / 25.4
    margins = {"left": 10 / 116, "right": 1 - 3 / 116, "bottom": 9 / 55, "top": 1 - 6 / 55, "wspace": 0.22, "hspace": 0.38}
    return {f"figure.subplot.{key}": value for key, value in margins.items()} | {
        "figure.figsize": (width, height),
        "figure.dpi": 144,
        "figure.facecolor": house.light.bg,
        "figure.edgecolor": house.light.bg,
        "figure.autolayout": False,
        "figure.constrained_layout.use": False,
        "savefig.bbox": None,
        "savefig.facecolor": "auto",
        "savefig.dpi": 200,
    }


def _axes(house: House) -> dict[str, Any]:
    palette = house.light
    ticks: dict[str, Any] = {}
    for axis in ("xtick", "ytick"):
        ticks |= {
            f"{axis}.color": palette.rule,
            f"{axis}.labelcolor": palette.ink2,
            f"{axis}.major.width": 0.5,
            f"{axis}.minor.width": 0.5,
            f"{axis}.minor.size": 0,
            f"{axis}.major.pad": 3,
        }
    return ticks | {
        "xtick.major.size": 2.5,
        "ytick.major.size": 0,
        "axes.facecolor": "none",
        "axes.edgecolor": palette.ink2,
        "axes.linewidth": 0.6,
        "axes.spines.left": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.bottom": True,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "axes.formatter.useoffset": False,
        "axes.formatter.use_locale": False,
        "axes.unicode_minus": True,
        "grid.color": palette.grid,
        "grid.linewidth": 0.5,
        "grid.linestyle": "-",
    }


def _marks(house: House) -> dict[str, Any]:
    from cycler import cycler

    p = house.light
    # A line of each series differs by its dashes too, so that a grey print can be read.
    colours = [p.home_deep, p.abroad, p.home, p.abroad_mid, p.ink, p.home_mid]
    dashes = ["-", "-", (0, (5, 1.6)), (0, (5, 1.6)), (0, (1.2, 1.4)), (0, (6, 1.5, 1.2, 1.5))]
    return {
        "axes.prop_cycle": cycler(color=colours) + cycler(linestyle=dashes),
        "lines.linewidth": 1.1,
        "lines.markersize": 3,
        "lines.markeredgewidth": 0.9,
        "lines.solid_capstyle": "butt",
        "lines.scale_dashes": True,
        "scatter.edgecolors": "face",
        "scatter.marker": "o",
        "patch.linewidth": 0,
        "patch.facecolor": p.home,
        "patch.edgecolor": p.bg,
        "hatch.linewidth": 0.6,
        "hatch.color": "edge",
        "errorbar.capsize": 0,
        "image.cmap": "Greys",
        "boxplot.flierprops.markersize": 3,
        "legend.frameon": False,
        "legend.handlelength": 1.6,
        "legend.borderaxespad": 0.2,
        "legend.labelcolor": p.ink2,
    }


def _files() -> dict[str, Any]:
    return {"svg.fonttype": "none", "svg.hashsalt": "brieftools", "svg.image_inline": True, "path.simplify": True}


def register_fonts(house: House) -> None:
    """Make the fonts of the house known to matplotlib; done once for each family.

    Raises
    ------
    MissingToolError
        A family is neither in its package nor among matplotlib's fonts.
    """
    for family in (house.sans, house.serif, house.mono):
        _register(family, tuple(font for font in house.fonts if font.family == family))
    _register_fallback()


@lru_cache(maxsize=32)
def _register(family: str, brought: tuple[FontFile, ...]) -> None:
    from matplotlib.font_manager import fontManager

    for font in brought:
        _add(family, str(font.path), font.weight, "italic" if font.italic else "normal")
    if brought:
        _fill_semibold(family)
        return
    if family not in _PACKAGES:
        if family not in fontManager.get_font_names():
            raise MissingToolError(
                f"The font {family!r} of the house style is not installed.",
                where="the house style",
                do="Install the font for matplotlib, or name another family; with no further work there are: "
                + ", ".join(sorted(_PACKAGES)),
            )
        return
    for path, weight, slant in _files_of(family):
        _add(family, path, weight, slant)


def _add(family: str, path: str, weight: int, slant: str) -> None:
    from matplotlib.font_manager import fontManager

    fontManager.addfont(path)
    # The files call the semibold a family of its own; browsers and Typst know it as weight 600.
    fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], name=family, weight=weight, style=slant)


@lru_cache(maxsize=1)
def _register_fallback() -> None:
    _fill_semibold(FALLBACK)


def _fill_semibold(family: str) -> None:
    """Let the bold stand in for a missing weight 600: matplotlib would complain on stderr for every label."""
    from matplotlib.font_manager import fontManager

    upright = [entry for entry in fontManager.ttflist if entry.name == family and entry.style == "normal" and entry.stretch == "normal"]
    bold = [entry for entry in upright if entry.weight in (700, "bold")] or upright
    if bold and not any(entry.weight == 600 for entry in upright):
        fontManager.ttflist.append(replace(bold[0], weight=600))


def _files_of(family: str) -> list[tuple[str, int, str]]:
    from importlib import import_module

    module, package, prefix = _PACKAGES[family]
    try:
        files: dict[str, str] = import_module(module).font_files_ttf
        return [(files[prefix + face], weight, slant) for face, (weight, slant) in _FACES.items()]
    except (ImportError, KeyError, AttributeError) as error:
        raise MissingToolError(
            f"The font {family!r} of the house style is not installed.", where="the house style", do=f"pip install {package}"
        ) from error
