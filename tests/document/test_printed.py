"""What differs from run to run is taken out of an executed notebook, and printed text is what a terminal shows in the end."""

from __future__ import annotations

import copy

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftools.execute.scrub import plain_text, scrub
from document.briefs import code, md, printed, shown


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b[38;5;28;01mbold\x1b[39;00m", "bold"),
        ("\x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b[2K\x1b[1A\x1b[?25lx", "x"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("10%\r50%\r100%\n", "100%\n"),
        ("longer line\rshort", "shortr line"),
        ("abc\b\bX", "aXc"),
        ("\b\bx", "x"),
        ("a\r", "a"),
        ("über\rÜ", "Über"),
        ("no controls", "no controls"),
    ],
)
def test_a_terminal_shows(raw: str, seen: str) -> None:
    """Colours go; a carriage return writes over what stands there."""
    assert plain_text(raw) == seen


@given(st.text(st.characters(exclude_characters="\x1b\r\b")))
def test_text_without_controls_is_untouched(text: str) -> None:
    """Whatever it is."""
    assert plain_text(text) == text


@given(st.text(st.sampled_from("ab\r\n\b\x1b[0m];")))
def test_reading_twice_changes_nothing_more_of_printed_lines(text: str) -> None:
    """No return or backspace is left, and no line is lost."""
    once = plain_text(text)
    assert not set(once) & {"\r", "\b"}
    assert once.count("\n") == plain_text(once).count("\n")


def test_prints_are_joined_by_stream_in_a_fixed_order() -> None:
    """When the kernel flushed is chance; what stands between two prints keeps them apart."""
    first = [printed("e1", "stderr"), printed("a"), printed("e2", "stderr"), printed("b")]
    outputs = [*first, shown({"text/plain": "x"}), printed("c"), printed("d")]
    found = scrub(nbformat.v4.new_notebook(cells=[code(*outputs)])).cells[0].outputs
    assert [(o.get("name"), o.get("text")) for o in found] == [("stdout", "ab"), ("stderr", "e1e2"), (None, None), ("stdout", "cd")]


@given(st.lists(st.tuples(st.sampled_from(["stdout", "stderr"]), st.text("xy", min_size=1, max_size=2)), max_size=8))
def test_any_order_of_flushes_gives_the_same_outputs(prints: list[tuple[str, str]]) -> None:
    """Only the order within each stream counts."""

    def read(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
        notebook = nbformat.v4.new_notebook(cells=[code(*(printed(text, name) for name, text in pieces))])
        return [(o.name, o.text) for o in scrub(notebook).cells[0].outputs]

    assert read(prints) == read(sorted(prints, key=lambda piece: piece[0] == "stderr"))


def test_addresses_processes_and_random_names_are_taken_out() -> None:
    """In text and in HTML; numbers that only look like addresses stay."""
    html = '<style>#T_1a2b3_row0 {}</style><table id="T_1a2b3"><td>&lt;x at 0x7f00aabbccdd&gt;</td></table>'
    cell = code(
        shown({"text/plain": "<x at 0x7f00aabbccdd> 0x7f00aabbccdd", "text/html": html}),
        printed("/tmp/ipykernel_123/456.py:1: UserWarning: x", "stderr"),
    )
    one, two = scrub(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs
    assert one.data["text/plain"] == "<x at 0x…> 0x7f00aabbccdd"
    assert "1a2b3" not in one.data["text/html"]
    assert "0x7f" not in one.data["text/html"]
    assert two.text == "cell.py:1: UserWarning: x"


def test_a_styled_table_has_one_name_in_every_run() -> None:
    """The name that pandas draws is replaced by one of its content."""

    def html(name: str) -> str:
        cell = code(shown({"text/html": f'<style>#T_{name}_row0 {{}}</style><table id="T_{name}"></table>'}))
        return str(scrub(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs[0].data["text/html"])

    assert html("00000") == html("fffff")


def test_lone_surrogates_are_replaced() -> None:
    """JSON can hold them, a file cannot."""
    notebook = scrub(nbformat.v4.new_notebook(cells=[md("a\ud800b"), code(printed("\udfff"), shown({"text/plain": "\ud83d"}))]))
    assert (notebook.cells[0].source, notebook.cells[1].outputs[0].text) == ("a\ufffdb", "\ufffd")
    nbformat.writes(notebook).encode("utf-8")


def test_scrubbing_twice_changes_nothing_more() -> None:
    """A notebook that a build kept can be exported again to the same bytes."""
    cell = code(printed("<x at 0x7f00aabbccdd>\n"), shown({"text/html": '<table id="T_1a2b3">'}), printed("b", "stderr"), printed("a"))
    once = scrub(nbformat.v4.new_notebook(cells=[cell]))
    assert scrub(copy.deepcopy(once)) == once
