"""L10: a number typed in prose that stands in the data under another value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brieftools.brief.facts import Fact
from brieftools.check.finding import Finding
from brieftools.check.scene import Scene
from brieftools.check.sentences import sentences

_TYPED = re.compile(r"(?<![\w.,¶–-])(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s+(?:(?:reported|recorded|lethal|such)\s+)?([a-z]{3,})")
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words of a fact's name that say which of several values it is, not what it counts.
_KIND = frozenset(
    (
        *("low", "high", "best", "rate", "new", "old", "ratio", "min", "max", "mean"),
        *("all", "total", "both", "before", "after", "per", "month", "day", "year"),
    )
)


def stale_numbers(scene: Scene) -> Iterator[Finding]:
    """L10: "230 events in Iraq in 2017" where the fact iraq_events_2017q1 is 236.

    A fact is meant when the number is followed by its unit and the sentence holds the words and the year of its name; a
    number that some fact has is right.
    """
    facts = [fact for fact in (scene.facts or {}).values() if isinstance(fact.value, int) and fact.unit]
    values = {fact.value for fact in facts}
    for text in scene.texts:
        for sentence in sentences(text.masked):
            for match in _TYPED.finditer(sentence.text):
                number = int(match[1].replace(",", ""))
                meant = next(_meant(facts, match[2], sentence.text), None)
                if number not in values and meant is not None:
                    what = f"{match[1]} {match[2]} is typed, but the data say {meant.text} ({meant.name})"
                    yield Finding("L10", "warning", text.place.at(sentence.line), what, f"write {{{{ {meant.name} }}}}")


def _meant(facts: Iterable[Fact], noun: str, sentence: str) -> Iterator[Fact]:
    words = set(re.findall(r"[a-z]+", sentence.casefold()))
    years = set(_YEAR.findall(sentence))
    for fact in facts:
        if fact.unit.split()[0].rstrip("s") != noun.rstrip("s"):
            continue
        parts = [part for part in fact.name.split("_") if part.rstrip("s") != noun.rstrip("s") and part not in _KIND]
        names = [part for part in parts if part.isalpha()]
        dated = set(_YEAR.findall(fact.name))
        if (names or dated) and set(names) <= words and (not years or not dated or dated & years) and (names or years):
            yield fact
