"""Pictures in Markdown: files of the project and pasted ones; everything else is refused with a way out."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest

from brieftools.brief.inputs import Inputs, read_inputs
from brieftools.document.outputs import figure
from brieftools.errors import DocumentError
from document.briefs import FACTS, SVG, b64, body, code, facts, md, nodes, png, shown, words
from projects import Laid

DOT = {"dot.png": {"image/png": b64(png())}}


@pytest.fixture
def inputs(project: Laid) -> Inputs:
    """A brief with pictures in its folder and in the project."""
    (project.folder / "map.svg").write_text('<?xml version="1.0"?>\n' + SVG, encoding="utf-8")
    (project.folder / "two words.png").write_bytes(png(300, 150))
    (project.root / "logo.PNG").write_bytes(png())
    return read_inputs(project.folder)


def refused(inputs: Inputs, text: str, **more: Any) -> DocumentError:
    """The error that a cell leads to."""
    with pytest.raises(DocumentError) as caught:
        body(md(text, **more), inputs=inputs)
    assert str(caught.value.where).startswith("cell 1 (`")
    assert caught.value.do
    return caught.value


def test_a_file_of_the_project_is_a_figure(inputs: Inputs) -> None:
    """Beside the notebook or elsewhere in the project; the description is the text alternative."""
    blocks = body(md("![A *map* of “it”](map.svg)"), md("![Two](two%20words.png)"), md("![Logo](../../logo.PNG)"), inputs=inputs)
    assert [(f["alt"], f["image"]["format"], f["number"]) for f in nodes(blocks, "figure")] == [
        ("A map of “it”", "svg", 1),
        ("Two", "png", 2),
        ("Logo", "png", 3),
    ]


def test_a_picture_keeps_its_proportions_and_fits_the_page(inputs: Inputs) -> None:
    """A view box counts points, a raster picture 150 to the inch; nothing is wider than the page or higher than a page holds."""
    small, raster = (f["image"] for f in nodes(body(md("![a](map.svg)\n\nx\n\n![b](<two words.png>)"), inputs=inputs), "figure"))
    assert (small["width_mm"], small["height_mm"]) == (25.4, 12.7)
    assert (raster["width_mm"], raster["height_mm"]) == (50.8, 25.4)
    wide, tall = (figure("svg", SVG.replace("0 0 72 36", box))["image"] for box in ("0 0 7200 3600", "0 0 100 5000"))
    assert (wide["width_mm"], wide["height_mm"]) == (174, 87)
    assert (tall["width_mm"], tall["height_mm"]) == (4, 200)


@pytest.mark.parametrize(
    ("svg", "size"),
    [
        ("<svg viewBox='0,0,144,72'/>", (50.8, 25.4)),
        ('<svg width="144" height="72px"/>', (50.8, 25.4)),
        ('<svg width="100%" height="100%"/>', (116, 72)),
        ('<svg viewBox="0 0 0 0"/>', (116, 72)),
        ('<svg viewBox="0 0 . e"/>', (116, 72)),
        ('<svg><rect viewBox="0 0 9 9" width="9" height="9"/></svg>', (116, 72)),
    ],
)
def test_the_size_of_a_drawing_is_that_of_its_root(svg: str, size: tuple[float, float]) -> None:
    """Else a usual one."""
    image = figure("svg", svg)["image"]
    assert (image["width_mm"], image["height_mm"]) == size


def test_a_pasted_picture_is_a_figure(inputs: Inputs) -> None:
    """Also one pasted as SVG."""
    pasted = DOT | {"d.svg": {"image/svg+xml": b64(SVG.encode())}}
    blocks = body(md("![A dot](attachment:dot.png)\n\n![](attachment:d.svg)", attachments=pasted), inputs=inputs)
    assert [(f["alt"], f["image"]["format"]) for f in nodes(blocks, "figure")] == [("A dot", "png"), ("", "svg")]


def test_words_around_a_picture_stay(inputs: Inputs) -> None:
    """Text, a link's other words and citations do not go with it; the picture follows its paragraph."""
    blocks = body(md("Before ![a](map.svg) after *![b](map.svg)* [![c](map.svg)](https://example.org) [@smith-2020]."), inputs=inputs)
    assert [block["type"] for block in blocks] == ["para", "figure", "figure", "figure"]
    assert words(blocks[0]).split() == ["Before", "after", "."]
    assert list(nodes(blocks[0], "cite"))
    assert not list(nodes(blocks, "link"))


def test_a_citation_beside_a_picture_is_kept(inputs: Inputs) -> None:
    """Even when nothing else stands there."""
    assert len(list(nodes(body(md("![a](map.svg) [@smith-2020]"), inputs=inputs), "cite"))) == 1


