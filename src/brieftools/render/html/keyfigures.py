"""The strip of key figures, and the tiny interval under each."""

from __future__ import annotations

from brieftools.render.html.inlines import inlines
from brieftools.render.html.markup import Html, el, text
from brieftools.render.html.scope import Node, Scope

TONES = frozenset({"home", "abroad", "ink"})


def key_figures(node: Node, scope: Scope) -> Html:
    """Return the grid of key figures."""
    count = min(max(len(node["items"]), 1), 6)
    return el("ul", *(_item(item, scope.sans) for item in node["items"]), cls=f"keys keys-{count}")


def _item(item: Node, scope: Scope) -> Html:
    tone = item["tone"] if item.get("tone") in TONES else "ink"
    strip = item.get("strip")
    return el(
        "li",
        el("p", text(item["value"]), cls="key-value"),
        el("p", inlines(item["label"], scope), cls="key-label"),
        interval(strip, tone) if strip else el("p", text(item.get("strip_text") or ""), cls="key-none"),
        el("p", inlines(item["reading"], scope), cls="key-reading"),
        cls=f"key tone-{tone}",
    )


def interval(strip: Node, tone: str) -> Html:
    """Draw low, mid, high and what they are compared with; positions run from 0 to 1.

    It repeats what the reading beside it says, so screen readers skip it.
    """
    low, mid, high = (_percent(strip.get(key)) for key in ("low", "mid", "high"))
    clear = bool(strip.get("clear"))
    look = f"iv {tone if clear else 'open'}"
    reference = strip.get("reference")
    marks = [
        el("line", x1="0%", x2="100%", y1="10", y2="10", cls="axis"),
        el("line", x1=low, x2=high, y1="10", y2="10", cls=look),
    ]
    if reference is not None:
        marks.append(el("line", x1=_percent(reference), x2=_percent(reference), y1="2", y2="18", cls="ref"))
    marks.append(el("circle", cx=mid, cy="10", r="4", cls=f"{look} dot"))
    return el("svg", *marks, cls="strip", height="20", aria_hidden="true")


def _percent(position: object) -> str:
    value = float(position) if isinstance(position, int | float) else 0.0
    return f"{100 * min(max(value, 0.0), 1.0):.2f}%"
