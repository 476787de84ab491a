"""Can the colours of a house be told apart? WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (graphics)."""

from __future__ import annotations

from dataclasses import dataclass

from brieftools.house.style import Palette

TEXT, GRAPHICS = 4.5, 3.0
"""Least contrast of text on its ground, and of what carries meaning in a drawing."""

_TEXTS = {
    "bg": ("ink", "ink2", "mute", "abroad", "home_deep"),
    "panel": ("ink", "ink2", "mute", "abroad"),
    "home_tint": ("ink", "ink2"),
    "ach_cc": ("ink",),
    "ach_c": ("ink",),
    "ach_n": ("ink", "ink2"),
    "ach_i": ("ink",),
    "heat_5": ("bg",),
}
_DRAWN = ("home", "home_deep", "abroad", "ach_ii")


@dataclass(frozen=True)
class Pair:
    """A colour, what it stands on, and how well the two can be told apart.

    Attributes
    ----------
    colour, ground : str
        Names of the palette.
    ratio, needed : float
        Measured, and at least asked for.
    what : str
        "text" or "graphics".
    """

    colour: str
    ground: str
    ratio: float
    needed: float
    what: str

    @property
    def fails(self) -> bool:
        """Whether the two are too much alike."""
        return self.ratio < self.needed


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2, definition of the same name)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(palette: Palette, *, dark: bool = False) -> tuple[Pair, ...]:
    """Return every pair that a page sets, measured.

    Parameters
    ----------
    palette : Palette
    dark : bool
        On a dark screen the letters on the darkest rating are those of the ground.
    """
    on_darkest = ("bg" if dark else "ink", "ach_ii")
    texts = [*((colour, ground) for ground, colours in _TEXTS.items() for colour in colours), on_darkest]
    measured = [(colour, ground, TEXT, "text") for colour, ground in texts]
    measured += [(colour, "bg", GRAPHICS, "graphics") for colour in _DRAWN]
    return tuple(
        Pair(colour, ground, contrast(getattr(palette, colour), getattr(palette, ground)), needed, what)
        for colour, ground, needed, what in measured
    )
