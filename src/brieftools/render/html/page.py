"""The HTML of a Document: one file that asks nobody for anything."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from brieftools.house import HOUSE, House
from brieftools.render.html.blocks import sections
from brieftools.render.html.fonts import font_faces
from brieftools.render.html.frame import MAIN, aside_contents, band, contents, foot, masthead
from brieftools.render.html.markup import Html, el, join, text
from brieftools.render.html.scope import Scope, cite_places, note_ids
from brieftools.render.html.stylesheet import stylesheet

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def render_html(document: Mapping[str, Any], *, house: House = HOUSE, font_dirs: Sequence[Path] = ()) -> bytes:
    """Render a Document as one self-contained HTML file.

    1. Walk the tree: every string is escaped, every drawing is rebuilt from a list of harmless parts.
    2. Cut the fonts down to the characters that the page has.
    3. Write the one style sheet: fixed rules, the house's colours, the few classes that this page needs.
    4. Put the page together under a Content-Security-Policy that allows this style sheet and nothing else.

    Parameters
    ----------
    document : mapping
        The tree of ``docs/document.md``.
    house : House, optional
        Colours and fonts.
    font_dirs : sequence of Path, optional
        Folders with fonts (TTF, OTF) that are looked at before the font packages, and whose fonts fill in
        characters that the house's fonts lack.

    Returns
    -------
    bytes
        HTML5 in UTF-8; the same bytes for the same Document, house, fonts and versions of fontTools and brotli.

    Raises
    ------
    RenderError
        If a drawing or a colour cannot be used.
    MissingToolError
        If a font of the house, or brotli, is not installed.
    """
    meta = document["meta"]
    scope = Scope(document["labels"], note_ids(document["body"]), cite_places(document["body"]), house, _labels_language(meta))
    # 1
    body = _body(document, scope)
    # 2
    faces = font_faces(body + meta["title"], scope.found.italic, house=house, font_dirs=font_dirs)
    # 3
    style = stylesheet(house, faces, scope.found.rules, meta)
    # 4
    page = join(
        Html("<!DOCTYPE html>\n"),
        el("html", _head(meta, style), Html("\n"), body, Html("\n"), lang=_language(meta), dir=_direction(meta)),
        Html("\n"),
    )
    return page.encode("utf-8")


def _body(document: Mapping[str, Any], scope: Scope) -> Html:
    meta, blocks = document["meta"], document["body"]
    listed = contents(blocks, scope)
    head = masthead(document, listed, scope)
    article = el("article", head, Html("\n"), sections(blocks, scope))
    main = el("main", article, id=MAIN, tabindex="-1")
    return el("body", band(meta, scope), el("div", aside_contents(listed, scope), main, cls="page"), foot(meta, scope))


def _head(meta: Mapping[str, Any], style: str) -> Html:
    digest = b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    keywords, authors = (", ".join(meta.get(key) or ()) for key in ("keywords", "authors"))
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        *(el("meta", name=key, content=value) for key, value in (("author", authors), ("keywords", keywords)) if value),
        el("title", text(meta["title"])),
        # Without it a browser asks the server for an icon.
        el("link", rel="icon", href="data:,"),
        el("style", Html(style)),
    )


def _language(meta: Mapping[str, Any]) -> str:
    given = str(meta.get("lang") or "")
    return given if _TAG.fullmatch(given) else "en"


def _labels_language(meta: Mapping[str, Any]) -> str | None:
    """Return the language of the labels for a screen reader, None where it is the page's own (WCAG 2.2, 3.1.2)."""
    given = str(meta.get("labels_lang") or "")
    return given if _TAG.fullmatch(given) and given != _language(meta).split("-")[0].lower() else None


def _direction(meta: Mapping[str, Any]) -> str | None:
    return "rtl" if _language(meta).split("-")[0].lower() in RIGHT_TO_LEFT else None
