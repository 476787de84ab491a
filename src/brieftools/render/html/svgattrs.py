"""What an SVG drawing may hold: elements, attributes and the form of their values.

A drawing comes from a notebook's output, so it is untrusted: what is not named here does not reach the page.
"""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHAPES = _words(
    "svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath mask pattern linearGradient "
    "radialGradient stop symbol marker image"
)

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?:px|pt|pc|mm|cm|in|em|ex|%)?"
NUMBERS = re.compile(rf"\s*(?:{_NUMBER}(?:[\s,]+|$))*")
LENGTH = re.compile(rf"\s*{_NUMBER}\s*")
PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE.,+\-\s]*")
TRANSFORM = re.compile(r"\s*(?:(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([0-9eE.,+\-\s]*\)[\s,]*)*")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9\- ]{0,60}")
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})|[A-Za-z]{3,24}|(?:rgb|hsl)a?\([0-9.,%\s/]+\)")
LOCAL = re.compile(r"url\(\s*[\"']?#([^\"'()\s\\]+)[\"']?\s*\)")
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")

PAINTS = _words("fill stroke stop-color color")

REFERENCES = _words("clip-path mask marker-start marker-mid marker-end")

_KINDS: dict[re.Pattern[str], str] = {
    NUMBERS: (
        "x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height refX refY markerWidth markerHeight points viewBox "
        "stroke-dasharray rotate textLength"
    ),
    LENGTH: (
        "offset opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-dashoffset stroke-miterlimit "
        "font-size letter-spacing word-spacing"
    ),
    PATH: "d",
    TRANSFORM: "transform gradientTransform patternTransform",
    WORD: (
        "preserveAspectRatio gradientUnits patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits "
        "markerUnits spreadMethod orient lengthAdjust fill-rule clip-rule stroke-linecap stroke-linejoin font-style "
        "text-anchor dominant-baseline alignment-baseline text-decoration display visibility paint-order "
        "shape-rendering text-rendering image-rendering vector-effect"
    ),
}

FORMS: dict[str, re.Pattern[str]] = {name: form for form, names in _KINDS.items() for name in _words(names)}
"""The form that the value of each plain attribute must have."""

# The order matters: numbers may stand for an orientation.
FORMS["orient"] = re.compile(rf"auto|auto-start-reverse|{_NUMBER}")

PRESENTATION = _words(
    "opacity fill-opacity stroke-opacity stop-opacity stroke-width stroke-dashoffset stroke-miterlimit stroke-dasharray "
    "font-size letter-spacing word-spacing fill-rule clip-rule stroke-linecap stroke-linejoin font-style text-anchor "
    "dominant-baseline alignment-baseline text-decoration display visibility paint-order shape-rendering "
    "text-rendering image-rendering vector-effect transform"
)
"""Attributes that may also come from a style attribute."""

_FONT = re.compile(r"^(?P<before>.*?)\s*(?P<size>[\d.]+(?:px|pt|em|%))(?:\s*/\s*\S+)?\s+(?P<family>\S.*)$", re.DOTALL)


def declarations(style: str) -> dict[str, str]:
    """Split a style attribute into properties; the ``font`` shorthand into its parts.

    Comments and escapes are not understood on purpose: a value with them fails its form.
    """
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        name, value = name.strip().lower(), value.strip()
        if colon and name == "font":
            found.update(font(value))
        elif colon and name:
            found[name] = value
    return found


def font(value: str) -> dict[str, str]:
    """Split a ``font`` shorthand, such as ``italic 600 8px 'Source Sans Pro', sans-serif``."""
    match = _FONT.match(value.strip())
    if not match:
        return {}
    found = {"font-size": match["size"], "font-family": match["family"]}
    for word in match["before"].split():
        if word in ("italic", "oblique"):
            found["font-style"] = word
        elif word in ("bold", "bolder") or word.isdecimal():
            found["font-weight"] = word
    return found
