"""What a check leaves in the brief itself: the note on words that its scale lacks."""

from __future__ import annotations

from typing import Any

from brieftools.check.run import Checked
from brieftools.house.wording import listing


def note_foreign_words(document: dict[str, Any], checked: Checked) -> None:
    """Add to the printed scale which words of another scale the brief uses; nothing where it uses none."""
    if not checked.foreign or "L1" in checked.off:
        return
    words = listing([f"“{word}”" for word in checked.foreign])
    said = f" Not on this scale, though they stand in the text: {words}; none of them carries a band here."
    for block in document["body"]:
        if block["type"] == "lexicon":
            block["note"] = [*block["note"], {"type": "text", "text": said}]
