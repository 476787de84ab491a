"""Stress documents: nothing overlaps, nothing is cut off, no page is left empty; on paper and on screens."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from brieftools.render.html import render_html
from brieftools.render.pdf import render_pdf
from stress import DOCUMENTS

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not here: it comes with poppler-utils")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
WIDTHS = (360, 768, 1440)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>')


class Word(NamedTuple):
    text: str
    left: float
    top: float
    right: float
    bottom: float


@pytest.fixture(scope="module", params=[*DOCUMENTS, "scripts, with fonts"])
def name(request) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def made(name) -> dict[str, Any]:
    return DOCUMENTS[name.partition(",")[0] if name not in DOCUMENTS else name]()


@pytest.fixture(scope="module")
def fonts(name, tmp_path_factory) -> tuple[Path, ...]:
    """A folder with a font for Arabic, Hebrew, Greek and Cyrillic, or none."""
    if not name.endswith("with fonts"):
        return ()
    import matplotlib

    folder = tmp_path_factory.mktemp("fonts")
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf" / name, folder / name)
    return (folder,)


@pytest.fixture(scope="module")
def pages(made, fonts, tmp_path_factory) -> list[list[Word]]:
    """The words of each page, where poppler finds them."""
    path = tmp_path_factory.mktemp("stress") / "brief.pdf"
    path.write_bytes(render_pdf(made, font_dirs=fonts).data)
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True, timeout=120)
    return [[_word(found) for found in _WORD.findall(page)] for page in done.stdout.split("<page ")[1:]]


def _word(found: tuple[str, ...]) -> Word:
    *sides, text = found
    return Word(html.unescape(text), *map(float, sides))


def _body(page: list[Word]) -> list[Word]:
    """The words of a page without its watermark, header and footer."""
    return [word for word in page if word.bottom - word.top < 40 and 60 < word.top < 780]


@needs_poppler
@pytest.mark.conformance
def test_no_word_covers_another_on_paper(pages):
    """Boxes of words, less the room for accents and tails, have no area in common."""
    assert [pair for page in pages for pair in _covered(_body(page))] == []


def _covered(words: list[Word]) -> list[tuple[str, str]]:
    ordered = sorted(words, key=lambda word: word.top)
    pairs = []
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 :]:
            if other.top > one.bottom:
                break
            tall = min(one.bottom - one.top, other.bottom - other.top)
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            if across > 1.0 and down > 0.45 * tall:
                pairs.append((one.text, other.text))
    return pairs


@needs_poppler
@pytest.mark.conformance
def test_no_word_leaves_the_text_on_paper(pages):
    """18 mm at the sides, and the footer's line below."""
    assert [word for page in pages for word in _body(page) if word.left < 49.5 or word.right > 546.5 or word.bottom > 786] == []


@needs_poppler
@pytest.mark.conformance
def test_no_page_but_the_last_is_more_than_a_third_empty(pages):
    """Measured from the last word to the foot; 720 pt is the height of the text."""
    ends = [max((word.bottom for word in _body(page)), default=0.0) for page in pages[:-1]]
    assert [(number, round(end)) for number, end in enumerate(ends, 1) if end < 785 - 720 / 3] == []


def test_forty_pages_are_forty_pages():
    """The longest of these Documents is as long as it says."""
    assert 36 <= render_pdf(DOCUMENTS["forty pages"]()).pages <= 48


_SCRIPT = """
() => {
  document.querySelectorAll('details').forEach(d => d.open = true);
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const owner = node.parentElement;
    if (!node.data.trim() || !owner.checkVisibility() || owner.closest('.vh, .skip, header.band')) continue;
    const range = document.createRange(), scroll = !!owner.closest('.scroll, pre, .math');
    range.selectNodeContents(node);
    const box = scroll && owner.closest('.scroll') ? owner.closest('.scroll').getBoundingClientRect() : null;
    for (const r of range.getClientRects()) {
      // What a box that scrolls does not show now is not on the page.
      if (box && (r.bottom > box.bottom + 1 || r.left > box.right)) continue;
      if (r.width > 1 && r.height > 1) found.push([node.data.trim().slice(0, 40), r.left, r.top + scrollY, r.right, r.bottom + scrollY, scroll]);
    }
  }
  const cut = [...document.querySelectorAll('main *')].filter(e => {
    const look = getComputedStyle(e);
    return look.overflowX === 'hidden' && e.checkVisibility() && !e.closest('svg, .vh') && e.scrollWidth > e.clientWidth + 1;
  }).map(e => e.outerHTML.slice(0, 80));
  return {found, cut, wide: document.documentElement.scrollWidth};
}
"""


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as run:
        browser = run.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@needs_chromium
@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_covers_another_on_a_screen(chromium, made, fonts, tmp_path, width):
    """Boxes of lines of text have no area in common, none leaves the page, none is cut off."""
    path = tmp_path / "page.html"
    path.write_bytes(render_html(made, font_dirs=fonts))
    context = chromium.new_context(viewport={"width": width, "height": 900})
    try:
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_function("document.fonts.status === 'loaded'")
        seen = page.evaluate(_SCRIPT)
    finally:
        context.close()
    lines = [Word(text, left, top, right, bottom) for text, left, top, right, bottom, _ in seen["found"]]
    assert seen["wide"] <= width
    assert seen["cut"] == []
    assert [text for text, left, _, right, _, scrolls in seen["found"] if not scrolls and (left < -0.5 or right > width + 0.5)] == []
    assert _covered(lines) == []
