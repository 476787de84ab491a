"""Judgments past their horizon: resolved, scored, printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from brieftools.analysis.lexicon import lexicon
from brieftools.brief.judgments import judgments_block, read_judgments, read_judgments_file
from brieftools.brief.scores import NONE_YET, scorecard, scores_payload
from brieftools.errors import SpecError

ICD, PHIA = lexicon("icd203-1"), lexicon("phia")
ONE = """judgments:
  - id: road
    statement: the road stays open until the end of June 2020
    likelihood: LIKELIHOOD
    confidence: low
    because: one source speaks of it
    basis: ["@smith-2020, ¶1"]
    horizon: 2020-06-30
    indicator: two closures in a week
    decided_by: the ministry's list
    author: a desk
"""
HISTORY = """history:
  - {id: road, edition: 2020-01-31, statement: the road stays open in February, likelihood: likely, probability: 0.7, horizon: 2020-02-29,
     resolved: {on: 2020-03-01, outcome: true, evidence: "[@smith-2020, ¶1]"}}
  - {id: bridge, edition: 2020-01-31, statement: the bridge is rebuilt, likelihood: 0.25, horizon: 2020-02-29,
     resolved: {on: 2020-03-01, outcome: false, evidence: a list}}
  - {id: port, edition: 2020-01-31, statement: the port opens, likelihood: very likely, horizon: 2020-03-15}
"""


def write(folder: Path, likelihood: str = "likely", more: str = "", head: str = "") -> Path:
    """Write a judgments.yml and return its folder."""
    (folder / "judgments.yml").write_text(head + ONE.replace("LIKELIHOOD", likelihood) + more, encoding="utf-8")
    return folder


def test_scorecard_of_three_past_judgments(tmp_path: Path) -> None:
    """(0.7 - 1)^2 = 0.09 and (0.25 - 0)^2 = 0.0625, mean 0.08 against 0.25; one is due."""
    rows, told = scorecard(write(tmp_path, more=HISTORY), ICD, edition="2020-03-31", as_of=date(2020, 3, 31))
    assert [row[5] for row in rows] == ["0.09", "0.06", ""]
    assert rows[0][4] == "came true, 1 March 2020 [@smith-2020, ¶1]"
    assert rows[2][4] == "due, not resolved"
    assert [row[2] for row in rows] == ["likely, 70 %", "25 %", "very likely; scored as 87.5 %"]
    assert told[0] == "Brier score 0.08 over 2 resolved judgments (0 is perfect, 0.25 is always saying 50 %)."
    assert told[1] == "1 past the horizon is not resolved yet."


def test_nothing_past_its_horizon(tmp_path: Path) -> None:
    """Before the horizon there is one sentence and no table."""
    assert scores_payload(write(tmp_path), ICD, edition="e", as_of=date(2020, 3, 31)) == {"type": "para", "text": NONE_YET}


def test_a_later_resolution_does_not_enter_an_earlier_edition(tmp_path: Path) -> None:
    """As of 29 February the resolution of 1 March is unknown."""
    rows, _ = scorecard(write(tmp_path, more=HISTORY), ICD, edition="e", as_of=date(2020, 2, 29))
    assert {row[4] for row in rows} == {"due, not resolved"}


def test_hindsight_is_no_test_of_skill(tmp_path: Path) -> None:
    """A retrospective edition is scored apart and says so."""
    resolved = '    resolved: {on: 2020-07-01, outcome: true, evidence: "[@smith-2020, ¶1]"}\n'
    rows, told = scorecard(write(tmp_path, more=resolved, head="retrospective: true\n"), ICD, edition="e", as_of=date(2020, 7, 2))
    assert rows[0][1] == "e (hindsight)"
    assert told == [
        "Brier score 0.11 over 1 resolved judgment (0 is perfect, 0.25 is always saying 50 %). "
        "It was written in hindsight, so this is no test of skill."
    ]


@pytest.mark.parametrize(
    ("scale", "likelihood", "said"),
    [
        (ICD, "0.7", ("It is", "likely", "70 %, of 55–80 %")),
        (ICD, "likely", ("It is", "likely", "55–80 %")),
        (PHIA, "0.62", ("It is", "likely", "62 %, of 55–75 %")),
        (PHIA, "0.38", ("There is a", "38 % chance", "no word of the PHIA probability yardstick covers it")),
        (PHIA, "0.45", ("There is a", "realistic possibility", "45 %, of 40 to under 50 %")),
    ],
)
def test_a_number_for_a_word(scale: object, likelihood: str, said: tuple[str, str, str], tmp_path: Path) -> None:
    """The word is looked up and the number stands beside the band; in a gap of the yardstick the number stands alone."""
    found = read_judgments(write(tmp_path, likelihood), scale)  # type: ignore[arg-type]
    (entry,) = judgments_block(found, scale, {}, where="")["items"]  # type: ignore[arg-type]
    assert (entry["lead"], entry["word"], entry["band"]) == said


@pytest.mark.parametrize(
    ("likelihood", "more", "says"),
    [
        ("1.0", "", "likelihood"),
        ("70", "", "likelihood"),
        ("0.7", "    probability: 0.6\n", "leave one of them out"),
        ("likely", "    tag: UP\n", "tag_reason"),
        ("likely", "    tag: RESOLVED\n    tag_reason: decided\n", "resolved"),
        ("unlikely", "    tag: UP\n    tag_reason: a reason\n" + HISTORY, "went from 70 to 32.5 %"),
        ("likely", "    probability: 0.9\n", "lies outside"),
        ("probable", "", "no likelihood term"),
    ],
)
def test_what_reading_refuses(likelihood: str, more: str, says: str, tmp_path: Path) -> None:
    """A judgment that contradicts itself, its scale or its history is refused, with its line."""
    with pytest.raises(SpecError, match=says) as caught:
        read_judgments_file(write(tmp_path, likelihood, more), ICD)
    assert "(line " in caught.value.what
