"""An analyst's own cells come out properly: tables, figures, Markdown, math, print."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from brieftools.build import build
from projects import code, lay_down, markdown, opening


def body(tmp_path: Path, *cells: dict[str, Any]) -> list[dict[str, Any]]:
    """Build a brief of these cells and return its blocks up to the sources."""
    built = build(lay_down(tmp_path, cells=[*opening(), *cells]).folder)
    blocks: list[dict[str, Any]] = json.loads((built.folder / "document.json").read_text(encoding="utf-8"))["body"]
    end = next(i for i, block in enumerate(blocks) if block["type"] == "heading" and block["c"][0]["text"].startswith("Sources"))
    return blocks[:end]


def words(cells: list[dict[str, Any]]) -> list[str]:
    """The texts of a table's row."""
    return ["".join(node["text"] for node in cell["c"]) for cell in cells]


def test_a_dataframe_is_a_table_with_header_cells(tmp_path: Path) -> None:
    """Index and columns are headers, numbers are flush right, text with markup stays text."""
    frame = 'import pandas as pd\n\npd.DataFrame({"place": ["*North*", "<b>"], "n": [1200, 3]}, index=["a", "b"])'
    (table,) = body(tmp_path, code(frame))
    assert words(table["head"][0]) == ["", "place", "n"]
    assert [words(row) for row in table["body"]] == [["a", "*North*", "1200"], ["b", "<b>", "3"]]
    assert [column["align"] for column in table["columns"]] == ["left", "left", "right"]
    assert table["row_headers"] == 1


@pytest.mark.parametrize("source", ["plt.plot([1, 2])", "plt.plot([1, 2])\nplt.show()", "fig = plt.figure()\nfig.subplots().plot([1, 2])"])
def test_a_plain_figure_is_one_figure_in_the_house_style(source: str, tmp_path: Path) -> None:
    """It leaves as SVG with text in the house font, once, without the repr of its last line."""
    (figure,) = body(tmp_path, code(f"import matplotlib.pyplot as plt\n\n{source}"))
    assert (figure["type"], figure["image"]["format"], figure["number"]) == ("figure", "svg", 1)
    assert "Source Sans Pro" in figure["image"]["data"]


def test_markdown_with_everything_in_it(tmp_path: Path) -> None:
    """Nested list, table, link, code and a footnote whose note stands in another cell."""
    text = "- one\n  1. two\n\n| a | b |\n|---|--:|\n| x | 1 |\n\nA [link](https://example.org) and `code`[^n].\n\n```python\n1 + 1\n```"
    blocks = body(tmp_path, markdown(text), markdown("[^n]: The *note*."))
    assert [block["type"] for block in blocks] == ["list", "table", "para", "codeblock"]
    assert blocks[0]["items"][0][1]["ordered"] is True
    assert blocks[1]["columns"][1]["align"] == "right"
    assert [node["type"] for node in blocks[2]["c"]] == ["text", "link", "text", "code", "text", "cite"]


def test_an_open_fence_does_not_swallow_the_next_cell(tmp_path: Path) -> None:
    """Each cell is parsed by itself."""
    blocks = body(tmp_path, markdown("```\nopen"), markdown("Next."))
    assert [block["type"] for block in blocks] == ["codeblock", "para"]


def test_math_is_mathml_or_a_drawing_or_its_source(tmp_path: Path) -> None:
    """What the converter refuses is still there."""
    blocks = body(tmp_path, markdown(r"Inline $\frac{a}{b}$." + "\n\n$$x^2$$"), code("from IPython.display import Math\nMath('y_1')"))
    assert blocks[0]["c"][1]["mathml"]["tag"] == "math"
    assert [block["type"] for block in blocks[1:]] == ["mathblock", "mathblock"]


def test_prints_images_and_other_outputs(tmp_path: Path) -> None:
    """Text as text, a picture of the project as a figure, HTML without a table as its words, no address in memory."""
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    picture = markdown("![A dot](attachment:dot.png)") | {"attachments": {"dot.png": {"image/png": pixel}}}
    show = "from IPython.display import HTML, Markdown, display\n\nprint('plain')\ndisplay(HTML('<b>bold</b>'), Markdown('*em*'))\nobject()"
    blocks = body(tmp_path, picture, code(show))
    assert (blocks[0]["type"], blocks[0]["alt"], blocks[0]["image"]["format"]) == ("figure", "A dot", "png")
    assert [block["type"] for block in blocks[1:]] == ["output", "para", "para", "output"]
    assert "0x…" in blocks[-1]["text"]


def test_a_document_is_what_docs_document_md_says(tmp_path: Path, checkout: Path) -> None:
    """The first brief's Document passes the types of document/model.py."""
    from brieftools.document.model import validate

    built = build(lay_down(tmp_path).folder)
    validate(json.loads((built.folder / "document.json").read_text(encoding="utf-8")))
