"""Citations and footnotes become endnotes; references name figures and tables."""

from __future__ import annotations

import pytest

from brieftools.document.marks import tidy_citations
from brieftools.errors import DocumentError
from document.briefs import Node, assembled, body, code, facts, figure, md, nodes, notes, para, payload, prose, shown, t, words


def order(inlines: list[Node]) -> str:
    """The inlines as a line: texts as they are, ``^n`` for a citation of n sources."""
    return "".join(node["text"] if node["type"] == "text" else f"^{len(node['to'])}" for node in inlines)


# Where a citation stands


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("said [@smith].", "said.^1"),
        ("said[@smith].", "said.^1"),
        ("said. [@smith] Then", "said.^1 Then"),
        ("said [@smith], and", "said,^1 and"),
        ("“said [@smith].” Then", "“said.”^1 Then"),
        ("(said [@smith])", "(said^1)"),
        ("said [@smith] and", "said^1 and"),
        ("said [@smith][@jones].", "said.^2"),
        ("said [@smith] [@jones], and", "said,^2 and"),
        ("said [@smith], [@jones].", "said.^2"),
        ("said [@smith; @jones, ¶2].", "said.^2"),
        ("said. [@smith] [@jones] Then", "said.^2 Then"),
        ("said [@smith]. [@jones] Then", "said.^2 Then"),
        ("[@smith] says", "^1 says"),
        ("said [@smith]…", "said…^1"),
        ("said, [@smith].", "said,^1."),
    ],
)
def test_citations_stand_after_punctuation_without_a_space(typed: str, printed: str) -> None:
    """As a printer sets them; side by side they are one."""
    assert order(para(typed)) == printed


def test_footnote_marks_and_citations_side_by_side_are_one() -> None:
    """They share a place."""
    assert order(prose("said [@smith][^a].\n\n[^a]: x")[0]["c"]) == "said.^2"


def test_citations_are_tidied_at_every_depth() -> None:
    """In emphasis and in the cells of a table too."""
    assert order(para("*said [@smith]*.")[0]["c"]) == "said^1"
    assert order(prose("|a|\n|-|\n|said [@smith].|")[0]["body"][0][0]["c"]) == "said.^1"


def test_tidying_changes_no_text_without_citations() -> None:
    """And joins what was split."""
    assert tidy_citations([t("a "), t(" b. "), {"type": "break"}, t("")]) == [t("a  b. "), {"type": "break"}]


@pytest.mark.parametrize(
    ("text", "what", "do"),
    [
        ("[@smyth]", "did you mean 'smith'?", "list the source in brief.yml"),
        ("[@smith, ¶4]", "'smith' has no ¶4; it has ¶1 to ¶3", "correct the paragraph number"),
        ("[@smith, ¶2-7]", "has no ¶7", "correct the paragraph number"),
        ("[@smith; p. 4]", "'p. 4' is not a citation", "[@key, ¶4; @other]"),
    ],
)
def test_a_wrong_citation_stops_and_says_what_is_there(text: str, what: str, do: str) -> None:
    """The cell is named."""
    with pytest.raises(DocumentError) as caught:
        prose(f"Words {text}.")
    assert what in caught.value.what
    assert do in str(caught.value.do)
    assert caught.value.where == "cell 1 (`x`)"


# Numbers


def test_notes_are_numbered_as_a_reader_meets_them() -> None:
    """Down the page, in tables before what stands under them; one note for one place in a source, however often it is cited."""
    table = payload(
        type="table", title="T", source="Under it [@smith-2020, p. 3]", head=["a"], body=[["x [@smith-2020, p. 2]"]], marked=True,
        columns=[{"align": "left", "weight": 0}],
    )  # fmt: skip
    found = notes(md("First [@smith-2020, p. 1]. Again [@smith-2020, p. 1]."), code(table), md("Last [@smith-2020, p. 1] [@smith-2020]."))
    assert [words(entry["c"]) for entry in found] == [
        "Smith 2020, p. 1. B2.",
        "Smith 2020, p. 2. B2.",
        "Smith 2020, p. 3. B2.",
        "Smith 2020. B2.",
    ]
    assert [entry["back"] for entry in found] == [["cite-1-1", "cite-1-2", "cite-1-3"], ["cite-2-1"], ["cite-3-1"], ["cite-4-1"]]


