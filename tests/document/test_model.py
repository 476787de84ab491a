"""The types of document/model.py, the contract docs/document.md and what is built agree."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from brieftools.document import model, model_blocks, model_inlines
from brieftools.document.model import validate
from brieftools.errors import DocumentError
from document.briefs import Node, nodes
from documents import sample


def kinds(union: Any) -> set[str]:
    """The values of `type` that a union of node types knows."""
    members = get_args(get_args(union)[0])
    return {kind for member in members for kind in get_args(get_type_hints(member)["type"])}


def test_the_sample_document_is_valid() -> None:
    """The Document that the renderers are tested with has every node as the contract has it."""
    validate(sample())


def test_the_first_brief_is_valid(first_brief: Node) -> None:
    """The Document of the executed first brief has no key too many, none too few, each of its type."""
    validate(first_brief)


def test_the_first_brief_is_whole(first_brief: Node) -> None:
    """Anchors are given once, every reference leads to one, every note is cited and every citation has its note."""
    ids = [node["id"] for kind in ("heading", "table", "figure", "hypotheses") for node in nodes(first_brief["body"], kind)]
    assert "" not in ids
    assert len(ids) == len(set(ids))
    assert {node["target"] for node in nodes(first_brief["body"], "ref")} <= set(ids)
    (notes,) = nodes(first_brief["body"], "notes")
    cites = list(nodes(first_brief["body"], "cite"))
    assert sorted({n for cite in cites for n in cite["notes"]}) == [entry["number"] for entry in notes["items"]]
    assert sorted(i for cite in cites for i in cite["ids"]) == sorted(i for entry in notes["items"] for i in entry["back"])
    assert not [cite for cite in cites if cite["notes"] != sorted(cite["notes"])]


def test_the_first_brief_has_an_alternative_for_every_figure(first_brief: Node) -> None:
    """Nobody who cannot see a figure gets nothing."""
    assert all(figure["alt"].strip() for figure in nodes(first_brief["body"], "figure"))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d.pop("notices"), "notices"),
        (lambda d: d.update(extra=1), "extra"),
        (lambda d: d["meta"].update(as_of="31 March"), "meta.as_of"),
        (lambda d: d["meta"]["edition"].update(state="done"), "meta.edition.state"),
        (lambda d: d["body"][0]["c"][0].update(text=None), "body[0].bottom_line.c[0].text.text"),
        (lambda d: d["body"][0]["c"].append({"type": "blink", "c": []}), "body[0].bottom_line.c[4]"),
        (lambda d: d["body"].append({"type": "heading", "level": 1, "id": "x", "c": []}), "heading.level"),
        (lambda d: d["body"].append({"type": "para", "c": [{"type": "link", "href": "javascript:x", "c": []}]}), "link.href"),
        (lambda d: d["body"].append({"type": "para", "c": [{"type": "cite", "to": []}]}), "cite"),
        (lambda d: d["body"][1]["items"][0].update(tone="red"), "body[1].key_figures.items[0].tone"),
        (lambda d: d["body"][1]["items"][0]["strip"].update(low=1.5), "body[1].key_figures.items[0].strip.low"),
        (lambda d: next(nodes(d["body"], "figure")).update(width_mm=100), "figure.width_mm"),
        (lambda d: next(nodes(d["body"], "table"))["body"][0][0].update(rowspan="2"), "rowspan"),
    ],
)
def test_a_wrong_node_is_named_by_its_path(change: Any, place: str) -> None:
    """The message leads to the first wrong node."""
    document = copy.deepcopy(sample())
    change(document)
    with pytest.raises(DocumentError) as caught:
        validate(document)
    assert place in str(caught.value.where)


def test_the_contract_and_the_types_know_the_same_nodes(checkout: Path) -> None:
    """Every type that docs/document.md lists is a type of the model, and no other is."""
    text = (checkout / "docs/document.md").read_text(encoding="utf-8")
    inlines, blocks = text.split("## Inlines")[1].split("## Blocks")
    blocks = blocks.split("**table**")[0]

    def listed(part: str) -> set[str]:
        rows = [line.split("|")[1] for line in part.splitlines() if line.startswith("| `")]
        return {name for row in rows for name in re.findall(r"`(\w+)`", row)}

    # A formula is one type in the model, inline or on a line of its own.
    assert listed(inlines) | {"mathblock"} == kinds(model_inlines.Inline)
    assert listed(blocks) | {"math"} == kinds(model_blocks.Block)


def test_validation_is_strict_json() -> None:
    """A number is no text and a text no number, so that the tree is the same after a round trip through JSON."""
    document = sample()
    validate(json.loads(json.dumps(document)))
    document["body"][0]["c"][0]["text"] = 7
    with pytest.raises(DocumentError):
        validate(document)
    assert model.Document.__annotations__.keys() == {"format", "meta", "labels", "notices", "body"}
