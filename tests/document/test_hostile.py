"""Hostile strings in every place that takes a text, from the analyst's files to both outputs: they are read as written.

`tests/path/test_hostile.py` sends some of them through a kernel and a whole build; here every place gets every one.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest

from brieftools.brief.facts import fact
from brieftools.brief.inputs import read_inputs
from brieftools.charts import countries, counts, timeline
from brieftools.charts import figure as own_figure
from brieftools.document.assemble import Assembled, assemble
from brieftools.document.model import validate
from brieftools.edition.files import build_files
from brieftools.errors import BrieftoolsError
from brieftools.execute.scrub import plain_text
from brieftools.notebook.hooks import facts_bundle
from brieftools.notebook.session import Brief
from document.briefs import code, md, printed, shown
from hostile import AWKWARD, HOSTILE
from projects import BRIEF, TOML, Laid, lay_down
from render.html_pages import Element, parse
from render.pdf_text import attached, elements, letters, page_texts, tags

ALL = HOSTILE | AWKWARD
TITLE = "Attacks on roads in Arvenia"
# The band at the head of a page and its foot hold one line; what is longer is cut with an ellipsis.
ONE_LINE = {"running title", "short disclaimer"}
# In these places a reader of the PDF finds them elsewhere than on a page, or not at all: data of figures and reasons are attached.
NOT_ON_PAPER = {"figure data", "chart place", "chart country", "rating reason", "author", "keyword"}


@dataclass
class Places:
    """Gives out one hostile string again and again, each time with its own mark behind it."""

    bad: str
    given: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str, *, without: str = "") -> str:
        self.given[name] = f"{''.join(c for c in self.bad if c not in without)} q{len(self.given):02}q"
        return self.given[name]

    def yaml(self, name: str) -> str:
        """The same, as YAML holds it."""
        return quoted(self(name))


def quoted(text: str) -> str:
    """A text in double quotes as YAML reads it."""
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text) + '"'


# The files of a project


def brief_yml(p: Places) -> str:
    return f"""title: {p.yaml("title")}
running: {p.yaml("running title")}
kicker: {p.yaml("kicker")}
slug: roads
template: plain
sources: [smith-2020]
incidents: [attacks]
edition: {{rule: date, as_of: 2020-03-31, next: {p.yaml("next issue")}}}
period: {{start: 2020-01-01, end: 2020-03-31}}
authors: [{p.yaml("author")}]
keywords: [{p.yaml("keyword")}]
contact: {p.yaml("contact")}
notices: [{p.yaml("notice")}]
disclaimer: {{full: {p.yaml("disclaimer")}, short: {p.yaml("short disclaimer")}}}
"""


def source_md(p: Places) -> str:
    text = " ".join(p.bad.split()) or "x"
    return f"""---
key: smith-2020
title: {p.yaml("source title")}
authors: [{{family: {p.yaml("source author")}}}, {{literal: {p.yaml("source body")}}}]
publisher: {p.yaml("publisher")}
container: {p.yaml("container")}
published: "2020"
licence: {quoted(p.bad)}
reliability: B
credibility: 2
reason: {p.yaml("reason")}
descriptor: {quoted(p.bad)}
citation: {p.yaml("citation")}
---
¶1 {text}

¶2 {text}
"""


def data_csv(p: Places) -> str:
    out = io.StringIO()
    rows = [["incident_id", "date_start", "date_end", "date_precision", "place", "label", "notes", "actor1", "country"]]
    rows += [["a-1", "2020-01-05", "2020-01-05", "day", p("chart place"), p("chart label"), p.bad, p.bad, "IRQ"]]
    rows += [["a-2", "", "", "unknown", p.bad, p.bad, p.bad, p.bad, "SYR"]]
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def sidecar_yml(p: Places, data: bytes, name: str) -> str:
    bad = quoted(p.bad)
    return f"""name: attacks
