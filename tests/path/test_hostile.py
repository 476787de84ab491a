"""Untrusted text goes through the whole path and changes nothing: it stands in both outputs as it was written."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from brieftools.build import build
from hostile import HOSTILE
from projects import ACH, BRIEF, CSV, JUDGMENTS, SOURCE, code, lay_down, markdown, opening

CELLS = """import pandas as pd
from matplotlib.figure import Figure

bad = pd.read_csv("bad.csv", dtype=str, keep_default_na=False).text.iloc[0]
brief.fact("bad", bad, origin=bad)
pd.DataFrame({bad: [bad, "1"], "n": [1, 2]})"""
FIGURE = """figure = Figure(figsize=(4, 2))
figure.subplots().set_title(bad[:40], parse_math=False)
brief.figure(figure, alt=bad, title=bad, subtitle=bad, table=pd.DataFrame({"a": [bad]}), name="bad")"""
LINE = """from brieftools.charts import timeline

rows = brief.incidents("attacks").assign(label=lambda rows: rows.place, country="IRQ", country_name="Iraq", theatre="home")
timeline(rows, as_of="2020-03-31", name="line")"""


class Page(HTMLParser):
    """The words of a page, its elements and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self._style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self._style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.words.append(data)


def quoted(text: str) -> str:
    """Return a text as YAML: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_text_is_text(kind: str, tmp_path: Path) -> None:
    """Title, source, place, note, judgment, evidence, table, figure, print and error text come out literally."""
    bad = HOSTILE[kind]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([*csv.reader(io.StringIO(CSV)), ["a-4", "2020-03-01", "2020-03-01", "day", bad, "1"]])
    cells = [*opening(), code(CELLS), code(FIGURE), code(LINE), code("print(bad)"), code("brief.judgments"), code("brief.hypotheses")]
    laid = lay_down(
        tmp_path,
        cells=[*cells, markdown("The fact is {{ bad }} [@smith-2020, ¶1].")],
        csv=out.getvalue(),
        brief=BRIEF.replace("title: Attacks on roads in Arvenia", f"title: {quoted(bad)}\nnotices: [{quoted(bad)}]"),
        files={
            "data/sources/smith-2020.md": SOURCE.replace("title: Roads of Arvenia", f"title: {quoted(bad)}"),
            "briefs/roads/judgments.yml": JUDGMENTS.replace("one author describes one winter", quoted(bad)).replace("{{ attacks }}", "two"),
            "briefs/roads/ach.yml": ACH.replace("Nobody claimed an attack", quoted(bad)),
        },
    )
    laid.write("briefs/roads/bad.csv", "text\n" + '"' + bad.replace('"', '""') + '"\n')
    built = build(laid.folder)
    page = Page(built.html.read_text(encoding="utf-8"))
    words = " ".join(" ".join(page.words).split())
    assert words.count(" ".join(bad.split())) >= 8
    assert not page.tags & {"script", "img", "iframe", "object", "embed"}
    assert not [name for name, value in page.attributes if name.startswith("on") or (value or "").lower().startswith("javascript:")]
    assert json.loads((built.folder / "document.json").read_text(encoding="utf-8"))["meta"]["title"] == bad.strip()
    assert not list(tmp_path.rglob("pwned"))
    assert built.pages >= 2


@pytest.mark.conformance
@pytest.mark.parametrize("kind", ["html", "typst", "template", "markdown", "shell"])
def test_hostile_text_is_text_in_the_pdf(kind: str, tmp_path: Path) -> None:
    """The PDF's own words hold the string, as poppler reads them."""
    import shutil
    import subprocess

    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed")
    bad = HOSTILE[kind]
    laid = lay_down(tmp_path, brief=BRIEF.replace("title: Attacks on roads in Arvenia", f"title: {quoted(bad)}"))
    text = subprocess.run(["pdftotext", "-layout", str(build(laid.folder).pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "".join(bad.split()) in "".join(text.split())


@pytest.mark.parametrize("letters", ["\u202egnp.exe", "中文", "שלום", "🙂", "\U000f1234", "a\u0000b"])
def test_letters_that_no_font_has_never_stop_a_build(letters: str, tmp_path: Path) -> None:
    """They become U+XXXX in the PDF with a warning that names them, or the file that holds them is refused clearly."""
    cells = [*opening(), code(f"print({letters!r})"), markdown("Words.")]
    built = build(lay_down(tmp_path, cells=cells).folder)
    assert built.pages == 2 or built.pages == 1
    if letters[0] in "中🙂\U000f1234":
        named = f"U+{ord(letters[0]):04X}"
        assert any(named in warning for warning in built.warnings)
