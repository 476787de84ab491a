"""L10: a number typed in prose that stands in the data under another value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from brieftools.brief.facts import Fact
from brieftools.check.finding import Finding
from brieftools.check.scene import Scene
from brieftools.check.sentences import sentences

_TYPED = re.compile(r"(?<![\w.,¶–-])(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s+(?:(?:reported|recorded|lethal|such)\s+)?([a-z]{3,})")
_PART = re.compile(
    r"\b(?:outside|without|except|excluding|other than|apart from|at least|at most|(?:more|fewer|less) than)\b", re.IGNORECASE
)
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

    A fact is meant when the number is followed by its unit, the sentence holds the words and the year of its name, and the
    number is near its value or one digit away: "3 events in Iraq in 2017 are dated to a week" counts something else. A number
    that some fact has is right; a part ("outside Iraq", "at least") is not the whole.
    """
    facts = [fact for fact in (scene.facts or {}).values() if isinstance(fact.value, int) and fact.unit]
    values = {fact.value for fact in facts}
    for text in scene.texts:
        for sentence in sentences(text.masked):
            for match in _TYPED.finditer(sentence.text):
                number = int(match[1].replace(",", ""))
                meant = next((fact for fact in _meant(facts, match[2], sentence.text) if _near(number, int(fact.value))), None)
                if number not in values and meant is not None and not _PART.search(sentence.text):
                    what = f"{match[1]} {match[2]} is typed, but the data say {meant.text} ({meant.name})"
                    yield Finding("L10", "warning", text.place.at(sentence.line), what, f"write {{{{ {meant.name} }}}}")


def _near(typed: int, value: int) -> bool:
    """Tell an old or mistyped value from another number: within a quarter, or a digit more or less."""
    longer, shorter = sorted((str(typed), str(value)), key=len, reverse=True)
    dropped = len(longer) - len(shorter) == 1 and any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
    return abs(typed - value) <= value / 4 or (dropped and len(shorter) > 1)


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