title: {bad}
kind: incidents
file: {quoted(name)}
source: smith-2020
producer: {bad}
how: {bad}
licence: {bad}
redistribute_rows: true
attribution: {p.yaml("attribution")}
sha256: {hashlib.sha256(data).hexdigest()}
columns: {{place: {bad}}}
coverage: {{start: 2020-01-01, end: 2020-03-31, area: {bad}, lag: {bad}, holes: [{bad}]}}
"""


def judgments_yml(p: Places) -> str:
    # Brackets and semicolons end a citation, and a paragraph must exist; anything else may say where something stands.
    # (A hyphen between figures becomes a dash.)
    locator = "p. 3" if re.search(r"[][;\n]|\d-\d", p.bad) else p("locator")
    return f"""judgments:
  - id: more
    statement: {p.yaml("statement")}
    likelihood: likely
    confidence: low
    because: {p.yaml("because")}
    basis: [{quoted("@smith-2020, " + locator)}]
    horizon: 2020-06-30
    indicator: {p.yaml("indicator")}
    decided_by: {p.yaml("decided by")}
    tag: UP
    tag_reason: {p.yaml("tag reason")}
    author: {quoted(p.bad)}
"""


def ach_yml(p: Places) -> str:
    return f"""question: {p.yaml("question")}
analyst: {quoted(p.bad)}
hypotheses:
  H1:
    label: {p.yaml("hypothesis")}
    statement: {p.yaml("hypothesis says")}
    implies: {p.yaml("implies")}
    indicator: {p.yaml("shown by")}
  H2: {{label: two, statement: two}}
evidence:
  E1:
    text: {p.yaml("evidence")}
    grade: B2
    origin: {quoted(p.bad)}
    ratings: {{H1: {quoted("C " + p("rating reason"))}, H2: "I x"}}
assumptions: [{{text: {p.yaml("assumption")}, if_wrong: {p.yaml("if wrong")}, notice: {p.yaml("noticed by")}}}]
indicators:
  - text: {p.yaml("watched")}
    threshold: {p.yaml("threshold")}
    by: 2020-06-30
    who: {p.yaml("who")}
    moves: {p.yaml("moves")}
"""


def file_name(bad: str) -> str:
    """As much of a string as a file can be called."""
    return re.sub(r"[/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]", "", bad).strip()[:60] + ".csv"


def laid(root: Path, p: Places) -> Laid:
    """A project with the string in every place of its files."""
    data, name = data_csv(p), file_name(p.bad)
    found = lay_down(
        root,
        cells=[],
        brief=brief_yml(p),
        files={
            "data/sources/smith-2020.md": source_md(p),
            "briefs/roads/judgments.yml": judgments_yml(p),
            "briefs/roads/ach.yml": ach_yml(p),
            "brieftools.toml": TOML,
            f"data/incidents/attacks/{name}": data,
            "data/incidents/attacks/sidecar.yml": sidecar_yml(p, data.encode(), name),
        },
    )
    (found.root / "data/incidents/attacks/attacks.csv").unlink()
    return found


# The cells of a notebook


def of(made: Any) -> Any:
    """What one of our objects shows."""
    return shown(made._repr_mimebundle_())


def own(p: Places) -> Any:
    """An analyst's own figure, the string in its words and in its drawing."""
    from matplotlib.figure import Figure

    fig = Figure(figsize=(4, 2))
    ax = fig.subplots()
    ax.plot([1, 2], label=p.bad[:40].replace("$", "S"))
    ax.set_title(p.bad[:40], parse_math=False)
    words = {"alt": p("alternative"), "title": p("figure title"), "subtitle": p("figure subtitle"), "source": p("figure source")}
    return own_figure(fig, table=pd.DataFrame({p.bad: [p("figure data")]}), name=p.bad[:30], period=p.bad, **words)


def frame(p: Places) -> Any:
    """A DataFrame as pandas shows it."""
    table = pd.DataFrame({p("column"): [p("cell"), "1"]}, index=[p("index"), "x"])
    with pd.option_context("display.max_colwidth", None):
        return shown({"text/html": table._repr_html_(), "text/plain": repr(table)})


def numbers() -> pd.DataFrame:
    """A series."""
    return pd.DataFrame({"month": ["2020-01", "2020-02", "2020-03"], "events": [3, 1, 2]})


