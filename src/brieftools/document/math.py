"""TeX becomes MathML once; HTML prints it and Typst walks it."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

Node = dict[str, Any]
_SIZE = 10  # points, of a drawing
_NO_LOOKS = {"href", "style", "class", "id"}  # TeX may say how a formula reads, not where it leads


def math_node(tex: str, *, block: bool) -> Node:
    """Return a `math` or `mathblock` node.

    Parameters
    ----------
    tex : str
        TeX without its dollar signs.
    block : bool
        On a line of its own.

    Returns
    -------
    dict
        `mathml` is the tree; where the converter refuses the TeX, it is None and `svg` holds a drawing (matplotlib's mathtext);
        where that refuses too, the node is code: the TeX as typed.
    """
    kind = "mathblock" if block else "math"
    tree = _mathml(tex, block=block)
    if tree is not None:
        return {"type": kind, "tex": tex, "mathml": tree, "svg": None}
    drawing = _drawing(tex)
    if drawing:
        return {"type": kind, "tex": tex, "mathml": None} | drawing
    return {"type": "codeblock", "text": tex, "lang": "tex"} if block else {"type": "code", "text": tex}


def _mathml(tex: str, *, block: bool) -> Node | None:
    from latex2mathml.converter import convert_to_element

    try:
        # Its text form would let a "<" in \text{...} become a tag.
        root = convert_to_element(tex, display="block" if block else "inline")
    except Exception:  # the converter raises many kinds on TeX that it does not know
        return None
    tree = _node(root)
    # It passes commands that it does not know through as text.
    return None if any(text.startswith("\\") and len(text) > 1 for text in _texts(tree)) else tree


def _node(element: Element) -> Node:
    attrs = {name: unescape(value) for name, value in element.attrib.items() if name not in _NO_LOOKS and not name.startswith("xmlns")}
    if len(element):
        return {"tag": element.tag, "attrs": attrs, "children": [_node(child) for child in element]}
    return {"tag": element.tag, "attrs": attrs, "text": unescape(element.text or "")}


def _texts(node: Node) -> list[str]:
    return [text for child in node["children"] for text in _texts(child)] if "children" in node else [node["text"]]


def _drawing(tex: str) -> Node | None:
    from matplotlib import rc_context
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.mathtext import MathTextParser

    from brieftools.charts.svg import to_svg

    try:
        with rc_context({"mathtext.fontset": "stix"}):
            width, height, depth, *_ = MathTextParser("path").parse(f"${tex}$", prop=FontProperties(size=_SIZE))
            figure = Figure(figsize=(width / 72, height / 72))
            figure.patch.set_visible(False)
            figure.text(0, depth / height, f"${tex}$", size=_SIZE)
            svg = to_svg(figure)
    except Exception:  # mathtext's own tree of parse errors; a formula without extent
        return None
    return {"svg": svg, "width_pt": float(width), "height_pt": float(height), "depth_pt": float(depth)}
