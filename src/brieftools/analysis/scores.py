"""How past judgments turned out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from brieftools.errors import SpecError

ALWAYS_HALF = 0.25
"""Brier score of saying 50 % every time."""


@dataclass(frozen=True)
class Resolved:
    """A judgment whose horizon has passed.

    Attributes
    ----------
    key : str
        Name of the judgment.
    probability : float
        Said at the time, from 0 to 1.
    outcome : bool or None
        What happened; None when it could not be decided by the rule given: listed, not scored.
    retrospective : bool
        Written when the outcome could be known: scored apart, as no test of skill.
    """

    key: str
    probability: float
    outcome: bool | None
    retrospective: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.probability <= 1:
            raise SpecError(f"the probability of {self.key} is {self.probability!r}", do="give a number from 0 to 1")

    @property
    def brier(self) -> float | None:
        """Squared distance between the probability and what happened."""
        return None if self.outcome is None else (self.probability - self.outcome) ** 2


@dataclass(frozen=True)
class Score:
    """Brier score of judgments.

    Attributes
    ----------
    brier : float or None
        Mean squared distance, 0 is perfect, 1 the worst; None when nothing is scored.
    scored, undecided : int
        How many went in, how many could not be decided.
    retrospective : bool
        The score is of judgments written in hindsight.
    """

    brier: float | None
    scored: int
    undecided: int
    retrospective: bool = False

    @property
    def against_half(self) -> float | None:
        """Brier skill score against always saying 50 %: 1 perfect, 0 no better, below 0 worse."""
        return None if self.brier is None else 1 - self.brier / ALWAYS_HALF

    def sentence(self) -> str:
        """Return the score as one careful sentence."""
        undecided = f" {self.undecided} could not be decided." if self.undecided else ""
        if self.brier is None:
            return f"No judgment could be scored.{undecided}" if undecided else "No judgment has been resolved yet."
        judgments = "1 resolved judgment" if self.scored == 1 else f"{self.scored} resolved judgments"
        written = "It was" if self.scored == 1 else "They were"
        caution = f" {written} written in hindsight, so this is no test of skill." if self.retrospective else ""
        return f"Brier score {self.brier:.2f} over {judgments} (0 is perfect, 0.25 is always saying 50 %).{undecided}{caution}"


def score(judgments: Sequence[Resolved], *, retrospective: bool = False) -> Score:
    """Score resolved judgments; those written in hindsight never mix with the others.

    Parameters
    ----------
    judgments : sequence of Resolved
    retrospective : bool
        Score those written in hindsight instead.

    Notes
    -----
    Brier 1950, Monthly Weather Review 78: 1-3, in the one-sided form for yes/no events (half of Brier's own sum).
    """
    chosen = [j for j in judgments if j.retrospective == retrospective]
    squares = [j.brier for j in chosen if j.brier is not None]
    mean = math.fsum(squares) / len(squares) if squares else None
    return Score(mean, len(squares), len(chosen) - len(squares), retrospective)
