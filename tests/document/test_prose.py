"""Markdown becomes a tree of words; nothing in it is markup any more, and nothing is lost."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from brieftools.document.nodes import plain, plain_block
from brieftools.document.prose import parse
from brieftools.errors import DocumentError
from document.briefs import MARKS, body, code, facts, md, nodes, para, prose, t, texts, words

# Words


def test_emphasis_nests() -> None:
    """Strong in emphasis, struck words and code keep their order."""
    assert para("*a **b*** ~~c~~ `d *e*`") == [
        {"type": "emph", "c": [t("a "), {"type": "strong", "c": [t("b")]}]},
        t(" "),
        {"type": "strike", "c": [t("c")]},
        t(" "),
        {"type": "code", "text": "d *e*"},
    ]


def test_line_ends_are_spaces_and_hard_breaks_are_breaks() -> None:
    """Two spaces or a backslash at the end of a line break it."""
    assert para("a\nb  \nc\\\nd") == [t("a b"), {"type": "break"}, t("c"), {"type": "break"}, t("d")]


def test_quotes_are_set_and_code_keeps_its_own() -> None:
    """Straight quotes become curly, also around a fact; in code they stay."""
    assert words(para('"It\'s" \'so\' "{{ events }}" `"x"`')) == '“It’s” ‘so’ “1,236” "x"'


def test_dashes_and_dots_stay_as_typed() -> None:
    """Nothing but quotes is touched."""
    assert para("a -- b --- c ... (c) +- 1/2 x^2^") == [t("a -- b --- c ... (c) +- 1/2 x^2^")]


@pytest.mark.parametrize("html", ["<b>x</b>", "<script>alert(1)</script>", "<!-- x -->", "<img src=x onerror=y>", "&lt;b&gt;"])
def test_raw_html_stays_text(html: str) -> None:
    """Inline and as a block of its own."""
    shown = html.replace("&lt;", "<").replace("&gt;", ">")
    assert para(f"a {html} b") == [t(f"a {shown} b")]
    assert words(prose(f"{html}\n\n<div>\n{html}\n</div>")) == f"{shown}<div> {shown} </div>"


def test_a_backslash_takes_the_meaning_from_a_mark() -> None:
    """A citation, a fact or a formula can be written about."""
    assert para(r"\[@smith] \{{ events }} &#123;{ events }} \$x$") == [t("[@smith] {{ events }} {{ events }} $x$")]


# Links


def test_links_lead_to_pages_mail_and_anchors_and_nowhere_else() -> None:
    """Anything else loses its address and keeps its words."""
    safe = para("[a](https://example.org/x?y=1&z) [b](HTTP://e.org) [c](mailto:x@example.org) [d](#s-x) <http://e.org>")
    assert [link["href"] for link in nodes(safe, "link")] == [
        "https://example.org/x?y=1&z",
        "HTTP://e.org",
        "mailto:x@example.org",
        "#s-x",
        "http://e.org",
    ]
    unsafe = para("[a](javascript:alert(1)) [b](data:text/html,x) [c](file:///etc/passwd) [d](../x.html) [e](vbscript:x) [f](//evil.org)")
    assert not list(nodes(unsafe, "link"))
    assert all(letter in words(unsafe) for letter in "abcdef")


def test_addresses_may_stand_in_another_cell() -> None:
    """A reference's address is found wherever it is defined."""
    blocks = body(md("See [the page][p]."), md("[p]: https://example.org"))
    assert [link["href"] for link in nodes(blocks, "link")] == ["https://example.org"]


def test_a_citation_in_a_link_stands_behind_it() -> None:
    """A note's number leads to the note; it cannot lead elsewhere too."""
    link, cite = para("[as *he* said [@smith]](https://example.org)")
    assert (link["type"], words(link), cite["type"]) == ("link", "as he said", "cite")


# Lists, quotes, tables


def test_lists_nest() -> None:
    """Bullets in numbers in bullets; the first number is kept; tight and loose differ."""
    (outer,) = prose("- a\n\n  3. b\n  4. c\n     - d\n- e")
    (first, inner), second = outer["items"]
    assert (outer["ordered"], outer["tight"], words(first), words(second)) == (False, False, "a", "e")
    assert (inner["ordered"], inner["start"], len(inner["items"])) == (True, 3, 2)
    assert words(inner["items"][1][1]["items"][0]) == "d"
    assert prose("- a\n  - c\n- b")[0]["tight"] is True


