"""Tables in a cell's HTML are read for their words and their structure, and for nothing else."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brieftools.document.html_table import read_html
from document.briefs import Node, body, code, shown, texts


def read(html: str) -> Node:
    """The only table of some HTML."""
    (table,), _ = read_html(html)
    assert {sum(cell["colspan"] for cell in row) for row in filled(table)} <= {len(table["columns"])}
    return table


def filled(table: Node) -> list[list[Node]]:
    """Rows with the cells that come down from above among them, so that each fills the columns."""
    rows: list[list[Node]] = []
    for part in (table["head"], table["body"]):
        down: dict[int, list[Node]] = {}
        for number, row in enumerate(part):
            rows.append(row + down.get(number, []))
            for cell in row:
                for below in range(number + 1, number + cell["rowspan"]):
                    assert below < len(part), "a cell reaches below its part of the table"
                    down.setdefault(below, []).append(cell)
    return rows


def one_line(text: str) -> str:
    """A text as HTML shows it; pandas strips it and writes a run of spaces as no-break spaces."""
    return re.sub("[ \t\n\f\r\u00a0]+", " ", text).strip()


# pandas


# pandas writes control characters as they are; they are the renderers' matter.
CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r\n\t\x0b\x0c"), max_size=12)


@given(st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=5)))
@example([["&lt;", "<b>", "&", "&amp;nbsp", "a<b"]])
@example([["<!--", "</td>", "]]>", "<script>", "&#x3c;"]])
@settings(deadline=None, max_examples=150)
def test_any_frame_of_texts_reads_back(rows: list[list[str]]) -> None:
    """Whatever the cells and the names of the columns hold, with pandas' own escaping."""
    frame = pd.DataFrame(rows, columns=[f"{cell}-{n}" for n, cell in enumerate(rows[0])])
    table = read(frame.to_html())
    back = [[one_line(text) for text in row] for row in texts(table["head"] + table["body"])]
    head = ["", *map(one_line, frame.columns)]
    assert back == [head, *([str(n), *map(one_line, row)] for n, row in enumerate(rows))]


def test_numbers_stand_right_and_words_left() -> None:
    """The index is a header; missing values do not make a column of words, dates and booleans do."""
    frame = pd.DataFrame(
        {
            "n": [1, -2],
            "x": [1.5, np.nan],
            "share": ["5 %", "6.5 %"],
            "thousands": ["1,234", "−5"],
            "mixed": ["1", "x"],
            "flag": [True, False],
            "day": pd.to_datetime(["2020-01-01", None]),
            "none": [None, None],
        }
    )
    table = read(frame.to_html())
    assert [column["align"] for column in table["columns"]] == ["left", "right", "right", "right", "right", "left", "left", "left", "right"]
    assert texts(table["body"])[1] == ["1", "-2", "NaN", "6.5 %", "−5", "x", "False", "NaT", "None"]
    assert table["row_headers"] == 1


def test_two_levels_of_rows_and_columns_span() -> None:
    """Every cell stands where pandas shows it: two header columns, two header rows and a row of names."""
    frame = pd.DataFrame(
        np.arange(8).reshape(4, 2),
        index=pd.MultiIndex.from_product([["x", "y"], [1, 2]], names=["k", "n"]),
        columns=pd.MultiIndex.from_product([["t"], ["u", "v"]]),
    )
    table = read(frame.to_html())
    assert (table["row_headers"], [c["align"] for c in table["columns"]]) == (2, ["left", "left", "right", "right"])
    assert texts(table["head"]) == [["", "", "t"], ["", "", "u", "v"], ["k", "n", "", ""]]
    assert table["head"][0][2]["colspan"] == 2
    assert texts(table["body"]) == [["x", "1", "0", "1"], ["2", "2", "3"], ["y", "1", "4", "5"], ["2", "6", "7"]]
    assert [row[0]["rowspan"] for row in table["body"]] == [2, 1, 2, 1]


def test_a_styled_table_keeps_its_caption_as_title_and_gets_a_number() -> None:
    """Formats are kept, colours and style sheets are not."""
    frame = pd.DataFrame({"a": [1.25, 2], "b": ["<i>", "y"]})
    style = frame.style.format(precision=1, escape="html").set_caption("Means &amp; ends").highlight_max(color="red")
    html = style.hide(axis="index").to_html()
    table = read(html)
    assert texts(table["head"] + table["body"]) == [["a", "b"], ["1.2", "<i>"], ["2.0", "y"]]
    (block,) = body(code(shown({"text/html": html, "text/plain": "<pandas.io.formats.style.Styler at 0x…>"})))
    assert (block["title"], block["number"], block["id"]) == ([{"type": "text", "text": "Means & ends"}], 1, "table-1")


def test_a_styled_table_without_escaping_has_words_and_no_markup() -> None:
    """pandas' Styler does not escape by itself: then tags are dropped, their words stay."""
    table = read(pd.DataFrame({"a": ["<b>x</b><script>alert(1)</script>"]}).style.to_html())
    assert texts(table["body"]) == [["0", "x"]]
    assert texts(table["head"]) == [["", "a"]]


def test_a_long_frame_is_cut_as_pandas_cuts_it() -> None:
    """The row of dots does not make numbers words; the count of rows is a paragraph."""
    with pd.option_context("display.max_rows", 60, "display.min_rows", 10):
        html = pd.DataFrame({"n": range(100), "s": ["t"] * 100})._repr_html_()
    (table,), words = read_html(html)
    assert len(table["body"]) == 11
    assert texts(table["body"])[5] == ["...", "...", "..."]
    assert [column["align"] for column in table["columns"]] == ["left", "right", "left"]
    assert words == "100 rows × 2 columns"


