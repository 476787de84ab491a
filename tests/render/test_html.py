"""The page as a reader, a screen reader and a browser's policy find it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

import documents
from brieftools.render.html import render_html
from documents import cell, cite, figure, para, t
from render.html_pages import crowded, document_of, grid, page_of, parse

PAGES = {"sample": documents.sample, "crowded": crowded}


@pytest.fixture(scope="module", params=PAGES)
def page(request):
    return parse(render_html(PAGES[request.param]()))


def test_the_policy_allows_one_style_sheet_and_no_script(page):
    """The hash in the policy is that of the only style element, and nothing else may run or load."""
    style = page.one("style").text
    policy = next(meta.attrs["content"] for meta in page.all("meta") if meta.attrs.get("http-equiv") == "Content-Security-Policy")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    expected = {
        "default-src 'none'",
        "img-src data:",
        "font-src data:",
        f"style-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    }
    assert set(policy.split("; ")) == expected
    assert not page.all("script", "iframe", "object", "embed", "form", "base")
    assert "@import" not in style


def test_nothing_on_the_page_points_at_another_machine_by_itself(page):
    """What a browser fetches without being asked is data; only links lead away."""
    for element in page.walk():
        fetched = [element.attrs.get(name) for name in ("src", "srcset", "poster", "data", "background")]
        fetched += [element.attrs.get("href")] if element.tag in ("link", "use", "image") else []
        assert all(value is None or value.startswith(("data:", "#")) for value in fetched), element.attrs
    addresses = re.findall(r"url\(([^)]{0,30})", page.one("style").text)
    assert addresses
    assert all(address.startswith("data:font/woff2") for address in addresses)


def test_no_element_carries_its_own_style_or_handler(page):
    """A style attribute would be blocked by the policy; a handler must never be there."""
    names = {name for element in page.walk() for name in element.attrs}
    assert not [name for name in names if name == "style" or name.startswith("on")]


def test_ids_are_unique_and_every_link_inside_arrives(page):
    """Contents, citations, ways back and references lead to a place that is there once."""
    ids = [element.attrs["id"] for element in page.walk() if "id" in element.attrs]
    assert len(ids) == len(set(ids))
    targets = {element.attrs["href"] for element in page.all("a", "use") if (element.attrs.get("href") or "").startswith("#")}
    assert len(targets) > 10
    assert {target[1:] for target in targets} <= set(ids)


def test_headings_start_at_one_and_skip_no_level(page):
    """A screen reader's outline has one title and no holes."""
    levels = [int(element.tag[1]) for element in page.all(*(f"h{n}" for n in range(1, 7)))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_has_language_title_and_landmarks():
    """Language, title, and the parts a screen reader jumps to."""
    page = parse(render_html(documents.sample()))
    assert page.one("html").attrs["lang"] == "en-GB"
    assert page.one("title").text == "Losing ground at home; abroad wide since 2015, growth not shown"
    assert page.one("h1").text == page.one("title").text
    assert len(page.all("main")) == len(page.all("article")) == len(page.all("footer")) == 1
    assert page.all("a")[0].text == "Skip to the brief"
    assert page.all("a")[0].attrs["href"] == f"#{page.one('main').attrs['id']}"


def test_the_handling_label_stands_above_and_below_in_its_own_colours():
    """TLP is in the band and at the end, in the colours that the Document names."""
    page = page_of(para(t("x")))
    assert [label.text for label in page.all(cls="tlp")] == ["TLP:CLEAR", "TLP:CLEAR"]
    assert ".tlp-colours{color:#ffffff;background:#000000}" in page.one("style").text


def test_a_draft_says_so_in_the_band():
    """The watermark is on the page, and gone when the Document has none."""
    assert page_of(para(t("x")), watermark="Draft").one(cls="mark").text == "Draft"
    assert not page_of(para(t("x")), watermark=None).all(cls="mark")


def test_contents_list_sections_and_the_boxes_that_matter():
    """Sections, key judgments and notes are listed; headings inside a section's columns are not."""
    page = parse(render_html(documents.sample()))
    listed = [link.text for link in page.one("nav", cls="toc").all("a")]
    assert listed == [
        "Key judgments",
        "At home, fighting did not clearly grow",
        "Alternative hypotheses",
        "An analyst’s own cells",
        "Notes",
    ]


def test_citations_lead_to_notes_and_notes_lead_back():
    """Each superscript is a link named "Note n"; its note names every place that cites it."""
    notes = {"type": "notes", "items": [{"number": 7, "id": "note-7", "c": [t("A source.")], "back": ["cite-7-1", "cite-7-2"]}]}
    page = page_of(para(t("One."), cite(7, place=1)), para(t("Two."), cite(7, place=2)), notes)
    marks = [mark for sup in page.all("sup") for mark in sup.all("a")]
    assert [(mark.text, mark.attrs["href"], mark.attrs["aria-label"], mark.attrs["id"]) for mark in marks] == [
        ("7", "#note-7", "Note 7", "cite-7-1"),
        ("7", "#note-7", "Note 7", "cite-7-2"),
    ]
    back = [(link.text, link.attrs["href"]) for link in page.all("a", cls="back")]
    assert back == [("Back to the text ↑1", "#cite-7-1"), ("Back to the text ↑2", "#cite-7-2")]


def test_a_citation_inside_a_link_does_not_make_a_link_in_a_link():
    """Links do not nest in HTML, so the number stays text there."""
    link = {"type": "link", "href": "https://example.org/", "c": [t("see"), cite(1), {"type": "link", "href": "#x", "c": [t("there")]}]}
    page = page_of(para(link), {"type": "notes", "items": [{"number": 1, "id": "note-1", "c": [t("n")], "back": []}]})
    outer = next(a for a in page.all("a") if a.attrs.get("href") == "https://example.org/")
    assert outer.text == "see1there"
    assert len(outer.all("a")) == 1


def test_links_to_the_web_are_marked_and_carry_their_address():
    """A link shows nothing of the reader's page to where it leads."""
    page = page_of(para({"type": "link", "href": "https://example.org/a?b=1&c=ü d", "c": [t("there")]}))
    link = next(a for a in page.all("a") if a.text == "there")
    assert link.attrs == {"href": "https://example.org/a?b=1&c=%C3%BC%20d", "rel": "noopener noreferrer"}


def test_a_figure_is_named_by_its_alt_text_and_hidden_without_one():
    """An empty alt text never becomes a false description."""
    described, bare = page_of(figure(1), figure(2) | {"alt": "", "id": "figure-2"}).all("svg", cls="drawing")
    assert (described.attrs["role"], described.attrs["aria-label"]) == ("img", "Monthly dots between 23 and 108 without a trend.")
    assert bare.attrs["aria-hidden"] == "true"
    assert "aria-label" not in bare.attrs


def test_a_picture_keeps_its_bytes_alt_and_proportions():
    """A PNG is embedded as it is."""
    image = {"format": "png", "data": "iVBORw0KGgo=", "width_mm": 84, "height_mm": 42}
    picture = page_of(figure(1, 84) | {"image": image}).one("img")
    assert picture.attrs["src"] == "data:image/png;base64,iVBORw0KGgo="
    assert picture.attrs["alt"] == "Monthly dots between 23 and 108 without a trend."
    assert int(picture.attrs["width"]) == pytest.approx(2 * int(picture.attrs["height"]), abs=1)


def test_a_figures_numbers_open_as_a_table_and_download_as_csv():
    """The table has header cells, and the file has the same numbers."""
    details = page_of(figure(1)).one("details", cls="data")
    assert details.one("summary").text == "Data of Figure 1 (2 rows)"
    assert [(head.text, head.attrs["scope"]) for head in details.all("th")] == [
        ("month", "col"),
        ("events", "col"),
        ("2017-01", "row"),
        ("2017-02", "row"),
    ]
    link = details.one("a")
    assert link.attrs["download"] == "iraq-events.csv"
    assert b64decode(link.attrs["href"].partition("base64,")[2]) == b"month,events\r\n2017-01,77\r\n2017-02,75\r\n"


@pytest.mark.parametrize("permission", ["withheld", None, "", "Rows"])
def test_numbers_that_may_not_leave_the_house_are_nowhere_on_the_page(permission):
    """Anything but a clear permission withholds the rows and the download."""
    secret = figure(1) | {"table": {"columns": ["n"], "rows": [["4711"]], "redistribute": permission, "name": "secret"}}
    raw = render_html(document_of(secret)).decode()
    assert "4711" not in raw
    assert b64encode(b"n\r\n4711\r\n").decode() not in raw
    assert "secret" not in raw
    assert "The rows may not be redistributed; only the figure is shown." in raw


def test_tables_have_header_cells_with_scope():
    """Column heads and leading cells are headers; an empty corner is none."""
    table = grid([[cell("Iraq"), cell("236")]], head=[[cell(""), cell("Events")]])
    made = page_of(table).one("table")
    assert [(head.text, head.attrs["scope"]) for head in made.all("th")] == [("Events", "col"), ("Iraq", "row")]


def test_the_matrix_names_rows_columns_ratings_and_reasons():
    """Letters stand in the cells, with header cells both ways, the apart row in a group of its own, and reasons below."""
    page = page_of(documents.hypotheses())
    matrix = page.one("table", cls="ach")
    heads = [head.text for head in matrix.one("thead").all("th")]
    assert heads[0] == "Evidence, source"
    assert heads[4:8] == ["H1 growing", "H2 compensating", "H3 level", "H0 other"]
    row = next(row for row in matrix.all("tr") if row.all("th", cls="ev") and row.text.startswith("E3"))
    assert [rating.text for rating in row.all("td", cls="r")] == ["C", "II", "CC", "·"]
    groups = [head for head in matrix.all("th") if head.attrs["scope"] == "rowgroup"]
    assert [head.text for head in groups] == ["Set apart: expected under every hypothesis, so it tells nothing between them"]
    foot = matrix.one("tfoot")
    assert [found.text for found in foot.all("td", cls="rank")] == ["3", "1 =", "1 =", "–"]
    assert "II reason II" in page.one("details", cls="data").text


def test_a_judgment_carries_word_band_tag_confidence_and_basis():
    """Nothing of a judgment is lost, in the order a reader expects."""
    item = documents.judgment(1, "likely", 55, 80, "that it rains.") | {"tag": "UP", "tag_reason": [t("Two clouds.")]}
    node = {"type": "judgments", "scale": [[0, 50], [50, 100]], "scale_label": "Likelihood", "items": [item]}
    said = " ".join(page_of(node).one("ol", cls="judgments").text.split())
    assert said == (
        "1It is likely (55–80 %) that it rains.1,2 ▲ UPTwo clouds.Confidence is low, because one article describes one week. "
        "Would change it: eight weeks without a reported advance. Decided by: two reports of separate origin. 2 sources, 2 originslikely"
    )


def test_an_id_that_html_does_not_know_still_links():
    """Ids with blanks or quotes are replaced on both ends."""
    page = page_of(
        {"type": "heading", "level": 2, "id": 'a "b"', "c": [t("Head")]}, para({"type": "ref", "target": 'a "b"', "text": "there"})
    )
    assert page.one("h2").attrs["id"] == page.one("a", cls="ref").attrs["href"][1:]
    assert re.fullmatch("id-[0-9a-f]{12}", page.one("h2").attrs["id"])


def test_an_id_given_twice_stays_on_the_first():
    """Two elements never share an id, whatever the Document says."""
    one, two = (para(t("x"), {"type": "cite", "notes": [1], "ids": ["same"]}) for _ in range(2))
    page = page_of(one, two, {"type": "heading", "level": 2, "id": "same", "c": [t("Head")]})
    assert len([element for element in page.walk() if element.attrs.get("id") == "same"]) == 1


def test_a_right_to_left_language_turns_the_page():
    """Arabic text runs from the right; a damaged language tag falls back to English."""
    assert page_of(para(t("x")), lang="ar").one("html").attrs["dir"] == "rtl"
    assert page_of(para(t("x")), lang='x" onload="y').one("html").attrs["lang"] == "en"


RENDER = """
import sys
from hashlib import sha256
from render.html_pages import crowded
import documents
from brieftools.render.html import render_html
for document in (documents.sample(), crowded()):
    print(sha256(render_html(document)).hexdigest())
"""


@pytest.mark.parametrize("cache", ["kept", "none"])
def test_the_same_document_gives_the_same_bytes_anywhere(tmp_path, cache):
    """Hash seed, time zone, locale, folder and font cache change nothing."""
    root = Path(__file__).parents[2]
    prints = []
    for seed, zone, place in (("1", "UTC", "C"), ("2", "Asia/Kathmandu", "tr_TR.UTF-8")):
        folder = tmp_path / seed
        folder.mkdir()
        cached = tmp_path / "cache" if cache == "kept" else folder / "cache"
        settings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": place, "XDG_CACHE_HOME": str(cached)}
        paths = {"PYTHONPATH": os.pathsep.join([str(root / "src"), str(root / "tests")])}
        done = subprocess.run(
            [sys.executable, "-c", RENDER], cwd=folder, env=os.environ | settings | paths, capture_output=True, text=True, check=True
        )
        prints.append(done.stdout)
    assert prints[0] == prints[1]
    assert len(prints[0].split()) == 2
