"""The rules, each a small declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from brieftools.check import figures, judged, numbers, rivals, sourced, words
from brieftools.check.finding import Finding
from brieftools.check.scene import Scene


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes
    ----------
    id : str
        L1 to L10.
    says : str
        What it forbids, in one line.
    finds : tuple of callables
        Each yields what it finds in a scene.
    """

    id: str
    says: str
    finds: tuple[Callable[[Scene], Iterator[Finding]], ...]


RULES = (
    Rule("L1", "a term that only another lexicon or the other row has", (words.foreign_terms,)),
    Rule("L2", "likelihood and confidence in one sentence", (words.mixed_sentences,)),
    Rule("L3", "vague words in a judgment", (words.vague_judgments,)),
    Rule(
        "L4",
        "a judgment that lacks likelihood, confidence, basis, horizon or indicator, is certain, or was never resolved",
        (judged.incomplete_judgments, judged.absolute_words, judged.overdue_judgments),
    ),
    Rule("L5", "a number outside the band of its word", (judged.numbers_beside_words,)),
    Rule(
        "L6",
        "a fact without a source, a source never cited, a citation that leads nowhere",
        (sourced.unsourced_facts, sourced.dead_citations),
    ),
    Rule("L7", "fewer than two hypotheses, or one without ratings, implication or indicator", (rivals.rival_hypotheses,)),
    Rule("L8", "no disclaimer; a handling label weaker than a source's", (sourced.handling_and_disclaimer,)),
    Rule("L9", "a figure without text alternative, source or period", (figures.figures,)),
    Rule("L10", "a typed number that stands in the data under another value", (numbers.stale_numbers,)),
)
