"""Letters that no font has, and strings that look like markup: all of them come out as text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brieftools.house import HOUSE
from brieftools.render.pdf import render_pdf
from brieftools.render.pdf.coverage import legible, unshown
from brieftools.render.pdf.fonts import typefaces
from brieftools.render.pdf.letters import never, sure
from documents import figure, para, sample, t
from render.pdf_text import elements, letters, tags, words

HOSTILE = [
    '#read("/etc/passwd")',
    "#set text(red)",
    '#include "/etc/hostname"',
    "$x$ $ x^2 $",
    "<script>alert(1)</script>",
    "@figure-1 <figure-1>",
    "*a* _b_ `c` ~ -- --- ...",
    "// comment /* and */ this",
    "\\u{202e} \\ \\\\ \\n",
    "= heading",
    "- list\n+ list",
    "[content]#[content]",
    "{{ fact }} {% raw %} ${HOME} $(id) `id` %s",
    "</svg>&lt;&amp;&#x41;",
    "\\begin{document}\\input{/etc/passwd}",
    "\"quoted\" 'quoted'",
]


def with_text(*texts: str) -> dict[str, Any]:
    return sample() | {"body": [para(t(text)) for text in texts]}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def replaced(node: Any, text: str) -> Any:
    """Put one string in place of every printed string of a tree."""
    if isinstance(node, list):
        return [replaced(child, text) for child in node]
    if not isinstance(node, dict):
        return node
    kept = {"type", "id", "ids", "align", "format", "tone", "href", "target", "as_of", "lang", "slug", "foreground", "background"}
    fixed = kept | {"style", "value", "tag", "kind", "state", "data", "redistribute", "back", "tag_name", "attrs", "mathml", "svg"}
    out = {}
    for key, value in node.items():
        if key in fixed and not (key == "value" and "tone" in node):
            out[key] = value
        else:
            out[key] = text if isinstance(value, str) else replaced(value, text)
    return out


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_every_place_is_text(text):
    """One string in every position of a document with every node: it is read as it was written, and changes no tag."""
    document = replaced(sample(), text)
    data = render_pdf(document).data
    assert letters(data).count(squeezed(text)) > 60
    assert "root:" not in words(data)
    usual = render_pdf(replaced(sample(), "plain")).data
    assert set(tags(data)) == set(tags(usual))
    assert tags(data).count("Link") == tags(usual).count("Link")


def test_alt_texts_and_formulas_are_literal():
    """What is read aloud is not markup either."""
    drawn = figure(1) | {"alt": '#read("/etc/passwd") <b>'}
    body = [drawn, para({"type": "math", "tex": "#x $y$ <z>", "mathml": None, "svg": None})]
    data = render_pdf(sample() | {"body": body}).data
    assert '#read("/etc/passwd") <b>' in [values.get("Alt") for _, values in elements(data)]
    assert "#x$y$<z>" in letters(data)


def test_letters_without_a_font_become_numbers_and_a_warning():
    """The build goes on; each letter is named once, and the last line says what to do."""
    result = render_pdf(with_text("北京 and 北 again"))
    assert "U+5317 U+4EAC and U+5317 again" in words(result.data)
    assert result.warnings[:2] == (
        "The PDF prints U+4EAC (CJK UNIFIED IDEOGRAPH-4EAC) as its number: no font at hand has it.",
        "The PDF prints U+5317 (CJK UNIFIED IDEOGRAPH-5317) as its number: no font at hand has it.",
    )
    assert "fonts/" in result.warnings[-1]


def test_at_most_ten_letters_are_named():
    """A brief in another script gives a short list, not hundreds of lines."""
    result = render_pdf(with_text("".join(map(chr, range(0x4E00, 0x4E00 + 57)))))
    assert len(result.warnings) == 12
    assert "47 more characters" in result.warnings[10]


def test_ordinary_text_warns_of_nothing():
    """Western and Eastern European letters, Greek, Cyrillic, Vietnamese, arrows and signs of the brief itself."""
    result = render_pdf(with_text("Zürich Łódź İstanbul Ελληνικά Русский Tiếng Việt – “x” ’ … ¶ § × ÷ − ≤ ≥ ½ ² → ▲ ▼ ◆ €"))
    assert result.warnings == ()
    assert squeezed("Zürich Łódź İstanbul Ελληνικά Русский Tiếng Việt – “x” ’ … ¶ § × ÷ − ≤ ≥ ½ ² → ▲ ▼ ◆ €") in letters(result.data)


def test_controls_are_dropped_and_overrides_shown():
    """A terminal's colour codes lose their escape; what would turn text around is printed as its number."""
    result = render_pdf(with_text("a\x1b[31mb\x00c\x85d", "abc\u202edef\u202c", "private \ue000 lone \ud800 mark \ufeff end"))
    text = words(result.data)
    assert "a[31mbcd" in text
    assert "abc U+202E def U+202C" in text
    assert "private U+E000 lone U+D800 mark U+FEFF end" in text
    assert not any("fonts/" in line for line in result.warnings)


