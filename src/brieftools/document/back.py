"""What ends a brief, made from its inputs: sources, notes, facts, disclaimer, licences, handling."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from brieftools.brief.facts import Fact
from brieftools.brief.inputs import Inputs
from brieftools.document.nodes import cell
from brieftools.document.references import METHOD, reference
from brieftools.house.wording import Words
from brieftools.source.record import Source, origins

Node = dict[str, Any]


def _text(text: str) -> Node:
    return {"type": "text", "text": text}


def sources_table(sources: dict[str, Source], said: Words) -> Node:
    """Return the table of sources with their grades, without those of the method."""
    sources = {key: source for key, source in sources.items() if source.type not in METHOD}
    roots = frozenset().union(*(origins(key, sources) for key in sources)) if sources else frozenset()
    return {
        "type": "table",
        "id": "sources",
        "number": None,
        "title": [
            _text(said["sources_title"].format(sources=said.counted(len(sources), "source"), origins=said.counted(len(roots), "origin")))
        ],
        "subtitle": [_text(said["sources_subtitle"])],
        "source": [_text(said["sources_note"])],
        "columns": [{"align": "left", "weight": 0}, {"align": "left", "weight": 5}, {"align": "left", "weight": 6}],
        "head": [[cell([_text(name)]) for name in said.parts("sources_head")]],
        "body": [_source_row(source) for source in sources.values()],
        "row_headers": 1,
        "redistribute": "aggregate",
    }


def _source_row(source: Source) -> list[Node]:
    return [cell([_text(source.grade)], style="strong"), cell(reference(source)), cell([_text(source.reason)])]


def facts_table(facts: Iterable[Fact], built_with: str, said: Words) -> Node:
    """Return the table of the facts that the first page quotes, with their origins; all others are attached."""
    texts = ((f.name, f"{f.text} {f.unit}".rstrip(), f.origin) for f in facts)
    rows = [[cell([{"type": "code", "text": name}]), cell([_text(value)]), cell([_text(origin)])] for name, value, origin in texts]
    return {
        "type": "table",
        "id": "facts",
        "number": None,
        "title": [_text(said["facts_title"])],
        "subtitle": [_text(said["facts_subtitle"])],
        "source": [_text(built_with)],
        "columns": [{"align": "left", "weight": 0}, {"align": "left", "weight": 3}, {"align": "left", "weight": 7}],
        "head": [[cell([_text(name)]) for name in said.parts("facts_head")]],
        "body": rows,
        "row_headers": 1,
        "redistribute": "aggregate",
    }


def switched_off(checks: Mapping[str, str], said: Words) -> list[Node]:
    """Return the paragraph on rules of the checker that the brief switches off, each with its reason; none without."""
    if not checks:
        return []
    reasons = " ".join(f"{rule}: {reason.rstrip('.')}." for rule, reason in checks.items())
    return [{"type": "para", "c": [{"type": "strong", "c": [_text(said["checks_off"])]}, _text(f" {reasons}")]}]


def lexicon_block(inputs: Inputs) -> Node:
    """Return the scale of likelihood words that the brief uses."""
    lexicon = inputs.lexicon
    return {
        "type": "lexicon",
        "title": inputs.words["lexicon_title"],
        "name": lexicon.title,
        "bands": [{"word": band.word, "band": band.text, "low": band.low, "high": band.high} for band in lexicon.bands],
        "note": [_text(inputs.words["lexicon_note"])],
    }


def closing(inputs: Inputs) -> Node:
    """Return views disclaimer, data licences and handling: three different things, kept apart."""
    licences = [[_text(f"{dataset.sidecar.attribution.rstrip('.')}.")] for dataset in inputs.datasets.values()]
    said = inputs.words
    fonts = [[_text(said["fonts"])]] if not inputs.house.fonts else []
    allows = said.handling.get(inputs.handling.label, inputs.handling.text)
    handling = [[_text(f"{inputs.handling.label}. {allows}")]]
    contact = inputs.spec.contact or inputs.project.settings.defaults.contact
    if contact:
        handling.append([_text(said["corrections"].format(contact=contact))])
    return {
        "type": "closing",
        "items": [
            {"label": said["views"], "paras": [[_text(inputs.disclaimer[0])]]},
            {"label": said["licences"], "paras": _once(licences) + fonts},
            {"label": said["handling"], "paras": handling},
        ],
    }


def _once(paras: list[list[Node]]) -> list[list[Node]]:
    found: list[list[Node]] = []
    for para in paras:
        if para not in found:
            found.append(para)
    return found
