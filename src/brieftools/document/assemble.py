"""Step 5, document: an executed notebook and a brief's inputs become one tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.brief.facts import MIME as FACT_MIME
from brieftools.brief.facts import Fact, Facts
from brieftools.brief.inputs import Inputs
from brieftools.document import back, front
from brieftools.document.images import load_image
from brieftools.document.layout import lay_out
from brieftools.document.marks import Marks
from brieftools.document.nodes import Node, plain
from brieftools.document.number import Notes, number_figures, number_headings, resolve_references, walk
from brieftools.document.outputs import read_outputs
from brieftools.document.payloads import blocks_from
from brieftools.document.prose import Footnotes, collect, parse
from brieftools.errors import DocumentError
from brieftools.execute.run import cell_name
from brieftools.house.wording import Words, standard_heading
from brieftools.house.wording import words as words_of
from brieftools.incidents.guard import refuse_rows
from brieftools.source.record import Source

if TYPE_CHECKING:
    from nbformat import NotebookNode

FORMAT = "brieftools/document/1"
_SKIP_CELL = {"remove-cell", "parameters", "injected-parameters"}
_LEADING = {"bottom_line", "key_figures", "judgments"}  # what page 1 claims
_NO_NOTE = re.compile(r"\[\^[A-Za-z0-9_-]+\]")


@dataclass(frozen=True)
class Assembled:
    """The Document, and what its maker should know.

    Attributes
    ----------
    document : dict
        docs/document.md.
    warnings : tuple of str
    facts : Facts
        All that the notebook registered.
    """

    document: Node
    warnings: tuple[str, ...]
    facts: Facts


def assemble(notebook: NotebookNode, inputs: Inputs, *, state: str = "draft", built_with: str = "") -> Assembled:
    """Build the Document of a brief.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    inputs : Inputs
    state : str
        An issued brief must be complete: a figure without a text alternative stops it; a draft is warned.
    built_with : str
        The sentence on versions under the table of facts.

    Raises
    ------
    DocumentError
        An unknown fact, citation or reference; a picture that is not there; in an issue, a figure without alt text.
    """
    warnings: list[str] = []
    facts = collect_facts(notebook)
    place = _Place(inputs.folder, inputs.project.root, inputs.sources)
    footnotes, blocks = _take_footnotes(_cells(notebook, facts, place, warnings))
    said = inputs.words
    body = lay_out(_bottom_line(blocks, said))
    _require_alt_text(body, state, warnings)
    body += _back_matter(body, facts, inputs, built_with)
    words = said.printed
    notes = _numbered(body, footnotes, words, inputs.sources)
    body += [*notes.section(words["notes"]), back.closing(inputs)]
    warnings += [f"source {key!r} is listed in brief.yml but never cited" for key in inputs.spec.sources if key not in notes.cited]
    warnings += [f"footnote [^{label}] is defined but nothing leads to it" for label in notes.unused]
    document = {"format": FORMAT, "meta": front.meta(inputs, state), "labels": words, "notices": front.notices(inputs, body), "body": body}
    refuse_rows(document, inputs.datasets.values())
    return Assembled(document, tuple(warnings), facts)


@dataclass(frozen=True)
class _Place:
    """Where a notebook stands, and what it may cite."""

    folder: Path
    root: Path
    sources: dict[str, Source] | None


def assemble_alone(notebook: NotebookNode, *, title: str, folder: Path, as_of: date) -> Node:
    """Build the Document of a notebook that belongs to no brief: its cells and nothing else, and page 1 says so.

    Raises
    ------
    DocumentError
        As `assemble`; it can cite no source.
    """
    facts = collect_facts(notebook)
    footnotes, blocks = _take_footnotes(_cells(notebook, facts, _Place(folder, folder, None), []))
    said = words_of("en")
    body, words = lay_out(_bottom_line(blocks, said)), said.printed
    body += _numbered(body, footnotes, words, {}).section(words["notes"])
    alone = "This notebook belongs to no brief: no sources, no grades, no attachments."
    notices = [{"kind": "alone", "c": [{"type": "text", "text": alone}]}]
    return {"format": FORMAT, "meta": front.meta_alone(title, as_of), "labels": words, "notices": notices, "body": body}


def _numbered(body: list[Node], footnotes: dict[str, list[Node]], words: dict[str, str], sources: dict[str, Source]) -> Notes:
    """Give headings, figures, tables and notes their numbers, and let references name them."""
    number_headings(body)
    targets = number_figures(body, words)
    resolve_references([*body, *({"type": "footnote", "c": c} for c in footnotes.values())], targets)
    notes = Notes(sources, footnotes)
    notes.number(body)
    return notes


def collect_facts(notebook: NotebookNode) -> Facts:
    """Read the facts that the cells registered; a later one of the same name replaces an earlier one.

    Raises
    ------
    DocumentError
        The notebook was made by another version.
    """
    found: dict[str, Fact] = {}
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            try:
                made = [Fact(**entry) for entry in output.get("data", {}).get(FACT_MIME, {}).get("facts", [])]
            except (TypeError, AttributeError):
                where = cell_name(notebook.cells, index)
                raise DocumentError("a fact in the notebook is damaged", where=where, do="run the notebook again") from None
            found |= {fact.name: fact for fact in made}
    return Facts(found)


def _cells(notebook: NotebookNode, facts: Facts, place: _Place, warnings: list[str]) -> list[Node]:
    kept = [(index, cell) for index, cell in enumerate(notebook.cells) if not _SKIP_CELL & set(cell.metadata.get("tags", []))]
    footnotes = collect(cell.source for _, cell in kept if cell.cell_type == "markdown")
    blocks: list[Node] = []
    for index, cell in kept:
        marks = Marks(facts, place.sources, cell_name(notebook.cells, index))
        if cell.cell_type == "markdown":
            found = _prose(cell, footnotes, marks, place)
            warnings += _dangling(found, marks.where)
            blocks += found
        elif cell.cell_type == "code":
            blocks += _outputs(cell, marks, warnings)
    return blocks


def _dangling(blocks: list[Node], where: str) -> list[str]:
    labels = [label for node in walk(blocks) if node["type"] == "text" for label in _NO_NOTE.findall(node["text"])]
    return [f"{where}: {label} stands in the text as typed, because no cell has a footnote of that name" for label in labels]


def _prose(cell: NotebookNode, footnotes: Footnotes, marks: Marks, place: _Place) -> list[Node]:
    pasted: Mapping[str, Mapping[str, str]] = cell.get("attachments", {})

    def image(address: str, alt: str) -> Node:
        return load_image(address, alt, folder=place.folder, root=place.root, attachments=pasted, where=marks.where)

    return parse(cell.source, footnotes=footnotes, marks=marks, image=image)


def _outputs(cell: NotebookNode, marks: Marks, warnings: list[str]) -> list[Node]:
    found = read_outputs(cell.outputs, where=marks.where)
    warnings += found.warnings
    return [inner for block in found.blocks for inner in (blocks_from(block["payload"], marks) if block["type"] == "payload" else [block])]


def _take_footnotes(blocks: list[Node]) -> tuple[dict[str, list[Node]], list[Node]]:
    """Take the footnotes' texts out of the stream; they go to the end."""
    notes: dict[str, list[Node]] = {}
    for block in blocks:
        if block["type"] == "footnote":
            label = block["label"]
            if label in notes:
                raise DocumentError(f"footnote [^{label}] has two texts", where=block["where"], do="give each footnote its own label")
            notes[label] = block["c"]
    return notes, [block for block in blocks if block["type"] != "footnote"]


