"""What a cell shows in JupyterLab is what the brief shows: run once through a kernel, then read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from brieftools.brief.inputs import read_inputs
from brieftools.document.assemble import assemble
from brieftools.document.model import validate
from brieftools.document.outputs import read_outputs
from brieftools.errors import DocumentError
from document.briefs import MARKS, SVG, Node, b64, body, code, figure, nodes, payload, png, printed, shown, texts, words
from document.conftest import run
from projects import code as cell
from projects import lay_down, opening

CELLS = dict(re.findall(r"^# %% (.+)\n((?:(?!# %%).*\n?)*)", (Path(__file__).parent / "output_cells.txt").read_text("utf-8"), re.MULTILINE))
ALLOWED = {"failed", "failed in a library"}


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The notebook with all these cells, run, and the inputs of its brief."""
    cells = [*opening(), *(cell(text.strip(), *(["raises-exception"] if name in ALLOWED else [])) for name, text in CELLS.items())]
    laid = lay_down(tmp_path_factory.mktemp("outputs") / "project", cells=cells)
    inputs = read_inputs(laid.folder)
    return run(inputs, laid.root), inputs


@pytest.fixture
def outputs(ran: tuple[Any, Any]) -> Any:
    """Blocks and warnings of a cell by its name; our own objects as in the Document."""
    from brieftools.document.payloads import blocks_from

    def of(name: str) -> tuple[list[Node], list[str]]:
        found = read_outputs(ran[0].cells[2 + list(CELLS).index(name)].outputs, where=name)
        blocks = [b for block in found.blocks for b in (blocks_from(block["payload"], MARKS) if block["type"] == "payload" else [block])]
        return blocks, found.warnings

    return of


def test_all_of_them_make_a_valid_document(ran: tuple[Any, Any]) -> None:
    """Together in one brief."""
    validate(assemble(*ran).document)


# Tables


def test_a_frame_is_a_table(outputs: Any) -> None:
    """Its texts are text."""
    (table,), warnings = outputs("frame")
    assert texts(table["head"] + table["body"]) == [["", "place", "n"], ["0", "<b>North</b>", "1"], ["1", "South", "2"]]
    assert warnings == []


def test_frames_shown_and_returned_are_both_there(outputs: Any) -> None:
    """In their order."""
    blocks, _ = outputs("two frames")
    assert [texts(table["head"])[0][1] for table in blocks] == ["a", "b"]


def test_a_series_is_its_text(outputs: Any) -> None:
    """As pandas prints it."""
    assert outputs("series")[0] == [{"type": "output", "text": "0    1\n1    2\nName: n, dtype: int64"}]


def test_a_styled_frame_is_a_titled_table(outputs: Any) -> None:
    """With its formats."""
    ((table,), _) = outputs("styler")
    assert (words(table["title"]), texts(table["body"])) == ("Means", [["0", "1.2"]])


# Figures


@pytest.mark.parametrize(
    "name",
    [
        *("plot", "show", "figure last", "figure displayed", "limits", "labels", "histogram", "boxes", "bars", "pie", "pandas plot"),
        *("pandas plots", "own words"),
    ],
)
def test_a_plain_figure_is_shown_once_and_alone(outputs: Any, name: str) -> None:
    """SVG with text in the house font; what the drawing line returned is meant for nobody."""
    (shown_figure,), warnings = outputs(name)
    assert (shown_figure["type"], shown_figure["image"]["format"]) == ("figure", "svg")
    assert "Source Sans" in shown_figure["image"]["data"]
    assert warnings == []


def test_two_figures_are_two_figures(outputs: Any) -> None:
    """Whether shown at the end or one after the other."""
    for name in ("two figures", "two shows"):
        assert [block["type"] for block in outputs(name)[0]] == ["figure", "figure"]


def test_what_a_drawing_returns_without_a_figure_is_left_out(outputs: Any) -> None:
    """A line drawn into an earlier figure shows nothing."""
    assert outputs("drawn later") == ([], [])


def test_a_value_beside_a_figure_stays(outputs: Any) -> None:
    """Only matplotlib's own objects go."""
    assert [block.get("text") for block in outputs("figure and value")[0] if block["type"] == "output"] == ["42"]