def test_a_table_keeps_alignment_and_marks() -> None:
    """Three ways to align; facts, citations and an escaped bar work in cells."""
    (table,) = prose("| l | c | r |\n|---|:-:|--:|\n| x \\| y | **b** | {{ events }} [@smith] |\n| only |")
    assert [column["align"] for column in table["columns"]] == ["left", "center", "right"]
    assert texts(table["head"]) == [["l", "c", "r"]]
    assert texts(table["body"]) == [["x | y", "b", "1,236"], ["only", "", ""]]
    assert [node["type"] for node in table["body"][0][2]["c"]] == ["fact", "cite"]
    assert (table["number"], table["title"], table["row_headers"]) == (None, [], 0)


def test_quotes_and_rules() -> None:
    """A quotation holds blocks."""
    quote, rule = prose("> a\n>\n> > b\n\n***")
    assert [block["type"] for block in quote["blocks"]] == ["para", "quote"]
    assert rule == {"type": "rule"}


# Code and math


def test_code_blocks_keep_every_letter() -> None:
    """Fenced, indented and open to the end; the language is a word of the fence."""
    blocks = prose("```python title=x\nx = {{ events }}  # *a* [@smith]\n\n  y\n```\n\n    <indented>\n\n~~~\nopen")
    assert blocks == [
        {"type": "codeblock", "text": "x = {{ events }}  # *a* [@smith]\n\n  y", "lang": "python"},
        {"type": "codeblock", "text": "<indented>", "lang": None},
        {"type": "codeblock", "text": "open", "lang": None},
    ]


def test_an_open_fence_does_not_swallow_the_next_cell() -> None:
    """Each cell is parsed by itself."""
    blocks = body(md("```\nopen"), md("Next."), md("> quote"), md("Not of it."))
    assert [block["type"] for block in blocks] == ["codeblock", "para", "quote", "para"]


def test_math_inline_and_on_its_own_line() -> None:
    """One dollar, two dollars in a line, two dollars around lines; prices are no math."""
    inline = para("$x^2$ and $$y$$ cost $5 or $6, \\$7, $ 8$")
    assert [node["tex"] for node in nodes(inline, "math")] == ["x^2", "y"]
    assert words(inline).endswith(" cost $5 or $6, $7, $ 8$")
    (block,) = prose("$$\n\\frac{a}{b}\n$$")
    assert (block["type"], block["tex"]) == ("mathblock", "\\frac{a}{b}")
    assert block["mathml"]["attrs"] == {"display": "block"}


def test_an_empty_formula_is_text() -> None:
    """Dollars with nothing between them stay."""
    assert words(para("a $$ $$ b")) == "a $$ $$ b"


def test_text_in_a_formula_is_text() -> None:
    """What looks like a tag in it makes no element."""
    (math,) = para(r"$\text{<script>&lt;</mtext>}\href{javascript:x}{y}$")
    tree = str(math["mathml"])
    assert "script" in tree
    assert "javascript" not in tree
    assert {node["tag"] for node in elements(math["mathml"])} <= {"math", "mrow", "mtext", "mi"}


def elements(node: dict) -> list[dict]:
    """All elements of a MathML tree."""
    return [node] + [inner for child in node.get("children", []) for inner in elements(child)]


def test_tex_that_the_converter_refuses_is_drawn() -> None:
    """Where matplotlib knows more, the formula is a drawing with its measures, the same bytes every time."""
    (first,), (again,) = para(r"$\AE x$"), para(r"$\AE x$")
    assert first["mathml"] is None
    assert first == again
    assert first["svg"].startswith("<svg")
    assert "2026" not in first["svg"]
    assert "metadata" not in first["svg"]
    assert first["depth_pt"] >= 0
    assert first["width_pt"] > first["height_pt"] > 0


@pytest.mark.parametrize("tex", [r"\nosuchcommand{x}", r"\frac{", r"}{", r"\begin{nosuch} x \end{nosuch}\unknown"])
def test_tex_that_nobody_understands_is_code(tex: str) -> None:
    """The reader sees what was typed."""
    assert para(f"a ${tex}$ b") == [t("a "), {"type": "code", "text": tex}, t(" b")]
    assert prose(f"$$\n{tex}\n$$") == [{"type": "codeblock", "text": tex, "lang": "tex"}]


# Facts


def test_facts_stand_in_headings_lists_tables_and_emphasis() -> None:
    """The number carries its name and origin along."""
    blocks = body(code(facts(n=7)), md("## About {{n}} places\n\n- *{{ n }}*\n\n|a|\n|-|\n|{{\tn\t}}|"))
    assert [node["text"] for node in nodes(blocks, "fact")] == ["7", "7", "7"]
    assert next(nodes(blocks, "heading"))["id"] == "s-about-7-places"


