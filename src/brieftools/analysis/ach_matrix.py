"""The matrix of an analysis of competing hypotheses: its records and the numbers behind its letters.

A rating answers "if this hypothesis were true, how likely would I be to see this?" (Heuer, *Psychology of Intelligence
Analysis*, ch. 8).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from brieftools.errors import SpecError, nearest

VALUES = ("CC", "C", "N", "I", "II", "NA", "")
"""Very consistent to very inconsistent, does not apply, missing."""

STEPS = ("CC", "C", "N", "I", "II")
"""The ordered part of the scale."""

BASE = {"CC": 0, "C": 0, "N": 0, "I": -1, "II": -2, "NA": 0, "": 0}
"""PARC ACH 2.0: only inconsistency is scored."""

PROBABILITY = {"CC": 0.95, "C": 0.80, "N": 0.50, "I": 0.20, "II": 0.05}
"""P(evidence | hypothesis) for the Bayes cross-check; NA and missing cells take no part."""

LEVELS = {"L": -1, "M": 0, "H": 1}
# Exact products: sqrt(2) * sqrt(1/2) in floating point is not 1, and ties are compared.
_WEIGHTS = {-2: 0.5, -1: math.sqrt(0.5), 0: 1.0, 1: math.sqrt(2), 2: 2.0}
_GRADE = re.compile(r"[A-F]?[1-6]?")


@dataclass(frozen=True)
class Rating:
    """One cell.

    Attributes
    ----------
    value : str
        CC, C, N, I, II, NA, or empty for missing.
    reason : str
        One line: why.
    """

    value: str
    reason: str = ""

    def __post_init__(self) -> None:
        if self.value not in VALUES:
            known = ", ".join(v for v in VALUES if v)
            raise SpecError(f"there is no rating {self.value!r}", do=f"use one of {known}, or leave it empty")


@dataclass(frozen=True)
class Hypothesis:
    """One column.

    Attributes
    ----------
    key, label : str
        ``H1`` and a word or two.
    statement : str
        What it says.
    implies, indicator : str
        What follows if it is true; what would show it.
    rated : bool
        False for "other", which stays open.
    """

    key: str
    label: str
    statement: str = ""
    implies: str = ""
    indicator: str = ""
    rated: bool = True


@dataclass(frozen=True)
class Evidence:
    """One row.

    Attributes
    ----------
    key, text : str
        ``E1`` and what is observed.
    credibility, relevance : str
        L, M or H.
    origin : str
        Where it comes from in the end: rows of one origin are not independent. Empty when it is not stated; such a row
        counts as an origin of its own.
    ratings : mapping of str to Rating
        By the key of the hypothesis.
    basis : tuple of str
        Citations and facts that it rests on.
    grade : str
        Admiralty grade such as ``B2``, or empty.
    """

    key: str
    text: str
    credibility: str = "M"
    relevance: str = "M"
    origin: str = ""
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    basis: tuple[str, ...] = ()
    grade: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ratings", dict(self.ratings))
        for name in ("credibility", "relevance"):
            if getattr(self, name) not in LEVELS:
                raise SpecError(f"the {name} of {self.key} is {getattr(self, name)!r}", do="use L, M or H")
        if not _GRADE.fullmatch(self.grade):
            raise SpecError(f"the grade of {self.key} is {self.grade!r}", do="use a letter A-F and a figure 1-6, such as B2")

    def value(self, hypothesis: str) -> str:
        """Return the letters of one cell, empty when the rating is missing."""
        rating = self.ratings.get(hypothesis)
        return rating.value if rating else ""

    @property
    def weight(self) -> float:
        """Credibility times relevance: each 1/sqrt(2), 1 or sqrt(2) (PARC ACH 2.0)."""
        return _WEIGHTS[LEVELS[self.credibility] + LEVELS[self.relevance]]

    @property
    def weak_grade(self) -> bool:
        """Graded D, E, F or 4, 5, 6; F and 6 say that it cannot be judged, not that it is worst."""
        return any(sign in "DEF456" for sign in self.grade)


@dataclass(frozen=True)
class Assumption:
    """What has to hold for the judgments to hold.

    Attributes
    ----------
    text, if_wrong, notice : str
        The assumption, what follows if it is wrong, and how we would notice.
    """

    text: str
    if_wrong: str
    notice: str


@dataclass(frozen=True)
class Matrix:
    """Evidence against hypotheses.

    Attributes
    ----------
    question : str
    hypotheses : tuple of Hypothesis
    evidence : tuple of Evidence
    assumptions : tuple of Assumption

    Raises
    ------
    SpecError
        When fewer than two hypotheses are rated, a key is used twice, or a rating belongs to no rated hypothesis.
    """

    question: str
    hypotheses: tuple[Hypothesis, ...]
    evidence: tuple[Evidence, ...]
    assumptions: tuple[Assumption, ...] = ()

    def __post_init__(self) -> None:
        for kind, keys in (("hypothesis", [h.key for h in self.hypotheses]), ("evidence", [e.key for e in self.evidence])):
            for key in keys:
                if not key or keys.count(key) > 1:
                    raise SpecError(f"the {kind} key {key!r} is empty or used twice", do="give each its own key")
        if len(self.columns) < 2:
            raise SpecError("a matrix needs at least two rated hypotheses", do="add a rival hypothesis")
        for row in self.evidence:
            for key in row.ratings:
                if key not in self.columns:
                    raise SpecError(f"{row.key} rates {key!r}, which is no rated hypothesis", do=nearest(key, self.columns))

    @property
    def columns(self) -> tuple[str, ...]:
        """Keys of the rated hypotheses, in order."""
        return tuple(h.key for h in self.hypotheses if h.rated)

    def hypothesis(self, key: str) -> Hypothesis:
        """Return a hypothesis by its key."""
        return next(h for h in self.hypotheses if h.key == key)
