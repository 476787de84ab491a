"""How the page is filled: breaks in words, columns of tables, runs of text, headings that stay with what they head."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.render.pdf import render_pdf
from brieftools.render.pdf.prepare import prepare
from brieftools.render.pdf.strings import BREAK, one_line, soften
from brieftools.render.pdf.tables import planned, regular
from documents import cell, figure, para, sample, t
from render.pdf_text import opened, page_texts, text, words

SENTENCE = "The group was a side in many recorded events, and months cluster, so that every interval is wide. "


def heading(level: int, name: str) -> dict[str, Any]:
    return {"type": "heading", "level": level, "id": None, "c": [t(name)]}


def frame(columns: int, rows: int, *, weight: float = 0, width: int = 8) -> dict[str, Any]:
    """A table as a DataFrame leaves it: one row header, numbers at right."""
    head = [cell("")] + [cell(f"column {i}") for i in range(columns)]
    body = [[cell(f"row {r}")] + [cell(f"{r * 31 + i:0{width}d}") for i in range(columns)] for r in range(rows)]
    sides = [{"align": "left", "weight": 0}] + [{"align": "right", "weight": weight}] * columns
    return {
        "type": "table", "id": "table-1", "number": None, "title": [], "subtitle": [], "source": None,
        "columns": sides, "head": [head], "body": body, "row_headers": 1, "redistribute": "rows",
    }  # fmt: skip


def body_of(*nodes: dict[str, Any]) -> dict[str, Any]:
    return sample() | {"body": list(nodes)}


@given(st.text(max_size=200), st.integers(3, 40))
def test_breaks_change_no_letter(text, limit):
    """Taking the marks out again gives the text."""
    text = text.replace(BREAK, "")
    assert soften(text, limit).replace(BREAK, "") == text


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=["Zs", "Cc"]), max_size=200), st.integers(3, 40))
def test_no_stretch_without_a_break_is_longer_than_asked(text, limit):
    """However long the word, a line of so many letters can be filled."""
    parts = soften(text, limit).split(BREAK)
    assert max(map(len, parts)) <= max(limit, 1)


def test_addresses_break_after_their_signs():
    """A reader finds the parts of an address whole where they fit."""
    assert soften("see https://example.org/one/two?x=1", 12).split(BREAK)[1:] == ["example.", "org/", "one/", "two?", "x=", "1"]
    assert soften("short words stay", 12) == "short words stay"
    assert soften("العربيةالعربيةالعربية", 5) == "العربيةالعربيةالعربية"


def test_a_number_keeps_its_per_cent_sign():
    """No line begins with the sign."""
    assert one_line("55–80 %\nand\ttabs") == "55–80\u00a0% and tabs"


@given(st.integers(1, 40), st.integers(1, 4), st.sampled_from([51.0, 84.0, 116.0, 174.0]), st.integers(1, 14))
def test_every_column_of_a_wide_table_is_set_once(columns, rows, width, letters):
    """Parts repeat the row header and share out the rest, in order; type is never smaller than 8 pt."""
    plan = planned(frame(columns, rows, width=letters), width)
    assert plan["size"] >= 8
    heads = [[c["c"][0]["text"] for c in part["head"][0]] for part in plan["parts"]]
    if len(heads) == 1:
        assert heads[0] == ["", *(f"column {i}" for i in range(columns))]
    else:
        assert all(head[0] == "" for head in heads)
        assert [name for head in heads for name in head[1:]] == [f"column {i}" for i in range(columns)]


def test_a_table_of_fourteen_columns_is_printed_whole():
    """Every head and every number is on the page."""
    said = words(render_pdf(body_of(frame(14, 3))).data)
    assert all(f"column {i}" in said for i in range(14))
    assert all(f"{r * 31 + i:08d}" in said for r in range(3) for i in range(14))


def test_a_long_table_repeats_its_head():
    """Each page of it says what the columns are."""
    table = frame(4, 90) | {"number": 3, "title": [t("A long table")]}
    pages = page_texts(render_pdf(body_of(table)).data, artifacts=True)
    assert len(pages) > 1
    assert all("column 0" in page for page in pages)
    assert "A long table" in pages[0]


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        ([[{"colspan": 2, "rowspan": 1}], [{"colspan": 1, "rowspan": 1}] * 2], True),
        ([[{"colspan": 1, "rowspan": 2}, {"colspan": 1, "rowspan": 1}], [{"colspan": 1, "rowspan": 1}]], True),
        ([[{"colspan": 1, "rowspan": 2}, {"colspan": 1, "rowspan": 1}]], False),
        ([[{"colspan": 3, "rowspan": 1}]], False),
        ([[{"colspan": 1, "rowspan": 1}]], False),
    ],
)
def test_cells_over_rows_and_columns_are_counted(rows, fits):
    """A row is full when the cells that reach into it are counted too."""
    assert regular({"columns": [{}, {}], "head": [], "body": rows}) is fits


def test_cells_over_rows_and_columns_are_set():
    """A DataFrame with two index levels keeps its shape."""
    table = frame(3, 2)
    table["head"] = [[cell("", rowspan=2), cell("wide", colspan=2), cell("one")], [cell("a"), cell("b"), cell("c")]]
    table["body"][0][0] = cell("both", rowspan=2)
    table["body"][1] = table["body"][1][1:]
    said = words(render_pdf(body_of(table)).data)
    assert said.count("both") == 1
    assert "wide" in said


def test_long_text_is_set_in_two_columns_and_short_text_in_one():
    """A line across the whole page is too long to read."""
    short, long = prepare(body_of(para(t(SENTENCE)))), prepare(body_of(*[para(t(SENTENCE * 3))] * 6))
    assert [node["type"] for node in short.tree["body"]] == ["flow"]
    assert [node["type"] for node in long.tree["body"]] == ["flow"]
    left, right = 51, 306  # 18 mm, and 84 + 6 mm further
    assert {left, right} <= _starts(render_pdf(body_of(*[para(t(SENTENCE * 3))] * 6)).data)
    assert right not in _starts(render_pdf(body_of(para(t(SENTENCE * 2)))).data)


def _starts(data: bytes) -> set[int]:
    """Left ends of pieces of text, in whole points."""
    import pikepdf

    with opened(data) as file:
        return {
            round(float(operands[4]))
            for page in file.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "cm"
        }


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=6, max_size=14))
def test_no_page_ends_with_a_heading(lengths):
    """A heading goes to the next page with the text that it heads."""
    nodes = [node for i, n in enumerate(lengths) for node in (heading(2 if i % 2 else 3, f"Heading {i}"), *[para(t(SENTENCE * n))] * 2)]
    for page in page_texts(render_pdf(body_of(*nodes)).data):
        assert not page.split("\n")[-1].startswith("Heading")


def test_figures_are_scaled_to_the_page_and_their_column():
    """A drawing larger than its place is set smaller, in proportion."""
    large = figure(1, 174)
    large["image"] |= {"width_mm": 400, "height_mm": 400}
    image = prepare(body_of(large)).tree["body"][0]["image"]
    assert image["width"] == image["height"] == 174
    row = {"type": "row", "columns": [{"span": 84, "blocks": [figure(1, 116)]}, {"span": 84, "blocks": []}]}
    assert prepare(body_of(row)).tree["body"][0]["columns"][0]["blocks"][0]["image"]["width"] == 84


def test_a_run_in_heading_opens_its_paragraph():
    """Level 4 is set in the line."""
    said = text(render_pdf(body_of(heading(4, "Verdict."), para(t("The evidence contradicts.")))).data)
    assert "Verdict." in said
    assert prepare(body_of(heading(4, "Verdict."), para(t("x")))).tree["body"][0]["blocks"][0]["lead"]


def test_a_title_of_three_hundred_letters_is_set_whole():
    """It shrinks and wraps."""
    document = sample()
    document["meta"]["title"] = ("A finding that needs many words to be told " * 7).strip()
    assert document["meta"]["title"] in words(render_pdf(document).data)


def test_an_almost_empty_last_page_is_saved_by_closer_setting(monkeypatch):
    """Space between blocks gives way before a page is printed for three lines."""
    listings = [{"type": "output", "text": "\n".join("line" for _ in range(lines))} for lines in range(1, 40, 3)]
    documents = [body_of(*[frame(3, 4)] * 5, listing) for listing in listings]
    closer = [render_pdf(document).pages for document in documents]
    monkeypatch.setattr("brieftools.render.pdf.compiler.TIGHT", 1.0)
    usual = [render_pdf(document).pages for document in documents]
    assert all(less <= more for less, more in zip(closer, usual, strict=True))
    assert sum(closer) < sum(usual)


def test_more_key_figures_than_fit_one_line_make_two():
    """Seven items are four and three."""
    document = sample()
    strip = next(node for node in document["body"] if node["type"] == "key_figures")
    strip["items"] = [strip["items"][0] | {"value": f"{i},000,000,000"} for i in range(7)]
    said = words(render_pdf(document).data)
    assert all(f"{i},000,000,000" in said for i in range(7))


def test_a_matrix_of_many_rows_and_hypotheses_goes_over_pages():
    """Its head is repeated, and every row is there."""
    document = sample()
    matrix = next(node for node in document["body"] if node["type"] == "hypotheses")
    kinds = ["CC", "C", "N", "I", "II", "NA", "", "C"]
    base = matrix["hypotheses"][0]
    matrix["hypotheses"] = [base | {"key": f"H{i}", "label": "compensating"} for i in range(8)] + matrix["hypotheses"][-1:]
    matrix["rows"] = [matrix["rows"][0] | {"key": f"E{r}", "ratings": [{"value": k, "reason": ""} for k in kinds]} for r in range(40)]
    pages = page_texts(render_pdf(body_of(matrix)).data, artifacts=True)
    assert len(pages) > 1
    assert all("Evidence, source" in page for page in pages[:2])
    assert all(any(f"E{r}" in page.split("\n") for page in pages) for r in range(40))
    assert "missing" in "".join(pages)


def test_a_row_of_a_matrix_is_not_torn_by_the_end_of_a_page():
    """Its first and last word stand on one page; only a text as long as a page goes over, and then whole."""
    document = sample()
    matrix = next(node for node in document["body"] if node["type"] == "hypotheses")
    row = matrix["rows"][0]
    long = " ".join(f"word{i}" for i in range(700))
    matrix["rows"] = [row | {"key": f"E{r}", "c": [t(f"first{r} " + "evidence and more " * 8 + f"last{r}")]} for r in range(60)]
    matrix["rows"] += [row | {"key": "E99", "c": [t(long)]}]
    pages = [set(page.split()) for page in page_texts(render_pdf(body_of(matrix)).data)]
    assert all(any({f"first{r}", f"last{r}"} <= page for page in pages) for r in range(60))
    assert all(any(word in page for page in pages) for word in long.split())
