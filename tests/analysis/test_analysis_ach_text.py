"""What the matrix says in words, and as a block of the Document."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ach_cases import first_brief, matrices, matrix
from brieftools.analysis.ach import Hypothesis, Matrix, analyse
from brieftools.analysis.ach_block import matrix_block
from brieftools.analysis.ach_verdict import HEADS, title, verdict
from brieftools.analysis.lexicon import LEXICONS
from documents import sample

VAGUE = ("may", "might", "could", "possibly", "cannot rule out", "some risk")


def test_title_of_the_first_brief() -> None:
    """Three tie, four rows decide."""
    assert title(analyse(first_brief())) == "Three hypotheses tie; four single rows would change the leader"


def test_verdict_of_the_first_brief() -> None:
    """The three paragraphs, word for word."""
    supports, firmness, check = verdict(analyse(first_brief()))
    assert supports == (
        "Compensating (H2), level (H3) and relabelled (H4) tie as least contradicted: the evidence does not separate them. "
        "The margin to the next, growing (H1), is 1.41. Shrinking everywhere (H5) is contradicted most. "
        "Least contradicted does not mean true."
    )
    assert firmness == (
        "Four of 12 rows, removed singly, change who leads: "
        "without E3, H2 leads; without E4, H1, H2, H3 and H4; without E6, H3; without E11, H4. "
        "Of 108 changes of one cell by one step, 88 leave the leaders as they are, "
        "19 narrow the tie and 1 lets another lead (H1, through E4). "
        "Without the rows of low credibility (E8, E9 and E12) the leaders stay the same. "
        "Without the rows graded D to F or 4 to 6 (E1, E8, E9, E10 and E12) the leaders stay the same. "
        "Most rows do not commit H1 (7 of 12), H2 (7 of 12) and H3 (8 of 12), and what is vague is hard to contradict. No cell is missing."
    )
    assert check == (
        "Bayes with equal priors puts H4 first on all rows, taken as independent, and also when one row of each origin counts. "
        "So the methods differ: the scores tie where Bayes does not. "
        "Bayes also counts consistent ratings, which the scores leave out: H4 has CC in 4 rows (E3, E6, E7 and E8), H2 in 2 and H3 in 2. "
        "Setting H4 above H2 and H3 would rest on the method."
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["C C", "N N"], "Both hypotheses tie; no single row changes that"),
        (["C C C"], "All three hypotheses tie; no single row changes that"),
        (["C I I", "C I I"], "Reading A is least contradicted; no single row changes that"),
        (["C I"], "Reading A is least contradicted; one single row would change the leader"),
        (["II C C"], "Two hypotheses tie; one single row would change the leader"),
    ],
)
def test_titles(rows: list[str], expected: str) -> None:
    """Who leads, and how many rows would change that."""
    assert title(analyse(matrix(*rows))) == expected


def test_a_reversal_is_told() -> None:
    """Counting misleads: the verdict names both leaders and why they differ."""
    check = verdict(analyse(matrix("CC N", "CC N", "CC C", "CC N", "II I", origin="x")))[2]
    assert "puts A first on all rows, taken as independent, and B when one row of each origin counts" in check
    assert "So the methods disagree: the scores put B first." in check
    assert "A has CC in 4 rows (R1, R2, R3 and R4), B in 0." in check


def test_no_evidence_is_said() -> None:
    """An empty matrix supports nothing."""
    result = analyse(Matrix("q", (Hypothesis("A", "a"), Hypothesis("B", "b")), ()))
    assert (title(result), len(verdict(result))) == ("No evidence has been rated yet", 1)


def test_a_long_label_does_not_lengthen_the_title() -> None:
    """A label of many words gives way to its key."""
    whole = matrix("C I I", "C I I")
    long = replace(whole, hypotheses=(Hypothesis("A", "a label " * 20), *whole.hypotheses[1:]))
    assert title(analyse(long)) == "A is least contradicted; no single row changes that"


@given(matrices())
@settings(max_examples=150, deadline=None)
def test_no_word_of_likelihood_and_no_long_title(whole: Matrix) -> None:
    """The text never says how likely anything is, the title never passes 15 words, and there are three paragraphs."""
    result = analyse(whole)
    text = " ".join([title(result), *verdict(result)])
    for word in (*VAGUE, *(w for lexicon in LEXICONS.values() for w in lexicon.words)):
        assert not re.search(rf"\b{word}\b", text, re.IGNORECASE)
    assert len(title(result).split()) <= 15
    assert len(verdict(result)) == (len(HEADS) if whole.evidence else 1)
    assert "  " not in text
    assert all(paragraph.endswith(".") for paragraph in verdict(result))


def test_the_block_has_the_shape_of_the_contract() -> None:
    """Same keys as the sample Document's block, except for what the assembler adds."""
    block = matrix_block(analyse(first_brief()))
    contract = next(node for node in sample()["body"] if node["type"] == "hypotheses")
    assert set(block) == set(contract) - {"id", "number", "source"}
    assert set(block["hypotheses"][0]) == set(contract["hypotheses"][0])
    assert {"c" if key == "text" else key for key in block["rows"][0]} == set(contract["rows"][0])
    assert set(block["rows"][0]["ratings"][0]) == set(contract["rows"][0]["ratings"][0])


