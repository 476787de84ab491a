"""From the few colours that a house names to a whole palette."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from brieftools.house.style import Palette

# A colour's fills follow it: share of the colour on the ground, near those of our own palettes.
_FILLS = {"light": {"tint": 0.22, "mid": 0.58}, "dark": {"tint": 0.28, "mid": 0.62}}
_DEEP = 0.5  # of home in ink


def palette(given: Mapping[str, str], base: Palette, *, theme: str) -> Palette:
    """Return a palette with the colours that were given; tints follow their colour where they were not given themselves.

    Parameters
    ----------
    given : mapping of str to str
        ``#RRGGBB`` by the names of `Palette`.
    base : Palette
        Where the others come from.
    theme : {"light", "dark"}
    """
    colours = dict(given)
    ground, ink = colours.get("bg", base.bg), colours.get("ink", base.ink)
    for name in ("abroad", "home"):
        for fill, share in _FILLS[theme].items():
            if name in given:
                colours.setdefault(f"{name}_{fill}", mixed(given[name], ground, share))
    if "home" in given:
        colours.setdefault("home_deep", mixed(given["home"], ink, _DEEP))
    if "bg" in given:
        colours.setdefault("ach_n", ground)
    return _apart(replace(base, **{name: colour.upper() for name, colour in colours.items()}))


def mixed(colour: str, ground: str, share: float) -> str:
    """Return a share of one colour laid on another, both ``#RRGGBB``."""
    pairs = ((int(colour[at : at + 2], 16), int(ground[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02X}" for one, other in pairs)


def _apart(made: Palette) -> Palette:
    """Move equal colours apart by a hair nobody sees: a dark page finds the name of a drawing's colour by its value."""
    taken: set[str] = set()
    moved: dict[str, str] = {}
    for field in fields(made):
        value = int(getattr(made, field.name)[1:], 16)
        while f"#{value:06X}" in taken:
            value += 1 if value & 0xFF < 0x80 else -1
        taken.add(f"#{value:06X}")
        moved[field.name] = f"#{value:06X}"
    return replace(made, **moved)
