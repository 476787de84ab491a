"""Inline nodes of the Document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from brieftools.render.html.links import safe_href
from brieftools.render.html.markup import NOTHING, Html, el, join, prose, text, visible
from brieftools.render.html.mathml import formula
from brieftools.render.html.scope import Node, Scope, anchor


def inlines(children: Sequence[Node] | None, scope: Scope) -> Html:
    """Return a list of inlines as phrasing content."""
    return join(*(inline(child, scope) for child in children or ()))


def inline(node: Node, scope: Scope) -> Html:
    """Return one inline; an unknown type is shown by its text."""
    return _KINDS.get(node["type"], _unknown)(node, scope)


def plain(children: Sequence[Node] | None) -> str:
    """Return the text of inlines, without citations."""
    parts = []
    for node in children or ():
        if node["type"] == "break":
            parts.append(" ")
        elif node["type"] != "cite":
            parts.append(str(node.get("text") or node.get("tex") or "") or plain(node.get("c")))
    return "".join(parts)


def _text(node: Node, scope: Scope) -> Html:
    return prose(node["text"])


def _unknown(node: Node, scope: Scope) -> Html:
    return text(plain([node]))


def _emph(node: Node, scope: Scope) -> Html:
    scope.found.italic[scope.face].update(visible(plain(node["c"])))
    return el("em", inlines(node["c"], scope))


def _strong(node: Node, scope: Scope) -> Html:
    return el("strong", inlines(node["c"], scope))


def _strike(node: Node, scope: Scope) -> Html:
    return el("s", inlines(node["c"], scope))


def _code(node: Node, scope: Scope) -> Html:
    return el("code", text(node["text"]))


def _link(node: Node, scope: Scope) -> Html:
    inner = inlines(node["c"], replace(scope, linked=True))
    href = str(node["href"])
    if scope.linked or not plain(node["c"]).strip():
        return inner
    if href.startswith("#") and (target := anchor(href[1:])):
        return el("a", inner, href=f"#{target}")
    address = safe_href(href)
    return el("a", inner, href=address, rel="noopener noreferrer") if address else inner


def _math(node: Node, scope: Scope) -> Html:
    return formula(node, scope, block=False)


def _cite(node: Node, scope: Scope) -> Html:
    places = list(node.get("ids") or ())
    places += [None] * (len(node["notes"]) - len(places))
    marks = [_mark(number, place, scope) for number, place in zip(node["notes"], places, strict=False)]
    return el("sup", *(join(text(",") if i else NOTHING, mark) for i, mark in enumerate(marks)), cls="cite")


def _mark(number: int, place: object, scope: Scope) -> Html:
    shown = text(str(number))
    name = scope.claim(place)
    if number not in scope.notes or scope.linked:
        return el("span", shown, id=name)
    return el("a", shown, id=name, href=f"#{scope.notes[number]}", aria_label=f"{scope.labels['note']} {number}")


def _fact(node: Node, scope: Scope) -> Html:
    return el("span", prose(node["text"]), cls="fact", title=str(node.get("origin") or "") or None)


def _ref(node: Node, scope: Scope) -> Html:
    target = None if scope.linked else anchor(node.get("target"))
    return el("a", text(node["text"]), href=f"#{target}", cls="ref") if target else text(node["text"])


def _break(node: Node, scope: Scope) -> Html:
    return el("br")


_KINDS: dict[str, Callable[[Node, Scope], Html]] = {
    "text": _text,
    "emph": _emph,
    "strong": _strong,
    "strike": _strike,
    "code": _code,
    "link": _link,
    "math": _math,
    "cite": _cite,
    "fact": _fact,
    "ref": _ref,
    "break": _break,
}