def test_the_block_of_the_first_brief() -> None:
    """Scores with a real minus sign, bars, ties, and who leads without each row."""
    block = matrix_block(analyse(first_brief()))
    assert [h["score_text"] for h in block["hypotheses"]] == ["−2.41", "−1.00", "−1.00", "−1.00", "−3.33", ""]
    assert [h["rank"] for h in block["hypotheses"]] == ["4", "1 =", "1 =", "1 =", "5", "–"]
    assert [round(h["share"], 2) for h in block["hypotheses"]] == [0.73, 0.30, 0.30, 0.30, 1, 0]
    assert [row["key"] for row in block["rows"]] == ["E6", "E3", "E4", "E8", "E9", "E11", "E12", "E5", "E7", "E10", "E1", "E2"]
    assert [(row["key"], row["without"]) for row in block["rows"] if row["changes"]] == [
        ("E6", "H3"),
        ("E3", "H2"),
        ("E4", "H1 H2 H3 H4"),
        ("E11", "H4"),
    ]
    assert (block["rows"][1]["without"], block["rows"][-1]["apart"], block["rank_note"]) == ("H2", True, "4 of 12 rows change it")
    assert block["rows"][0]["ratings"][1] == {"value": "N", "reason": "why N"}
    assert "NA" not in block["key"]


def test_a_missing_rating_leaves_an_empty_cell() -> None:
    """There is one rating for each rated hypothesis, always, and rated columns come first."""
    whole = matrix("C -")
    other = replace(whole, hypotheses=(Hypothesis("O", "other", rated=False), *whole.hypotheses))
    block = matrix_block(analyse(other))
    assert [h["key"] for h in block["hypotheses"]] == ["A", "B", "O"]
    assert block["rows"][0]["ratings"] == [{"value": "C", "reason": ""}, {"value": "", "reason": ""}]


def test_scores_of_zero_have_no_sign() -> None:
    """A matrix without inconsistency: 0.00, no bar, no negative zero in the JSON."""
    block = matrix_block(analyse(matrix("C C", "CC NA")))
    assert [(h["score_text"], h["share"]) for h in block["hypotheses"]] == [("0.00", 0.0)] * 2
    assert "-0.0" not in json.dumps(block)
    assert block["rank_note"] == "none of 2 rows changes it"
    assert "NA does not apply" in block["key"]


@given(matrices())
@settings(max_examples=50, deadline=None)
def test_every_block_is_plain_data(whole: Matrix) -> None:
    """JSON without NaN; shares from 0 to 1."""
    block = matrix_block(analyse(whole))
    assert json.loads(json.dumps(block, allow_nan=False)) == block
    assert all(0 <= part["share"] <= 1 for part in (*block["hypotheses"], *block["rows"]))


@given(st.integers(0, 30), st.integers(2, 13))
@settings(max_examples=30, deadline=None)
def test_many_rows_and_columns(height: int, width: int) -> None:
    """Titles stay short for large matrices."""
    letters = ["C", "I", "N", "CC", "II"]
    rows = [" ".join(letters[(i * j + j) % 5] for i in range(width)) for j in range(height)]
    if rows:
        assert len(title(analyse(matrix(*rows))).split()) <= 15


def test_hostile_text_is_carried_as_it_is() -> None:
    """Labels and reasons are data: nothing is escaped or read here."""
    nasty = "<b>{{ x }}</b> #eval(1) $\\input$"
    whole = replace(matrix("C I", "C I"), hypotheses=(Hypothesis("A", nasty), Hypothesis("B", "b")))
    for part, text in product((nasty,), (verdict(analyse(whole))[0], matrix_block(analyse(whole))["hypotheses"][0]["label"])):
        assert part in text
