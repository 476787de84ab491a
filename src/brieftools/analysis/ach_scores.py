"""Scores, ranks, diagnosticity and vagueness of a matrix."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brieftools.analysis.ach_matrix import BASE, PROBABILITY, STEPS, Evidence, Matrix

TIE = 1e-9
"""Scores closer than this are equal."""


@dataclass(frozen=True)
class Standing:
    """Where a hypothesis stands.

    Attributes
    ----------
    key : str
    score : float
        PARC inconsistency score; 0 or below, nearest 0 is least inconsistent.
    rank : int
        Equal scores share a rank; the next one counts all before it (1, 1, 1, 4).
    tied : bool
    """

    key: str
    score: float
    rank: int
    tied: bool

    @property
    def rank_text(self) -> str:
        return f"{self.rank} =" if self.tied else str(self.rank)


@dataclass(frozen=True)
class Vagueness:
    """How much of a hypothesis cannot be contradicted because it says too little.

    Attributes
    ----------
    key : str
    neutral : int
        Rows rated N or NA.
    missing : int
        Rows not rated.
    weak : int
        Rows rated C that hardly commit it: the row weighs less than 1, or sets no hypothesis apart.
    rows : int
        All rows.
    """

    key: str
    neutral: int
    missing: int
    weak: int
    rows: int

    @property
    def uncommitted(self) -> int:
        return self.neutral + self.missing + self.weak

    @property
    def vague(self) -> bool:
        """More than half of the rows do not commit it."""
        return 2 * self.uncommitted > self.rows


def contribution(row: Evidence, key: str) -> float:
    """Return what one cell adds to a score: II -2, I -1, all others 0, times credibility and relevance (PARC ACH 2.0)."""
    return BASE[row.value(key)] * row.weight


def scores(columns: Sequence[str], rows: Sequence[Evidence]) -> dict[str, float]:
    """Return the PARC score of each hypothesis; ``fsum`` makes it independent of the order of rows."""
    return {key: math.fsum(contribution(row, key) for row in rows) for key in columns}


def leaders(score: Mapping[str, float]) -> tuple[str, ...]:
    """Return the least inconsistent hypotheses, in column order."""
    best = max(score.values())
    return tuple(key for key, value in score.items() if best - value <= TIE)


def standings(score: Mapping[str, float]) -> tuple[Standing, ...]:
    """Return rank and ties of each hypothesis, in column order."""
    groups: list[list[str]] = []
    for key in sorted(score, key=lambda k: -score[k]):
        if groups and score[groups[-1][0]] - score[key] <= TIE:
            groups[-1].append(key)
        else:
            groups.append([key])
    place, rank = {}, 1
    for group in groups:
        place.update({key: (rank, len(group) > 1) for key in group})
        rank += len(group)
    return tuple(Standing(key, value, *place[key]) for key, value in score.items())


def margin(score: Mapping[str, float]) -> float | None:
    """Return the distance from the leading score to the next one, None when all tie."""
    ahead = leaders(score)
    behind = [value for key, value in score.items() if key not in ahead]
    return max(score.values()) - max(behind) if behind else None


def spread(row: Evidence, columns: Sequence[str]) -> float:
    """Return the ordinal spread of a row: population standard deviation of CC 1 to II 5, NA as 3, missing cells left out."""
    steps = [3 if v == "NA" else STEPS.index(v) + 1 for v in _given(row, columns)]
    if not steps:
        return 0.0
    mean = math.fsum(steps) / len(steps)
    return math.sqrt(math.fsum((s - mean) ** 2 for s in steps) / len(steps))


def log_ratio(row: Evidence, columns: Sequence[str]) -> float:
    """Return ln(max P(e|h) / min P(e|h)) of a row; 0 when it does not discriminate.

    NA stands at N here, as it does in the ordinal spread, so that both measures are zero for the same rows and a row that
    counts against one hypothesis and does not apply to the others is not taken for worthless. Missing cells are left out.
    """
    given = [PROBABILITY["N" if v == "NA" else v] for v in _given(row, columns)]
    return math.log(max(given) / min(given)) if given else 0.0


def vagueness(matrix: Matrix, key: str) -> Vagueness:
    """Count the rows that do not commit a hypothesis: N, NA, missing, or a weak C (see :class:`Vagueness`)."""
    values = [(row.value(key), row.weight < 1 or log_ratio(row, matrix.columns) == 0) for row in matrix.evidence]
    return Vagueness(
        key=key,
        neutral=sum(v in ("N", "NA") for v, _ in values),
        missing=sum(v == "" for v, _ in values),
        weak=sum(v == "C" and light for v, light in values),
        rows=len(values),
    )


def _given(row: Evidence, columns: Sequence[str]) -> list[str]:
    return [value for key in columns if (value := row.value(key))]
