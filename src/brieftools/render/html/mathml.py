"""Formulas: the tree of the Document as MathML Core (W3C, https://www.w3.org/TR/mathml-core/)."""

from __future__ import annotations

import re
from typing import Any

from brieftools.render.html.markup import Html, el, text
from brieftools.render.html.scope import Node, Scope
from brieftools.render.html.svg import drawing

LEAVES = frozenset({"mi", "mn", "mo", "ms", "mtext"})

# How many children an element must have; a tree that breaks this is shown as a row, so that the page stays valid.
ARITY: dict[str, int | None] = {
    "math": None,
    "mrow": None,
    "mstyle": None,
    "mpadded": None,
    "mphantom": None,
    "merror": None,
    "msqrt": None,
    "mfrac": 2,
    "mroot": 2,
    "msub": 2,
    "msup": 2,
    "munder": 2,
    "mover": 2,
    "msubsup": 3,
    "munderover": 3,
    "mtable": None,
    "mtr": None,
    "mtd": None,
    "mspace": None,
}

_ALLOWED = (
    "accent accentunder columnspan depth dir displaystyle form height largeop linethickness lspace maxsize minsize "
    "movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width fence"
)

ATTRIBUTES = frozenset(_ALLOWED.split())

_VALUE = re.compile(r"[A-Za-z0-9.+\-% ]{0,40}")

_INSIDE = {"mtable": "mtr", "mtr": "mtd"}


def formula(node: Node, scope: Scope, *, block: bool) -> Html:
    """Return a `math` or `mathblock` node: MathML, else the drawing, else its TeX.

    Parameters
    ----------
    node : mapping
        The node.
    scope : Scope
        The place.
    block : bool
        Whether it stands on a line of its own.
    """
    tex = str(node.get("tex") or "")
    if node.get("mathml"):
        inner = _children(node["mathml"]) if node["mathml"].get("tag") == "math" else [_element(node["mathml"])]
        return el("math", *inner, display="block" if block else None, alttext=tex)
    if node.get("svg"):
        return _drawn(node, scope, tex)
    return el("code", text(tex), cls="tex")


def _drawn(node: Node, scope: Scope, tex: str) -> Html:
    # Drawn at 10 pt: measures in em keep it at the size of the text around it.
    width, height, depth = (float(node.get(key) or 0) / 10 for key in ("width_pt", "height_pt", "depth_pt"))
    name = scope.rule(
        f"m{width * 1000:.0f}-{height * 1000:.0f}-{depth * 1000:.0f}",
        f"width:{width:.3f}em;height:{height:.3f}em;vertical-align:{-depth:.3f}em",
    )
    return drawing(str(node["svg"]), scope, alt=tex, cls=f"tex {name}", where=f"formula {tex}")


def _element(node: Any, *, need: str = "") -> Html:
    tag = str(node.get("tag"))
    if tag in LEAVES:
        made = el(tag, text(_words(node)), **_attributes(node))
    elif tag not in ARITY or (tag in ("mtr", "mtd") and tag != need):
        made = el("mtext", text(_words(node)))
    elif tag == "mspace":
        made = el("mspace", **_attributes(node))
    else:
        children = _children(node)
        fits = ARITY[tag] in (None, len(children))
        made = el(tag if fits and tag != "math" else "mrow", *children, **_attributes(node))
    return made if tag == need else _in_table(made, need)


def _in_table(made: Html, need: str) -> Html:
    if need == "mtr":
        return el("mtr", el("mtd", made))
    return el("mtd", made) if need == "mtd" else made


def _children(node: Any) -> list[Html]:
    need = _INSIDE.get(str(node.get("tag")), "")
    children = list(node.get("children") or [])
    if node.get("text"):
        children.insert(0, {"tag": "mtext", "text": node["text"]})
    return [_element(child, need=need) for child in children]


def _words(node: Any) -> str:
    own = node.get("text")
    return str(own) if own is not None else "".join(_words(child) for child in node.get("children") or [])


def _attributes(node: Any) -> dict[str, str]:
    given = node.get("attrs") or {}
    kept = {key: str(value) for key, value in sorted(given.items()) if key in ATTRIBUTES and _VALUE.fullmatch(str(value))}
    if given.get("mathvariant") == "normal" and node.get("tag") == "mi":
        kept["mathvariant"] = "normal"
    return kept
