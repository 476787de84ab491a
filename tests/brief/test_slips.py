"""Slips in ach.yml and judgments.yml, as people make them: each is told with its key and its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from brieftools.analysis.lexicon import lexicon
from brieftools.brief.hypotheses import read_hypotheses
from brieftools.brief.judgments import read_judgments_file
from brieftools.errors import SpecError

FIRST = Path(__file__).parents[2] / "briefs" / "islamic-state-abroad"


def refusal(folder: Path, name: str, read: Callable[[Path], object], *changes: tuple[str, str]) -> str:
    """What reading a file says after changes by hand; LINE stands for the line of the first one."""
    text = (FIRST / name).read_text(encoding="utf-8")
    line = text[: text.index(changes[0][0])].count("\n") + 1
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        read(folder)
    assert caught.value.where == str(folder / name)
    assert caught.value.do
    return str(caught.value).replace(f"line {line}", "LINE")


ACH = [
    (("question:", "qestion:"), "qestion (LINE): unknown key; did you mean 'question'?"),
    (("implies: Shift", "implys: Shift"), "hypotheses.H1.implys (LINE): unknown key; did you mean 'implies'?"),
    (("label: growing", "label:"), "hypotheses.H1.label (LINE): this key has no value"),
    (("label: growing", 'label: ""'), "hypotheses.H1.label (LINE): the text is empty"),
    (("label: growing", "label: 2017"), "hypotheses.H1.label (LINE): input should be a valid string (given: 2017)"),
    (("rated: false", "rated: perhaps"), "hypotheses.H0.rated (LINE)"),
    (("H1: C its premise", "H1: X its premise"), "evidence.E1.ratings.H1 (LINE): 'X' is none of CC, C, N, I, II, NA"),
    (("H1: C its premise", "H1: c its premise"), "evidence.E1.ratings.H1 (LINE): 'c' is none of"),
    (("H1: C its premise", "H1: 3"), "evidence.E1.ratings.H1 (LINE): '3' is none of"),
    (("H1: C its premise", "H9: C its premise"), "evidence.E1.ratings.H9 (LINE): no rated hypothesis 'H9'; known: H1, H2, H3, H4, H5"),
    (("H1: C its premise", "H0: C its premise"), "evidence.E1.ratings.H0 (LINE): no rated hypothesis 'H0'; it has `rated: false`"),
    (("credibility: M", "credibility: medium"), "evidence.E1.credibility (LINE): 'medium' is not allowed; input should be 'L', 'M' or 'H'"),
    (("grade: F3", "grade: G9"), "evidence.E1.grade (LINE): 'G9' is no grade; write a letter A to F and a figure 1 to 6"),
    (
        ('basis: ["@leopold-cohen-2017, ¶2", "@leopold-cohen-2017, ¶3"]', "basis: the article"),
        "evidence.E1.basis (LINE): input should be a valid list",
    ),
    (("  E2:\n", "  E1:\n"), "LINE is not valid YAML: the key 'E1' stands twice"),
    (("text: Ground reported", "text: Ground: reported"), "LINE is not valid YAML: mapping values are not allowed here"),
    (("    label: growing", "\tlabel: growing"), "LINE is not valid YAML"),
]


@pytest.mark.parametrize(("change", "says"), ACH)
def test_a_slip_in_ach_yml(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    """Key, line, what is wrong, and what would be right."""
    assert says in refusal(tmp_path, "ach.yml", read_hypotheses, change)


def test_all_slips_at_once(tmp_path: Path) -> None:
    """Two wrong letters of one row are told in one go."""
    said = refusal(tmp_path, "ach.yml", read_hypotheses, ("H1: C its", "H1: X its"), ("H2: CC the", "H2: ZZ the"))
    assert "ratings.H1 (LINE): 'X'" in said
    assert "ratings.H2 (line 48): 'ZZ'" in said


def test_too_few_hypotheses(tmp_path: Path) -> None:
    """One complaint, not one for each cell of the hypotheses that are not rated."""
    unrated = [
        (f"label: {label}\n", f"label: {label}\n    rated: false\n") for label in ("compensating", "level", "relabelled", "shrinking")
    ]
    said = refusal(tmp_path, "ach.yml", read_hypotheses, *unrated)
    assert said.startswith("hypotheses (line 7): fewer than two are rated")
    assert "ratings" not in said


JUDGMENTS = [
    (("confidence: low", "confidense: low"), "judgments.0.confidense (LINE): unknown key; did you mean 'confidence'?"),
    (
        ("confidence: low", "confidence: medium"),
        "judgments.0.confidence (LINE): 'medium' is not allowed; input should be 'high', 'moderate' or 'low'",
    ),
    (("confidence: low", "confidence: low\n    confidence: low"), "is not valid YAML: the key 'confidence' stands twice"),
    (("likelihood: likely", "likelihood: likley"), "(LINE): 'likley' is no likelihood term of ICD 203, first row; did you mean 'likely'?"),
    (
        ("likelihood: likely", "likelihood: 70"),
        "judgments.0.likelihood (LINE): 70 is neither a word of the scale nor a number between 0 and 1",
    ),
    (("likelihood: likely", "likelihood: 70 %"), "judgments.0.likelihood (LINE): '70 %' is neither a word"),
    (("probability: 0.70", "probability: 0.90"), "(LINE): probability 0.9 lies outside “likely” (55–80 %)"),
    (("probability: 0.70", "probability: 1"), "judgments.0.probability (LINE): input should be less than 1"),
    (("basis:", "basis: []\n    x:"), "judgments.0.basis (LINE): needs 1 entry or more, and has 0"),
    (("horizon: 2017-12-31", "horizon: end of 2017"), "judgments.0.horizon (LINE): input should be a valid date"),
    (("horizon: 2017-12-31", "horizon: 2017-02-30"), "LINE: '2017-02-30' is not valid YAML: day is out of range for month"),
    (("id: mosul", "id: Mosul City"), "judgments.0.id (LINE): 'Mosul City' is no id; use lower-case letters"),
    (("id: iraq-events", "id: mosul"), "judgment 'mosul' (LINE): another judgment has the same id"),
    (("tag: NEW", "tag: UP"), "a judgment tagged UP says why"),
    (("tag: NEW", "tag: RESOLVED\n    tag_reason: it ended"), "a judgment tagged RESOLVED says how"),
    (("reviewed: null", "reviewed: yes"), "judgments.0.reviewed (LINE): input should be a valid date"),
    (
        ("reviewed: null", "resolved: {on: 2017-07-10, outcome: maybe, evidence: x}"),
        "judgments.0.resolved.outcome (LINE): input should be a valid boolean",
    ),
]


@pytest.mark.parametrize(("change", "says"), JUDGMENTS)
def test_a_slip_in_judgments_yml(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    """Key, line, what is wrong, and what would be right."""
    assert says in refusal(tmp_path, "judgments.yml", lambda folder: read_judgments_file(folder, lexicon("icd203-1")), change)
