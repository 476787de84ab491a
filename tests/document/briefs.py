"""Small notebooks, and the Document that they become; no kernel runs."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import nbformat

from brieftools.brief.facts import MIME as FACT_MIME
from brieftools.brief.facts import Facts, fact
from brieftools.brief.inputs import Inputs, read_inputs
from brieftools.document.assemble import Assembled, assemble
from brieftools.document.marks import Marks
from brieftools.document.model import validate
from brieftools.document.outputs import MIME
from brieftools.document.prose import collect, parse
from brieftools.source.record import Source
from projects import lay_down

Node = dict[str, Any]
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt" viewBox="0 0 72 36"><rect width="9" height="9"/></svg>'


def source(key: str, **more: Any) -> Source:
    """A source record with three paragraphs."""
    words = {"title": f"Title of {key}", "licence": "CC0", "reason": "Known", "citation": f"{key.capitalize()} 2020"} | more
    return Source(key=key, reliability="B", credibility="2", paragraphs={1: "One.", 2: "Two.", 3: "Three."}, **words)


FACTS = Facts({"events": fact("events", 1236, origin="rows"), "share": fact("share", 0.5)})
MARKS = Marks(FACTS, {"smith": source("smith"), "jones": source("jones")}, "cell 1 (`x`)")


def prose(text: str, **more: Any) -> list[Node]:
    """Parse one cell; it knows two facts, two sources and its own footnotes."""
    return parse(text, **({"marks": MARKS, "footnotes": collect([text])} | more))


def para(text: str, **more: Any) -> list[Node]:
    """The inlines of the only paragraph of a cell."""
    (block,) = prose(text, **more)
    assert block["type"] == "para"
    return list(block["c"])


def t(text: str) -> Node:
    """Words."""
    return {"type": "text", "text": text}


def md(text: str, *tags: str, **more: Any) -> Any:
    """A Markdown cell."""
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)} if tags else {}, **more)


def code(*outputs: Any, text: str = "x", tags: tuple[str, ...] = ()) -> Any:
    """A code cell that has run."""
    return nbformat.v4.new_code_cell(text, outputs=list(outputs), execution_count=1, metadata={"tags": list(tags)} if tags else {})


def shown(data: dict[str, Any], kind: str = "display_data") -> Any:
    """What a cell shows."""
    more = {"execution_count": 1} if kind == "execute_result" else {}
    return nbformat.v4.new_output(kind, data=data, **more)


def printed(text: str, name: str = "stdout") -> Any:
    """What a cell printed."""
    return nbformat.v4.new_output("stream", name=name, text=text)


def payload(**content: Any) -> Any:
    """What one of our own objects shows."""
    return shown({MIME: content, "text/plain": "x"})


def figure(name: str = "", *, alt: str = "What is to be seen.", **more: Any) -> Any:
    """A chart, as a cell shows it."""
    words = {"title": f"Figure {name}", "subtitle": "", "source": "", "table": None, "period": None, "width_mm": 116} | more
    return payload(type="figure", name=name, alt=alt, height_mm=58, format="svg", data=SVG, **words)


def facts(**values: Any) -> Any:
    """Facts, as the cell that registers them shows them."""
    return shown({FACT_MIME: {"facts": [fact(name, value).as_json() for name, value in values.items()]}, "text/plain": "x"})


@cache
def project() -> Inputs:
    """The inputs of a small brief: one source (smith-2020, two paragraphs), one dataset."""
    return read_inputs(lay_down(Path(mkdtemp()) / "project").folder)


def assembled(*cells: Any, inputs: Inputs | None = None, **more: Any) -> Assembled:
    """The Document of some cells, held against its types."""
    found = assemble(nbformat.v4.new_notebook(cells=list(cells)), inputs or project(), **more)
    validate(found.document)
    return found


def body(*cells: Any, **more: Any) -> list[Node]:
    """What the cells became, without what ends every brief."""
    blocks: list[Node] = assembled(*cells, **more).document["body"]
    end = next(i for i, block in enumerate(blocks) if block["type"] == "heading" and block["c"][0]["text"].startswith("Sources"))
    return blocks[:end]


def notes(*cells: Any, **more: Any) -> list[Node]:
    """The endnotes of the cells."""
    blocks = assembled(*cells, **more).document["body"]
    return next((block["items"] for block in blocks if block["type"] == "notes"), [])


def nodes(tree: Any, kind: str) -> Iterator[Node]:
    """Every node of a type, in the order of the tree."""
    if isinstance(tree, dict):
        if tree.get("type") == kind:
            yield tree
        for value in tree.values():
            yield from nodes(value, kind)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value, kind)


def words(tree: Any) -> str:
    """All texts of a tree, in its order."""
    if isinstance(tree, dict):
        own = tree.get("text") if isinstance(tree.get("text"), str) else ""
        return own + "".join(words(value) for value in tree.values() if isinstance(value, dict | list))
    return "".join(words(value) for value in tree) if isinstance(tree, list) else ""


def texts(rows: list[list[Node]]) -> list[list[str]]:
    """The texts of a table's rows."""
    return [[words(cell["c"]) for cell in row] for row in rows]


def png(width: int = 3, height: int = 2) -> bytes:
    """A picture."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), "#74828f").save(out, "PNG")
    return out.getvalue()


def b64(data: bytes) -> str:
    """Bytes as a notebook keeps them."""
    return base64.b64encode(data).decode()