def test_every_place_leads_to_its_notes_and_back() -> None:
    """One anchor for each number at each place, ascending."""
    blocks = body(md("A [@smith-2020, ¶2]. B [@smith-2020, ¶1] [@smith-2020, ¶2]."))
    assert [(cite["notes"], cite["ids"]) for cite in nodes(blocks, "cite")] == [([1], ["cite-1-1"]), ([1, 2], ["cite-1-2", "cite-2-1"])]


def test_a_source_never_cited_is_named() -> None:
    """A warning: listed in brief.yml for nothing; a source that only a footnote names is not."""
    assert any("'smith-2020' is listed in brief.yml but never cited" in warning for warning in assembled(md("x")).warnings)
    assert assembled(md("x[^a]\n\n[^a]: See [@smith-2020].")).warnings == ()


# Footnotes


def test_a_footnote_may_stand_in_another_cell() -> None:
    """Before or after; its marks are read."""
    (entry,) = notes(code(facts(n=7)), md("[^a]: The *note* of {{ n }} [@smith-2020, ¶1]."), md("Words[^a]."))
    assert words(entry["c"]) == "The note of 7 (Smith 2020, ¶1)."
    assert [node["type"] for node in entry["c"]] == ["text", "emph", "text", "fact", "text"]


def test_a_footnote_used_twice_is_one_note_with_two_ways_back() -> None:
    """Its number is printed at both places."""
    (entry,) = notes(md("A[^a] and B[^a].\n\n[^a]: Note."))
    assert entry["back"] == ["cite-1-1", "cite-1-2"]


def test_a_footnote_with_two_texts_stops() -> None:
    """In one cell or in two; the cell of the second is named."""
    for cells in ([md("x[^a]\n\n[^a]: One.\n\n[^a]: Two.")], [md("x[^a]\n\n[^a]: One."), md("[^a]: Two.")]):
        with pytest.raises(DocumentError, match="two texts") as caught:
            body(*cells)
        assert "cell" in str(caught.value.where)


def test_a_footnote_never_used_is_named() -> None:
    """It is left out with a warning."""
    found = assembled(md("Words [@smith-2020].\n\n[^lost]: Note."))
    assert found.warnings == ("footnote [^lost] is defined but nothing leads to it",)
    assert "Note." not in words(found.document["body"])


def test_a_mark_without_a_footnote_is_named() -> None:
    """It stays as typed; a warning says where."""
    found = assembled(md("Words [@smith-2020] and[^none] `[^code]`."))
    assert "and[^none]" in words(found.document["body"])
    (warning,) = found.warnings
    assert warning.startswith("cell 1 (`Words")
    assert "[^none]" in warning


def test_footnotes_of_a_removed_cell_are_gone() -> None:
    """Its definitions are not found, and nothing breaks."""
    found = assembled(md("Words[^a] [@smith-2020]."), md("[^a]: Note.", "remove-cell"))
    assert any("[^a]" in warning for warning in found.warnings)
    assert "Note." not in words(found.document["body"])


def test_footnotes_in_lists_and_of_many_paragraphs() -> None:
    """A definition may stand in a list; paragraphs are lines of the note."""
    (entry,) = notes(md("- a[^n]\n\n  [^n]: one\n\n      two\n\n      - three"))
    assert [node.get("text", "|") for node in entry["c"]] == ["one", "|", "two", "|", "three"]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("x[^a]\n\n[^a]: See [^b].\n\n[^b]: The other.", "See (The other)."),
        ("x[^a]\n\n[^a]: Round [^a].", "Round."),
        ("x[^a]\n\n[^a]: To [^b].\n\n[^b]: and back [^a].", "To (and back)."),
        ("x[^a]\n\n[^a]: See [@smith-2020] [^b].\n\n[^b]: [@smith-2020, ¶1]", "See (Smith 2020) ((Smith 2020, ¶1))."),
        ("x[^a]\n\n[^a]: *Deep [@smith-2020, ¶1]*", "Deep (Smith 2020, ¶1)"),
    ],
)
def test_a_note_holds_no_notes(text: str, note: str) -> None:
    """What it cites is spelled out, also deep inside, and a circle ends."""
    (entry,) = notes(md(text))
    assert words(entry["c"]) == note
    assert not list(nodes(entry["c"], "cite"))