def test_facts_are_not_replaced_in_code_math_links_and_attributes() -> None:
    """There the braces mean something else."""
    blocks = prose("`{{ events }}` $a_{{ events }}$ <https://e.org/{{events}}>\n\n```\n{{ events }}\n```")
    assert not list(nodes(blocks, "fact"))
    assert blocks[0]["c"][0] == {"type": "code", "text": "{{ events }}"}


@pytest.mark.parametrize("name", ["event", "Events", "share-of"])
def test_an_unknown_fact_stops_and_names_the_nearest(name: str) -> None:
    """A slip never reaches the reader as braces."""
    with pytest.raises(DocumentError) as caught:
        prose(f"There were {{{{ {name} }}}}.")
    assert name in caught.value.what
    assert "did you mean" in caught.value.what
    assert caught.value.where == "cell 1 (`x`)"
    assert "brief.fact(" in str(caught.value.do)


@pytest.mark.parametrize("text", ["{{ 7*7 }}", "{{}}", "{{ a b }}", "{ events }", "{% events %}", "{0}", "{{ x.y }}", "{{ f() }}"])
def test_other_braces_are_text(text: str) -> None:
    """What no fact can be called is left alone."""
    assert para(text) == [t(text)]


def test_the_last_value_of_a_fact_counts() -> None:
    """A cell further down may correct it, and prose above follows."""
    assert words(body(code(facts(n=1)), md("{{ n }}"), code(facts(n=2)))) == "2"


# For any text

LETTERS = st.characters(whitelist_categories=["L", "N", "Zs"], whitelist_characters=" ,;?%()/’“”–…")
TYPED = st.lists(st.text(LETTERS, min_size=1, max_size=40), min_size=1, max_size=6)


@given(TYPED)
@settings(deadline=None, max_examples=200)
def test_words_without_marks_come_back_as_typed(lines: list[str]) -> None:
    """Paragraphs of letters, figures and punctuation lose nothing but spaces at their ends."""
    source = "\n\n".join(f"x{line}x" for line in lines)
    blocks = parse(source, marks=MARKS)
    assert [(block["type"], plain(block["c"])) for block in blocks] == [("para", f"x{line}x") for line in lines]


@given(st.text(st.characters(codec="utf-8"), max_size=300))
@example("[^a]: x\n[^a]")
@example("a[^b]\n\n[^b]: [^b]")
@example("|a|\n|-|\n|![x](y)|")
@example("$" * 40 + "\\" * 40)
@example("> " * 60 + "x")
@example("- " * 60 + "x")
@example("[" * 500)
@example("*_~`" * 60)
@example("\x00\ufffd\u2028\x0b")
@settings(deadline=None, max_examples=400)
def test_any_text_can_be_read(text: str) -> None:
    """Nothing but an unknown fact or citation stops the reader, and every word of the tree is text."""
    blocks = prose(text) if not re.search(r"\{\{|\[@", text) else []
    assert isinstance("".join(map(plain_block, blocks)), str)


MARKS_AND_WORDS = ["*", "_", "`", "$", "[", "]", "(", ")", "!", "^", ":", "|", "-", "\n", " ", "#", ">", "<", "1.", "\\", "a"]


@given(st.lists(st.sampled_from([*MARKS_AND_WORDS, "{{", "}}", "@smith", "events"]), max_size=60))
@settings(deadline=None, max_examples=400)
def test_any_heap_of_marks_can_be_read(pieces: list[str]) -> None:
    """Marks in any order are read, or stop with an error of ours."""
    text = "".join(pieces)
    stops = contextlib.suppress(DocumentError) if "{{" in text or "[@" in text else contextlib.nullcontext()
    with stops:
        prose(text)


PIECES = st.tuples(
    st.text(st.characters(exclude_characters="{}[]"), max_size=20), st.sampled_from(["{{ events }}", "{{share}}", "[@smith, ¶1]"])
)


@given(st.lists(PIECES))
@settings(deadline=None)
def test_marks_and_texts_alternate(parts: list[tuple[str, str]]) -> None:
    """The texts between the marks are those typed, and each mark is one node."""
    found = MARKS.inlines("".join(text + mark for text, mark in parts))
    assert "".join(node.get("text", "") for node in found if node["type"] == "text") == "".join(text for text, _ in parts)
    assert [node["type"] for node in found if node["type"] != "text"] == ["cite" if "@" in mark else "fact" for _, mark in parts]
