"""Key judgments with their place on the scale of likelihood, and the scale itself."""

from __future__ import annotations

from collections.abc import Sequence

from brieftools.render.html.inlines import inlines
from brieftools.render.html.markup import NOTHING, Html, el, join, prose, text
from brieftools.render.html.scope import Node, Scope
from brieftools.render.html.tags import tag


def judgments(node: Node, scope: Scope) -> Html:
    """Return the numbered judgments."""
    return el("ol", *(_judgment(item, node["scale"], scope) for item in node["items"]), cls="judgments")


def scale_label(node: Node) -> Html:
    """Return what the yardsticks measure, to stand at the end of the heading's line."""
    return el("p", text(node["scale_label"]), cls="scale") if node.get("scale_label") else NOTHING


def _judgment(item: Node, scale: Sequence[Sequence[float]], scope: Scope) -> Html:
    return el(
        "li",
        el("p", text(str(item["number"])), cls="kj-no"),
        el("div", _statement(item, scope), *_support(item, scope.sans), cls="kj"),
        el("div", yardstick(scale, item["low"], item["high"]), el("p", text(item["word"])), cls="kj-scale"),
        id=scope.claim(item.get("id")),
    )


def _statement(item: Node, scope: Scope) -> Html:
    parts = [text(f"{item['lead']} "), el("strong", text(item["word"])), prose(f" ({item['band']})"), inlines(_spaced(item["rest"]), scope)]
    if item.get("tag"):
        parts += [text(" "), tag(str(item["tag"]))]
    return el("p", *parts, cls="kj-says")


def _spaced(rest: Sequence[Node]) -> list[Node]:
    """Return inlines that begin with exactly one space."""
    first = rest[0] if rest else None
    if first and first["type"] == "text":
        return [{**first, "text": " " + first["text"].lstrip(" ")}, *rest[1:]]
    return [{"type": "text", "text": " "}, *rest]


def _support(item: Node, scope: Scope) -> list[Html]:
    lines = [
        (inlines(item.get("tag_reason"), scope), "kj-why"),
        (join(inlines(item["confidence"], scope), _run(item, "change", scope)), "kj-why"),
        (join(_run(item, "decided", scope), _basis(item)), "kj-by"),
    ]
    return [el("p", said, cls=look) for said, look in lines if said]


def _run(item: Node, key: str, scope: Scope) -> Html:
    if not item.get(key):
        return NOTHING
    return el(
        "span", text(" "), el("strong", text(str(item.get(f"{key}_label") or ""))), text(" "), inlines(item[key], scope), cls="kj-run"
    )


def _basis(item: Node) -> Html:
    return el("span", text(" "), text(str(item["basis"])), cls="kj-basis") if item.get("basis") else NOTHING


def yardstick(scale: Sequence[Sequence[float]], low: float, high: float) -> Html:
    """Draw the bands of the lexicon from 0 to 100 per cent and the judgment's own; the words beside it say the same."""
    bands = [_bar(start, end, "band-of", y=6, height=6) for start, end in scale]
    return el("svg", *bands, _bar(low, high, "band-is", y=2, height=14), cls="yardstick", height="18", aria_hidden="true")


def _bar(low: float, high: float, cls: str, *, y: int, height: int) -> Html:
    start, end = (min(max(float(value), 0.0), 100.0) for value in (low, high))
    return el("rect", x=f"{start:g}%", y=y, width=f"{max(end - start, 0):g}%", height=height, cls=cls)


def lexicon(node: Node, scope: Scope) -> Html:
    """Return the scale of likelihood words with their bands."""
    count = len(node["bands"])
    bands = [_band(band, i, count) for i, band in enumerate(node["bands"])]
    head = el(
        "p", el("strong", text(node["title"]), cls="panel-title"), el("span", text(node.get("name") or ""), cls="mute"), cls="lex-head"
    )
    note = el("p", inlines(node["note"], scope.sans), cls="lex-note") if node.get("note") else NOTHING
    return el("div", head, el("ol", *bands, cls=scope.rule(f"lex-{count}", f"--n:{count}")), note, cls="panel lexicon")


def _band(band: Node, place: int, count: int) -> Html:
    # Seven greys from faint to ink; a lexicon with other counts takes the nearest.
    grey = round(6 * place / max(count - 1, 1)) + 1
    strip = el(
        "svg",
        _bar(0, 100, "band-of", y=0, height=6),
        _bar(band["low"], band["high"], "band-is", y=0, height=6),
        cls="lex-bar",
        height="6",
        aria_hidden="true",
    )
    return el("li", strip, join(el("strong", text(band["word"])), text(" "), el("span", text(band["band"]))), cls=f"lex g{grey}")
