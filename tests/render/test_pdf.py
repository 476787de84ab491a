"""The PDF as its reader gets it: text, tags, links, metadata, attachments, and the same bytes everywhere."""

from __future__ import annotations

import copy
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from brieftools.errors import MissingToolError, RenderError
from brieftools.house import House
from brieftools.render.attachment import Attachment
from brieftools.render.pdf import render_pdf
from brieftools.render.pdf.compiler import Typesetter, compile_pdf
from brieftools.render.pdf.fonts import typefaces
from documents import cell, figure, para, sample, t
from render.pdf_text import attached, elements, letters, opened, tags, words

RENDER = """
import hashlib, documents
from brieftools.render.attachment import Attachment
from brieftools.render.pdf import render_pdf
pdf = render_pdf(documents.sample(), attachments=[Attachment("facts.csv", b"a,b\\n", "text/csv", "Facts")])
print(hashlib.sha256(pdf.data).hexdigest())
"""


def printed(node: Any) -> list[str]:
    """Every string of inlines and listings below a node."""
    if isinstance(node, list):
        return [text for child in node for text in printed(child)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if node.get("type") in ("text", "code", "fact", "ref", "codeblock", "output") else []
    return own + [text for key, value in node.items() if key not in ("labels", "table") for text in printed(value)]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def with_body(*body: dict[str, Any]) -> dict[str, Any]:
    return sample() | {"body": list(body)}


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(sample()).data


def test_every_word_of_the_document_can_be_read(pdf):
    """No inline, listing, table cell or note is lost on the way."""
    text = letters(pdf)
    missing = [words for words in printed(sample()) if squeezed(words) not in text]
    assert missing == []


def test_the_document_stays_as_it_was():
    """Rendering works on a copy."""
    document = sample()
    before = copy.deepcopy(document)
    render_pdf(document)
    assert document == before


def test_metadata_says_title_language_keywords_and_both_standards(pdf):
    """A reader's software learns what the file is without opening it."""
    with opened(pdf) as file:
        assert str(file.docinfo["/Title"]) == sample()["meta"]["title"]
        assert str(file.docinfo["/Keywords"]) == "Islamic State"
        assert str(file.Root.Lang) == "en-GB"
        assert bool(file.Root.MarkInfo.Marked)
        xmp = file.Root.Metadata.read_bytes().decode()
    for said in ("<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"):
        assert said in xmp


def test_the_date_in_the_file_is_the_as_of_date(pdf):
    """The time of the build leaves no trace."""
    with opened(pdf) as file:
        assert {str(file.docinfo[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20170331000000Z"}


def test_the_pages_are_counted(pdf):
    """The number of pages that is returned is that of the file, and each page says which it is."""
    result = render_pdf(sample())
    with opened(result.data) as file:
        assert result.pages == len(file.pages)
    text = words(result.data)
    assert all(f"{page} of {result.pages}" in text for page in range(1, result.pages + 1))


def test_handling_stands_at_head_and_foot_of_every_page():
    """The label is printed twice on each page."""
    document = sample()
    document["meta"]["handling"] |= {"label": "TLP:AMBER", "foreground": "#FFC000"}
    result = render_pdf(document)
    assert words(result.data).count("TLP:AMBER") == 2 * result.pages


def test_headings_have_levels_without_gaps_and_the_title_is_the_first(pdf):
    """A screen reader's list of headings starts with the title and never skips a level."""
    levels = [int(tag[1]) for tag in tags(pdf) if re.fullmatch(r"H[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_bookmarks_are_the_headings(pdf):
    """The outline lists the sections in order; a run-in heading is part of its paragraph."""
    with opened(pdf) as file, file.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
    assert titles == ["Key judgments", "At home, fighting did not clearly grow", "Alternative hypotheses", "An analyst’s own cells"]


def test_figures_tables_lists_and_formulas_have_their_tags(pdf):
    """What a sighted reader takes from the layout stands in the tags."""
    found = set(tags(pdf))
    assert {"Figure", "Caption", "Table", "TH", "TD", "L", "LI", "BlockQuote", "Code", "Formula", "Link", "Strong", "Em"} <= found
    alts = [values.get("Alt") for tag, values in elements(pdf) if tag == "Figure"]
    assert "Monthly dots between 23 and 108 without a trend." in alts
    assert r"r = \frac{x_1}{t}" in [values.get("Alt") for tag, values in elements(pdf) if tag == "Formula"]


def test_a_figure_without_alt_text_is_read_by_its_title():
    """PDF/UA wants something to read; an issue without alt text is refused elsewhere."""
    bare = figure(1) | {"alt": ""}
    alts = [values.get("Alt") for tag, values in elements(render_pdf(with_body(bare)).data) if tag == "Figure"]
    assert alts == ["No clear change in recorded fighting in Iraq"]


def test_the_watermark_is_seen_but_not_read(pdf):
    """It stands on the page outside the tags."""
    assert words(pdf).count("Draft") == render_pdf(sample()).pages
    plain = render_pdf(sample() | {"meta": sample()["meta"] | {"watermark": None}}).data
    assert "Draft" not in words(plain)
    assert tags(plain) == tags(pdf)


def test_citations_lead_to_notes_and_notes_back(pdf):
    """Each citation is a link, and so is the number of each note that was cited."""
    with opened(pdf) as file:
        links = [link for page in file.pages for link in page.get("/Annots", []) if str(link.Subtype) == "/Link"]
        external = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
    assert external == ["https://example.org/a?b=1&c=2"]
    cited = sum(len(node["notes"]) for node in _nodes(sample()) if node.get("type") == "cite")
    references = sum(node.get("type") == "ref" for node in _nodes(sample()))
    led_back = sum(bool(set(note["back"]) & _cited(sample())) for note in _notes(sample()))
    assert len(links) - len(external) == cited + references + led_back


def _nodes(tree: Any) -> list[dict[str, Any]]:
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return ([tree] if isinstance(tree, dict) else []) + [node for child in below for node in _nodes(child)]


def _cited(document: dict[str, Any]) -> set[str]:
    return {name for node in _nodes(document) if node.get("type") == "cite" for name in node["ids"]}


def _notes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return next(node["items"] for node in _nodes(document) if node.get("type") == "notes")


def test_references_that_lead_nowhere_are_text():
    """A missing target, a repeated id or a strange address costs the link, not the build."""
    document = with_body(
        {"type": "heading", "level": 2, "id": "twice", "c": [t("One")]},
        {"type": "heading", "level": 2, "id": "twice", "c": [t("Two")]},
        para(
            {"type": "ref", "target": "nowhere", "text": "Figure 99"},
            {"type": "link", "href": "#nowhere", "c": [t(" inner")]},
            {"type": "link", "href": "javascript:alert(1)", "c": [t(" script")]},
            {"type": "cite", "notes": [7], "ids": ["cite-7-1"]},
        ),
    )
    data = render_pdf(document).data
    assert "Link" not in tags(data)
    assert "Figure 99 inner script" in words(data)


def test_attachments_travel_inside_with_relationship_and_type():
    """What was attached comes out again, binary or text, under its own name."""
    files = [
        Attachment("facts.csv", b"a,b\n1,2\n", "text/csv", "Facts", "data"),
        Attachment("brief.ipynb", b"{}", "application/x-ipynb+json", "Notebook", "source"),
        Attachment("Größe 1.bin", bytes(range(256)), "application/octet-stream", "Bytes", "supplement"),
    ]
    assert attached(render_pdf(sample(), attachments=files).data) == {
        "facts.csv": (b"a,b\n1,2\n", "Data", "text/csv"),
        "brief.ipynb": (b"{}", "Source", "application/x-ipynb+json"),
        "Größe 1.bin": (bytes(range(256)), "Supplement", "application/octet-stream"),
    }


@pytest.mark.parametrize(
    "files",
    [
        [Attachment("../facts.csv", b"", "text/csv", "")],
        [Attachment("a\\b.csv", b"", "text/csv", "")],
        [Attachment("a.csv", b"", "text/csv", ""), Attachment("a.csv", b"", "text/csv", "")],
        [Attachment("a.csv", b"", "text/csv", "", "cousin")],
    ],
)
def test_attachments_that_a_pdf_cannot_hold_are_refused(files):
    """Folders in a name, one name twice, an unknown relationship."""
    with pytest.raises(RenderError, match=r"attachment|relationship"):
        render_pdf(sample(), attachments=files)


def test_the_bytes_are_the_same_in_another_place_time_zone_and_hash_seed(tmp_path):
    """Two processes that differ in all of these write one file."""
    root = Path(__file__).parents[2]
    hashes = []
    for number, settings in enumerate(
        (
            {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "0", "RAYON_NUM_THREADS": "1"},
            {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1700000000"},
        )
    ):
        folder = tmp_path / f"place {number}"
        folder.mkdir()
        path = f"{root / 'src'}{os.pathsep}{root / 'tests'}"
        environment = {**os.environ, "PYTHONPATH": path, "TMPDIR": str(folder), **settings}
        done = subprocess.run([sys.executable, "-c", RENDER], env=environment, cwd=folder, capture_output=True, text=True, check=True)
        hashes.append(done.stdout.strip())
        assert list(folder.iterdir()) == []
    assert len(hashes[0]) == 64
    assert hashes[0] == hashes[1]


def test_a_warning_of_typst_fails_the_build(tmp_path):
    """Typst drops a block inside a paragraph with no more than a warning."""
    (tmp_path / "brief.typ").write_text('#set document(title: "x")\n#set text(font: "Nonesuch")\nWords')
    setter = Typesetter(root=tmp_path, house=House(), attachments="[]", faces=typefaces(house=House()))
    with pytest.raises(RenderError, match="warned") as caught:
        compile_pdf({"meta": {"as_of": "2017-03-31"}}, setter=setter)
    assert caught.value.where == "brief.typ:2:16"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ({"format": "svg", "data": "<svg"}, "SVG"),
        ({"format": "png", "data": "bm90IGEgcGljdHVyZQ=="}, "image"),
        ({"format": "jpeg", "data": "%%%"}, "image"),
        ({"format": "pdf", "data": ""}, "pdf"),
    ],
)
def test_a_damaged_image_names_its_figure(image, said):
    """The message tells which of the figures is to be drawn anew."""
    broken = figure(2)
    broken["image"] = broken["image"] | image
    with pytest.raises(RenderError, match=said) as caught:
        render_pdf(with_body(figure(1), broken, figure(3)))
    assert caught.value.where == "figure-2"
    assert caught.value.do


def test_a_drawing_loads_nothing_from_elsewhere(tmp_path):
    """An SVG that names a file is drawn without it; what it holds itself stays."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"not a picture")
    drawn = figure(1)
    inner = (
        f'<image href="{secret}" width="9" height="9"/><image xlink:href="brief.typ" width="9" height="9"/><text y="9">inner words</text>'
    )
    drawn["image"]["data"] = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="40">{inner}</svg>'
    )
    assert "innerwords" in letters(render_pdf(with_body(drawn)).data)


def test_raster_images_are_embedded():
    """PNG and JPEG come in as base64."""
    import base64
    import io

    from PIL import Image

    def drawn(number: int, kind: str) -> dict[str, Any]:
        buffer = io.BytesIO()
        Image.new("RGB", (30 + number, 20), "#B3301F").save(buffer, kind)
        image = {"format": kind.lower(), "data": base64.b64encode(buffer.getvalue()).decode(), "width_mm": 84, "height_mm": 56}
        return figure(number) | {"image": image}

    with opened(render_pdf(with_body(drawn(1, "PNG"), drawn(2, "JPEG"))).data) as file:
        widths = sorted(
            int(image.Width) for page in file.pages for image in page.Resources.get("/XObject", {}).values() if "/Width" in image
        )
    assert widths == [31, 32]


@pytest.mark.parametrize("date", ["2017-13-01", "yesterday", ""])
def test_an_as_of_date_that_is_none_is_refused(date):
    """A PDF needs a date, and it is never today."""
    document = sample()
    document["meta"]["as_of"] = date
    with pytest.raises(RenderError, match="as-of date"):
        render_pdf(document)


def test_a_font_family_that_is_not_at_hand_is_named():
    """Typst would only warn; the message says what is there and what to do."""
    with pytest.raises(RenderError, match="Sauce Serif") as caught:
        render_pdf(sample(), house=House(serif="Sauce Serif Pro"))
    assert "Source Serif Pro" in caught.value.what
    assert "fonts/" in str(caught.value.do)


def test_a_machine_without_a_temporary_folder_is_told_so(monkeypatch, tmp_path):
    """Nothing of the build is half done."""
    render_pdf(sample())
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "missing"))
    with pytest.raises(MissingToolError, match="temporary"):
        render_pdf(sample())


def test_a_ragged_table_is_refused():
    """Cells that fit no column would shift all that follow."""
    table = {
        "type": "table", "id": "table-9", "number": None, "title": [], "subtitle": [], "source": None, "row_headers": 0,
        "columns": [{"align": "left", "weight": 0}] * 2, "head": [[cell("a"), cell("b")]], "body": [[cell("c")]], "redistribute": "rows",
    }  # fmt: skip
    with pytest.raises(RenderError, match="columns"):
        render_pdf(with_body(table))


def test_a_document_with_nothing_in_it_is_one_page():
    """No dates, no kicker, no body."""
    document = with_body()
    document["meta"] |= {"dates": [], "kicker": "", "running": "", "footer": "", "watermark": None, "keywords": [], "lang": "zh-Hant-TW"}
    document["notices"] = []
    assert render_pdf(document).pages == 1
