"""The words that renderers print, by language.

A Document carries its labels, so both renderers print the same ones.
"""

from __future__ import annotations

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "figure": "Figure",
        "table": "Table",
        "contents": "Contents",
        "key_judgments": "Key judgments",
        "page_of": "{page} of {pages}",
        "note": "Note",
        "notes": "Notes",
        "back": "Back to the text",
        "data_of": "Data of",
        "rows": "rows",
        "data_withheld": "The rows may not be redistributed; only the figure is shown.",
        "evidence": "Evidence, source",
        "grade": "Grade",
        "credibility": "Cr",
        "credibility_long": "Credibility",
        "relevance": "Re",
        "relevance_long": "Relevance",
        "diagnosticity": "Diagnosticity",
        "leads_without": "Leads without this row",
        "apart": "Set apart: expected under every hypothesis, so it tells nothing between them",
        "inconsistency": "Inconsistency",
        "inconsistency_note": "weighted; nearest to zero is least contradicted",
        "rank": "Rank",
        "not_rated": "not rated",
        "none": "none",
        "missing": "missing",
        "error": "This cell failed",
        "skip": "Skip to the brief",
        "attachments": "Attachments",
    }
}


def labels(language: str) -> dict[str, str]:
    """Return the words for a language, English where it has none of its own.

    Parameters
    ----------
    language : str
        BCP 47 tag; only the primary part is looked at.
    """
    return LABELS.get(language.split("-")[0], LABELS["en"])
