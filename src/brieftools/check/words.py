"""L1 to L3: the words themselves."""

from __future__ import annotations

from collections.abc import Iterator

from brieftools.analysis.lexicon import LEXICONS
from brieftools.check.finding import Finding
from brieftools.check.scene import Scene
from brieftools.check.sentences import sentences
from brieftools.check.terms import confidence_terms, foreign, likelihood_terms, vague_terms


def foreign_terms(scene: Scene) -> Iterator[Finding]:
    """L1: a term that only another lexicon, or its other row, has."""
    lexicon = scene.lexicon
    for text in scene.texts:
        for term in likelihood_terms(text.masked):
            others = foreign(term, lexicon)
            if others:
                band = others[0].band(term.words.split()[-1] if term.words.casefold().endswith(" remote") else term.words)
                near = lexicon.word(band.middle) or "a word of the scale"
                what = f"“{term.words}” belongs to {' and '.join(other.title for other in others)}; the brief declares {lexicon.title}"
                do = f"it means {band.text} there; if that is meant, the declared scale says “{near}”"
                yield Finding("L1", "warning", text.place_of(term.start), what, do)


def foreign_words(scene: Scene) -> list[str]:
    """Return the terms that L1 finds, each once: the brief's own note on its scale names them."""
    found = (term.words.casefold() for text in scene.texts for term in likelihood_terms(text.masked) if foreign(term, scene.lexicon))
    return list(dict.fromkeys(found))


def mixed_sentences(scene: Scene) -> Iterator[Finding]:
    """L2: likelihood and confidence of an event in one sentence."""
    for text in scene.texts:
        for sentence in sentences(text.masked):
            likely, sure = next(likelihood_terms(sentence.text), None), next(confidence_terms(sentence.text), None)
            if likely and sure:
                both = f"likelihood (“{likely.words}”) and confidence (“{sure.words}”)"
                what = f"{both} stand in one sentence: a reader takes one for the other"
                do = "say how likely it is, full stop; then how good the basis is"
                yield Finding("L2", "error", text.place.at(sentence.line), what, do)


def vague_judgments(scene: Scene) -> Iterator[Finding]:
    """L3: a judgment that commits to nothing."""
    for text in scene.texts:
        if text.judges:
            for term in vague_terms(text.masked):
                do = f"say how likely, in a word of {scene.lexicon.title}, or leave the sentence out"
                yield Finding("L3", "warning", text.place_of(term.start), f"“{term.words}” in a judgment: it cannot turn out wrong", do)


def verb_counts(scene: Scene) -> tuple[int, int]:
    """Return how many vague and how many calibrated words the whole brief has; the words of its judgments count."""
    vague = sum(1 for text in scene.texts for _ in vague_terms(text.masked))
    calibrated = sum(1 for text in scene.texts for _ in likelihood_terms(text.masked))
    entries = (scene.judgments or {}).get("judgments") or [] if hasattr(scene.judgments, "get") else []
    words = {word for lexicon in LEXICONS.values() for word in lexicon.words}
    stated = sum(1 for entry in entries if hasattr(entry, "get") and str(entry.get("likelihood", "")).casefold() in words)
    return vague, calibrated + stated
