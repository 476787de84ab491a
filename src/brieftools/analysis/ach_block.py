"""The matrix as the ``hypotheses`` block of a Document."""

from __future__ import annotations

from typing import Any

from brieftools.analysis.ach import Analysis, Row
from brieftools.analysis.ach_matrix import Hypothesis
from brieftools.analysis.ach_verdict import title
from brieftools.analysis.wording import score_text

SUBTITLE = (
    "Evidence (rows, most diagnostic first) against hypotheses (columns): if the hypothesis were true, how likely would we be to see this?"
)


def matrix_block(analysis: Analysis) -> dict[str, Any]:
    """Return the ``hypotheses`` block of docs/document.md with plain strings where the Document has inlines.

    ``title``, ``subtitle`` and ``key`` are strings; a row has ``text`` instead of ``c``. ``id``, ``number`` and ``source``
    are the assembler's. Rated hypotheses come first, so that a row's ratings stand under their columns.

    Returns
    -------
    dict
    """
    most = max((abs(s.score) for s in analysis.standings), default=0.0)
    strongest = max((row.log_ratio for row in analysis.rows), default=0.0)
    columns = sorted(analysis.matrix.hypotheses, key=lambda h: not h.rated)
    return {
        "type": "hypotheses",
        "title": title(analysis),
        "subtitle": SUBTITLE,
        "hypotheses": [_hypothesis(analysis, h, most) for h in columns],
        "rows": [_row(row, analysis.matrix.columns, strongest) for row in analysis.rows],
        "key": key_line(analysis),
        "rank_note": rank_note(analysis),
    }


def rank_note(analysis: Analysis) -> str:
    """Return how many rows change who leads: ``4 of 12 rows change it``."""
    changing, total = len(analysis.changing), len(analysis.rows)
    if not total:
        return "no rows"
    return f"{changing or 'none'} of {total} rows {'change' if changing > 1 else 'changes'} it"


def key_line(analysis: Analysis) -> str:
    """Explain letters, weights and marks; NA only where it is used."""
    not_applicable = ", NA does not apply" if analysis.not_applicable else ""
    change = " ◆ the leader changes." if analysis.changing else ""
    return (
        "CC very consistent, C consistent, N neutral, I inconsistent (−1), II very inconsistent (−2)"
        f"{not_applicable}. Weights of credibility (Cr) and relevance (Re): L 0.71, M 1, H 1.41. "
        "Diagnosticity: logarithm of the largest over the smallest probability of seeing the row."
        f"{change}"
    )


def _hypothesis(analysis: Analysis, hypothesis: Hypothesis, most: float) -> dict[str, Any]:
    base: dict[str, Any] = {"key": hypothesis.key, "label": hypothesis.label, "rated": hypothesis.rated}
    if not hypothesis.rated:
        return base | {"score": None, "score_text": "", "rank": "–", "tied": False, "share": 0.0}
    standing = analysis.standing(hypothesis.key)
    return base | {
        "score": standing.score + 0.0,  # no negative zero in JSON
        "score_text": score_text(standing.score),
        "rank": standing.rank_text,
        "tied": standing.tied,
        "share": abs(standing.score) / most if most else 0.0,
    }


def _row(row: Row, columns: tuple[str, ...], strongest: float) -> dict[str, Any]:
    evidence = row.evidence
    ratings = [evidence.ratings.get(key) for key in columns]
    return {
        "key": evidence.key,
        "text": evidence.text,
        "grade": evidence.grade,
        "credibility": evidence.credibility,
        "relevance": evidence.relevance,
        "ratings": [{"value": r.value, "reason": r.reason} if r else {"value": "", "reason": ""} for r in ratings],
        "diagnosticity": row.log_ratio,
        "share": row.log_ratio / strongest if strongest else 0.0,
        "without": " ".join(row.without),
        "changes": row.changes,
        "apart": row.apart,
    }
