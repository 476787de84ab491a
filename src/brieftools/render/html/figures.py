"""Figures: the drawing, its source and its numbers."""

from __future__ import annotations

from base64 import b64encode
from re import sub

from brieftools.errors import RenderError
from brieftools.house.csvtext import csv_text, is_number
from brieftools.render.html.captions import NARROW, caption, numbered, scrolling, source
from brieftools.render.html.markup import NOTHING, Html, classes, el, join, text
from brieftools.render.html.scope import Node, Scope
from brieftools.render.html.svg import drawing
from brieftools.render.html.tables import breaking, needed_width, width_class

OPEN = frozenset({"rows", "aggregate"})
"""Values of ``redistribute`` that let a table's rows leave the house; anything else withholds them."""

# A chart is drawn for paper with 8 pt labels: this many px per mm make them 15 px, and never less than 10.
_NATURAL = 5.2
_LEAST = 3.5

# mm of a drawing that needs a screen of 720 px, where others need 600 (page.css).
_FAR = 120

# Rows above which a table scrolls in its own box.
_LONG = 12


def figure(node: Node, scope: Scope) -> Html:
    """Return a figure with its caption, drawing, source line and data."""
    head, name = caption(node, scope, kind="figure")
    picture, least = _pictures(node, scope)
    return el(
        "figure",
        head,
        scrolling(picture, name=name, wide=least > NARROW),
        source(node, scope),
        _data(node, scope),
        cls="fig",
        id=scope.claim(node.get("id")),
    )


def _pictures(node: Node, scope: Scope) -> tuple[Html, int]:
    """Return what is drawn and the least width in px at which it can be read.

    A chart that was drawn for narrow screens too is there twice, and the style sheet shows one of the two, to screen readers as well.
    """
    narrow = node.get("narrow")
    if not narrow:
        return _picture(node, node["image"], scope)
    far = " far" if node["image"]["width_mm"] > _FAR else ""
    wide, _ = _picture(node, node["image"], scope, cls=f"on-wide{far}")
    slim, least = _picture(node, narrow, scope, cls=f"on-narrow{far}")
    return join(wide, slim), least


def _picture(node: Node, image: Node, scope: Scope, *, cls: str = "") -> tuple[Html, int]:
    natural, least = round(float(image["width_mm"]) * _NATURAL), round(float(image["width_mm"]) * _LEAST)
    alt = str(node.get("alt") or "")
    shrinks = f"min({least}px,100%)" if least <= NARROW else f"{least}px"
    cls = " ".join(filter(None, ("drawing", cls, scope.rule(f"min-{least}", f"min-width:{shrinks}"))))
    if image["format"] == "svg":
        where = numbered(node, scope, kind="figure")
        return drawing(str(image["data"]), scope, alt=alt, cls=cls, where=where, width=natural), least
    if image["format"] not in ("png", "jpeg"):
        raise RenderError(
            f"{image['format']!r} is no kind of picture", where=numbered(node, scope, kind="figure"), do="use svg, png or jpeg"
        )
    height = round(float(image["height_mm"]) * _NATURAL)
    data = sub(r"[^A-Za-z0-9+/=]", "", str(image["data"]))
    return el("img", src=f"data:image/{image['format']};base64,{data}", alt=alt, width=natural, height=height, cls=cls), least


def _data(node: Node, scope: Scope) -> Html:
    table = node.get("table")
    if not table:
        return NOTHING
    if table.get("redistribute") not in OPEN:
        return el("p", text(scope.labels["data_withheld"]), cls="source")
    name = numbered(node, scope, kind="figure")
    return el(
        "details",
        el("summary", text(f"{scope.labels['data_of']} {name} ({len(table['rows'])} {scope.labels['rows']})"), lang=scope.labels_lang),
        data_table(table["columns"], table["rows"], scope, name=f"{scope.labels['data_of']} {name}"),
        el("p", _download(table), cls="source"),
        cls="data",
    )


def data_table(columns: list[str], rows: list[list[str]], scope: Scope, *, name: str) -> Html:
    """Return plain strings as a table: the first column names the rows, columns of nothing but numbers stand right."""
    right = [i > 0 and bool(rows) and all(is_number(row[i]) or not row[i] for row in rows) for i in range(len(columns))]
    looks = ["num" if numbers else None for numbers in right]
    head = [_plain_cell(label, look, scope="col") for label, look in zip(columns, looks, strict=True)]
    body = [
        el("tr", *(_plain_cell(cell, looks[i], scope=None if i else "row") for i, cell in enumerate(row[: len(columns)]))) for row in rows
    ]
    least = needed_width((i, cell) for row in (columns, *rows) for i, cell in enumerate(row))
    look = classes("plain fit", width_class(least, scope))
    table = el("table", el("thead", el("tr", *head)), el("tbody", *body), cls=look, aria_label=name)
    return scrolling(table, name=name, wide=least > NARROW or len(rows) > _LONG)


def _plain_cell(cell: str, look: str | None, *, scope: str | None) -> Html:
    header = scope if cell.strip() else None
    return el("th" if header else "td", text(cell), cls=classes(look, breaking(cell)), scope=header)


def _download(table: Node) -> Html:
    name = sub(r"[^A-Za-z0-9_-]+", "-", str(table.get("name") or "data")).strip("-") or "data"
    content = b64encode(csv_text(table["columns"], table["rows"]).encode("utf-8", "replace")).decode("ascii")
    return el("a", text(f"{name}.csv"), href=f"data:text/csv;charset=utf-8;base64,{content}", download=f"{name}.csv")