def cells(p: Places, brief: Brief) -> list[Any]:
    """The string in every place of a notebook's outputs, and as code in its prose."""
    made = fact("bad", p.bad, unit=p("unit"), origin=p("origin"))
    words = {"title": p("table title"), "subtitle": p("table subtitle"), "source": p("table source")}
    tabled = brief.table(pd.DataFrame({p("table column"): [p("table cell")]}), **words)
    entry = brief.key_figure("value", p("key figure"), without=p("no interval"), lead=p("lead"), reading=p("reading"))
    fence = "`" * 12
    return [
        code(shown(facts_bundle([made]))),
        md("## Bottom line\n\nThe fact is {{ bad }} [@smith-2020, ¶1]."),
        code(of(brief.key_figures(entry))),
        code(*map(of, (brief.judgments, brief.hypotheses, brief.alternatives, brief.assumptions, brief.indicators, tabled))),
        code(of(own(p)), of(timeline(brief.incidents("attacks"), as_of="2020-03-31", name="line", source="Source"))),
        code(of(countries({2019: {p("chart country", without=",;"), "B"}, 2020: {"B"}}, home={"B"}))),
        code(of(counts(numbers(), place=p("chart place name"), name="counts"))),
        code(frame(p), printed(p("print") + "\n"), shown({"text/plain": p("result")})),
        code(nbformat.v4.new_output("error", ename=p("error name"), evalue=p("error message"), traceback=[p("error trace")])),
        md(f"{fence}{re.sub(r'[^a-z]', '', p.bad)[:20]}\n{p('code block')}\n{fence}\n\nIn {fence} {p('code')} {fence} line."),
    ]


# Comparison


def skeleton(text: str) -> str:
    """A text without spaces, without what acts unseen, and without the numbers that are printed for that."""
    text = re.sub(r"U\+[0-9A-F]{4,6}", "", unicodedata.normalize("NFC", text))
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))


def expected(name: str, text: str) -> str:
    """What is to be read in a place: what a cell put out is shown as in a terminal."""
    return skeleton(plain_text(text) if name in ("print", "result", "error message", "error trace") else text)


def stands_in(read: str, text: str) -> bool:
    """Whether a marked text stands there; looking for its mark first is quicker than looking for three hundred letters x."""
    return any(read.endswith(text, 0, mark.end()) for mark in re.finditer(re.escape(text[-4:]), read))


def plainer(text: str) -> str:
    """What any font has of it."""
    return "".join(c for c in skeleton(text) if c.isascii())


@dataclass(frozen=True)
class Done:
    """What a brief became."""

    places: Places
    assembled: Assembled
    html: bytes
    page: Element
    pdf: bytes
    warnings: tuple[str, ...]
    root: Path


def done(root: Path, bad: str) -> Done:
    """Build, without a kernel, a brief that is full of a string."""
    p = Places(bad)
    place = laid(root / "project", p)
    inputs = read_inputs(place.folder)
    brief = Brief(inputs, {})
    brief.fact("value", 7)
    found = assemble(nbformat.v4.new_notebook(cells=cells(p, brief)), inputs, state="issued", built_with=p("built with"))
    validate(found.document)
    notebook = nbformat.v4.new_notebook()
    files, _, warnings = build_files(notebook, found.document, inputs, facts=found.facts.values(), given={}, state="issued", versions={})
    return Done(p, found, files["brief.html"], parse(files["brief.html"]), files["brief.pdf"], warnings, root)


def shape(page: Element) -> set[tuple[str, str]]:
    """Every element and every attribute that it has."""
    return {(element.tag, name) for element in page.walk() for name in (*element.attrs, "")}


