"""The list of editions: what stands in it, where it leads, that nothing in it acts, and how it works in a browser."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from brieftools.edition.index import write_index
from brieftools.errors import MissingToolError, RenderError
from brieftools.render.thumbnail import first_page, page_count
from edition.shelf import SHELF, Shelved, pdf, shelve
from render.test_html_browser import AXE, CHROMIUM, needs_axe, needs_chromium

BRIEF = str(Path(sys.executable).with_name("brief"))


class Page(HTMLParser):
    """Elements of a page with their attributes, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "\n" if tag in ("li", "p", "h1", "h2", "div") else " "

    def handle_data(self, data: str) -> None:
        if not self.elements or self.elements[-1][0] not in ("style", "script"):
            self.text += data

    def all(self, tag: str, attribute: str) -> list[str]:
        return [str(attrs[attribute]) for name, attrs in self.elements if name == tag and attribute in attrs]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with four editions of two briefs in a folder whose name needs escapes, and its list."""
    project = shelve(tmp_path_factory.mktemp("shelf") / "50% of #1?", *SHELF)
    return write_index(project).path


def test_editions_stand_by_date_with_what_a_reader_looks_for(shelf: Path) -> None:
    """The latest first: title, edition, as-of date, state, pages, handling."""
    page = Page(shelf)
    text = re.sub(r"[ \n]+", " ", page.text)
    assert "4 editions of 2 briefs" in text
    order = sorted(SHELF, key=lambda one: text.index(one.title))
    assert [one.as_of for one in order] == ["2026-03-09", "2026-03-02", "2026-02-28", "2026-02-23"]
    pages = pdf()[1]
    first = f"Velmora weekly, Edition 10, 2026-W10 {SHELF[0].title} Draft As of 9 March 2026 {pages} pages TLP:CLEAR PDF HTML"
    assert first in text
    assert [text.count(state) for state in ("Draft", "Corrected", "Withdrawn", "Issued")] == [1, 1, 1, 1]


def test_links_lead_to_the_files_wherever_the_list_is(shelf: Path, tmp_path: Path) -> None:
    """Relative addresses, beside the editions and in a folder somewhere else."""
    elsewhere = write_index(shelve(tmp_path / "a b", *SHELF[:2]), tmp_path / "web site" / "briefs").path
    for path, number in ((shelf, 4), (elsewhere, 2)):
        links = Page(path).all("a", "href")
        assert len(links) == 3 * number
        assert not any(link.startswith(("/", "file:")) for link in links)
        assert all((path.parent / unquote(link)).is_file() for link in links)
        assert sum(link.endswith(".pdf") for link in links) == number


def test_the_strictest_label_stands_at_the_top(shelf: Path) -> None:
    """The page holds titles and first pages, so it is handled as the strictest of them."""
    assert re.findall(r"TLP:[A-Z+]+", Page(shelf).text) == ["TLP:AMBER", "TLP:CLEAR", "TLP:CLEAR", "TLP:AMBER", "TLP:CLEAR"]


def test_the_same_editions_give_the_same_bytes(shelf: Path, tmp_path: Path) -> None:
    """Made again, and in another folder of the same shape."""
    before = shelf.read_bytes()
    project = shelve(tmp_path / "other", *SHELF)
    assert write_index(project).path.read_bytes() == before
    assert write_index(project).path.read_bytes() == before
    assert sorted(path.name for path in project.briefs.iterdir()) == ["index.html", "roads", "velmora-weekly"]


def test_only_this_script_and_this_style_may_act(shelf: Path) -> None:
    """The policy names both by hash and allows nothing from elsewhere."""
    raw = shelf.read_text(encoding="utf-8")
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', raw)
    (script,) = re.findall(r"<script>(.*?)</script>", raw, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", raw, re.DOTALL)
    for kind, content in (("script-src", script), ("style-src", style)):
        assert f"{kind} 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}';" in policy
    assert policy.startswith("default-src 'none'; img-src data:; font-src data:;")
    assert "unsafe" not in policy
    assert " style=" not in raw
    assert not re.search(r" on[a-z]+=", raw)
    assert [source[:15] for source in Page(shelf).all("img", "src")] == ["data:image/png;"] * 4


def test_words_of_a_brief_stay_words(tmp_path: Path) -> None:
    """A title, a language or a state is data, whatever it says."""
    bad = """</title><script>alert(1)</script><img src=x onerror=alert(1)>" onload="alert(1)"""
    page = write_index(shelve(tmp_path, Shelved("roads", "2026-W01", "2026-01-05", bad, running=bad, line=bad, state=bad)))
    parsed = Page(page.path)
    assert [tag for tag, _ in parsed.elements].count("script") == 1
    assert [tag for tag, _ in parsed.elements].count("img") == 1
    assert not any(name.startswith("on") for _, attributes in parsed.elements for name in attributes)
    assert bad in parsed.text


def test_a_damaged_edition_is_named_and_the_others_are_listed(tmp_path: Path) -> None:
    """No manifest, no Document, a pointer to nowhere: a warning each; a PDF that cannot be drawn is listed without its picture."""
    extra = [Shelved("roads", f"2026-01-0{n}", f"2026-01-0{n}", f"Number {n}") for n in range(1, 6)]
    project = shelve(tmp_path, *extra)
    folder = project.briefs / "roads" / "editions"
    (folder / "2026-01-01" / "r1" / "manifest.json").unlink()
    (folder / "2026-01-02" / "r1" / "document.json").write_text('{"meta": []}')
    (folder / "2026-01-03" / "current").write_text("r9\n")
    (folder / "2026-01-04" / "r1" / "brief.pdf").write_bytes(b"%PDF-1.7 cut")
    made = write_index(project)
    assert made.editions == 2
    assert [f"2026-01-0{n}" in warning for n, warning in zip((1, 2, 3, 4), made.warnings, strict=True)] == [True] * 4
    page = Page(made.path)
    assert [f"Number {n}" in page.text for n in range(1, 6)] == [False, False, False, True, True]
    assert len(page.all("img", "src")) == 1


def test_an_empty_project_and_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A page that says so; an error that says where."""
    project = shelve(tmp_path / "project")
    assert "No edition has been built yet." in Page(write_index(project, tmp_path / "new" / "folder").path).text
    (tmp_path / "file").write_text("")
    with pytest.raises(MissingToolError, match="cannot be written"):
        write_index(project, tmp_path / "file")


