"""What ends a brief, made from its inputs: sources, notes, facts, disclaimer, licences, handling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from brieftools.brief.facts import Fact
from brieftools.brief.inputs import Inputs
from brieftools.document.nodes import cell
from brieftools.document.references import METHOD, reference
from brieftools.house.wording import counted
from brieftools.source.record import Source, origins

Node = dict[str, Any]
_UNDER_SOURCES = (
    "Sources that share an origin do not confirm one another. Quality, licence and our paraphrase of each are in the attached records."
)


def _text(text: str) -> Node:
    return {"type": "text", "text": text}


def sources_table(sources: dict[str, Source]) -> Node:
    """Return the table of sources with their grades, without those of the method."""
    sources = {key: source for key, source in sources.items() if source.type not in METHOD}
    roots = frozenset().union(*(origins(key, sources) for key in sources)) if sources else frozenset()
    return {
        "type": "table",
        "id": "sources",
        "number": None,
        "title": [_text(f"{counted(len(sources), 'source')} of {counted(len(roots), 'origin')}")],
        "subtitle": [_text("Admiralty grade: reliability A–F, credibility 1–6, independent of each other; F and 6 mean cannot be judged")],
        "source": [_text(_UNDER_SOURCES)],
        "columns": [{"align": "left", "weight": 0}, {"align": "left", "weight": 5}, {"align": "left", "weight": 6}],
        "head": [[cell([_text(name)]) for name in ("Grade", "Source", "Why this grade")]],
        "body": [_source_row(source) for source in sources.values()],
        "row_headers": 1,
        "redistribute": "aggregate",
    }


def _source_row(source: Source) -> list[Node]:
    return [cell([_text(source.grade)], style="strong"), cell(reference(source)), cell([_text(source.reason)])]


def facts_table(facts: Iterable[Fact], built_with: str) -> Node:
    """Return the table of the facts that the first page quotes, with their origins; all others are attached."""
    texts = ((f.name, f"{f.text} {f.unit}".rstrip(), f.origin) for f in facts)
    rows = [[cell([{"type": "code", "text": name}]), cell([_text(value)]), cell([_text(origin)])] for name, value, origin in texts]
    return {
        "type": "table",
        "id": "facts",
        "number": None,
        "title": [_text("Every number in bottom line and judgments, and how it was computed")],
        "subtitle": [_text("Named facts; all others are in the attached facts.csv, the files and their hashes in manifest.json")],
        "source": [_text(built_with)],
        "columns": [{"align": "left", "weight": 0}, {"align": "left", "weight": 3}, {"align": "left", "weight": 7}],
        "head": [[cell([_text(name)]) for name in ("Fact", "Value", "Origin")]],
        "body": rows,
        "row_headers": 1,
        "redistribute": "aggregate",
    }


def switched_off(checks: Mapping[str, str]) -> list[Node]:
    """Return the paragraph on rules of the checker that the brief switches off, each with its reason; none without."""
    if not checks:
        return []
    said = " ".join(f"{rule}: {reason.rstrip('.')}." for rule, reason in checks.items())
    return [{"type": "para", "c": [{"type": "strong", "c": [_text("Rules of the checker not applied.")]}, _text(f" {said}")]}]


def lexicon_block(inputs: Inputs) -> Node:
    """Return the scale of likelihood words that the brief uses."""
    lexicon = inputs.lexicon
    return {
        "type": "lexicon",
        "title": "Words and numbers",
        "name": lexicon.title,
        "bands": [{"word": band.word, "band": band.text, "low": band.low, "high": band.high} for band in lexicon.bands],
        "note": [
            _text(
                "Likelihood says how probable an event is. Confidence (high, moderate, low) says how good the basis is, and always "
                "stands in a sentence of its own. A shared end point goes to the stronger word."
            )
        ],
    }


def closing(inputs: Inputs) -> Node:
    """Return views disclaimer, data licences and handling: three different things, kept apart."""
    licences = [[_text(f"{dataset.sidecar.attribution.rstrip('.')}.")] for dataset in inputs.datasets.values()]
    fonts = [[_text("Fonts: Source Serif and Source Sans, SIL Open Font License.")]]
    handling = [[_text(f"{inputs.handling.label}. {inputs.handling.text}")]]
    contact = inputs.spec.contact or inputs.project.settings.defaults.contact
    if contact:
        handling.append([_text(f"Corrections: {contact}")])
    return {
        "type": "closing",
        "items": [
            {"label": "Views disclaimer", "paras": [[_text(inputs.spec.disclaimer.full)]]},
            {"label": "Data licences", "paras": _once(licences) + fonts},
            {"label": "Handling", "paras": handling},
        ],
    }


def _once(paras: list[list[Node]]) -> list[list[Node]]:
    found: list[list[Node]] = []
    for para in paras:
        if para not in found:
            found.append(para)
    return found
