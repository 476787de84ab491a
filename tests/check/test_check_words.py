"""The checker on real prose: what it finds, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.check.finding import Finding
from brieftools.check.mask import mask
from brieftools.check.run import check_notebook
from check.samples import CLEAN, FLAGGED


def check(folder: Path, *cells: str) -> tuple[Finding, ...]:
    """Check a notebook of Markdown cells that belongs to no brief."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id=f"cell-{n}") for n, text in enumerate(cells)])
    path = folder / "alone.ipynb"
    nbformat.write(notebook, path)
    return check_notebook(path).findings


@pytest.mark.parametrize("text", CLEAN)
def test_no_false_alarm(text: str, tmp_path: Path) -> None:
    """Quotations, titles, addresses, code, months and idioms are nobody's judgment."""
    assert [str(found) for found in check(tmp_path, text)] == []


@pytest.mark.parametrize(("rule", "text", "words"), FLAGGED)
def test_what_a_reviewer_would_strike_out(rule: str, text: str, words: str, tmp_path: Path) -> None:
    """Each rule finds its own sentence and names the words."""
    found = [one for one in check(tmp_path, text) if one.rule == rule]
    assert found, text
    assert words in found[0].what
    assert found[0].do


def test_place_of_a_finding(tmp_path: Path) -> None:
    """A finding names the cell and the line in it, and its link opens the cell."""
    found = check(tmp_path, "Nothing here.", "First line.\n\nThird line.\nThe group may\nstrike.")
    assert [(one.place.cell, one.place.line) for one in found] == [("cell-1", 4)]
    assert found[0].as_json()["link"].endswith("alone.ipynb#cell-id=cell-1")


def test_vague_words_weigh_in_judgments_only(tmp_path: Path) -> None:
    """Where a notebook has a part that judges, the background may speak as it likes."""
    found = check(tmp_path, "## Bottom line\n\nIt could close.\n\n### Detail\n\nIt might.", "## Background\n\nRoads may be cut in winter.")
    assert [one.what.split("”")[0] for one in found] == ["“could", "“might"]


def test_a_term_inside_a_longer_one_is_not_counted(tmp_path: Path) -> None:
    """ "very likely" is one term, and "almost certainly" is not "certainly"."""
    cell = nbformat.v4.new_markdown_cell("It is very likely. It will almost certainly rain. It may snow.")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    nbformat.write(notebook, tmp_path / "n.ipynb")
    checked = check_notebook(tmp_path / "n.ipynb")
    assert (checked.vague, checked.calibrated, checked.ratio) == (1, 2, 0.5)
    assert [one.rule for one in checked.findings] == ["L3"]


@given(st.text(alphabet="ab .\n\"'“”‘’«»*_`>$[](){}@^-|#may could", max_size=120))
def test_masking_keeps_every_place(text: str) -> None:
    """Whatever is masked, length and line breaks stay, and nothing is written that was not there."""
    masked = mask(text)
    assert len(masked) == len(text)
    assert all(new in (old, " ") for new, old in zip(masked, text, strict=True))
    assert [i for i, c in enumerate(masked) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(CLEAN), min_size=1, max_size=6))
def test_clean_paragraphs_stay_clean_together(paragraphs: list[str]) -> None:
    """No mark in one paragraph changes what is found in the next."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        assert check(Path(folder), "\n\n".join(paragraphs)) == ()
