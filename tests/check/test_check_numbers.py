"""L10: typed numbers that have gone stale, and numbers that count something else."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from brieftools.brief.facts import Facts, fact
from brieftools.check.finding import Place
from brieftools.check.numbers import stale_numbers
from brieftools.check.scene import Scene
from brieftools.check.texts import Text

FACTS = Facts(
    {
        one.name: one
        for one in (
            fact("iraq_events_2017q1", 236, unit="events"),
            fact("countries_2016", 19, unit="countries"),
            fact("onesided_deaths_2016", 3718, unit="reported deaths"),
        )
    }
)


def found(sentence: str) -> list[str]:
    """What the rule says of a sentence."""
    text = Text(sentence, Place("brief.ipynb", 1, "home"))
    scene = Scene(nbformat.v4.new_notebook(), Path("brief.ipynb"), (text,), facts=FACTS)
    return [one.what for one in stale_numbers(scene)]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("There were 230 events in Iraq in 2017.", "230 events is typed, but the data say 236 (iraq_events_2017q1)"),
        ("There were 23 events in Iraq in 2017.", "23 events is typed"),
        ("There were 2,360 recorded events in Iraq in 2017.", "2,360 events is typed"),
        ("The list of 2016 names 18 countries.", "18 countries is typed, but the data say 19 (countries_2016)"),
    ],
)
def test_a_stale_or_mistyped_number(sentence: str, says: str) -> None:
    """Near the fact's value, or a digit more or less."""
    (what,) = found(sentence)
    assert says in what


@pytest.mark.parametrize(
    "sentence",
    [
        "There were 236 events in Iraq in 2017.",
        "In Iraq in 2017, 3 events are dated to a week or coarser.",
        "In Iraq 12 events fell into May 2017.",
        "In 2016, 14 countries stood on both lists.",
        "At least 18 countries were named in 2016.",
        "The list of 2016 names 17 countries outside Iraq and Syria.",
        "Iraq had 230 events in 2016.",
        "Syria had 230 events in 2017.",
        "“There were 230 events in Iraq in 2017”, the ministry said.",
    ],
)
def test_a_number_that_counts_something_else(sentence: str) -> None:
    """Parts, other places, other years, and what others say."""
    assert found(sentence) == []