def test_the_picture_is_the_first_page() -> None:
    """A4 at 240 pixels, small, not blank, in colour; what is no PDF is refused."""
    made = first_page(pdf()[0])
    picture = Image.open(io.BytesIO(made)).convert("RGB")
    assert abs(picture.width - 240) <= 1
    assert abs(picture.height - 339) <= 1
    assert len(made) < 20_000
    assert first_page(pdf()[0]) == made
    colours = picture.getcolors(1_000)
    assert colours is not None
    assert any(red > green + 60 and red > blue + 60 for _, (red, green, blue) in colours)  # type: ignore[misc]
    assert page_count(pdf()[0]) == pdf()[1]
    assert page_count(b"%PDF-1.7") is None
    with pytest.raises(RenderError):
        first_page(b"%PDF-1.7")


def test_the_command_says_where_the_list_is(tmp_path: Path) -> None:
    """A line, or one JSON object."""
    shelve(tmp_path / "project", SHELF[0])
    done = subprocess.run([BRIEF, "index", "--out", "public"], cwd=tmp_path / "project", capture_output=True, text=True)
    assert done.stdout == f"1 edition: {tmp_path}/project/public/index.html\n"
    done = subprocess.run([BRIEF, "index", "--json"], cwd=tmp_path / "project", capture_output=True, text=True)
    assert json.loads(done.stdout) == {"ok": True, "path": f"{tmp_path}/project/briefs/index.html", "editions": 1, "warnings": []}


@pytest.fixture(scope="module")
def chromium():
    """Return a running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, shelf):
    """Return a way to open the list; the page keeps what it complained of and asked for."""
    contexts = []

    def open_page(*, width=1440, **settings):
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, **settings))
        page = contexts[-1].new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(shelf.as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        return page

    yield open_page
    for context in contexts:
        context.close()


def shown(page) -> list[str]:
    return [row.split("\n")[1] for row in page.locator(".editions > li:visible").all_inner_texts()]


@needs_chromium
@pytest.mark.browser
def test_search_finds_editions_by_any_words(visit, shelf):
    """In any order and case, with or without accents; the number is announced; nothing is asked of anybody."""
    page = visit()
    titles = shown(page)
    assert len(titles) == 4
    for words, number in (
        ("TRIPLED velmora", 1),
        ("uberfalle arvenien", 1),
        ("velmora", 3),
        ("corrected", 1),
        ("2026-w0", 2),
        ("nothing of that", 0),
    ):
        page.fill("#search", words)
        assert (words, len(shown(page)), page.inner_text("[role=status]")) == (words, number, f"{number} of 4 shown")
    page.fill("#search", "  ")
    assert shown(page) == titles
    assert page.said == []
    assert [url for url in page.asked if not url.startswith("data:")] == [shelf.as_uri()]


@needs_chromium
@pytest.mark.browser
def test_without_scripts_the_list_is_whole(chromium, shelf):
    """And there is no field that does nothing."""
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shelf.as_uri())
    assert (len(shown(page)), page.locator("#search").is_visible()) == (4, False)
    context.close()


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_the_list_never_scrolls_sideways(visit, width):
    """From a small telephone to a desk."""
    assert visit(width=width).evaluate("document.documentElement.scrollWidth") <= width


@needs_chromium
@needs_axe
@pytest.mark.conformance
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_no_violation_in_the_list(visit, width, scheme):
    """Every rule of axe-core, best practice too."""
    page = visit(width=width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]] == []