def _bottom_line(blocks: list[Node], said: Words) -> list[Node]:
    """A heading "Bottom line" and the paragraph under it become one block, and the heading "Key figures" goes: the strip needs none.

    The other headings that every brief has are printed in the language of the labels.
    """
    found: list[Node] = []
    for block in blocks:
        before = standard_heading(plain(found[-1]["c"])) if found and found[-1]["type"] == "heading" else None
        if block["type"] == "para" and before == "bottom_line":
            found[-1] = {"type": "bottom_line", "label": said["bottom_line"], "c": block["c"]}
        elif block["type"] == "key_figures" and before == "key_figures":
            found[-1] = block
        else:
            found.append(_headed(block, said))
    return found


def _headed(block: Node, said: Words) -> Node:
    key = standard_heading(plain(block["c"])) if block["type"] == "heading" else None
    return block if key is None else block | {"c": [{"type": "text", "text": said.headings[key]}]}


def _require_alt_text(body: list[Node], state: str, warnings: list[str]) -> None:
    for number, node in enumerate((node for node in walk(body) if node["type"] == "figure"), 1):
        if node["alt"].strip():
            continue
        title = f" (“{plain(node['title'])}”)" if node["title"] else ""
        what = f"figure {number}{title} has no text alternative: a reader who cannot see it gets nothing"
        do = 'give one: brief.figure(fig, alt="Monthly events, between 23 and 108, without a trend."), or ![description](picture.png)'
        if state != "draft":
            raise DocumentError(what, do=do)
        warnings.append(f"{what}; {do}")


def _back_matter(body: list[Node], facts: Facts, inputs: Inputs, built_with: str) -> list[Node]:
    said = inputs.words
    headings = [plain(node["c"]).lower() for node in walk(body) if node["type"] == "heading" and node["level"] <= 2]
    blocks: list[Node] = []
    if not (headings and headings[-1].startswith("sources")):
        blocks.append({"type": "heading", "level": 2, "id": "", "c": [{"type": "text", "text": said.headings["sources"]}]})
    blocks += back.switched_off(inputs.spec.checks, said)
    if any(node["type"] == "judgments" for node in walk(body)):
        blocks.append(back.lexicon_block(inputs))
    if inputs.sources:
        blocks.append(back.sources_table(inputs.sources, said))
    leading = {node["name"] for block in body if block["type"] in _LEADING for node in walk(block) if node["type"] == "fact"}
    used = [fact for fact in facts.values() if fact.name in leading]
    return blocks + ([back.facts_table(used, built_with, said)] if used else [])
