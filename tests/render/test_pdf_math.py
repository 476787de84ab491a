"""Formulas: MathML set by Typst, with the TeX as the text that is read aloud."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from latex2mathml.converter import convert

from brieftools.render.pdf import render_pdf
from documents import SVG, para, sample, t
from render.pdf_text import elements, letters, tags

# TeX, and signs that must be on the page. In mathematical italic: letters of variables.
FORMULAS = [
    (r"\frac{a+b}{c}", "𝑎+𝑏𝑐"),
    (r"\hat{x}", "\u0302𝑥|ˆ𝑥|𝑥\u0302|𝑥ˆ|̂𝑥"),
    (r"\bar{x}+\vec{y}+\tilde{z}", "𝑥𝑦𝑧"),
    (r"\left(\frac{a}{b}\right)^2", "(𝑎𝑏)2"),
    (r"\left[\frac{x}{y}\right\}", "[𝑥𝑦}"),
    (r"\sum_{i=1}^{n} x_i", "∑𝑛𝑖=1𝑥𝑖"),
    (r"\int_0^1 f(x)\,dx", "∫10𝑓(𝑥)𝑑𝑥"),
    (r"\lim_{n\to\infty} a_n", "lim𝑛→∞𝑎𝑛"),
    (r"\begin{pmatrix}1&2\\3&4\end{pmatrix}", "(1234)"),
    (r"|x|=\begin{cases}x&\text{if }x>0\\-x&\text{otherwise}\end{cases}", "|𝑥|={𝑥if𝑥>0−𝑥otherwise"),
    (r"\sqrt{x^2+1}+\sqrt[3]{y}", "√𝑥2+1+3√𝑦"),
    (r"x_{i}^{2}", "𝑥2𝑖"),
    (r"\binom{n}{k}", "(𝑛𝑘)"),
    (r"\overbrace{a+b}^{n}", "𝑎+𝑏"),
    (r"\text{rate}=\operatorname{logit}(p)", "rate=logit(𝑝)"),
    (r"P(A\mid B)\leq\alpha\times\Gamma", "𝑃(𝐴∣𝐵)≤𝛼×Γ"),
    (r"f'(x)+f''(x)", "𝑓′(𝑥)+𝑓″(𝑥)"),
    (r"\begin{aligned}a&=b\\c&=d\end{aligned}", "𝑎=𝑏𝑐=𝑑"),
]


def mathml(tex: str, display: str = "block") -> dict[str, Any]:
    """A MathML tree as the Document holds it."""
    return tree(ET.fromstring(convert(tex, display=display).replace("<mi>&</mi>", "<mi>&amp;</mi>")))


def tree(element: ET.Element) -> dict[str, Any]:
    tag = element.tag.rpartition("}")[2]
    if len(element) or not element.text:
        return {"tag": tag, "attrs": dict(element.attrib), "children": [tree(child) for child in element]}
    return {"tag": tag, "attrs": dict(element.attrib), "text": element.text}


def formula(tex: str, kind: str = "mathblock") -> dict[str, Any]:
    return {"type": kind, "tex": tex, "mathml": mathml(tex, "block" if kind == "mathblock" else "inline"), "svg": None}


def rendered(*nodes: dict[str, Any]) -> bytes:
    return render_pdf(sample() | {"body": list(nodes)}).data


@pytest.mark.parametrize(("tex", "signs"), FORMULAS)
def test_a_formula_is_set_in_both_places(tex, signs):
    """Displayed and in the line: variables italic, words and numbers upright, every sign there, TeX as the alternative text."""
    data = rendered(formula(tex), para(t("so "), formula(tex, "math"), t(" holds")))
    assert [values.get("Alt") for tag, values in elements(data) if tag == "Formula"] == [tex, tex]
    said = letters(data)
    wanted = signs.split("|") if tex == r"\hat{x}" else [signs]
    assert any(set(one) <= set(said) for one in wanted), said
    assert "\\" not in said


def test_accents_are_the_ones_that_were_asked_for():
    """A hat is no bar."""
    drawn = {name: letters(rendered(formula(rf"\{name}{{x}}"))) for name in ("hat", "bar", "vec", "tilde", "dot")}
    assert len(set(drawn.values())) == 5


def test_a_fraction_keeps_its_variables_italic():
    """Two letters side by side are two variables, not a word."""
    assert {"𝑎", "𝑏", "𝑐"} <= set(letters(rendered(formula(r"\frac{ab+c}{2}"))))


def test_a_formula_wider_than_the_page_is_set_smaller():
    """It stays on the page: no sign is lost beyond its edge."""
    import pikepdf

    from render.pdf_text import opened

    data = rendered(formula("+".join(f"x_{{{i}}}" for i in range(70))))
    with opened(data) as file:
        left = [float(operands[4]) for operands, operator in pikepdf.parse_content_stream(file.pages[0]) if str(operator) == "cm"]
    assert max(left) < 595 - 51


def test_tex_that_no_converter_knows_is_drawn_or_quoted():
    """A drawing stands in for the formula; without one, the TeX is shown as it is."""
    drawing = {"type": "math", "tex": r"\odd{x}", "mathml": None, "svg": SVG, "width_pt": 60, "height_pt": 25, "depth_pt": 5}
    data = rendered(para(drawing), drawing | {"type": "mathblock"})
    assert [values.get("Alt") for tag, values in elements(data) if tag == "Figure"] == [r"\odd{x}"] * 2
    plain = {"type": "math", "tex": r"\odd{x}", "mathml": None, "svg": None}
    data = rendered(para(plain), plain | {"type": "mathblock"})
    assert letters(data).count(r"\odd{x}") == 2
    assert "Code" in tags(data)


def test_words_of_another_script_in_a_formula_are_numbers():
    """The trial of letters covers formulas too."""
    assert "U+4E2D" in letters(rendered(formula(r"\text{中} = x")))
