"""One page that lists editions; its search is the only script that any page of ours has."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from brieftools.house import HOUSE, House
from brieftools.house.wording import counted, long_date
from brieftools.render.html.fonts import font_faces
from brieftools.render.html.markup import NOTHING, Html, classes, el, join, text
from brieftools.render.html.palette import variables
from brieftools.render.html.stylesheet import bare, families
from brieftools.source.handling import TLP, Handling

TITLE = "Editions"


@dataclass(frozen=True)
class Listed:
    """An edition as the list shows it.

    Attributes
    ----------
    brief : str
        The brief's short title.
    line : str
        ``Edition 10``.
    name : str
        ``2026-W10``.
    state : str
        draft, issued, corrected or withdrawn.
    pages : int or None
    pdf, html : str
        Relative addresses.
    handling : str
        ``TLP:CLEAR``; empty for none.
    language : str
        Of title and brief.
    picture : bytes or None
        PNG of page 1.
    """

    title: str
    brief: str
    line: str
    name: str
    as_of: date
    state: str
    pages: int | None
    pdf: str
    html: str
    handling: str
    language: str
    picture: bytes | None


def render_index(listed: Sequence[Listed], *, house: House = HOUSE, font_dirs: Sequence[Path] = ()) -> bytes:
    """Return the page, in the order given.

    Its Content-Security-Policy allows this style sheet and this script, by hash, and nothing else. Without scripts the field is not
    shown and the list is whole.

    Raises
    ------
    MissingToolError
        A font of the house, or brotli, is not installed.
    """
    rules: dict[str, str] = {}
    body = _body(listed, rules)
    faces = font_faces(body + TITLE, {}, house=house, font_dirs=font_dirs)
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(house.dark)}}}}}"
    said = "".join(f".{name}{{{rule}}}" for name, rule in sorted(rules.items()))
    style = f"{faces}:root{{{variables(house.light)};{families(house)}}}{dark}{bare('index.css')}{said}".replace("<", "\\3c ")
    script = files("brieftools.render.html").joinpath("index.js").read_text("utf-8")
    page = join(
        Html("<!DOCTYPE html>\n"),
        el("html", _head(style, script), Html("\n"), el("body", body, Html("\n"), el("script", Html(script))), lang="en"),
        Html("\n"),
    )
    return page.encode("utf-8")


def _head(style: str, script: str) -> Html:
    allowed = f"style-src {_hash(style)}; script-src {_hash(script)}"
    policy = f"default-src 'none'; img-src data:; font-src data:; {allowed}; base-uri 'none'; form-action 'none'"
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", text(TITLE)),
        el("link", rel="icon", href="data:,"),
        el("style", Html(style)),
    )


def _hash(raw: str) -> str:
    return f"'sha256-{b64encode(sha256(raw.encode('utf-8')).digest()).decode('ascii')}'"


def _body(listed: Sequence[Listed], rules: dict[str, str]) -> Html:
    labels = [one.label for one in TLP]
    strictest = max((one.handling for one in listed if one.handling in labels), key=labels.index, default="")
    briefs = counted(len({one.pdf.rpartition("/editions/")[0] for one in listed}), "brief")
    said = f"{counted(len(listed), 'edition')} of {briefs}, the latest first." if listed else "No edition has been built yet."
    field = el(
        "div",
        el("label", text("Search"), for_="search"),
        el("input", type="search", id="search", autocomplete="off", spellcheck="false"),
        el("p", id="found", role="status"),
        cls="search",
        role="search",
        hidden=True,
    )
    header = el("header", el("div", el("h1", text(TITLE)), _handling(strictest, rules), cls="top"), el("p", text(said), cls="said"), field)
    rows = [join(Html("\n"), _row(one, rules)) for one in listed]
    note = "The handling label at the top is the strictest of those below: titles and first pages are parts of the briefs."
    foot = el("footer", el("p", text(note))) if strictest else NOTHING
    return join(header, el("main", el("ol", *rows, cls="editions") if rows else NOTHING), foot)


def _row(one: Listed, rules: dict[str, str]) -> Html:
    if one.picture is None:
        picture = el("div", cls="none")
    else:  # what it shows is said beside it
        source = f"data:image/png;base64,{b64encode(one.picture).decode('ascii')}"
        picture = el("img", src=source, alt="", cls="page", width=120, height=170, loading="lazy", decoding="async")
    which = f"{one.brief}, {one.line}, " if one.brief != one.title else f"{one.line}, "
    facts = [
        el("span", text(one.state.capitalize()), cls=classes("state", one.state if one.state.isalpha() else None)),
        el("span", text(f"As of {long_date(one.as_of)}")),
        el("span", text(counted(one.pages, "page"))) if one.pages else NOTHING,
        _handling(one.handling, rules, small=True),
        el("a", text("PDF"), href=one.pdf, aria_label=f"PDF of {one.brief}, {one.name}"),
        el("a", text("HTML"), href=one.html, aria_label=f"HTML of {one.brief}, {one.name}"),
    ]
    words = el(
        "div",
        el("p", text(which), el("span", text(one.name), cls="name"), cls="edition", dir="auto"),
        el("h2", el("a", text(one.title), href=one.html), lang=one.language, dir="auto"),
        el("div", *facts, cls="facts"),
    )
    return el("li", picture, words, cls="gone" if one.state == "withdrawn" else None)


def _handling(label: str, rules: dict[str, str], *, small: bool = False) -> Html:
    found: Handling | None = next((one for one in TLP if one.label == label), None)
    if found is None:
        return NOTHING
    name = f"tlp-{TLP.index(found)}"
    rules[name] = f"color:{found.foreground};background:{found.background}"
    return el("span", text(label), cls=classes("tlp", name, "small" if small else None))