@pytest.fixture(scope="session")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The same brief with words that mean nothing to anybody."""
    return done(tmp_path_factory.mktemp("harmless"), "some plain words")


@pytest.mark.parametrize("kind", ALL)
def test_a_hostile_string_in_every_place_is_text(kind: str, tmp_path: Path, harmless: Done) -> None:
    """Each place of it can be read in the HTML and in the PDF; neither has an element, attribute or tag that it lacks with plain words."""
    made = done(tmp_path, ALL[kind])
    spoken = ("aria-label", "title", "alt", "alttext", "content", "download")
    said = "\n".join(value or "" for e in made.page.walk() for name, value in e.attrs.items() if name in spoken)
    read = skeleton(made.page.text + said + data_of(made.page))
    assert [name for name, text in made.places.given.items() if not stands_in(read, expected(name, text))] == []
    assert shape(made.page) <= shape(harmless.page) | {("br", ""), ("h1", "class")}
    spoken_pdf = "".join(value for _, given in elements(made.pdf) for value in given.values())
    cut = kind in ("long", "scripts")
    band = "" if cut else letters(made.pdf)
    on_paper = plainer("".join(page_texts(made.pdf, artifacts=False)) + band + spoken_pdf)
    elsewhere = NOT_ON_PAPER | (ONE_LINE if cut else set())
    assert [n for n, text in made.places.given.items() if n not in elsewhere and not stands_in(on_paper, plainer(expected(n, text)))] == []
    assert set(tags(made.pdf)) <= set(tags(harmless.pdf))
    assert not list(tmp_path.rglob("pwned"))
    assert not Path("pwned").exists()


def data_of(page: Element) -> str:
    """The data files that the page carries."""
    import base64
    from urllib.parse import unquote

    found = ""
    for element in page.walk():
        address = element.attrs.get("href") or ""
        if address.startswith("data:text/csv"):
            head, _, body = address.partition(",")
            found += base64.b64decode(body).decode() if head.endswith(";base64") else unquote(body)
    return found


def test_harmless_words_are_all_there(harmless: Done) -> None:
    """The places are places indeed: more than fifty of them."""
    assert len(harmless.places.given) > 50
    assert len(attached(harmless.pdf)) >= 6


@pytest.mark.parametrize("kind", ["html", "shell", "formula", "scripts"])
def test_the_data_file_is_attached_under_its_own_name(kind: str, tmp_path: Path) -> None:
    """A file may be called anything that a file can be called."""
    made = done(tmp_path, ALL[kind])
    assert file_name(ALL[kind]) in attached(made.pdf)
    assert hashlib.sha256(attached(made.pdf)[file_name(ALL[kind])][0]).hexdigest() in json.dumps(
        {name: hashlib.sha256(data).hexdigest() for name, (data, *_) in attached(made.pdf).items()}
    )


@pytest.mark.parametrize("mark", ["{{ config }}", "{{secret}}", "[@nobody]", "[@fig:nothing]", "[@smith-2020, ¶9]"])
@pytest.mark.parametrize("place", ["because", "evidence", "figure source"])
def test_marks_in_records_mean_what_they_say_or_stop(mark: str, place: str, tmp_path: Path) -> None:
    """Judgments, evidence and source lines may quote facts and sources; one that is not there is an error of ours."""
    with pytest.raises(BrieftoolsError) as caught:
        done(tmp_path, mark)
    assert caught.value.do


RUNS = "!!python/object/apply:os.system ['touch pwned']"


@pytest.mark.parametrize("text", ['"\\ud800"', '"a\\udc80b"', "a\x07b", "\x85", RUNS, "&a [*a, *a]", "2020-01-01"])
def test_a_title_that_is_no_text_is_refused(text: str, tmp_path: Path) -> None:
    """Half a character, a control character, a tag that names code, a list, a date: an error that names file and line."""
    found = lay_down(tmp_path / "project", cells=[], brief=BRIEF.replace(TITLE, text))
    with pytest.raises(BrieftoolsError, match="line 1") if text != "a\x07b" else pytest.raises(BrieftoolsError, match="special characters"):
        read_inputs(found.folder)
    assert not list(tmp_path.rglob("pwned"))


@pytest.mark.parametrize("text", ['"\\0"', '"\\x01\\x1b[31m"', "!!binary aGk=", "\ufeffx"])
def test_a_title_of_odd_letters_builds(text: str, tmp_path: Path) -> None:
    """What YAML takes for text is shown, or shown by its number."""
    inputs = read_inputs(lay_down(tmp_path / "project", cells=[], brief=BRIEF.replace(TITLE, text)).folder)
    document = assemble(nbformat.v4.new_notebook(cells=[md("x [@smith-2020]")]), inputs).document
    files, _, _ = build_files(nbformat.v4.new_notebook(), document, inputs, facts=(), given={}, state="draft", versions={})
    assert "U+0000" in files["brief.html"].decode() or text != '"\\0"'
    assert b"\x00" not in files["brief.html"]