def test_footnotes_of_an_output_are_its_own() -> None:
    """A text that a cell puts out may use the same labels as the notebook."""
    output = shown({"text/markdown": "Out[^1].\n\n[^1]: Of the output.", "text/plain": "x"})
    found = notes(md("In[^1].\n\n[^1]: Of the cell."), code(output), code(output, text="y"))
    assert [words(entry["c"]) for entry in found] == ["Of the cell.", "Of the output.", "Of the output."]


# References


def test_references_name_figures_and_tables_before_and_after_them() -> None:
    """Numbers in the order of the page; a reference in a footnote or in a source line works too."""
    table = payload(type="table", name="t", title="T", head=["a"], body=[["x"]], columns=[{"align": "left", "weight": 0}])
    blocks = assembled(
        md("See [@fig:b], [@fig:a] and [@tbl:t][^n].\n\n[^n]: As in [@fig:b]."), code(figure("a", source="As [@tbl:t]"), figure("b"), table)
    ).document["body"]
    assert [(ref["target"], ref["text"]) for ref in nodes(blocks, "ref")] == [
        ("figure-2", "Figure 2"),
        ("figure-1", "Figure 1"),
        ("table-1", "Table 1"),
        ("table-1", "Table 1"),
        ("figure-2", "Figure 2"),
    ]
    assert not [ref for ref in nodes(blocks, "ref") if set(ref) != {"type", "target", "text"}]


def test_an_unknown_reference_stops_and_names_the_nearest() -> None:
    """With the cell that it stands in."""
    with pytest.raises(DocumentError, match=r"no figure or table called 'fig:irak'; did you mean 'fig:iraq'") as caught:
        body(md("See [@fig:irak]."), code(figure("iraq")))
    assert caught.value.where == "cell 1 (`See [@fig:irak].`)"


def test_two_figures_of_one_name_stop() -> None:
    """A reference could mean either."""
    with pytest.raises(DocumentError, match="two figures are called 'a'"):
        body(code(figure("a"), figure("a")))


def test_figures_and_tables_are_numbered_apart_and_plain_tables_not_at_all() -> None:
    """A table without a title is the analyst's own."""
    html = "<table><tr><td>1</td></tr></table>"
    titled = payload(type="table", name="t", title="T", head=["a"], body=[["x"]], columns=[{"align": "left", "weight": 0}])
    blocks = body(code(shown({"text/html": html}), figure("a"), titled, shown({"text/html": html}), figure("b")))
    found = [(node["id"], node["number"]) for node in blocks]
    assert found == [("plain-1", None), ("figure-1", 1), ("table-1", 1), ("plain-2", None), ("figure-2", 2)]


def test_headings_have_anchors_of_their_own() -> None:
    """Letters and digits of the heading; the same words twice differ; scripts without them get a name."""
    blocks = body(md("# Über *uns*\n\n## Über uns\n\n### 北京\n\n##### Notes"))
    found = [(heading["level"], heading["id"]) for heading in nodes(blocks, "heading")]
    assert found == [(2, "s-uber-uns"), (2, "s-uber-uns-2"), (3, "s-section"), (4, "s-notes-2")]


def test_notes_are_the_last_of_the_numbered_parts() -> None:
    """After the sources, before disclaimer, licences and handling."""
    blocks = assembled(md("Words [@smith-2020].")).document["body"]
    assert [block["type"] for block in blocks] == ["para", "heading", "table", "heading", "notes", "closing"]
    assert [block.get("id") for block in blocks[1:4]] == ["s-sources-method-and-provenance", "table-1", "s-notes"]
