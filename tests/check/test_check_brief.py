"""The checker on a whole brief: its own files, its last run, its exceptions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from brieftools.check.run import Checked, check_brief
from brieftools.cli.main import app
from brieftools.edition.last import last_run

ROOT = Path(__file__).parents[2]
SLUG = "islamic-state-abroad"


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A copy of the first brief in a project of its own."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "brieftools.toml", tmp_path)
    shutil.copytree(ROOT / "briefs" / SLUG, tmp_path / "briefs" / SLUG, ignore=shutil.ignore_patterns("editions"))
    return tmp_path / "briefs" / SLUG


def replace(path: Path, old: str, new: str) -> None:
    """Change a file by hand, as an analyst would."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rules(checked: Checked) -> list[str]:
    """Rules that found something, each once."""
    return sorted({found.rule for found in checked.findings})


def test_the_first_brief_is_clean(brief: Path) -> None:
    """Nothing to mend in it, not even a warning."""
    assert [str(found) for found in check_brief(brief).findings] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "rule", "says"),
    [
        ("judgments.yml", "    confidence: low\n", "", "L4", "confidence"),
        ("judgments.yml", "    horizon: 2017-12-31\n", "", "L4", "horizon"),
        ("judgments.yml", "probability: 0.70", "probability: 0.90", "L5", "lies outside"),
        ("judgments.yml", "likelihood: likely", "likelihood: probable", "L4", "no likelihood term"),
        ("judgments.yml", "Iraqi forces hold all", "Iraqi forces may hold all", "L3", "may"),
        ("judgments.yml", '"@leopold-cohen-2017, ¶1"', '"@leopold-cohen-2017, ¶99"', "L6", "no ¶99"),
        (
            "judgments.yml",
            "horizon: 2017-12-31",
            "horizon: 2017-01-31",
            "L4",
            "judgments.yml:13\n  the horizon of judgment 'mosul', 31 January 2017, has passed and it is not resolved",
        ),
        ("ach.yml", "    implies: Shift effort abroad.\n", "", "L7", "implies"),
        ("ach.yml", "      H1: C its premise", "      H9: C its premise", "L7", "ach.yml:47"),
        ("brief.yml", "  - icd-203\n", "  - icd-203\n  - un-extra\n", "L6", "never cited"),
        ("brief.yml", 'handling: "TLP:CLEAR"', 'handling: "TLP:CLEAR"\n', "", ""),
        ("brief.ipynb", "brief.hypotheses", "None", "L7", "no cell"),
        ("brief.ipynb", "**very likely** (80–95 %)", "**very likely** (60–95 %)", "L5", "very likely"),
    ],
)
def test_one_slip_one_finding(brief: Path, file: str, old: str, new: str, rule: str, says: str) -> None:
    """Each slip in a brief's own files is found by its rule, with its reason."""
    if "un-extra" in new:
        source = (brief.parents[1] / "data/sources/icd-203.md").read_text(encoding="utf-8").replace("key: icd-203", "key: un-extra")
        (brief.parents[1] / "data/sources/un-extra.md").write_text(source, encoding="utf-8")
    replace(brief / file, old, new)
    checked = check_brief(brief)
    assert rules(checked) == ([rule] if rule else [])
    assert all(says in str(found) for found in checked.findings)


def test_line_of_a_slip(brief: Path) -> None:
    """A finding in a YAML file points to the line of its key."""
    replace(brief / "judgments.yml", "Iraqi forces hold all", "Iraqi forces may hold all")
    lines = (brief / "judgments.yml").read_text(encoding="utf-8").splitlines()
    (found,) = check_brief(brief).findings
    assert "statement: Iraqi forces may" in lines[(found.place.line or 0) - 1]


def test_a_label_weaker_than_a_source(brief: Path) -> None:
    """An amber source makes an amber brief, and the mend says so."""
    replace(brief.parents[1] / "data/sources/icd-203.md", 'handling: "TLP:CLEAR"', 'handling: "TLP:AMBER"')
    (found,) = check_brief(brief).findings
    assert (found.rule, found.level) == ("L8", "error")
    assert "TLP:AMBER" in found.do


