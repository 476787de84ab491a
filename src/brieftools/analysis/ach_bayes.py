"""The Bayes cross-check: the same letters read as probabilities, consistent ones included."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from brieftools.analysis.ach_matrix import PROBABILITY, Evidence, Matrix
from brieftools.analysis.ach_scores import TIE, log_ratio
from brieftools.errors import SpecError, nearest

MOST_CHOICES = 4096
"""So many ways to choose one row per origin are computed; beyond that the first ones, and the record says so."""


@dataclass(frozen=True)
class Bayes:
    """Posterior of each rated hypothesis, rows taken as independent.

    Attributes
    ----------
    prior : dict of str to float
        Sums to 1.
    prior_sum : float
        Sum of the priors as given; other than 1 they were normalised, and the brief says so.
    posterior : dict of str to float
        Sums to 1.
    leaders : tuple of str
        Largest posterior, ties included, in column order.
    order : tuple of str
        From the largest posterior down.
    """

    prior: dict[str, float]
    prior_sum: float
    posterior: dict[str, float]
    leaders: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True)
class GroupedBayes:
    """Posterior when one row of each origin counts, the most diagnostic one.

    Attributes
    ----------
    low, high : dict of str to float
        Smallest and largest posterior over all choices among equally diagnostic rows of one origin.
    leaders : tuple of tuple of str
        Each set of leaders that some choice gives.
    groups : tuple of (str, tuple of str)
        Each origin and the rows that could stand for it; a row without a stated origin stands for itself, origin empty.
    choices : int
        Number of choices computed.
    complete : bool
        False when there were more than could be computed.
    """

    low: dict[str, float]
    high: dict[str, float]
    leaders: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    choices: int
    complete: bool


def bayes(matrix: Matrix, rows: Sequence[Evidence] | None = None, *, prior: Mapping[str, float] | None = None) -> Bayes:
    """Return prior times product of P(e|h), normalised.

    Parameters
    ----------
    matrix : Matrix
    rows : sequence of Evidence, optional
        Rows that count; all of them by default.
    prior : mapping of str to float, optional
        For each rated hypothesis, above 0; equal by default.

    Raises
    ------
    SpecError
        When the priors do not fit the hypotheses.

    Notes
    -----
    CC .95, C .80, N .50, I .20, II .05. NA and missing cells take no part: their factor is 1, which favours the hypotheses
    so rated over those that are rated in the same row. Credibility and relevance do not enter.
    """
    given = _prior(matrix.columns, prior)
    whole = math.fsum(given.values())
    counted = matrix.evidence if rows is None else rows
    after = posterior(given, [{key: PROBABILITY.get(row.value(key), 1.0) for key in matrix.columns} for row in counted])
    top = max(after.values())
    ahead = tuple(key for key, value in after.items() if top - value <= TIE * top)
    order = tuple(sorted(after, key=lambda key: (-round(after[key], 12), matrix.columns.index(key))))
    return Bayes({key: value / whole for key, value in given.items()}, whole, after, ahead, order)


def posterior(prior: Mapping[str, float], factors: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return prior times all factors, normalised to sum 1 (Bayes' rule for independent evidence).

    Parameters
    ----------
    prior : mapping of str to float
        Above 0, in any unit: odds of 3:1 are ``{"A": 3, "B": 1}``.
    factors : sequence of mapping of str to float
        P(e|h) of each row, or anything proportional to it; above 0.

    Notes
    -----
    Sums of logarithms, by ``fsum``: a hundred rows do not underflow, and the order of rows does not matter.
    """
    logs = {key: math.log(value) + math.fsum(math.log(row[key]) for row in factors) for key, value in prior.items()}
    top = max(logs.values())
    sizes = {key: math.exp(value - top) for key, value in logs.items()}
    norm = math.fsum(sizes.values())
    return {key: size / norm for key, size in sizes.items()}


def grouped_bayes(matrix: Matrix, *, prior: Mapping[str, float] | None = None) -> GroupedBayes:
    """Let the most diagnostic row of each origin stand for it; where several are equally diagnostic, try each.

    Choices that rate every hypothesis alike are the same choice. Rows are taken in the order of their keys, so that the
    order of the matrix does not matter.
    """
    groups = _strongest(matrix)
    options = [list({_profile(row, matrix.columns): row for row in rows}.values()) for _, rows in groups]
    number = math.prod(len(rows) for rows in options)
    results = [bayes(matrix, choice, prior=prior) for choice in islice(product(*options), MOST_CHOICES)]
    return GroupedBayes(
        low={key: min(r.posterior[key] for r in results) for key in matrix.columns},
        high={key: max(r.posterior[key] for r in results) for key in matrix.columns},
        leaders=tuple(dict.fromkeys(r.leaders for r in results)),
        groups=tuple((origin, tuple(row.key for row in rows)) for origin, rows in groups),
        choices=len(results),
        complete=number <= MOST_CHOICES,
    )


def reversals(score: Mapping[str, float], posterior: Mapping[str, float]) -> tuple[tuple[str, str], ...]:
    """Return the pairs (a, b) in which a is less inconsistent and b has the larger posterior."""
    keys = list(score)
    return tuple((a, b) for a in keys for b in keys if score[a] - score[b] > TIE and posterior[b] > posterior[a] * (1 + TIE))


def _strongest(matrix: Matrix) -> list[tuple[str, list[Evidence]]]:
    members: dict[tuple[str, str], list[Evidence]] = {}
    for row in sorted(matrix.evidence, key=lambda row: row.key):
        members.setdefault((row.origin, "" if row.origin else row.key), []).append(row)
    chosen = []
    for (origin, _), rows in members.items():
        best = max(log_ratio(row, matrix.columns) for row in rows)
        chosen.append((origin, [row for row in rows if best - log_ratio(row, matrix.columns) <= TIE]))
    return chosen


def _profile(row: Evidence, columns: Sequence[str]) -> tuple[float, ...]:
    return tuple(PROBABILITY.get(row.value(key), 1.0) for key in columns)


def _prior(columns: Sequence[str], prior: Mapping[str, float] | None) -> dict[str, float]:
    if prior is None:
        return dict.fromkeys(columns, 1 / len(columns))
    for key in prior:
        if key not in columns:
            raise SpecError(f"there is a prior for {key!r}, which is no rated hypothesis", do=nearest(key, columns))
    for key in columns:
        if key not in prior or not 0 < prior[key] < math.inf:
            raise SpecError(f"the prior of {key} is {prior.get(key)!r}", do="give each rated hypothesis a prior above 0")
    return {key: float(prior[key]) for key in columns}
