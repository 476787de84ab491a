"""Brier scores of resolved judgments."""

from __future__ import annotations

import pytest

from brieftools.analysis.scores import Resolved, score
from brieftools.errors import SpecError


def test_brier_score_by_hand() -> None:
    """.7 and true, .2 and false, .9 and false: (.09 + .04 + .81) / 3."""
    result = score([Resolved("a", 0.7, True), Resolved("b", 0.2, False), Resolved("c", 0.9, False)])
    assert result.brier == pytest.approx(0.94 / 3)
    assert result.against_half == pytest.approx(1 - 0.94 / 0.75)


def test_always_half_is_no_better_than_itself() -> None:
    """Saying 50 % each time scores 0.25, skill 0."""
    result = score([Resolved("a", 0.5, True), Resolved("b", 0.5, False)])
    assert (result.brier, result.against_half) == (0.25, 0)


def test_undecided_judgments_are_counted_but_not_scored() -> None:
    """What the rule could not decide is said."""
    result = score([Resolved("a", 1, True), Resolved("b", 0.5, None)])
    assert result.sentence() == (
        "Brier score 0.00 over 1 resolved judgment (0 is perfect, 0.25 is always saying 50 %). 1 could not be decided."
    )


def test_nothing_resolved_yet() -> None:
    """No score is no zero."""
    assert (score([]).brier, score([]).sentence()) == (None, "No judgment has been resolved yet.")


def test_undecided_is_not_unresolved() -> None:
    """What the rule did not decide is said and not scored."""
    assert score([Resolved("a", 0.7, None)]).sentence() == "No judgment could be scored. 1 could not be decided."


def test_hindsight_is_scored_apart() -> None:
    """A retrospective edition's judgments are no test of skill and never mix with the others."""
    both = [Resolved("a", 0.7, True, retrospective=True), Resolved("b", 0.2, False)]
    assert score(both).brier == pytest.approx(0.04)
    hindsight = score(both, retrospective=True)
    assert hindsight.brier == pytest.approx(0.09)
    assert hindsight.sentence().endswith("It was written in hindsight, so this is no test of skill.")


@pytest.mark.parametrize("probability", [-0.1, 1.1, 70, float("nan")])
def test_a_probability_is_a_share(probability: float) -> None:
    """70 is not .70."""
    with pytest.raises(SpecError, match="probability of kj-1"):
        Resolved("kj-1", probability, True)
