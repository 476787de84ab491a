"""The matrix as a notebook's cell shows it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from brieftools.notebook.session import Brief, open_brief

ROOT = Path(__file__).parents[2]


@pytest.fixture
def brief(tmp_path: Path) -> Brief:
    """The first brief, opened as its notebook does; one cell of its matrix is empty."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "brieftools.toml", tmp_path)
    folder = tmp_path / "briefs" / "islamic-state-abroad"
    shutil.copytree(ROOT / "briefs" / "islamic-state-abroad", folder, ignore=shutil.ignore_patterns("editions"))
    path = folder / "ach.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("      H1: C its premise\n", ""), encoding="utf-8")
    return open_brief(folder=folder)


def shown(brief: Brief) -> str:
    """The HTML of the cell `brief.hypotheses`."""
    return str(brief.hypotheses._repr_mimebundle_()["text/html"])


def test_letters_colours_and_reasons(brief: Brief) -> None:
    """Inconsistent letters stand on amber with their reason at the pointer; a missing cell says so."""
    page = shown(brief)
    assert re.search(r"background:#EDC878[^>]*title='I?\s*growth would add'>I<", page)
    assert re.search(r"background:#D0DDE6[^>]*font-weight:600[^>]*>CC<", page)
    assert page.count("<em>missing</em>") == 1


def test_verdict_scores_ranks_and_what_is_set_apart(brief: Brief) -> None:
    """Three paragraphs, tied ranks, who leads without a row, and the row that tells nothing last."""
    page = shown(brief)
    assert [head for head in ("Verdict.", "How firm.", "Cross-check.") if f"<strong>{head}</strong>" in page] == [
        "Verdict.",
        "How firm.",
        "Cross-check.",
    ]
    assert page.count(">1 =<") == 3
    assert "H1 H2 H3 H4 ◆" in page
    assert page.index("Set apart") < page.index(">E2<")
    assert page.index(">E12<") < page.index("Set apart")


def test_facts_that_are_there_are_filled_in(brief: Brief) -> None:
    """What the cells above computed is shown; what is computed later keeps its name, and the Document gets the name always."""
    brief.fact("nigeria_events_2016q1", 113, origin="a series")
    page = shown(brief)
    assert "Nigeria: 113 events" in page
    assert "{{ nigeria_events_2017q1 }} a year later" in page
    assert "{{ nigeria_events_2016q1 }}" in str(brief.hypotheses.payload)


def test_no_text_becomes_markup(brief: Brief) -> None:
    """A fact's text is text."""
    brief.fact("nigeria_events_2016q1", "<script>alert(1)</script>", origin="a series")
    assert "<script>" not in shown(brief)
