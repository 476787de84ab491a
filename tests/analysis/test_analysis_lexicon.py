"""Words of likelihood: the published tables, shared ends, gaps."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brieftools.analysis.lexicon import LEXICONS, lexicon
from brieftools.errors import SpecError

TABLES = Path(__file__).parents[2].parent / "shared" / "design" / "tables"
tables = pytest.mark.skipif(not TABLES.is_dir(), reason="the folder of design tables is not beside this checkout")


@tables
def test_icd_203_is_the_published_table() -> None:
    """Both rows, all seven bands."""
    with (TABLES / "icd203_wep.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for number, name in ((1, "icd203-1"), (2, "icd203-2")):
        bands = [(row[f"row{number}_term"], int(row["lower_pct"]), int(row["upper_pct"])) for row in rows]
        assert [(b.word, b.low, b.high) for b in lexicon(name).bands] == bands


@tables
def test_phia_is_the_published_table() -> None:
    """All seven bands; only 50 % is left out of its band."""
    with (TABLES / "phia_yardstick.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    published = [
        (row["term"].split(" or ")[0], int(row["lower_pct"]), int(row["upper_pct"]), row["upper_inclusive"] == "<") for row in rows
    ]
    assert [(b.word, b.low, b.high, b.open_top) for b in lexicon("phia").bands] == published


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (0, None),
        (0.5, None),
        (1, "almost no chance"),
        (5, "almost no chance"),
        (12, "very unlikely"),
        (20, "very unlikely"),
        (25, "unlikely"),
        (45, "unlikely"),
        (50, "roughly even chance"),
        (55, "likely"),
        (70, "likely"),
        (80, "very likely"),
        (92, "very likely"),
        (95, "almost certain"),
        (99, "almost certain"),
        (100, None),
    ],
)
def test_the_stronger_word_at_a_shared_end(percent: float, word: str | None) -> None:
    """Where two bands meet, the one further from 50 %; 0 and 100 % are outside the scale."""
    assert lexicon("icd203-1").word(percent) == word


@pytest.mark.parametrize(
    ("percent", "word"),
    [
        (0, "remote chance"),
        (7, None),
        (22, None),
        (30, "unlikely"),
        (37, None),
        (40, "realistic possibility"),
        (49.9, "realistic possibility"),
        (50, None),
        (52, None),
        (55, "likely"),
        (77, None),
        (85, "highly likely"),
        (92, None),
        (95, "almost certain"),
        (100, "almost certain"),
    ],
)
def test_gaps_have_no_word(percent: float, word: str | None) -> None:
    """The gaps of the PHIA yardstick are deliberate."""
    assert lexicon("phia").word(percent) == word


@pytest.mark.parametrize(
    ("name", "word", "text"),
    [
        ("icd203-1", "likely", "55–80 %"),
        ("icd203-1", "Very  Unlikely", "5–20 %"),
        ("icd203-1", "almost certainly", "95–99 %"),
        ("icd203-2", "Remote", "1–5 %"),
        ("icd203-2", "probably", "55–80 %"),
        ("phia", "probable", "55–75 %"),
        ("phia", "likely", "55–75 %"),
        ("phia", "realistic possibility", "40 to under 50 %"),
        ("phia", "remote chance", "5 % or less"),
        ("phia", "almost certain", "95 % or more"),
    ],
)
def test_band_of_a_word(name: str, word: str, text: str) -> None:
    """A shared word is judged by the declared lexicon alone."""
    assert lexicon(name).band(word).text == text


def test_a_number_may_stand_at_either_end_of_its_band() -> None:
    """20 % fits both neighbours; 50 % does not fit "realistic possibility"."""
    icd = lexicon("icd203-1")
    assert icd.band("unlikely").holds(20)
    assert icd.band("very unlikely").holds(20)
    assert not icd.band("likely").holds(81)
    assert not lexicon("phia").band("realistic possibility").holds(50)


def test_a_share_times_one_hundred_is_not_pushed_out_of_its_band() -> None:
    """100 * 0.55 is a little more than 55, 1 - 0.45 too: still 55 %."""
    assert lexicon("icd203-1").band("roughly even chance").holds(100 * 0.55)


def test_words_come_longest_first() -> None:
    """Prose is searched so that "very unlikely" is not taken for "unlikely"."""
    lengths = [len(word) for word in lexicon("icd203-1").words]
    assert lengths == sorted(lengths, reverse=True)
    assert "almost certainly" in lexicon("icd203-1").words


def test_scale_of_a_lexicon() -> None:
    """What the likelihood strip is drawn from."""
    assert lexicon("icd203-1").scale == [[1, 5], [5, 20], [20, 45], [45, 55], [55, 80], [80, 95], [95, 99]]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("icd203_1", "did you mean 'icd203-1'?"), ("PHIA", "known: icd203-1, icd203-2, phia"), ("", "known: icd203-1, icd203-2, phia")],
)
def test_an_unknown_lexicon_names_the_nearest(name: str, hint: str) -> None:
    """Or all that there are."""
    with pytest.raises(SpecError) as caught:
        lexicon(name)
    assert caught.value.do == hint


def test_an_unknown_word_names_the_nearest() -> None:
    """A misspelt term is corrected."""
    with pytest.raises(SpecError) as caught:
        lexicon("icd203-1").band("very unlikly")
    assert caught.value.do == "did you mean 'very unlikely'?"


@pytest.mark.parametrize("percent", [-1, 101, float("nan")])
def test_impossible_probabilities_are_refused(percent: float) -> None:
    """Per cent, from 0 to 100."""
    with pytest.raises(SpecError, match="probability"):
        lexicon("phia").word(percent)


@given(st.sampled_from(sorted(LEXICONS)), st.floats(0, 100))
def test_the_word_of_a_number_has_a_band_that_holds_it(name: str, percent: float) -> None:
    """Number to word and word to band agree."""
    chosen = lexicon(name)
    word = chosen.word(percent)
    assert word is None or chosen.band(word).holds(percent)
