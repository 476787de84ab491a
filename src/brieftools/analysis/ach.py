"""Analysis of competing hypotheses: what the matrix says, and how little it would take to change that.

Experiments show little or no gain from the bare matrix (Dhami et al. 2019; Mandel et al. 2018; Karvetski & Mandel 2020).
What is computed here is meant to show rank and fragility, never a probability to be quoted.

Sources: Heuer, *Psychology of Intelligence Analysis*, ch. 8; PARC, *ACH 2.0 technical description*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from brieftools.analysis.ach_bayes import Bayes, GroupedBayes, bayes, grouped_bayes, reversals
from brieftools.analysis.ach_fragility import Sensitivity, Without, sensitivity, without
from brieftools.analysis.ach_matrix import Assumption, Evidence, Hypothesis, Matrix, Rating
from brieftools.analysis.ach_scores import Standing, Vagueness, leaders, log_ratio, margin, scores, spread, standings, vagueness

__all__ = ["Analysis", "Assumption", "Evidence", "Hypothesis", "Matrix", "Rating", "Row", "analyse"]


@dataclass(frozen=True)
class Row:
    """What one piece of evidence does.

    Attributes
    ----------
    evidence : Evidence
    log_ratio : float
        Diagnosticity: ln(max P(e|h) / min P(e|h)).
    spread : float
        Ordinal spread.
    without : tuple of str
        Who leads without this row.
    changes : bool
        Whether that differs from who leads with it.
    apart : bool
        The row has no diagnostic value.
    """

    evidence: Evidence
    log_ratio: float
    spread: float
    without: tuple[str, ...]
    changes: bool
    apart: bool


@dataclass(frozen=True)
class Analysis:
    """All that is computed from a matrix.

    Attributes
    ----------
    matrix : Matrix
    standings : tuple of Standing
        Score and rank of each rated hypothesis, in column order.
    leaders : tuple of str
        Least inconsistent, in column order; more than one is a tie.
    margin : float or None
        From the leaders to the next, None when all tie.
    rows : tuple of Row
        Most diagnostic first, those without diagnostic value last.
    low_credibility, weak_grade : Without
        Without the rows of credibility L; without those graded D, E, F or 4, 5, 6.
    sensitivity : Sensitivity
        Each cell moved one step.
    bayes : Bayes
    grouped : GroupedBayes
    reversed_pairs : tuple of (str, str)
        Pairs that the two methods order the other way round.
    missing : tuple of (str, str)
        Evidence and hypothesis of each cell without a rating.
    not_applicable : int
        Cells rated NA.
    unstated_origins : tuple of str
        Rows that do not say where they come from.
    vagueness : tuple of Vagueness
        Of each rated hypothesis, in column order.
    """

    matrix: Matrix
    standings: tuple[Standing, ...]
    leaders: tuple[str, ...]
    margin: float | None
    rows: tuple[Row, ...]
    low_credibility: Without
    weak_grade: Without
    sensitivity: Sensitivity
    bayes: Bayes
    grouped: GroupedBayes
    reversed_pairs: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]
    not_applicable: int
    unstated_origins: tuple[str, ...]
    vagueness: tuple[Vagueness, ...]

    @property
    def changing(self) -> tuple[Row, ...]:
        """Rows whose removal changes who leads, in the order of the matrix."""
        order = {row.key: place for place, row in enumerate(self.matrix.evidence)}
        return tuple(sorted((row for row in self.rows if row.changes), key=lambda row: order[row.evidence.key]))

    @property
    def vague(self) -> tuple[Vagueness, ...]:
        """Hypotheses that more than half of the rows do not commit."""
        return tuple(v for v in self.vagueness if v.vague)

    def standing(self, key: str) -> Standing:
        """Return where one hypothesis stands."""
        return next(s for s in self.standings if s.key == key)


def analyse(matrix: Matrix, *, prior: Mapping[str, float] | None = None) -> Analysis:
    """Compute everything that stands beside a matrix.

    1. Scores, ranks, ties and margin.
    2. Rows by diagnosticity, each with who would lead without it.
    3. What remains without weak evidence, and when one cell moves one step.
    4. The Bayes cross-check, rows independent and one row per origin.
    5. What is missing or vague.

    Parameters
    ----------
    matrix : Matrix
    prior : mapping of str to float, optional
        For the Bayes cross-check; equal by default.

    Raises
    ------
    SpecError
        When the priors do not fit the hypotheses.
    """
    columns, evidence = matrix.columns, matrix.evidence
    score = scores(columns, evidence)  # 1
    posterior = bayes(matrix, prior=prior)  # 4
    cells = [(row, key) for row in evidence for key in columns]
    return Analysis(
        matrix=matrix,
        standings=standings(score),
        leaders=leaders(score),
        margin=margin(score),
        rows=_rows(matrix),  # 2
        low_credibility=without(matrix, [row for row in evidence if row.credibility == "L"]),  # 3
        weak_grade=without(matrix, [row for row in evidence if row.weak_grade]),
        sensitivity=sensitivity(matrix),
        bayes=posterior,
        grouped=grouped_bayes(matrix, prior=prior),
        reversed_pairs=reversals(score, posterior.posterior),
        missing=tuple((row.key, key) for row, key in cells if not row.value(key)),  # 5
        not_applicable=sum(row.value(key) == "NA" for row, key in cells),
        unstated_origins=tuple(row.key for row in evidence if not row.origin),
        vagueness=tuple(vagueness(matrix, key) for key in columns),
    )


def _rows(matrix: Matrix) -> tuple[Row, ...]:
    rows = [_row(matrix, evidence) for evidence in matrix.evidence]
    # Rounded, so that two ways to the same ratio do not decide the order; equal rows keep the matrix's.
    return tuple(sorted(rows, key=lambda row: (row.apart, -round(row.log_ratio, 9), -round(row.spread, 9))))


def _row(matrix: Matrix, evidence: Evidence) -> Row:
    ratio = log_ratio(evidence, matrix.columns)
    left_out = without(matrix, [evidence])
    return Row(evidence, ratio, spread(evidence, matrix.columns), left_out.leaders, left_out.changes, ratio == 0)
