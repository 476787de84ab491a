"""L4 and L5: judgments that can be wrong, and numbers that suit their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from brieftools.check.finding import Finding, Place, complaints
from brieftools.check.scene import Scene
from brieftools.check.terms import absolute_terms, foreign, likelihood_terms, scale_word
from brieftools.check.texts import shown
from brieftools.errors import SpecError
from brieftools.project.yamlfile import line_of

_NUMBERS = re.compile(
    r"[*_]*\s*\(\s*(?P<low>\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)?\s*(?:[-–]|to)?" r"\s*(?P<high>\d{1,3}(?:\.\d+)?)?\s?(?:%|per\s?cent)"
)


def incomplete_judgments(scene: Scene) -> Iterator[Finding]:
    """L4, L5: what reading ``judgments.yml`` complains of."""
    from brieftools.brief.judgments import read_judgments

    path = scene.folder / "judgments.yml"
    if scene.inputs is None or scene.judgments is None:
        return
    try:
        read_judgments(scene.folder, scene.lexicon)
    except SpecError as e:
        for found in complaints("L4", shown(path), e):
            yield replace(found, rule="L5") if "lies outside" in found.what else found


def absolute_words(scene: Scene) -> Iterator[Finding]:
    """L4: certainty that no scale has."""
    for text in scene.texts:
        if text.judges:
            for term in absolute_terms(text.masked):
                what = f"“{term.words}” in a judgment: every scale ends before 0 and 100 %"
                do = "use the last word of the scale, or state it as a fact with its source"
                yield Finding("L4", "error", text.place_of(term.start), what, do)


def numbers_beside_words(scene: Scene) -> Iterator[Finding]:
    """L5: a number beside a word that lies outside the word's band."""
    for text in scene.texts:
        for term in likelihood_terms(text.masked):
            match = _NUMBERS.match(text.masked, term.end)
            if match is None or foreign(term, scene.lexicon):
                continue
            band = scene.lexicon.band(scale_word(term))
            ends = [float(end) for end in (match["low"], match["high"]) if end]
            if not all(band.low <= end <= band.high for end in ends):
                given = " to ".join(f"{end:g}" for end in ends)
                what = f"“{term.words}” is {band.text} in {scene.lexicon.title}, but {given} % stands beside it"
                yield Finding("L5", "error", text.place_of(term.start), what, "correct the number or the word")


def overdue_judgments(scene: Scene) -> Iterator[Finding]:
    """L4: a judgment whose horizon passed before the as-of date and that nobody resolved."""
    from brieftools.brief.judgments import Judgment, PastJudgment, read_judgments_file
    from brieftools.house.wording import long_date

    if scene.inputs is None or scene.judgments is None:
        return
    try:
        found = read_judgments_file(scene.folder, scene.lexicon)
    except SpecError:
        return  # said by incomplete_judgments
    every: list[tuple[str, int, Judgment | PastJudgment]] = [("judgments", n, one) for n, one in enumerate(found.judgments)]
    every += [("history", n, one) for n, one in enumerate(found.history)]
    for part, number, judgment in every:
        if judgment.horizon <= scene.inputs.spec.edition.as_of and judgment.resolved is None:
            what = f"the horizon of judgment {judgment.id!r}, {long_date(judgment.horizon)}, has passed and it is not resolved"
            do = 'add `resolved: {on: date, outcome: true or false, evidence: "[@key, ¶n]"}`'
            line = line_of(scene.judgments, (part, number, "horizon"))
            yield Finding("L4", "warning", Place(shown(scene.folder / "judgments.yml"), line), what, do)
