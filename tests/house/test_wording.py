"""Labels and dates in each language."""

from __future__ import annotations

import re
from datetime import date

import pytest

from brieftools.house.wording import LANGUAGES, standard_heading, words

EN = words("en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", ["printed", "written", "headings"])
def test_every_language_is_complete(language, part):
    """No label falls back to English in the middle of a page, and none is empty."""
    own, ours = getattr(words(language), part), getattr(EN, part)
    assert own.keys() == ours.keys()
    assert all(text.strip() for text in own.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_places(language):
    """What is filled in, and how many columns a table has, is the same in all."""
    for part in ("printed", "written"):
        for key, text in getattr(words(language), part).items():
            ours = getattr(EN, part)[key]
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ours)), key
            assert text.count("|") == ours.count("|"), key


def test_dates_in_french():
    """The first of a month is an ordinal; months are small."""
    french = words("fr-CA")
    assert french.long_date(date(2017, 8, 1)) == "1er août 2017"
    assert french.long_date(date(2017, 3, 31)) == "31 mars 2017"
    assert french.span(date(2012, 1, 1), date(2017, 3, 31)) == "janvier 2012 – mars 2017"
    assert french.listing(["1", "2", "3"]) == "1, 2 et 3"
    assert (french.counted(1, "source"), french.counted(12, "origin")) == ("1 source", "12 origines")


def test_an_unknown_language_has_english_labels():
    """A brief in a language without labels is still labelled."""
    assert words("sw").printed == EN.printed


def test_a_usual_heading_is_known_in_every_language():
    """Its key leads to the words of the house."""
    assert standard_heading("  Key judgments ") == standard_heading("Jugements clés") == "key_judgments"
    assert standard_heading("BOTTOM LINE.") == "bottom_line"
    assert standard_heading("Key judgments of others") is None
