"""English."""

from __future__ import annotations

from typing import Final

MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
DAY: Final = "{day} {month} {year}"
FIRST_DAY: Final = DAY
AND: Final = "and"

PRINTED: Final = {
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
"""What the renderers print; a Document carries it as `labels`."""

HEADINGS: Final = {
    "bottom_line": "Bottom line",
    "key_figures": "Key figures",
    "key_judgments": "Key judgments",
    "changed": "What changed",
    "evidence": "Evidence",
    "alternatives": "Alternative hypotheses",
    "implications": "Implications",
    "indicators": "What would change these judgments",
    "limits": "What the data can and cannot say",
    "unknown": "What is not known",
    "sources": "Sources, method and provenance",
    "source_summary": "Source summary",
    "method": "Method",
}
"""Headings that every brief has; wherever one of them stands alone as a heading it is printed in the language of the labels."""

WRITTEN: Final = {
    "kicker": "Analytic brief",
    "bottom_line": "Bottom line.",
    "as_of": "As of",
    "covers": "Covers",
    "week": "Week",
    "edition": "Edition",
    "edition_line": "Edition {number}",
    "first_issue": "{number} (first issue)",
    "next_issue": "Next issue",
    "draft": "Draft",
    "withdrawn": "Withdrawn",
    "unreviewed_all": "The judgments have not been reviewed by a second analyst.",
    "unreviewed_only": "The judgment has not been reviewed by a second analyst.",
    "unreviewed_one": "Judgment {which} has not been reviewed by a second analyst.",
    "unreviewed_some": "Judgments {which} have not been reviewed by a second analyst.",
    "scale_label": "Likelihood, 0 to 100 %",
    "change_label": "Would change it:",
    "decided_label": "Decided by:",
    "source": "{n} source|{n} sources",
    "origin": "{n} origin|{n} origins",
    "sources_title": "{sources} of {origins}",
    "sources_subtitle": ("Admiralty grade: reliability A–F, credibility 1–6, independent of each other; F and 6 mean cannot be judged"),
    "sources_note": (
        "Sources that share an origin do not confirm one another. Quality, licence and our paraphrase of each are in the attached records."
    ),
    "sources_head": "Grade|Source|Why this grade",
    "facts_title": "Every number in bottom line and judgments, and how it was computed",
    "facts_subtitle": "Named facts; all others are in the attached facts.csv, the files and their hashes in manifest.json",
    "facts_head": "Fact|Value|Origin",
    "built": "Built with brieftools {version}, Python {python}, {rest}.",
    "attached": "Attached to the PDF: data, sources, this document as data, manifest.",
    "checks_off": "Rules of the checker not applied.",
    "lexicon_title": "Words and numbers",
    "lexicon_note": (
        "Likelihood says how probable an event is. Confidence (high, moderate, low) says how good the basis is, and always stands in a "
        "sentence of its own. A shared end point goes to the stronger word."
    ),
    "views": "Views disclaimer",
    "licences": "Data licences",
    "handling": "Handling",
    "fonts": "Fonts: Source Serif and Source Sans, SIL Open Font License.",
    "corrections": "Corrections: {contact}",
    "disclaimer": (
        "The views and opinions in this brief are solely those of its authors. They do not represent the views of any government, "
        "employer or other institution, nor of the authors of its sources."
    ),
    "disclaimer_short": "Views are the authors’ alone (last page).",
    "hypotheses_title": "What each hypothesis says, would mean, and what would show it",
    "hypotheses_head": "|Hypothesis|If true, then|Indicator",
    "assumptions_title": "Key assumptions, and what falls with each",
    "assumptions_subtitle": "What the judgments take for granted",
    "assumptions_head": "|Assumption|If wrong|How we would notice",
    "indicators_title": "What would change which judgment, and by when",
    "indicators_subtitle": "Watch list; KJ: key judgment, H: hypothesis",
    "indicators_head": "|Indicator|Threshold|By|Who looks|Moves",
    "scores_title": "Past judgments and what became of them",
    "scores_head": "Judgment|Edition|Said|Horizon|Outcome|Brier",
    "scores_outcomes": "came true|did not|undecided",
    "scores_due": "due, not resolved",
    "scores_none": "No judgment has reached its horizon yet.",
}
"""What is written into a Document while it is assembled. A bar parts singular and plural, or the heads of columns."""

MATRIX: Final[dict[str, str]] = {}
"""Around the matrix; in English these words come with the analysis."""

HANDLING: Final[dict[str, str]] = {}
"""What a TLP label allows, where the label's own English does not do."""
