"""Words that look like markup stay words, wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import documents
from brieftools.errors import RenderError
from brieftools.render.html import render_html
from brieftools.render.html.links import safe_href
from brieftools.render.html.markup import el, text
from documents import figure, para, t
from render.html_pages import HOSTILE, document_of, page_of, parse, with_words, words

BENIGN = parse(render_html(documents.sample()))
NAMES = {(element.tag, name) for element in BENIGN.walk() for name in (*element.attrs, "")}


def shape(page):
    """Return every element and attribute that the page uses."""
    return {(element.tag, name) for element in page.walk() for name in (*element.attrs, "")}


def printed(page):
    """Return everything that a reader can come across: text, names, tool tips."""
    spoken = ("aria-label", "title", "alt", "alttext", "content")
    return page.text + "\n".join(value or "" for e in page.walk() for name, value in e.attrs.items() if name in spoken)


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_words_in_every_place_make_no_element_or_attribute(bad):
    """The page has the elements and attributes of the harmless one and no others; the words stand there to be read."""
    page = parse(render_html(with_words(documents.sample(), lambda word: bad)))
    assert shape(page) <= NAMES
    assert printed(page).count(bad) > 100


def test_every_word_of_the_document_reaches_the_page():
    """Each string of each node is given a number, and every number is found again."""
    count = iter(range(10_000, 99_999))
    document = with_words(documents.sample(), lambda word: word and f"word{next(count)}")
    raw = printed(parse(render_html(document)))
    lost = [word for word in words(document) if word not in raw]
    # Not printed by design: what belongs to paper or to checks, or repeats what is shown.
    unprinted = {document["format"], *document["labels"].values()}
    unprinted |= {document["meta"]["edition"]["name"], document["notices"][0]["kind"]}
    unprinted |= {figure["period"] for figure in _figures(document)} | {
        figure["table"]["name"] for figure in _figures(document) if figure["table"]
    }
    unprinted |= {node["name"] for node in _typed(document, "fact")} | {node.get("lang") for node in _typed(document, "codeblock")}
    assert [word for word in lost if word not in unprinted] == []


def _typed(tree, kind):
    if isinstance(tree, dict):
        if tree.get("type") == kind:
            yield tree
        for value in tree.values():
            yield from _typed(value, kind)
    elif isinstance(tree, list):
        for value in tree:
            yield from _typed(value, kind)


def _figures(tree):
    return list(_typed(tree, "figure"))


@given(st.text())
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_was_or_by_number(raw):
    """What a browser reads from text and from an attribute is the same, control characters by their numbers."""
    page = parse(el("p", text(raw), title=raw))
    expected = "".join(c if c in "\n\t" or not _acts(c) else f"U+{ord(c):04X}" for c in raw.replace("\r\n", "\n"))
    assert page.one("p").text == expected
    assert page.one("p").attrs["title"] == expected


def _acts(char):
    code = ord(char)
    controls = code < 0x20 or 0x7F <= code < 0xA0
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    no_character = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE or 0xD800 <= code <= 0xDFFF
    return controls or turns or no_character


def test_characters_that_act_unseen_are_shown_by_number():
    """Overrides, escapes, surrogates: a reader sees that they are there, and they do nothing."""
    page = page_of(para(t("a\u202eb\u2066c\x00d\x1b[31m\ud800\r\ne\rf")))
    assert "aU+202EbU+2066cU+0000dU+001B[31mU+D800\neU+000Df" in page.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "/etc/passwd",
        "https:example.org",
        "https://[::1",
        "",
        None,
    ],
)
def test_an_address_that_could_do_something_else_is_no_link(address):
    """Only http, https and mailto lead anywhere; the words of the link stay."""
    assert safe_href(address) is None
    page = page_of(para({"type": "link", "href": address or "", "c": [t("the words")]}))
    assert not [a for a in page.all("a") if a.text == "the words"]
    assert "the words" in page.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40))
@settings(deadline=None)
def test_an_accepted_address_has_only_characters_of_addresses(tail):
    """Whatever follows the host is percent-encoded where RFC 3986 asks for it, and nothing is encoded twice."""
    address = safe_href("https://example.org/" + tail)
    assert address is not None
    assert address.startswith("https://example.org/")
    assert address.isascii()
    assert not set(address) & set(' <>"\\^`{|}[]\t\n')
    assert safe_href(address) == address


def test_a_colour_that_is_none_stops_the_page():
    """A handling colour goes into the style sheet, so nothing but a colour may stand there."""
    handling = {"label": "TLP:CLEAR", "text": "", "foreground": "red;}body{display:none", "background": "#000000"}
    with pytest.raises(RenderError, match="is not a colour"):
        render_html(document_of(para(t("x")), handling=handling))


def test_a_label_in_a_printed_margin_cannot_leave_its_string():
    """The band's words go into the style sheet for print, letter by letter escaped."""
    style = page_of(para(t("x")), running='";}</style><script>alert(1)</script>').one("style").text
    assert "</style" not in style
    assert "<" not in style
    assert r'content:"\22 \3b \7d \3c \2f style\3e \3c script' in style


def test_a_picture_of_an_unknown_kind_is_refused():
    """What is neither SVG nor PNG nor JPEG does not reach the page."""
    image = {"format": "html", "data": "<b>x</b>", "width_mm": 84, "height_mm": 42}
    with pytest.raises(RenderError, match="no kind of picture"):
        render_html(document_of(figure(1) | {"image": image}))


def test_base64_of_a_picture_cannot_end_its_attribute():
    """Everything outside the alphabet of base64 is dropped from a picture's data."""
    image = {"format": "png", "data": 'iVBO"onerror="alert(1)', "width_mm": 84, "height_mm": 42}
    picture = page_of(figure(1) | {"image": image}).one("img")
    assert picture.attrs["src"] == "data:image/png;base64,iVBOonerror=alert1"
    assert "onerror" not in picture.attrs