def test_a_figure_with_words_keeps_them(outputs: Any) -> None:
    """Title, alternative, width, name."""
    ((wrapped,), _) = outputs("own words")
    assert (words(wrapped["title"]), wrapped["alt"], wrapped["width_mm"], wrapped["id"]) == ("It rises", "A line that rises.", 84, "rise")


def test_pictures_without_our_hooks_are_figures(outputs: Any) -> None:
    """PNG and SVG as they come, 150 pixels to the inch."""
    ((picture,), _), ((drawing,), _) = outputs("png"), outputs("svg")
    assert (picture["image"]["format"], picture["image"]["width_mm"]) == ("png", 25.4)
    assert (drawing["image"]["format"], drawing["image"]["width_mm"]) == ("svg", 25.4)


# Texts


def test_markdown_is_read_as_data(outputs: Any) -> None:
    """Its form is kept; facts and citations in it are not ours; its footnotes are its own."""
    blocks, _ = outputs("markdown")
    assert [block["type"] for block in blocks] == ["heading", "list", "para", "footnote"]
    assert words(blocks[2]).startswith("{{ n }} [@smith-2020]")
    assert not list(nodes(blocks, "fact"))


def test_math_and_latex_are_formulas(outputs: Any) -> None:
    """Without their dollars."""
    assert [outputs(name)[0][0]["tex"] for name in ("math", "latex", "rich latex")] == [r"\frac{a}{b}", r"\alpha", "x_1"]


def test_html_without_a_table_is_its_words(outputs: Any) -> None:
    """A paragraph for each block."""
    assert [words(block) for block in outputs("html")[0]] == ["One two", "four"]


def test_html_with_a_table_is_the_table_and_its_words(outputs: Any) -> None:
    """Table first."""
    blocks, _ = outputs("html table")
    assert [block["type"] for block in blocks] == ["table", "para", "para"]
    assert [words(block) for block in blocks[1:]] == ["before", "after"]


def test_prints_are_one_output(outputs: Any) -> None:
    """However often the kernel flushed; what goes to stderr is a warning."""
    assert outputs("print") == ([{"type": "output", "text": "one two"}], [])
    blocks, (warning,) = outputs("streams")
    assert blocks == [{"type": "output", "text": "0\n1\n2"}]
    assert warning == "streams: wrote to stderr, which a brief does not show: to stderr 2"


def test_a_warning_is_quoted_without_the_line_of_code(outputs: Any) -> None:
    """And without the name of a temporary file."""
    assert outputs("warning") == ([], ["warning: wrote to stderr, which a brief does not show: cell.py:3: UserWarning: be careful"])


def test_addresses_in_memory_are_left_out_and_numbers_are_not(outputs: Any) -> None:
    """They differ from run to run."""
    assert outputs("object")[0] == [{"type": "output", "text": "<__main__.Thing at 0x…>"}]
    ((objects,), _) = outputs("objects")
    assert objects["text"].split(",\n ") == ["[<__main__.Thing at 0x…>", "'0xdeadbeef'", "'at 0xdead'", "<function __main__.<lambda>()>]"]


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("rich words", "para", "rich words"),
        ("rich with text", "output", "Both()"),
        ("rich table", "table", "hc"),
        ("rich markdown", "para", "marked"),
        ("text", "output", "'a text with \"quotes\"'"),
    ],
)
def test_the_best_form_of_an_object_is_taken(outputs: Any, name: str, kind: str, text: str) -> None:
    """A table before a picture before words; a text of its own before those of its HTML."""
    ((block,), _) = outputs(name)
    assert (block["type"], words(block)) == (kind, text)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("widget", "application/vnd.jupyter.widget-view+json"),
        ("unknown", "application/x-unknown"),
        ("javascript", "application/javascript"),
        ("json", "application/json"),
        ("gif", "image/gif"),
        ("html picture", "text/html"),
    ],
)
def test_what_a_page_cannot_show_is_left_out_with_a_warning(outputs: Any, name: str, kind: str) -> None:
    """The warning names the cell and the type."""
    blocks, (warning,) = outputs(name)
    assert blocks == []
    assert warning == f"{name}: an output ({kind}) has no form that a page can show, and was left out"


def test_colours_and_links_of_a_terminal_are_gone(outputs: Any) -> None:
    """The words stay."""
    assert outputs("colours")[0] == [{"type": "output", "text": "red and link"}]


