"""What an analyst writes beside the notebook: `brief.yml`, parameters, judgments, facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from brieftools.brief.facts import fact
from brieftools.brief.inputs import read_inputs
from brieftools.brief.judgments import read_judgments
from brieftools.brief.parameters import Parameter, check, declared, from_text
from brieftools.brief.spec import read_spec
from brieftools.errors import BrieftoolsError, SpecError
from projects import BRIEF, JUDGMENTS, SOURCE, TOML, code, lay_down


def refusal(tmp_path: Path, *change: str, files: dict[str, str] | None = None) -> str:
    """Return what reading the inputs of a wrong brief says."""
    laid = lay_down(tmp_path, brief=BRIEF.replace(*change) if change else BRIEF, files=files)
    with pytest.raises(BrieftoolsError) as caught:
        read_inputs(laid.folder)
    assert caught.value.where
    assert caught.value.do
    return str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("as_of: 2020", "as_off: 2020"), "edition.as_off (line 6): unknown key; did you mean 'as_of'?"),
        (("[smith-2020]", "smith-2020"), "sources (line 4): input should be a valid list (given: 'smith-2020')"),
        (("as_of: 2020-03-31", "as_of: 2020-02-31"), "line 6: '2020-02-31' is not valid YAML: day is out of range for month"),
        (("sources: [smith", "sources: [[smith"), "line 5 is not valid YAML"),
        (("parameters:", "title: again\nparameters:"), "line 8 is not valid YAML: the key 'title' stands twice"),
        (
            ("weeks: 8", "weeks: {a: 1}"),
            "parameters.weeks (line 9): a parameter is a number, a text, true, false, a date, or a list of these",
        ),
        (("weeks: 8", "share: .nan"), "parameters.share (line 9): a parameter is a number"),
        (("template:", "language: '<b>'\ntemplate:"), "language (line 3)"),
        (("template:", "lexicon: icd204\ntemplate:"), "there is no lexicon 'icd204'"),
        (("template:", "handling: 'TLP:WHITE'\ntemplate:"), "no handling label 'TLP:WHITE'; did you mean 'TLP:RED'?"),
        (("start: 2020-01-01", "start: 2020-05-01"), "period (line 7): the period ends (2020-03-31) before it starts (2020-05-01)"),
    ],
)
def test_brief_yml_complains_with_line_and_key(change: tuple[str, str], says: str, tmp_path: Path) -> None:
    """Each complaint points to the line and says what is meant."""
    said = refusal(tmp_path, *change)
    assert says in said
    assert "brief.yml" in said


def test_each_complaint_stands_once(tmp_path: Path) -> None:
    """A value that fits none of several types is one complaint, not one for each type."""
    said = refusal(tmp_path, "weeks: 8", "weeks: [{a: 1}, 2]")
    assert said.count("parameters.weeks") == 1


def test_a_source_stricter_than_the_brief_stops_it(tmp_path: Path) -> None:
    """A brief cannot be more open than what it rests on."""
    strict = SOURCE.replace("licence:", "handling: 'TLP:AMBER'\nlicence:")
    assert "the brief is TLP:CLEAR, but one of its sources is TLP:AMBER" in refusal(tmp_path, files={"data/sources/smith-2020.md": strict})


def test_a_project_default_that_is_wrong_is_looked_for_in_the_project(tmp_path: Path) -> None:
    """The message names brieftools.toml, not a brief that inherits from it."""
    said = refusal(tmp_path, files={"brieftools.toml": TOML + '[defaults]\nhandling = "TLP:WHITE"\n'})
    assert str(tmp_path / "brieftools.toml") in said


def test_parameters_of_every_kind_reach_the_notebook_as_plain_values(tmp_path: Path) -> None:
    """Dates become ISO texts, alone and in lists; `&anchor true` stays true."""
    values = "weeks: 8\n  name: 2020-01-05\n  regions: [2020-01-05, north, 3]\n  fast: &f true\n  share: 0.5\n  anything: null"
    inputs = read_inputs(lay_down(tmp_path, brief=BRIEF.replace("weeks: 8", values)).folder)
    assert inputs.parameters({}) == {
        **{"weeks": 8, "name": "2020-01-05", "regions": ["2020-01-05", "north", 3]},
        **{"fast": True, "share": 0.5, "anything": None},
    }
    assert inputs.parameters({"weeks": 3, "share": None})["weeks"] == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a=3", 3),
        ("a=-0.5", -0.5),
        ("a=true", True),
        ("a=", ""),
        ("a=x=y", "x=y"),
        ("a=2020-01-05", "2020-01-05"),
        ("a=[2020-01-05, b, 3]", ["2020-01-05", "b", 3]),
        ("a='{x} \"q\" {{ y }}'", '{x} "q" {{ y }}'),
        ("a=NO", "NO"),
        ("a=null", None),
    ],
)
def test_a_parameter_on_the_command_line_is_read_as_yaml(text: str, value: object) -> None:
    """What `-p name=value` means."""
    name, found = from_text(text)
    assert (name, found, type(found)) == ("a", value, type(value))


@pytest.mark.parametrize("text", ["weeks", "=3", "2x=1", "a={b: 1}", "a=.inf", "a=[[1]]", "a=[", "a=!!python/name:os.system x"])
def test_what_is_no_parameter_is_refused(text: str) -> None:
    """The message says what to do."""
    with pytest.raises(SpecError) as caught:
        from_text(text)
    assert caught.value.do


@pytest.mark.parametrize(
    ("annotation", "good", "bad"),
    [
        ("int", 3, 3.5),
        ("int", 3, True),
        ("float", 3, "x"),
        ("str", "x", 3),
        ("bool", False, 0),
        ("list[str]", ["x"], "x"),
        ("int | None", 3, "x"),
    ],
)
def test_types_are_those_that_the_notebook_declares(annotation: str, good: object, bad: object) -> None:
    """`weeks: int = None` takes a whole number and nothing else."""
    known = declared([code(f"x: {annotation} = None", "parameters")], where="brief.ipynb")
    check({"x": good}, known, where="here")
    check({"x": None}, known, where="here")
    with pytest.raises(SpecError, match="parameter 'x' must be of type"):
        check({"x": bad}, known, where="here")


def test_an_unknown_parameter_names_the_nearest() -> None:
    """papermill alone would only warn."""
    with pytest.raises(SpecError, match="did you mean 'weeks'"):
        check({"wekes": 1}, [Parameter("weeks"), Parameter("edition")], where="here")


@pytest.mark.parametrize("edition", ["2020-13-01", "20200131", "2020-W05", "2020-W05-1", "soon", "", "2020-01-31\n", "../x"])
def test_an_edition_is_a_plain_date(edition: str, tmp_path: Path) -> None:
    """Other spellings that Python would take for a date are refused: they would name two folders for one edition."""
    spec = read_spec(lay_down(tmp_path).folder)
    with pytest.raises(SpecError, match="is not an edition of this brief"):
        spec.at_edition(edition)


def test_another_edition_cuts_the_period(tmp_path: Path) -> None:
    """As of an earlier day the brief speaks of nothing later."""
    spec = read_spec(lay_down(tmp_path).folder).at_edition("2020-02-15")
    assert (spec.edition_name, spec.period.end) == ("2020-02-15", date(2020, 2, 15))
    with pytest.raises(SpecError, match="before the period starts"):
        spec.at_edition("2019-12-31")


@pytest.mark.parametrize(
    ("edition", "name", "as_of"), [("2020-W01", "2020-W01", date(2020, 1, 5)), ("2020-W53", "2020-W53", date(2021, 1, 3))]
)
def test_a_weekly_edition_ends_on_its_sunday(edition: str, name: str, as_of: date, tmp_path: Path) -> None:
    """ISO 8601: 2020 has 53 weeks, and the last ends on 3 January 2021."""
    spec = read_spec(lay_down(tmp_path, brief=BRIEF.replace("rule: date", "rule: week")).folder).at_edition(edition)
    assert (spec.edition_name, spec.edition.as_of) == (name, as_of)
    with pytest.raises(SpecError, match="2021 has no week 53"):
        spec.at_edition("2021-W53")


def test_two_judgments_of_one_name_are_refused(tmp_path: Path) -> None:
    """The id is the judgment's name over editions, and an anchor on the page."""
    twice = JUDGMENTS + JUDGMENTS.partition("\n")[2]
    inputs = read_inputs(lay_down(tmp_path, files={"briefs/roads/judgments.yml": twice}).folder)
    with pytest.raises(SpecError, match="another judgment has the same id"):
        read_judgments(inputs.folder, inputs.lexicon)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567, "1,234,567"),
        (-3, "−3"),
        (1234567.5, "1,234,568"),
        (3718.0, "3,718"),
        (0.25, "0.25"),
        (np.int64(12), "12"),
        (np.float64(0.5), "0.5"),
        (date(2017, 3, 7), "7 March 2017"),
        (pd.Timestamp("2017-03-07"), "7 March 2017"),
        ("twelve-fold", "twelve-fold"),
    ],
)
def test_a_fact_reads_as_a_number_in_a_text_does(value: object, text: str) -> None:
    """Thousands are grouped, a minus is a minus, and no exponent appears."""
    assert fact("x", value).text == text


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), pd.NA, pd.NaT, True, np.bool_(True), [1], 1j])
def test_what_cannot_be_printed_is_no_fact(value: object) -> None:
    """A missing value stops the cell; it never becomes text."""
    with pytest.raises(SpecError, match="has no usable value"):
        fact("x", value)


@pytest.mark.parametrize("name", ["X", "1x", "a-b", "a b", "", "ä", "x.y", "x\n"])
def test_a_fact_has_a_plain_name(name: str) -> None:
    """Names only: nothing in prose is evaluated."""
    with pytest.raises(SpecError, match="no name for a fact"):
        fact(name, 1)
