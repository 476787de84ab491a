"""What stands around the body: band, contents, title, dates, notices, foot."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from brieftools.house import Logo
from brieftools.render.html.inlines import inlines, plain
from brieftools.render.html.markup import NOTHING, Html, el, join, text
from brieftools.render.html.palette import colour, tokens
from brieftools.render.html.scope import OWN, Node, Scope, anchor, nodes
from brieftools.render.html.svg import drawing

MAIN = f"{OWN}main"
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def band(meta: Mapping[str, Any], scope: Scope) -> Html:
    """Return the way past the contents, and the band that stays in sight: name, edition, date, draft mark, handling."""
    dated = meta["dates"][0]["value"] if meta.get("dates") else meta["as_of"]
    marks = [el("span", text(meta[key]), cls="mark") for key in ("banner", "watermark") if meta.get(key)]
    return join(
        el("a", text(scope.labels["skip"]), href=f"#{MAIN}", cls="skip", lang=scope.labels_lang),
        el(
            "header",
            el(
                "p",
                el("strong", text(meta["running"])),
                text(" "),
                el("span", text(meta["edition"]["line"]), cls="band-line"),
                text(" "),
                el("span", text(dated), cls="band-date"),
                cls="band-name",
            ),
            *marks,
            _handling(meta, scope),
            cls="band",
        ),
    )


def _handling(meta: Mapping[str, Any], scope: Scope) -> Html:
    return el("span", text(meta["handling"]["label"]), cls=f"tlp {handling_class(meta, scope)}") if meta.get("handling") else NOTHING


def handling_class(meta: Mapping[str, Any], scope: Scope) -> str:
    """Return the class with the handling label's colours (TLP 2.0 fixes them)."""
    front, ground = (colour(meta["handling"][key], where=f"handling {key}") for key in ("foreground", "background"))
    return scope.rule("tlp-colours", f"color:{front};background:{ground}")


def contents(body: Sequence[Node], scope: Scope) -> Html:
    """Return the list of contents: sections, and box headings before the first of them or above the notes."""
    found: list[Html] = []
    opened = False
    for node, after in _neighbours(body):
        if node["type"] != "heading" or not (target := anchor(node.get("id"))):
            continue
        opened = opened or node["level"] == 2
        if node["level"] == 2 or (node["level"] == 3 and (not opened or after in ("judgments", "notes"))):
            found.append(el("li", el("a", text(plain(node["c"])), href=f"#{target}")))
    return el("ul", *found) if found else NOTHING


def _neighbours(body: Sequence[Node]) -> list[tuple[Node, str]]:
    flat: list[Node] = []
    for node in body:
        flat += [n for n in nodes(node) if n["type"] in ("heading", "judgments", "notes", "para", "list", "figure", "table")]
    return [(node, flat[i + 1]["type"] if i + 1 < len(flat) else "") for i, node in enumerate(flat)]


def masthead(document: Mapping[str, Any], listed: Html, scope: Scope) -> Html:
    """Return kicker, title, dates, the contents of a narrow screen, and notices."""
    meta = document["meta"]
    dates = [
        el("div", el("dt", text(date["label"])), el("dd", text(date["value"])), lang=scope.labels_lang) for date in meta.get("dates") or ()
    ]
    authors = ", ".join(meta.get("authors") or ())
    return el(
        "header",
        _kicker(meta, scope),
        el("h1", text(meta["title"]), cls=_title_class(meta["title"])),
        el("p", text(authors), cls="authors") if authors else NOTHING,
        el("dl", *dates, cls="dates") if dates else NOTHING,
        el(
            "details",
            el("summary", text(scope.labels["contents"]), lang=scope.labels_lang),
            el("nav", listed, aria_label=scope.labels["contents"]),
            cls="toc-narrow",
        )
        if listed
        else NOTHING,
        *(el("p", inlines(notice["c"], scope.sans), cls="notice") for notice in document.get("notices") or ()),
        cls="masthead",
    )


def _kicker(meta: Mapping[str, Any], scope: Scope) -> Html:
    """Return the line above the title: who says it, what it is, and the logo."""
    said = " · ".join(str(meta[key]) for key in ("house", "kicker") if meta.get(key))
    line = el("p", text(said), cls="kicker") if said else NOTHING
    logo = scope.house.logo
    return el("div", line or el("span"), logo_of(logo, scope), cls="kicker-line") if logo else line


def logo_of(logo: Logo, scope: Scope) -> Html:
    """Return the logo; a drawing all of whose colours are the house's follows a dark page, any other keeps a white plate."""
    if logo.format == "png":
        data = b64encode(logo.data).decode("ascii")
        return el("div", el("img", src=f"data:image/png;base64,{data}", alt=logo.alt, height=34), cls="logo plate")
    svg = logo.data.decode("utf-8-sig", "replace")
    drawn = drawing(_COMMENT.sub("", svg[svg.find("<svg") :]), scope, alt=logo.alt, cls="", where="the logo of the house")
    known = tokens(scope.house.light)
    ours = all(colour.lower() in known for colour in _COLOUR.findall(svg))
    return el("div", drawn, cls="logo" if ours else "logo plate")


def _title_class(title: str) -> str | None:
    return "longest" if len(title) > 160 else "long" if len(title) > 90 else None


def aside_contents(listed: Html, scope: Scope) -> Html:
    """Return the contents at the side of a wide screen."""
    if not listed:
        return NOTHING
    return el(
        "nav",
        el("p", text(scope.labels["contents"]), cls="label", aria_hidden="true", lang=scope.labels_lang),
        listed,
        cls="toc",
        aria_label=scope.labels["contents"],
    )


def foot(meta: Mapping[str, Any], scope: Scope) -> Html:
    """Return the last lines: views, contact, edition, handling."""
    handling = meta.get("handling") or {}
    said = [meta.get("footer"), meta.get("contact"), ", ".join(filter(None, (meta.get("house"), meta["running"], meta["edition"]["line"])))]
    return el(
        "footer",
        el("div", *(el("p", text(str(line))) for line in said if line)),
        el("p", _handling(meta, scope), text(" "), el("span", text(str(handling.get("text") or "")))) if handling else NOTHING,
        cls="foot",
    )
