"""Drawings lose what could act, and keep what can be seen."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.errors import RenderError
from brieftools.house import HOUSE
from brieftools.render.html import render_html
from brieftools.render.html.svgattrs import font
from documents import figure
from render.html_pages import document_of, page_of


def drawn(inside, *, attributes='viewBox="0 0 10 10"', head=""):
    """Return the drawing on the page, and the page."""
    svg = f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inside}</svg>'
    page = page_of(with_svg(svg))
    return page.one("svg", cls="drawing"), page


def with_svg(svg, number=1):
    made = figure(number)
    return made | {"image": made["image"] | {"data": svg}}


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>",
        "<style>@import url(https://example.org/x.css);</style>",
        "<set attributeName='href' to='javascript:alert(1)'/>",
        "<animate attributeName='x' onbegin='alert(1)'/>",
        "<image xlink:href='https://example.org/x.png'/>",
        "<image href='data:image/svg+xml;base64,PHN2Zz4='/>",
        "<use href='https://example.org/x.svg#a'/>",
        "<use href='#gone'/>",
        "<filter id='f'><feImage href='https://example.org/x.png'/></filter>",
        "<metadata>x</metadata>",
        "<title>x</title>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    ],
)
def test_an_element_that_could_act_is_not_on_the_page(inside):
    """Scripts, foreign content, style sheets, animation and outside references go with all that is in them."""
    made, _ = drawn(inside)
    assert made.children == []


def test_a_drawing_for_narrow_screens_passes_the_same_sieve():
    """Two drawings of a figure, both rebuilt from harmless parts, with ids of their own."""
    inside = "<script>alert(1)</script><defs><path id='a' d='M0 0'/></defs><use href='#a'/>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{inside}</svg>'
    made = with_svg(svg) | {"narrow": {"format": "svg", "data": svg, "width_mm": 76, "height_mm": 40}}
    drawings = page_of(made).all("svg", cls="drawing")
    assert [[e.tag for e in drawing.walk()] for drawing in drawings] == [["svg", "defs", "path", "use"]] * 2
    assert len({drawing.one("path").attrs["id"] for drawing in drawings}) == 2


@pytest.mark.parametrize(
    "attribute",
    [
        "onload='alert(1)'",
        "onclick='alert(1)'",
        "style='fill: url(https://example.org/x)'",
        "style='background: url(https://example.org/x)'",
        "style='fill: red; behavior: url(x)'",
        "style='position: fixed; width: 9999px'",
        "fill='url(https://example.org/x#a)'",
        "fill='u\\72l(https://example.org/x)'",
        "filter='url(#f)'",
        "clip-path='url(javascript:alert(1))'",
        "transform='translate(1,1) url(x)'",
        "class='band'",
        "d='M0 0 &quot; onload=&quot;x'",
        "xml:base='https://example.org/'",
        "href='javascript:alert(1)'",
    ],
)
def test_an_attribute_that_could_act_is_not_on_the_page(attribute):
    """Handlers, style, addresses and what no value of that attribute can be."""
    made, _ = drawn(f"<path {attribute}/>")
    kept = made.one("path").attrs
    assert not [name for name in kept if name.startswith("on") or name in ("style", "filter", "href", "d", "transform", "clip-path")]
    assert not [value for value in kept.values() if "example" in value or "url" in value or "band" in value]


FRAGMENTS = [
    "url(",
    "#a",
    "javascript:",
    "https://example.org/",
    "\\75",
    "expression(",
    "<script>",
    "onload=",
    ")",
    '"',
    ";",
    "fill:",
    "red",
    "1",
]
NAMES = [
    "fill",
    "style",
    "onload",
    "onmouseover",
    "href",
    "xlink:href",
    "clip-path",
    "d",
    "transform",
    "class",
    "id",
    "filter",
    "x",
    "font-family",
    "src",
]
TAGS = ["g", "path", "text", "use", "image", "script", "a", "rect", "style", "foreignObject", "animate", "iframe", "marker", "mask"]

attributes = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join), max_size=5)
trees = st.recursive(
    st.text(alphabet="ab<&\"'#", max_size=6).map(escape),
    lambda inner: st.builds(
        lambda tag, attrs, children: (
            f"<{tag} {' '.join(f'{name}={quoteattr(value)}' for name, value in attrs.items())}>{''.join(children)}</{tag}>"
        ),
        st.sampled_from(TAGS),
        attributes,
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)


@given(trees)
@settings(max_examples=120, deadline=None)
def test_no_drawing_can_run_load_or_style_anything(inside):
    """Whatever the drawing, no handler, script, style attribute or outside reference comes through."""
    made, _ = drawn(inside)
    for element in made.walk():
        assert element.tag not in ("script", "style", "foreignobject", "animate", "set", "iframe", "a", "metadata")
        for name, value in element.attrs.items():
            assert not name.startswith("on")
            assert name not in ("style", "src", "filter", "xlink:href")
            if name not in ("aria-label", "class"):
                assert "javascript" not in value
                assert "example" not in value
                assert "\\" not in value
                assert "url(" not in value or value.startswith("url(#b--d1-")
            if name == "href":
                assert value.startswith("#b--d1-")


def test_a_document_type_is_refused_but_for_that_of_matplotlib():
    """Entities could grow without bound or read files; matplotlib's own line declares none."""
    bomb = '<!DOCTYPE svg [<!ENTITY a "xxxxxxxx">]>'
    with pytest.raises(RenderError, match="document type") as caught:
        drawn("<text>&a;</text>", head=bomb)
    assert caught.value.where == "Figure 1"
    own = '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    assert drawn("<text>kept</text>", head=own)[0].text == "kept"


