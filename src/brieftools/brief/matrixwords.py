"""What stands around the matrix of hypotheses, in the language of the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.house.wording import Words

if TYPE_CHECKING:
    from brieftools.analysis.ach import Analysis


def matrix_words(analysis: Analysis, said: Words) -> dict[str, str]:
    """Return subtitle, key and note on the ranks; nothing where the analysis words them itself, in English."""
    if not said.matrix:
        return {}
    changing, total = len(analysis.changing), len(analysis.rows)
    na = said.matrix["na"] if analysis.not_applicable else ""
    changes = said.matrix["changes"] if changing else ""
    counted = said.matrix["rank_note"].format(changing=changing or said.printed["none"], total=total)
    return {
        "subtitle": said.matrix["subtitle"],
        "key": said.matrix["key"].format(na=na, changes=changes),
        "rank_note": counted if total else said.matrix["no_rows"],
    }