def test_fourteen_columns_are_fourteen_columns() -> None:
    """How they fit the page is the renderers' matter."""
    table = read(pd.DataFrame([[f"word{n}" for n in range(14)]]).to_html())
    assert len(table["columns"]) == 15


def test_an_empty_frame() -> None:
    """Has a head and nothing below."""
    table = read(pd.DataFrame({"a": [], "b": []}).to_html())
    assert (texts(table["head"]), table["body"], table["row_headers"]) == ([["", "a", "b"]], [], 0)
    assert read_html(pd.DataFrame().to_html())[0] == [] or read(pd.DataFrame().to_html())["body"] == []


# Any HTML


def test_only_words_are_taken() -> None:
    """Scripts, styles, drawings and what a browser shows in place of a film are not words."""
    html = (
        "<style>p{color:red}</style><p onclick='x'>One <b>two</b>&nbsp;three</p><script>alert('four')</script>"
        "<svg><text>five</text></svg><video>six</video><iframe>seven</iframe><template>eight</template><p>nine<br>ten</p>"
    )
    assert read_html(html) == ([], "One two\u00a0three\nnine\nten")


def test_a_head_that_nobody_closed_does_not_silence_the_page() -> None:
    """As a browser reads it."""
    assert read_html("<html><head><title>x</title><body>words")[1] == "words"


def test_tables_in_cells_and_side_by_side() -> None:
    """Each is a table of its own; the outer one goes on after the inner."""
    tables, words = read_html("a<table><tr><td>1<table><tr><td>in</td></tr></table></td><td>2</td></tr></table>b<table><tr><td>3</table>c")
    assert [texts(table["body"]) for table in tables] == [[["1", "2"]], [["in"]], [["3"]]]
    assert words.split() == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("rows", "columns", "found"),
    [
        ("<tr><td colspan=100>a</td></tr><tr><td>b</td><td>c</td></tr>", 2, [["a"], ["b", "c"]]),
        ("<tr><td rowspan=9>a</td><td>b</td></tr><tr><td>c</td></tr>", 2, [["a", "b"], ["c"]]),
        ("<tr><td>a</td></tr><tr><td>b</td><td>c</td><td>d</td></tr>", 3, [["a", "", ""], ["b", "c", "d"]]),
        ("<tr><td rowspan=2>a</td><td>b</td></tr><tr><td colspan=2>c</td><td>d</td></tr>", 3, [["a", "b", ""], ["c", "d"]]),
        ("<tr><td colspan=x rowspan=-1>a</td></tr>", 1, [["a"]]),
        ("<tr></tr><tr><td>a</td></tr><tr></tr>", 1, [["a"]]),
        ("<td>a<td>b<tr><td>c", 2, [["a", "b"], ["c", ""]]),
    ],
)
def test_crooked_tables_are_made_regular(rows: str, columns: int, found: list[list[str]]) -> None:
    """Spans end where the table does, and what is missing is empty: a typesetter accepts nothing else."""
    table = read(f"<table>{rows}</table>")
    assert len(table["columns"]) == columns
    assert texts(table["body"]) == found


def test_a_first_row_of_headers_is_the_head() -> None:
    """Where nobody wrote thead; a lone row stays a row."""
    table = read("<table><tr><th>a</th><th>b</th></tr><tr><th>1</th><td>2</td></tr></table>")
    assert (texts(table["head"]), texts(table["body"]), table["row_headers"]) == ([["a", "b"]], [["1", "2"]], 1)
    assert texts(read("<table><tr><th>a</th></tr></table>")["body"]) == [["a"]]


TAGS = ["table", "thead", "tbody", "tr", "td", "th", "caption", "p", "script", "svg", "b"]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.builds("<{} colspan={} rowspan={}>".format, st.sampled_from(["td", "th"]), st.integers(-1, 120), st.integers(0, 5)),
    st.sampled_from(["x", "&", "&lt;", "<", "<!", "<!--", "&#0;", "\x00"]),
)


@given(st.lists(PIECES, max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_heap_of_tags_is_regular_tables(pieces: list[str]) -> None:
    """Nothing raises, and every row fills its columns."""
    tables, words = read_html("".join(pieces))
    for table in tables:
        assert {sum(cell["colspan"] for cell in row) for row in filled(table)} <= {len(table["columns"])}
        assert 0 <= table["row_headers"] <= len(table["columns"])
    assert isinstance(words, str)


SPANNING = st.tuples(st.integers(1, 3), st.integers(1, 3), st.text("abc", min_size=1, max_size=3))


@given(st.lists(SPANNING, min_size=1, max_size=12), st.integers(1, 4))
@settings(deadline=None)
def test_no_cell_is_lost(cells: list[tuple[int, int, str]], per_row: int) -> None:
    """However the spans run into each other, all words are there, in order."""
    rows = [cells[at : at + per_row] for at in range(0, len(cells), per_row)]
    html = "".join("<tr>" + "".join(f"<td colspan={c} rowspan={r}>{text}</td>" for c, r, text in row) + "</tr>" for row in rows)
    table = read(f"<table>{html}</table>")
    assert [text for row in texts(table["body"]) for text in row if text] == [text for _, _, text in cells]


def show(value: Any) -> Any:
    """An object as a cell shows it."""
    return shown({"text/html": value.to_html(), "text/plain": repr(value)}, "execute_result")


def test_a_frame_in_a_cell_is_a_plain_table() -> None:
    """Without a number or a title."""
    (table,) = body(code(show(pd.DataFrame({"a": [1]}))))
    assert (table["type"], table["id"], table["number"], table["title"]) == ("table", "plain-1", None, [])
