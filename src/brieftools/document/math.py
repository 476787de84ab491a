"""TeX becomes MathML once; HTML prints it and Typst walks it."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

Node = dict[str, Any]


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
    from latex2mathml.converter import convert

    try:
        root = ElementTree.fromstring(convert(tex, display="block" if block else "inline"))
    except Exception:  # the converter raises many kinds on TeX that it does not know
        return None
    tree = _node(root)
    # It passes commands that it does not know through as text.
    return None if any(text.startswith("\\") and len(text) > 1 for text in _texts(tree)) else tree


def _node(element: ElementTree.Element) -> Node:
    tag = element.tag.rpartition("}")[2]
    attrs = {name.rpartition("}")[2]: value for name, value in element.attrib.items() if not name.startswith("xmlns")}
    if len(element):
        return {"tag": tag, "attrs": attrs, "children": [_node(child) for child in element]}
    return {"tag": tag, "attrs": attrs, "text": element.text or ""}


def _texts(node: Node) -> list[str]:
    return [text for child in node["children"] for text in _texts(child)] if "children" in node else [node["text"]]


def _drawing(tex: str) -> Node | None:
    import io

    from matplotlib import rc_context
    from matplotlib.mathtext import MathTextParser, math_to_image

    out = io.BytesIO()
    try:
        with rc_context({"svg.fonttype": "path", "svg.hashsalt": "brieftools", "mathtext.fontset": "stix"}):
            math_to_image(f"${tex}$", out, format="svg", dpi=72)
            width, height, depth, *_ = MathTextParser("path").parse(f"${tex}$")
    except Exception:  # mathtext's own tree of parse errors
        return None
    svg = out.getvalue().decode()
    start = svg.index("<svg")
    return {"svg": svg[start:].replace("\n", " "), "width_pt": float(width), "height_pt": float(height), "depth_pt": float(depth)}