def test_a_progress_bar_is_in_its_last_state(outputs: Any) -> None:
    """On stderr it is not worth a warning."""
    assert outputs("progress")[0] == [{"type": "output", "text": "3 of 3"}]
    assert outputs("progress to stderr") == ([], [])


def test_updates_and_clearing_leave_the_last_state(outputs: Any) -> None:
    """As in JupyterLab."""
    assert outputs("updated")[0] == [{"type": "output", "text": "'second'"}]
    assert outputs("cleared")[0] == [{"type": "output", "text": "second"}]


def test_a_cell_that_shows_nothing_shows_nothing(outputs: Any) -> None:
    """Not even a warning."""
    assert outputs("assignment") == ([], [])


def test_an_allowed_error_is_kept(outputs: Any) -> None:
    """The tag raises-exception lets the notebook run on; name, message and trace are shown without colours."""
    ((error,), _) = outputs("failed")
    assert (error["name"], error["message"]) == ("ZeroDivisionError", "division by zero")
    assert error["trace"].rstrip().endswith("ZeroDivisionError: division by zero")
    assert "\x1b" not in error["trace"]


def test_a_trace_names_no_folder_of_this_machine(outputs: Any) -> None:
    """Paths begin at the package: two builds in two places give the same bytes."""
    ((error,), _) = outputs("failed in a library")
    assert "File …/site-packages/pandas/" in error["trace"]
    assert not re.search(r"File [/~]|[A-Z]:\\", error["trace"])


# Foreign notebooks


def test_outputs_of_other_notebooks() -> None:
    """Texts may be lists of lines; a picture's base64 may have line ends; an SVG may begin with a prolog."""
    data = b64(png())
    listed = code(
        {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": f"{data[:20]}\n{data[20:]}\n"}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": ["<?xml version='1.0'?>\n", SVG]}},
    )
    found = read_outputs(listed.outputs, where="x").blocks
    assert [block["type"] for block in found] == ["output", "figure", "figure"]
    assert found[0]["text"] == "a\nb"
    assert found[1]["image"]["data"] == data


@pytest.mark.parametrize("data", [{"image/png": "@@"}, {"image/jpeg": b64(png())}, {"image/svg+xml": "<html></html>"}])
def test_a_damaged_picture_stops_with_the_cell(data: dict[str, str]) -> None:
    """An error of ours."""
    with pytest.raises(DocumentError, match="a picture that the cell put out is damaged") as caught:
        read_outputs([shown(data)], where="cell 7")
    assert caught.value.where == "cell 7"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ({"type": "figures"}, "an object of the kind 'figures'; did you mean 'figure'?"),
        ({}, "an object of the kind 'None'"),
        ({"type": "figure"}, "the figure that the cell shows is incomplete"),
        ({"type": "judgments", "items": [{}]}, "the judgments that the cell shows is incomplete"),
        ({"type": "table", "head": 3}, "the table that the cell shows is incomplete"),
        ({"type": "key_figures", "items": [{"value": "1"}]}, "the key figures that the cell shows is incomplete"),
    ],
)
def test_a_damaged_object_of_ours_stops_with_the_cell(content: dict[str, Any], what: str) -> None:
    """A notebook of another version, or changed by hand."""
    with pytest.raises(DocumentError) as caught:
        body(code(payload(**content)))
    assert what in caught.value.what
    assert caught.value.where == "cell 1 (`x`)"


def test_a_damaged_fact_stops_with_the_cell() -> None:
    """It would be missing in the text."""
    bad = shown({"application/vnd.brieftools.fact+json": {"facts": [{"name": "n", "number": 1}]}})
    with pytest.raises(DocumentError, match="a fact in the notebook is damaged") as caught:
        body(code(bad))
    assert caught.value.where == "cell 1 (`x`)"


def test_figure_texts_from_data_hold_no_marks_and_source_lines_do() -> None:
    """A place may be called anything; who writes a source line cites."""
    (shown_figure,) = nodes(body(code(figure("a", title="{{ n }} [@nobody]", source="Counted by Smith [@smith-2020, ¶1]."))), "figure")
    assert words(shown_figure["title"]) == "{{ n }} [@nobody]"
    assert [node["type"] for node in shown_figure["source"]] == ["text", "cite"]


def test_blank_prints_are_nothing() -> None:
    """Lines without words leave no gap."""
    assert body(code(printed("\n  \n"), printed("\x1b[0m\n"))) == []
