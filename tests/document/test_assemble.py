"""From cells and inputs to one Document: what stays out, what page 1 says, what must not be missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import nbformat
import pytest

from brieftools.brief.inputs import read_inputs
from brieftools.document.assemble import assemble_alone, collect_facts
from brieftools.document.labels import labels
from brieftools.document.model import validate
from brieftools.errors import DocumentError
from document.briefs import assembled, body, code, facts, figure, md, nodes, payload, printed, t, words
from projects import BRIEF, Laid

JUDGMENT = {
    **{"id": "kj-a", "lead": "It is", "word": "likely", "band": "55–80 %", "low": 55, "high": 80},
    **{"rest": " that {{ n }} follow.[@smith-2020]", "tag": "NEW", "tag_reason": None, "confidence": "Confidence is low."},
    **{"change_label": "Would change it:", "change": "x.", "decided_label": "Decided by:", "decided": "y.", "basis": "1 source, 1 origin"},
}
KEY_FIGURE = {
    **{"value": "7", "label": "of {{ n }} [@smith-2020]", "tone": "home", "strip": None, "strip_text": "a count"},
    **{"lead": "Level", "reading": "on a year"},
}


def judgments(*reviewed: bool) -> object:
    """Judgments, some reviewed."""
    made = [JUDGMENT | {"number": n, "reviewed": r} for n, r in enumerate(reviewed, 1)]
    return payload(type="judgments", scale=[[5, 20]], scale_label="x", items=made)


# Cells


def test_parameters_and_removed_cells_stay_out() -> None:
    """By their tags; what they registered counts all the same."""
    blocks = body(
        code(printed("p"), tags=("parameters",)),
        code(printed("i"), tags=("injected-parameters",)),
        code(facts(n=7), printed("r"), tags=("remove-cell",)),
        md("gone", "remove-cell"),
        md("{{ n }}", "other-tag"),
    )
    assert words(blocks) == "7"


def test_empty_cells_and_raw_cells_are_nothing() -> None:
    """And a notebook of nothing is a brief with its sources."""
    assert body(md(""), md("  \n"), code(text=""), nbformat.v4.new_raw_cell("<b>raw</b>")) == []
    assert body() == []


def test_a_notebook_of_markdown_only_and_of_code_only() -> None:
    """Either is a brief."""
    assert [block["type"] for block in body(md("# T"), md("a"), md("b"))] == ["heading", "para", "para"]
    assert [block["type"] for block in body(code(printed("a")), code(figure("f")))] == ["output", "figure"]


def test_code_itself_is_not_shown() -> None:
    """Only what it put out."""
    assert body(code(text="secret = 1")) == []


# Page 1


def test_bottom_line_and_key_figures_need_no_heading() -> None:
    """The heading "Bottom line" and its paragraph are one block; the heading over the strip goes."""
    strip = payload(type="key_figures", items=[KEY_FIGURE])
    blocks = body(code(facts(n=7)), md("## Bottom line\n\nIt is {{ n }} [@smith-2020].\n\nMore."), md("## Key figures"), code(strip))
    assert [block["type"] for block in blocks] == ["bottom_line", "para", "key_figures"]
    assert (blocks[0]["label"], words(blocks[0]["c"])) == ("Bottom line.", "It is 7.")
    assert words(blocks[2]["items"][0]["label"]) == "of 7"
    assert blocks[2]["items"][0]["reading"] == [{"type": "strong", "c": [t("Level")]}, t(" "), t("on a year")]


@pytest.mark.parametrize(
    ("reviewed", "said"),
    [
        ((False,), "The judgment has not been reviewed"),
        ((False, False), "The judgments have not been reviewed"),
        ((True, False), "Judgment 2 has not been reviewed"),
        ((False, True, False), "Judgments 1 and 3 have not been reviewed"),
        ((True, True), None),
    ],
)
def test_page_one_says_which_judgments_nobody_reviewed(reviewed: tuple[bool, ...], said: str | None) -> None:
    """By their numbers."""
    notices = assembled(code(facts(n=7)), code(judgments(*reviewed))).document["notices"]
    assert [words(notice["c"]) for notice in notices] == ([f"{said} by a second analyst."] if said else [])


def test_numbers_of_page_one_are_traced_at_the_end() -> None:
    """Those that bottom line, strip and judgments quote; numbers further down travel in the data."""
    made = [code(facts(n=7, m=8)), md("## Bottom line\n\n{{ n }} [@smith-2020]"), md("Then {{ m }}.")]
    blocks = assembled(*made, built_with="With x.").document["body"]
    (table,) = (block for block in blocks if block["type"] == "table" and "Every number" in words(block["title"]))
    assert [words(row[0]["c"]) for row in table["body"]] == ["n"]
    assert words(table["source"]) == "With x."


def test_meta_is_the_brief_in_words(project: Laid) -> None:
    """Title, dates, edition, handling as brief.yml has them; a draft carries its watermark, an issue none."""
    inputs = read_inputs(project.folder)
    draft, issued = (assembled(md("x [@smith-2020]"), inputs=inputs, state=state).document["meta"] for state in ("draft", "issued"))
    assert (draft["title"], draft["slug"], draft["as_of"], draft["lang"]) == ("Attacks on roads in Arvenia", "roads", "2020-03-31", "en-GB")
    assert draft["dates"][:3] == [
        {"label": "As of", "value": "31 March 2020"},
        {"label": "Covers", "value": draft["dates"][1]["value"]},
        {"label": "Edition", "value": "1 (first issue)"},
    ]
    assert (draft["edition"], draft["watermark"]) == ({"name": "2020-03-31", "line": "Edition 1", "state": "draft"}, "Draft")
    assert (issued["edition"]["state"], issued["watermark"]) == ("issued", None)
    assert draft["handling"]["label"] == "TLP:CLEAR"


def test_notices_and_closing_are_text(project: Laid) -> None:
    """Whatever they hold, no mark in them is read."""
    project.write("briefs/roads/brief.yml", BRIEF + "notices: ['{{ n }} *x* [@y]']\ncontact: '<a@b>'\ndisclaimer: {full: '{{ z }} **'}\n")
    document = assembled(md("x [@smith-2020]"), inputs=read_inputs(project.folder)).document
    assert document["notices"][0]["c"] == [t("{{ n }} *x* [@y]")]
    closing = document["body"][-1]
    assert [part["label"] for part in closing["items"]] == ["Views disclaimer", "Data licences", "Handling"]
    assert closing["items"][0]["paras"] == [[t("{{ z }} **")]]
    assert closing["items"][2]["paras"][1] == [t("Corrections: <a@b>")]


def test_labels_are_those_of_the_language(project: Laid) -> None:
    """English for English of any country, and where there is no translation."""
    assert labels("en-GB") == labels("en") == labels("xx-YY")
    assert assembled(md("x [@smith-2020]")).document["labels"] == labels("en")


# What must not be missing


def test_a_figure_without_an_alternative_warns_in_a_draft() -> None:
    """The warning counts as the page does, quotes the title and shows how to give one."""
    (warning,) = assembled(code(figure("a"), figure("b", alt=" ", title="Falling")), md("x [@smith-2020]")).warnings
    assert warning.startswith("figure 2 (“Falling”) has no text alternative")
    assert 'brief.figure(fig, alt="' in warning
    assert "![description](picture.png)" in warning


def test_a_figure_without_an_alternative_stops_an_issue() -> None:
    """With the same words; the way to give one is in the message."""
    with pytest.raises(DocumentError, match="figure 1 has no text alternative") as caught:
        assembled(code(figure("a", alt="", title="")), state="issued")
    assert 'brief.figure(fig, alt="' in str(caught.value)


def test_a_complete_brief_has_no_warnings() -> None:
    """In a draft and in an issue."""
    for state in ("draft", "issued"):
        assert assembled(code(figure("a")), md("x [@smith-2020]"), state=state).warnings == ()


# A notebook that belongs to no brief


def test_a_notebook_alone_says_so(tmp_path: Path) -> None:
    """Its cells and a sentence on page 1; citations stay as typed, footnotes and facts work."""
    notebook = nbformat.v4.new_notebook(cells=[code(facts(n=7)), md("{{ n }} [@smith-2020][^a]\n\n[^a]: Note."), code(figure("a", alt=""))])
    document = assemble_alone(notebook, title="T <b>", folder=tmp_path, as_of=date(2020, 1, 1))
    validate(document)
    assert [block["type"] for block in document["body"]] == ["para", "figure", "heading", "notes"]
    assert words(document["body"][0]["c"]) == "7 [@smith-2020]"
    assert "belongs to no brief" in words(document["notices"])
    assert (document["meta"]["title"], document["meta"]["authors"]) == ("T <b>", [])


def test_facts_are_read_from_all_cells() -> None:
    """In their order, the last of a name."""
    found = collect_facts(nbformat.v4.new_notebook(cells=[md("x"), code(facts(a=1, b=2)), code(facts(a=3))]))
    assert [(fact.name, fact.value) for fact in found.values()] == [("a", 3), ("b", 2)]


# Layout


def test_figures_of_half_a_width_stand_side_by_side() -> None:
    """And a wide one stands alone."""
    halves = [figure("a", width_mm=84), figure("b", width_mm=84)]
    row, wide = body(code(*halves, figure("c", width_mm=174)))
    assert ([column["span"] for column in row["columns"]], wide["number"]) == ([84, 84], 3)
    assert [shown["number"] for shown in nodes(row, "figure")] == [1, 2]


def test_prose_that_leads_to_a_narrow_figure_stands_beside_it() -> None:
    """When it is neither too short nor too long."""
    row = body(md(" ".join(["word"] * 60)), code(figure("a")))[0]
    assert [column["span"] for column in row["columns"]] == [51, 116]
    assert [block["type"] for block in body(md("Short."), code(figure("a")))] == ["para", "figure"]
    assert [block["type"] for block in body(md(" ".join(["word"] * 600)), code(figure("a")))] == ["para", "figure"]


@pytest.mark.parametrize(
    ("count", "rows"), [(1, ["heading", "para"]), (2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (6, [3, 3]), (7, [3, 2, 2])]
)
def test_short_sections_stand_in_columns(count: int, rows: list[object]) -> None:
    """Two or three in a row, never one alone in the last."""
    blocks = body(*(md(f"### Box {n}\n\nWords.") for n in range(count)))
    assert [len(block["columns"]) if block["type"] == "row" else block["type"] for block in blocks] == rows
    assert [words(heading) for heading in nodes(blocks, "heading")] == [f"Box {n}" for n in range(count)]
