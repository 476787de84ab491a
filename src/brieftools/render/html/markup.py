"""Markup that cannot be made from data by mistake.

Every piece of HTML in this package has the type `Html`; data is `str`. Only `text` and `el` turn the one into the
other, and both escape, so a type checker finds a place where a string would become markup.
"""

from __future__ import annotations

import re
from typing import NewType

Html = NewType("Html", str)

NOTHING = Html("")

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})

# What must not act in the page: C0 and C1 controls (an HTML parser rejects or drops them), the characters that
# reorder text in the eye of the reader, surrogates (which have no UTF-8) and the code points that are no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)

_PER_CENT = re.compile("(?<=[0-9]) (?=%)")


def visible(raw: str) -> str:
    """Replace characters that act without being seen by their names, ``U+202E``.

    Line feeds and tabs stay; a carriage return before a line feed goes.
    """
    return _UNSEEN.sub(lambda found: f"U+{ord(found[0]):04X}", raw.replace("\r\n", "\n"))


def text(raw: str) -> Html:
    """Return data as HTML that shows it literally."""
    return Html(visible(raw).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def prose(raw: str) -> Html:
    """Return data as HTML in which a per cent sign stays with its number at the end of a line."""
    return text(_PER_CENT.sub("\N{NO-BREAK SPACE}", raw))


def attribute(raw: str) -> str:
    """Return data as the inside of a double-quoted attribute."""
    return text(raw).replace('"', "&quot;")


def el(name: str, /, *children: Html, cls: str | None = None, **attrs: str | int | bool | None) -> Html:
    """Return one element.

    Parameters
    ----------
    name : str
        Tag name; a constant of this package, never data.
    children : Html
        Content, in order.
    cls : str, optional
        Class names.
    attrs
        Attributes; ``aria_label`` becomes ``aria-label``, ``for_`` becomes ``for``. None and False leave one out,
        True writes it without a value.
    """
    parts = [name]
    for key, value in {"class": cls, **attrs}.items():
        if value is None or value is False:
            continue
        key = key.rstrip("_").replace("_", "-")
        parts.append(key if value is True else f'{key}="{attribute(str(value))}"')
    opening = f"<{' '.join(parts)}>"
    return Html(opening) if name in VOID else Html(f"{opening}{''.join(children)}</{name}>")


def join(*parts: Html) -> Html:
    """Return pieces one after the other."""
    return Html("".join(parts))


def classes(*names: str | None) -> str | None:
    """Return class names as one attribute's value, None for none."""
    return " ".join(name for name in names if name) or None


def hidden(raw: str) -> Html:
    """Return text for screen readers only."""
    return el("span", text(raw), cls="vh")
