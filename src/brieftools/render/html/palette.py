"""The house's colours as CSS variables."""

from __future__ import annotations

import re
from dataclasses import fields

from brieftools.errors import RenderError
from brieftools.house import Palette

_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def colour(value: object, *, where: str) -> str:
    """Return a colour of the form ``#RRGGBB``.

    Raises
    ------
    RenderError
        If it is none.
    """
    if isinstance(value, str) and _HEX.fullmatch(value):
        return value.lower()
    raise RenderError(f"{value!r} is not a colour", where=where, do="write it as #RRGGBB")


def variables(palette: Palette) -> str:
    """Return the declarations of all colours, ``--abroad-tint:#f0d3cc;…``."""
    return ";".join(
        f"--{name(item.name)}:{colour(getattr(palette, item.name), where=f'house colour {item.name}')}" for item in fields(palette)
    )


def tokens(palette: Palette) -> dict[str, str]:
    """Return the variable of each colour of a drawing, by its lower-case value.

    Plain black and white, which matplotlib draws with unless told otherwise, count as ink and ground.
    """
    known = {"#000000": "ink", "#000": "ink", "black": "ink", "#fff": "bg", "white": "bg"}
    for item in reversed(fields(palette)):
        known[str(getattr(palette, item.name)).lower()] = name(item.name)
    return known


def name(field: str) -> str:
    """Return the CSS name of a colour."""
    return field.replace("_", "-")