def test_an_accent_without_a_font_leaves_its_letter():
    """A letter that can be shown stays, and the accent that cannot is told."""
    result = render_pdf(with_text("mean x\u0304 and odd q\u0730 end"))
    assert "x\u0304" in letters(result.data).replace("x̄", "x\u0304")
    assert "odd q U+0730 end" in words(result.data)


def test_letters_in_drawings_titles_code_and_alt_texts_are_looked_at():
    """Nothing in any place can stop Typst."""
    drawn = figure(1) | {"alt": "alt 中", "title": [t("title 中")]}
    drawn["image"]["data"] = drawn["image"]["data"].replace("Iraq 236", "drawn &#x4E2D; 中 &#20013;")
    body = [drawn, {"type": "codeblock", "text": "code 中", "lang": None}]
    document = sample() | {"body": body}
    document["meta"] |= {"title": "meta 中", "running": "running 中", "footer": "footer 中"}
    result = render_pdf(document)
    text = letters(result.data)
    for place in ("title", "drawn", "code", "meta", "running", "footer"):
        assert place + "U+4E2D" in text
    assert len(result.warnings) == 2


def test_a_font_in_the_project_shows_what_the_house_fonts_lack(tmp_path):
    """The folder is read anew at each build."""
    import matplotlib

    face = with_text("smile \U0001f600")
    assert "U+1F600" in words(render_pdf(face, font_dirs=[tmp_path]).data)
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf", tmp_path)
    result = render_pdf(face, font_dirs=[tmp_path])
    assert result.warnings == ()
    assert "\U0001f600" in words(result.data)


def test_what_needs_no_trial_is_in_every_style_of_the_sans_family():
    """The short cut rests on the fonts themselves."""
    import font_source_sans_pro

    folder = Path(font_source_sans_pro.font_directory)
    for style in ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt"):
        held = {chr(code) for code in TTFont(folder / f"SourceSansPro-{style}.otf").getBestCmap()}
        assert sure() - held == {"\n", "\t", "\u200b"}, style
    assert not any(never().match(c) for c in sure())
    assert unshown(frozenset(sure() - {"\n", "\t"}), faces=typefaces(house=HOUSE)) == frozenset()


def test_every_unusual_letter_can_be_shown_as_its_number():
    """The last resort, should Typst stop at a word after all: western letters stay, the others become numbers."""
    coverage = legible(with_text("Zürich and Ωμέγα"), faces=typefaces(house=HOUSE))
    assert coverage.hidden == ()
    plainer = coverage.plainer()
    assert plainer is not None
    assert plainer.document["body"][0]["c"][0]["text"] == "Zürich and U+03A9 U+03BC U+03AD U+03B3 U+03B1"
    assert len(plainer.warnings()) == 6
    assert legible(with_text("Zürich"), faces=typefaces(house=HOUSE)).plainer() is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=1, max_size=6))
def test_no_text_whatever_stops_the_build(texts):
    """Any code points, lone surrogates among them, in prose, code and a table of contents of one line."""
    body = [node for text in texts for node in (para(t(text), {"type": "code", "text": text}), {"type": "output", "text": text})]
    heading = {"type": "heading", "level": 2, "id": "any", "c": [t(texts[0])]}
    document = sample() | {"body": [heading, *body]}
    document["meta"]["title"] = texts[-1]
    assert render_pdf(document).pages >= 1
