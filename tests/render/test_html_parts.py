"""Tables, CSV, formulas, fonts: the parts of a page by themselves."""

from __future__ import annotations

import csv
import io
from base64 import b64decode
from pathlib import Path
from re import search
from shutil import copy

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.errors import MissingToolError
from brieftools.house import House
from brieftools.house.csvtext import csv_text, is_number, neutral
from brieftools.render.html import render_html
from brieftools.render.html.fontcache import cache_folder
from brieftools.render.html.tables import place
from documents import MATHML, cell, para, t
from render.html_pages import document_of, grid, page_of, parse


@pytest.mark.parametrize("bad", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-", "=", "+-1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_text(bad):
    """An apostrophe keeps a spreadsheet from reading a formula."""
    assert neutral(bad) == "'" + bad


@pytest.mark.parametrize("number", ["-5", "+5", "-1,234.5", "-.5", "1e-3", "-2 %", "+1.52e+10", "0"])
def test_a_plain_number_stays_a_number(number):
    """Negative values must stay computable."""
    assert is_number(number)
    assert neutral(number) == number


@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=2), max_size=5
    )
)
def test_csv_reads_back_with_no_cell_that_runs(rows):
    """Cells come back whole, at most behind an apostrophe, and none starts a formula."""
    back = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")))
    assert back[0] == ["a", "b"]
    for given_row, read in zip(rows, back[1:], strict=True):
        assert [cell.removeprefix("'") for cell in read] == [cell.removeprefix("'") for cell in given_row]
        assert all(is_number(cell) or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in read)


cells = st.builds(
    lambda n, colspan, rowspan: cell(f"<{n}>", colspan=colspan, rowspan=rowspan), st.integers(0, 99), st.integers(1, 4), st.integers(1, 4)
)


@given(st.lists(st.lists(cells, max_size=4), min_size=1, max_size=5), st.integers(0, 6))
@settings(deadline=None)
def test_a_grid_is_whole_and_loses_no_cell(rows, columns):
    """Every place up to the width is covered exactly once, spans stay inside, and each cell is placed."""
    (placed,) = place(rows, columns=columns)
    width = max((p.column + p.colspan for row in placed for p in row), default=0)
    covered = [(y + dy, p.column + dx) for y, row in enumerate(placed) for p in row for dy in range(p.rowspan) for dx in range(p.colspan)]
    assert len(covered) == len(set(covered))
    assert set(covered) == {(y, x) for y in range(len(placed)) for x in range(width)}
    assert {p.column for row in placed for p in row} == set(range(width))
    assert all(placed)
    kept = [p.cell["c"] for row in placed for p in row if p.cell["c"]]
    assert kept == [given_cell["c"] for row in rows for given_cell in row]


def test_a_cell_pushed_aside_by_a_span_is_still_on_the_page():
    """A span from above widens the table rather than hiding a cell."""
    page = page_of(grid([[cell("a"), cell("tall", rowspan=2)], [cell("b"), cell("pushed")]]))
    assert "pushed" in page.one("table").text


