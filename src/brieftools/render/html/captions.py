"""What figures and tables have in common: number, finding, measure, source, a region that scrolls."""

from __future__ import annotations

from brieftools.render.html.inlines import inlines, plain
from brieftools.render.html.markup import NOTHING, Html, el, text
from brieftools.render.html.scope import Node, Scope

NARROW = 328
"""Width of the text on the narrowest screen we care for, 360 px, in CSS px."""


def caption(node: Node, scope: Scope, *, kind: str) -> tuple[Html, str]:
    """Return number, title and subtitle of a figure or table, and the id of the whole.

    Parameters
    ----------
    node : mapping
        The figure, table or matrix.
    scope : Scope
        The place.
    kind : str
        Key of the word before the number: ``figure`` or ``table``.

    Returns
    -------
    (Html, str)
        The figcaption, empty where there is nothing to say, and the name that a screen reader gives to the region.
    """
    parts = [
        el("p", text(numbered(node, scope, kind=kind)), cls="cap-no", lang=scope.labels_lang)
        if node.get("number") is not None
        else NOTHING,
        el("p", inlines(node.get("title"), scope.sans), cls="cap-title") if node.get("title") else NOTHING,
        el("p", inlines(node.get("subtitle"), scope.sans), cls="cap-sub") if node.get("subtitle") else NOTHING,
    ]
    shown = any(parts)
    return el("figcaption", *parts) if shown else NOTHING, region_name(node, scope, kind=kind)


def numbered(node: Node, scope: Scope, *, kind: str) -> str:
    """Return ``Figure 2``, or ``Figure`` alone."""
    number = node.get("number")
    return scope.labels[kind] if number is None else f"{scope.labels[kind]} {number}"


def region_name(node: Node, scope: Scope, *, kind: str) -> str:
    """Return what a screen reader calls the region that scrolls."""
    title = plain(node.get("title"))
    name = numbered(node, scope, kind=kind)
    return scope.region(f"{name}: {title}" if title else name)


def source(node: Node, scope: Scope) -> Html:
    """Return the source line."""
    return el("p", inlines(node["source"], scope.sans), cls="source") if node.get("source") else NOTHING


def scrolling(inner: Html, *, name: str, wide: bool) -> Html:
    """Return a box that scrolls sideways by itself; one that will is a landmark that takes the keyboard's focus."""
    if not wide:
        return el("div", inner, cls="scroll")
    return el("div", inner, cls="scroll", role="region", tabindex="0", aria_label=name)