def test_a_description_may_quote_a_fact(inputs: Inputs) -> None:
    """It is as true as the text."""
    assert FACTS["events"].text == "1,236"
    (shown,) = nodes(body(code(facts(n=5)), md("![{{ n }} dots [@smith-2020]](map.svg)"), inputs=inputs), "figure")
    assert shown["alt"].strip() == "5 dots"


@pytest.mark.parametrize("text", ["# Title ![a](map.svg)", "|![a](map.svg)|\n|-|\n", "x[^a]\n\n[^a]: ![a](map.svg)"])
def test_a_picture_where_only_words_can_stand_is_refused(inputs: Inputs, text: str) -> None:
    """It would be lost."""
    assert "a picture cannot stand in a" in refused(inputs, text).what


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "HTTP://example.org/a.png", "//example.org/a.png", "ftp://example.org/a.svg"]
)
def test_nothing_is_fetched(inputs: Inputs, address: str) -> None:
    """A picture from elsewhere is refused."""
    assert "is not in the project" in refused(inputs, f"![a]({address})").what


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:x", "data:text/html,x"])
def test_an_address_that_markdown_refuses_stays_text(inputs: Inputs, address: str) -> None:
    """It is no picture then."""
    assert words(body(md(f"![a]({address})"), inputs=inputs)) == f"![a]({address})"


@pytest.mark.parametrize("address", ["../../../secret.png", "..%2F..%2F..%2Fsecret.png", "/etc/secret.png", "x/../../../../secret.png"])
def test_a_path_out_of_the_project_is_refused(inputs: Inputs, address: str) -> None:
    """Whether or not a file is there."""
    (inputs.project.root.parent / "secret.png").write_bytes(png())
    assert "outside the project" in refused(inputs, f"![a]({address})").what


def test_a_link_out_of_the_project_is_refused(inputs: Inputs) -> None:
    """A symbolic link is followed before it is judged; one within the project is fine."""
    secret = inputs.project.root.parent / "secret.png"
    secret.write_bytes(png())
    (inputs.folder / "out.png").symlink_to(secret)
    (inputs.folder / "folder").symlink_to(secret.parent)
    (inputs.folder / "in.png").symlink_to(inputs.folder / "two words.png")
    assert "outside the project" in refused(inputs, "![a](out.png)").what
    assert "outside the project" in refused(inputs, "![a](folder/secret.png)").what
    assert len(body(md("![a](in.png)"), inputs=inputs)) == 1


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("none.png", "'none.png' is not there"),
        ("", "is no SVG, PNG or JPEG file"),
        ("brief.yml", "is no SVG, PNG or JPEG file"),
        ("map.svg/x.png", "is not there"),
        ("a%00b.png", "cannot be read"),
        ("x" * 300 + ".png", "cannot be read"),
        ("attachment:none.png", "has no pasted picture 'none.png'"),
    ],
)
def test_a_picture_that_is_not_there_is_named(inputs: Inputs, address: str, what: str) -> None:
    """With its cell and what to do."""
    assert what in refused(inputs, f"![a]({address})").what


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.svg"])
@pytest.mark.parametrize("data", [b"", b"no picture", png()[:40], b"\xff\xd8\xff\xe0", b"<html>\xff</html>"])
def test_a_damaged_picture_is_named(inputs: Inputs, name: str, data: bytes) -> None:
    """Here, and not by the typesetter."""
    (inputs.folder / name).write_bytes(data)
    assert f"the picture '{name}' is damaged" in refused(inputs, f"![a]({name})").what


def test_a_picture_with_the_wrong_suffix_is_damaged(inputs: Inputs) -> None:
    """A PNG called JPEG would be typeset as one."""
    (inputs.folder / "a.jpg").write_bytes(png())
    assert "damaged" in refused(inputs, "![a](a.jpg)").what


def test_a_damaged_pasted_picture_is_named(inputs: Inputs) -> None:
    """Bad base64 too."""
    for data in ("@@@", "abc", b64(b"no picture")):
        assert "damaged" in refused(inputs, "![a](attachment:a.png)", attachments={"a.png": {"image/png": data}}).what


def test_a_picture_whose_header_lies_about_its_size_is_refused(inputs: Inputs) -> None:
    """Unpacking it would take the machine's memory."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    (inputs.folder / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk)))
    assert "damaged" in refused(inputs, "![a](bomb.png)").what


def test_pictures_of_a_text_output_are_their_descriptions() -> None:
    """What a cell computes opens no file."""
    (block,) = body(code(shown({"text/markdown": "A ![picture](/etc/passwd).", "text/plain": "x"})))
    assert words(block) == "A picture."


def test_links_in_a_circle_are_named(inputs: Inputs) -> None:
    """They lead to no file."""
    (inputs.folder / "loop.png").symlink_to(inputs.folder / "loop.png")
    assert refused(inputs, "![a](loop.png)").do