def test_a_wide_table_scrolls_in_a_named_region_that_takes_the_focus():
    """Keyboard users can reach what does not fit; a small table adds no stop."""
    wide = grid([[cell("a long enough cell")] * 9]) | {"number": 4, "title": [t("Nine columns")]}
    regions = page_of(wide, grid([[cell("a")]])).all("div", cls="scroll")
    assert regions[0].attrs == {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": "Table 4: Nine columns"}
    assert regions[1].attrs == {"class": "scroll"}


def test_regions_have_names_of_their_own():
    """Two tables without a title are told apart in a list of landmarks."""
    page = page_of(grid([[cell("wide cell here")] * 9]), grid([[cell("wide cell here")] * 9]))
    assert [region.attrs["aria-label"] for region in page.all("div", cls="scroll")] == ["Table", "Table (2)"]


def test_a_formula_is_mathml_with_its_tex():
    """The tree becomes MathML, with the TeX for those who read that."""
    math = page_of(para({"type": "math", "tex": "r = \\frac{x_1}{t}", "mathml": MATHML, "svg": None})).one("math")
    assert math.attrs == {"alttext": "r = \\frac{x_1}{t}"}
    assert [element.tag for element in math.walk()] == ["math", "mrow", "mi", "mo", "mfrac", "msub", "mi", "mn", "mi"]
    assert math.text == "r=x1t"


@pytest.mark.parametrize(
    ("tree", "tags"),
    [
        ({"tag": "maction", "attrs": {"actiontype": "x"}, "children": [{"tag": "mi", "attrs": {}, "text": "x"}]}, ["mtext"]),
        ({"tag": "script", "attrs": {}, "text": "alert(1)"}, ["mtext"]),
        (
            {
                "tag": "annotation-xml",
                "attrs": {"encoding": "text/html"},
                "children": [{"tag": "img", "attrs": {"onerror": "x"}, "text": ""}],
            },
            ["mtext"],
        ),
        ({"tag": "mfrac", "attrs": {}, "children": [{"tag": "mi", "attrs": {}, "text": "x"}]}, ["mrow", "mi"]),
        ({"tag": "mtable", "attrs": {}, "children": [{"tag": "mi", "attrs": {}, "text": "x"}]}, ["mtable", "mtr", "mtd", "mi"]),
        ({"tag": "mtr", "attrs": {}, "children": [{"tag": "mtd", "attrs": {}, "text": "x"}]}, ["mtext"]),
        ({"tag": "mi", "attrs": {"href": "javascript:x", "onclick": "x", "mathvariant": "normal", "style": "x"}, "text": "<b>"}, ["mi"]),
    ],
)
def test_what_mathml_core_does_not_know_becomes_text(tree, tags):
    """Unknown tags keep their words only; wrong children become a row; attributes come from a list."""
    math = page_of(para({"type": "math", "tex": "x", "mathml": {"tag": "math", "attrs": {}, "children": [tree]}, "svg": None})).one("math")
    assert [element.tag for element in math.walk()][1:] == tags
    assert {name for element in math.walk() for name in element.attrs} <= {"alttext", "mathvariant"}


def test_a_drawn_formula_is_named_by_its_tex_and_one_without_anything_shows_it():
    """The fallbacks of a formula: the drawing, then the TeX itself."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 12"><text>f</text></svg>'
    node = {"type": "math", "tex": "\\foo", "mathml": None, "svg": svg, "width_pt": 40, "height_pt": 12, "depth_pt": 2}
    assert page_of(para(node)).one("svg", cls="tex").attrs["aria-label"] == "\\foo"
    assert page_of(para(node | {"svg": None})).one("code", cls="tex").text == "\\foo"


def faces(page):
    """Return the embedded fonts: family, weight, style and bytes."""
    from re import findall

    rule = r"@font-face\{font-family:([\w-]+);font-weight:(\d+);font-style:(\w+);src:url\(data:font/woff2;base64,([^)]+)\)"
    return {(name, weight, style): b64decode(data) for name, weight, style, data in findall(rule, page.one("style").text)}


def characters(data):
    """Return what a font file can show."""
    from fontTools.ttLib import TTFont

    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def test_fonts_hold_the_page_and_little_more():
    """Upright faces have ASCII and the page's own letters; an italic has its few, and none is embedded without use."""
    made = faces(page_of(para(t("Şırnak – "), {"type": "emph", "c": [t("abc")]})))
    assert sorted(made) == [
        ("brief-sans", "400", "normal"),
        ("brief-sans", "600", "normal"),
        ("brief-serif", "400", "italic"),
        ("brief-serif", "400", "normal"),
        ("brief-serif", "600", "normal"),
    ]
    upright = characters(made["brief-serif", "400", "normal"])
    assert upright >= set("Şırnak–~")
    assert "ж" not in upright
    assert characters(made["brief-serif", "400", "italic"]) == set("abc")


def test_a_letter_and_its_accent_find_the_letter_that_has_both():
    """A browser draws a + acute as á if the font has it."""
    made = faces(page_of(para(t("a\u0301"))))
    assert "á" in characters(made["brief-serif", "400", "normal"])


def test_a_font_of_the_readers_language_is_taken_from_the_folder(tmp_path):
    """Letters that the house's fonts lack come from a font that the project adds; the page stays one file."""
    copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", tmp_path)
    (tmp_path / "damaged.ttf").write_bytes(b"no font")
    document = document_of(para(t("مرحبا")))
    made = faces(parse(render_html(document, font_dirs=[tmp_path])))
    assert characters(made["brief-more", "400", "normal"]) >= set("مرحبا")
    assert ("brief-more", "400", "normal") not in faces(parse(render_html(document)))


def test_a_font_that_is_not_there_is_named_with_the_way_to_get_it():
    """No font is replaced in silence."""
    with pytest.raises(MissingToolError, match="'No Such Family'") as caught:
        render_html(document_of(para(t("x"))), house=House(serif="No Such Family"))
    assert "pip install font-no-such-family" in str(caught.value)


def test_the_cache_of_fonts_changes_no_bytes(tmp_path, monkeypatch):
    """A full, an empty, a damaged and an unwritable cache give the same page."""
    from brieftools.render.html import fontfile

    def fresh():
        for learnt in (fontfile.woff2, fontfile.coverage, fontfile.describe):
            learnt.cache_clear()
        return render_html(document_of(para(t("x"))))

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = fresh()
    entries = sorted(cache_folder().iterdir())
    assert entries
    assert fresh() == first
    for entry in entries:
        entry.write_bytes(entry.read_bytes()[:-1] + b"x")
    assert fresh() == first
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert fresh() == first


def test_the_style_sheet_has_every_colour_twice():
    """Light and dark are the same names with other values."""
    style = page_of(para(t("x"))).one("style").text
    light = search(r":root\{(.*?)\}", style)
    dark = search(r"prefers-color-scheme:dark\)\{:root\{(.*?)\}", style)
    assert light
    assert dark
    names = [{part.partition(":")[0] for part in found[1].split(";")} for found in (light, dark)]
    assert names[0] - names[1] == {"--serif", "--sans", "--mono"}
    assert names[1] <= names[0]