def test_another_lexicon_another_verdict(brief: Path) -> None:
    """ "very likely" is no word of the PHIA yardstick; "likely" is, and its band decides."""
    replace(brief / "brief.yml", "lexicon: icd203-1", "lexicon: phia")
    found = check_brief(brief).findings
    assert {one.rule for one in found} >= {"L1", "L4"}
    assert not any("“likely” belongs" in one.what for one in found)


def test_a_rule_switched_off_needs_a_reason(brief: Path) -> None:
    """With a reason the rule is silent and the reason is kept for the page; without one the file is wrong."""
    replace(brief / "judgments.yml", "Iraqi forces hold all", "Iraqi forces may hold all")
    replace(brief / "brief.yml", "parameters: {}", 'parameters: {}\nchecks: {L3: "quoted from an order that says may"}')
    checked = check_brief(brief)
    assert checked.findings == ()
    assert checked.off == {"L3": "quoted from an order that says may"}
    replace(brief / "brief.yml", '"quoted from an order that says may"', '""')
    from brieftools.errors import SpecError

    with pytest.raises(SpecError, match="rule L3 is switched off without a reason"):
        check_brief(brief)
    replace(brief / "brief.yml", 'L3: ""', 'L11: "no such rule"')
    with pytest.raises(SpecError, match="there is no rule 'L11'; the rules are L1 to L10"):
        check_brief(brief)


def test_exit_codes_and_json(brief: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning passes, and fails with --strict; the JSON carries reason, mend and place."""
    from brieftools.cli.guard import guarded

    monkeypatch.chdir(brief.parents[1])
    replace(brief / "judgments.yml", "Iraqi forces hold all", "Iraqi forces may hold all")
    assert guarded(app, ["check", SLUG, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["ok"], said["warnings"], said["findings"][0]["id"]) == (True, 1, "L3")
    assert said["findings"][0]["file"] == f"briefs/{SLUG}/judgments.yml"
    assert guarded(app, ["check", SLUG, "--strict"]) == 1


def test_a_build_is_checked(brief: Path) -> None:
    """A draft is told; an issue stops; figures and computed numbers are looked at in the run."""
    from brieftools.build import build
    from brieftools.errors import DocumentError

    replace(brief / "brief.ipynb", "It named no source for either", "There were 230 events in Iraq in 2017. It named no source for either")
    replace(brief / "brief.ipynb", "**very likely** (80–95 %)", "**very likely** (60–95 %)")
    built = build(brief)
    told = "\n".join(built.warnings)
    assert "L5 error" in told
    assert "L10 warning" in told
    assert "iraq_events_2017q1" in told
    checked = check_brief(brief, last_run=last_run)
    assert checked.run
    assert rules(checked) == ["L10", "L5"]
    with pytest.raises(DocumentError, match="L5"):
        build(brief, state="issued")


def test_an_exception_and_a_foreign_word_are_printed(brief: Path) -> None:
    """The method part names the rule that is off, and the scale names the words that it lacks."""
    from brieftools.build import build

    replace(brief / "brief.yml", "parameters: {}", 'parameters: {}\nchecks: {L10: "typed numbers are quotations"}')
    replace(brief / "brief.ipynb", "It named no source for either", "A retreat is probable. It named no source for either")
    page = build(brief).html.read_text(encoding="utf-8")
    assert "typed numbers are quotations" in page
    assert "Not on this scale" in page


def test_a_plain_figure_is_found_in_the_run(brief: Path) -> None:
    """A figure without text alternative, source and period is named with its cell."""
    from brieftools.build import build

    replace(brief / "brief.ipynb", '"brief.indicators"', '"import matplotlib.pyplot as plt\\n",\n    "plt.plot([1, 2]);"')
    told = [warning for warning in build(brief).warnings if warning.startswith("L9")]
    assert len(told) == 1
    assert "cell-id=indicators" in told[0]
    assert "source" in told[0]
    assert "period" in told[0]
