"""The page in a real browser, under axe-core and under the Nu checker.

Chromium must be installed. axe-core and vnu-jar are node packages; BRIEFTOOLS_NODE_MODULES names their folder.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from shutil import which

import pytest

import documents
from brieftools.render.html import render_html
from render.html_pages import HOSTILE, crowded, with_words

CHROMIUM = next(filter(None, map(which, ("chromium", "chromium-browser", "google-chrome"))), None)
MODULES = Path(os.environ.get("BRIEFTOOLS_NODE_MODULES") or Path(__file__).parents[2] / "node_modules")
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.is_file(), reason=f"axe-core is not in {MODULES}")
needs_poppler = pytest.mark.skipif(not which("pdftotext"), reason="poppler is not installed")
needs_nu = pytest.mark.skipif(not NU.is_file() or not which("java"), reason=f"Java is not installed, or vnu-jar is not in {MODULES}")

NAMES = ("sample", "crowded", "hostile", "drawn")
WIDTHS = (360, 768, 1100, 1440)


def hostile():
    """Return a Document with markup in place of every word."""
    count = iter(range(1_000_000))
    return with_words(documents.sample(), lambda word: HOSTILE[next(count) % len(HOSTILE)])


def drawn():
    """Return a Document with a real chart, drawn for the page and for a telephone."""
    import pandas as pd

    from brieftools.charts import counts

    months = [f"2016-{month:02}" for month in range(1, 13)]
    made = counts(pd.DataFrame({"month": months, "events": range(12)}), place="Iraq").payload()
    kept = ("format", "data", "width_mm", "height_mm")
    images = {"image": {key: made[key] for key in kept}, "narrow": made["narrow"]}
    return documents.sample() | {"body": [documents.figure(1, 116) | images]}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return the file of each page."""
    folder = tmp_path_factory.mktemp("pages")
    made = {"sample": documents.sample(), "crowded": crowded(), "hostile": hostile(), "drawn": drawn()}
    for name, document in made.items():
        (folder / f"{name}.html").write_bytes(render_html(document))
    return {name: folder / f"{name}.html" for name in NAMES}


@pytest.fixture(scope="module")
def chromium():
    """Return a running browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, files):
    """Return a way to open a page; the page keeps what it complained of and asked for."""
    contexts = []

    def open_page(name, *, width=1440, **settings):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **settings)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("dialog", lambda dialog: page.said.append(dialog.message))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(files[name].as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_page_is_silent_and_asks_nobody(visit, files, name):
    """No console message, which is where a broken policy shows, no dialog, and no request but for the file itself."""
    page = visit(name)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.said == []
    assert [url for url in page.asked if not url.startswith("data:")] == [files[name].as_uri()]


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(visit, name, width):
    """From a small telephone to a desk, only the regions made for it scroll."""
    page = visit(name, width=width)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@needs_chromium
@pytest.mark.browser
def test_the_embedded_fonts_are_the_ones_in_use(visit):
    """Title and labels are set in the fonts that travel with the page."""
    page = visit("sample")
    page.wait_for_function("document.fonts.status === 'loaded'")
    used = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family + ' ' + f.weight)")
    assert {"brief-serif 400", "brief-serif 600", "brief-sans 400", "brief-sans 600"} <= set(used)


@needs_chromium
@pytest.mark.browser
def test_charts_turn_dark_with_the_page_and_light_on_paper(visit):
    """The same rectangle is the palette's value in each."""
    page = visit("sample", color_scheme="dark")
    fill = "getComputedStyle(document.querySelector('svg.drawing rect.fill-home')).fill"
    assert page.evaluate(fill) == "rgb(141, 155, 168)"
    page.emulate_media(media="print")
    assert page.evaluate(fill) == "rgb(116, 130, 143)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "media", "shown"),
    [(360, "screen", 76), (599, "screen", 76), (600, "screen", 116), (1440, "screen", 116), (360, "print", 116)],
)
def test_a_telephone_gets_the_drawing_made_for_it(visit, width, media, shown):
    """One of the two is there, to the eye and to a screen reader; paper always has the wide one, and nothing scrolls."""
    page = visit("drawn", width=width)
    page.emulate_media(media=media)
    seen = page.evaluate(
        "[...document.querySelectorAll('#figure-1 svg')].filter(s => s.checkVisibility()).map(s => +s.getAttribute('width'))"
    )
    assert seen == [round(shown * 5.2)]
    assert page.evaluate("(b => b.scrollWidth - b.clientWidth)(document.querySelector('#figure-1 .scroll'))") == 0


@needs_chromium
@pytest.mark.browser
def test_words_in_a_chart_are_twelve_pixels_high_on_a_telephone(visit):
    """8 pt of a drawing of 76 mm on 328 px; a chart of 116 mm made smaller would have 8 px."""
    page = visit("drawn", width=360)
    high = page.evaluate(
        "(t => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)([...document.querySelectorAll('#figure-1 svg text')].find(t => t.checkVisibility()))"
    )
    assert 11.9 < high < 14


@needs_chromium
@pytest.mark.browser
def test_a_reader_gets_about_by_keyboard_alone(visit):
    """The first stop skips to the brief; a citation leads to its note and the note leads back."""
    page = visit("sample")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the brief"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.locator("#cite-1-1").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#note-1")
    page.locator("#note-1 a").last.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#cite-1-1")


@needs_chromium
@pytest.mark.browser
def test_the_numbers_of_a_figure_download(visit):
    """The policy does not stand in the way of the CSV file."""
    page = visit("sample")
    page.locator("details.data summary").first.click()
    with page.expect_download() as caught:
        page.locator("a[download]").first.click()
    assert caught.value.suggested_filename == "iraq-events.csv"
    assert Path(caught.value.path()).read_bytes() == b"month,events\r\n2017-01,77\r\n2017-02,75\r\n"


@needs_chromium
@needs_poppler
@pytest.mark.conformance
def test_each_printed_page_carries_the_handling_label(visit, tmp_path):
    """TLP asks for it in the header and footer of every page."""
    visit("crowded").pdf(path=tmp_path / "page.pdf", prefer_css_page_size=True)
    done = subprocess.run(["pdftotext", "-layout", "page.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
    pages = done.stdout.split("\f")[:-1]
    assert len(pages) > 3
    assert all(page.count("TLP:AMBER+STRICT") >= 2 for page in pages)


@needs_chromium
@needs_axe
@pytest.mark.conformance
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")])
def test_axe_finds_no_violation(visit, name, width, scheme):
    """Every rule of axe-core, best practice too, closed and with all details open."""
    page = visit(name, width=width, color_scheme=scheme, bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))
    for opened in ("false", "true"):
        page.evaluate(f"document.querySelectorAll('details').forEach(d => d.open = {opened})")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]] == []


@needs_nu
@pytest.mark.conformance
def test_the_nu_checker_finds_no_error(files):
    """HTML, CSS, MathML and SVG are valid."""
    command = ["java", "-jar", str(NU), "--errors-only", *(str(files[name]) for name in NAMES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