@pytest.mark.parametrize("svg", ["", "<svg", "no markup", "<html/>", "<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_drawing_stops_the_page(svg):
    """The message says which figure, and what to do."""
    with pytest.raises(RenderError) as caught:
        render_html(document_of(with_svg(svg)))
    assert caught.value.where == "Figure 1"
    assert caught.value.do


def test_style_attributes_become_presentation_attributes():
    """The page's policy blocks style attributes, so nothing may depend on one."""
    made, _ = drawn("<path d='M 0 0 L 1 1' style='fill: none; stroke: #123456; stroke-width: 0.8; stroke-dasharray: 3,2; opacity: .5'/>")
    expected = {"d": "M 0 0 L 1 1", "fill": "none", "stroke": "#123456", "stroke-width": "0.8", "stroke-dasharray": "3,2", "opacity": ".5"}
    assert made.one("path").attrs == expected


def test_the_font_shorthand_is_taken_apart():
    """matplotlib writes it in either order of its first words."""
    assert font("600 8px 'Source Sans Pro'") == {"font-weight": "600", "font-size": "8px", "font-family": "'Source Sans Pro'"}
    assert font("italic 9.5px DejaVu Sans") == {"font-style": "italic", "font-size": "9.5px", "font-family": "DejaVu Sans"}
    made, _ = drawn("<text style=\"font: italic 600 8px 'Source Sans Pro'; text-anchor: end\">x</text>")
    label = made.one("text")
    assert label.classes == ["f-sans", "f-600"]
    assert label.attrs | {"class": None} == {"class": None, "font-size": "8px", "font-style": "italic", "text-anchor": "end"}


def test_colours_of_the_house_follow_the_dark_page():
    """A colour of the light palette becomes a class; the same name has another value in the dark."""
    made, page = drawn("<rect width='1' height='1' style='fill: #B3301F; stroke: #1b2631'/>")
    assert made.one("rect").classes == ["fill-abroad", "stroke-ink"]
    style = page.one("style").text
    assert ".fill-abroad{fill:var(--abroad)}" in style
    assert f"--abroad:{HOUSE.light.abroad.lower()}" in style
    assert f"--abroad:{HOUSE.dark.abroad.lower()}" in style


def test_text_in_a_foreign_colour_keeps_its_light_ground():
    """A style that is not the house's cannot be turned dark, so it stands on white there."""
    made, _ = drawn("<text fill='#262626'>x</text><rect width='1' height='1' fill='#1b2631'/>")
    assert "plate" in made.classes
    assert made.one("rect").attrs["fill"] == "#1b2631"
    assert "plate" not in drawn("<text>black</text><rect width='1' height='1' fill='#1f77b4'/>")[0].classes


def test_two_drawings_with_the_same_ids_do_not_meet():
    """Each drawing's references stay its own."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><defs><path id="m" d="M0 0"/></defs><use href="#m"/></svg>'
    page = page_of(with_svg(svg, 1), with_svg(svg, 2))
    one, two = page.all("svg", cls="drawing")
    assert one.one("path").attrs["id"] != two.one("path").attrs["id"]
    assert all(made.one("use").attrs["href"] == f"#{made.one('path').attrs['id']}" for made in (one, two))


def test_a_use_of_a_use_does_not_grow():
    """Ten of ten of ten drawings would stop a browser; only simple shapes are repeated."""
    uses = {n: f"<use href='#l{n - 1}'/>" * 10 for n in range(1, 9)}
    levels = "".join(f"<g id='l{n}'>{inside}</g>" for n, inside in uses.items())
    made, _ = drawn(f"<defs><g id='l0'><path d='M0 0'/></g>{levels}</defs><use href='#l8'/>")
    targets = {use.attrs["href"] for use in made.all("use")}
    assert len(targets) == 1
    assert all(not element.all("use") for element in made.walk() if f"#{element.attrs.get('id')}" in targets)


def test_words_in_a_drawing_stay_words():
    """Text keeps its markup-like characters, and shows what would act unseen by number."""
    made, _ = drawn("<text>&lt;script&gt; a <tspan>\u202eb</tspan> c</text>")
    assert made.one("text").text == "<script> a U+202Eb c"


def test_a_matplotlib_figure_comes_through_whole():
    """Markers, clips, hatches, raster images and text of a real drawing are all there, without a style element."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "x"}):
        plot = Figure(figsize=(4, 3))
        axes = plot.subplots()
        axes.plot([1, 2], [3, 4], "o--", label="a < b")
        axes.bar([1, 2], [2, 3], hatch="//")
        axes.imshow([[1, 2], [3, 4]], extent=(0, 1, 0, 1), aspect="auto")
        axes.legend()
        out = io.StringIO()
        plot.savefig(out, format="svg")
    page = page_of(with_svg(out.getvalue()))
    made = page.one("svg", cls="drawing")
    assert "a < b" in made.text
    assert made.one("image").attrs["href"].startswith("data:image/png;base64,")
    assert made.all("pattern")
    assert made.all("use")
    assert made.attrs["stroke-linejoin"] == "round"
    ids = {f"#{element.attrs['id']}" for element in made.walk() if "id" in element.attrs}
    used = {element.attrs["href"] for element in made.all("use")}
    clips = {element.attrs["clip-path"][4:-1] for element in made.walk() if "clip-path" in element.attrs}
    assert ids >= used | clips
    assert clips
