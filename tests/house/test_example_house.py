"""One brief in two houses: what a reader sees of the difference."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from brieftools.build import build
from brieftools.house.housefile import read_house
from projects import Laid, lay_down

MERIDIAN = Path(__file__).parents[2] / "templates/houses/meridian"
COUNTS = """import pandas as pd
from brieftools.charts import counts

months = [f"2020-{month:02}" for month in range(1, 7)]
counts(pd.DataFrame({"month": months, "events": [3, 4, 2, 5, 3, 4]}), place="Arvenia", theatre="abroad", name="events")"""


def built(root: Path, *, house: bool) -> tuple[Path, Laid]:
    from projects import code, full, markdown

    laid = lay_down(root, cells=[*full(), markdown("## What is not known\n\nMuch."), code(COUNTS)])
    if house:
        for file in MERIDIAN.iterdir():
            shutil.copy(file, laid.root / file.name)
    return build(laid.folder).folder, laid


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return built(tmp_path_factory.mktemp("plain") / "p", house=False)[0]


@pytest.fixture(scope="module")
def meridian(tmp_path_factory):
    return built(tmp_path_factory.mktemp("meridian") / "p", house=True)[0]


def page_size(folder: Path) -> tuple[int, int]:
    with pikepdf.open(folder / "brief.pdf") as pdf:
        return tuple(round(float(x)) for x in pdf.pages[0].MediaBox[2:])  # type: ignore[return-value]


def fonts(folder: Path) -> set[str]:
    with pikepdf.open(folder / "brief.pdf") as pdf:
        return {str(font.BaseFont).split("+")[-1] for page in pdf.pages for font in page.Resources.Font.values()}


def test_the_paper_is_the_houses(plain, meridian):
    """A4 and US Letter, in points; the printed HTML asks for the same."""
    assert (page_size(plain), page_size(meridian)) == ((595, 842), (612, 792))
    sizes = [re.search(r"@page\{size:(\w+)", (folder / "brief.html").read_text("utf-8"))[1] for folder in (plain, meridian)]
    assert sizes == ["A4", "letter"]


def test_labels_dates_and_usual_headings_are_in_the_houses_language(plain, meridian):
    """On both renderings; the brief's own words stay as they were written."""
    from render.pdf_text import words

    for folder, said in ((plain, ("As of", "31 March 2020", "Analytic brief", "Bottom line.", "1 of ", "Would change it:", "What is not known", "Table 1")),
                         (meridian, ("État au", "31 mars 2020", "Note d’analyse", "L’essentiel.", "1 sur ", "Ce qui le changerait :", "Ce qui n’est pas connu", "Tableau 1"))):  # fmt: skip
        pdf = words((folder / "brief.pdf").read_bytes()).replace("\xa0", " ")
        html = (folder / "brief.html").read_text("utf-8")
        assert not [text for text in (*said, "Attacks on roads in Arvenia") if text not in pdf]
        assert not [
            text for text in (*said, "Attacks on roads in Arvenia") if text not in html and " sur " not in text and " of " not in text
        ]


def test_the_language_of_the_labels_is_marked(meridian):
    """A screen reader changes its voice for them."""
    html = (meridian / "brief.html").read_text("utf-8")
    assert '<html lang="en-GB"' in html
    assert re.search(r'<p class="cap-no" lang="fr">Tableau 1</p>', html)


def test_charts_pages_and_screens_have_the_houses_colours(plain, meridian):
    """The accent in the drawings of the Document, in the style sheet of both themes and in the PDF."""
    for folder, accent, dark in ((plain, "#b3301f", "#f2836b"), (meridian, "#6a2c91", "#c79be6")):
        drawn = (folder / "document.json").read_text("utf-8").lower()
        html = (folder / "brief.html").read_text("utf-8").lower()
        assert f"fill: {accent}" in drawn or f"stroke: {accent}" in drawn
        assert f"--abroad:{accent}" in html
        assert f"--abroad:{dark}" in html
    assert "#b3301f" not in (meridian / "document.json").read_text("utf-8").lower()
    assert "#b3301f" not in (meridian / "brief.html").read_text("utf-8").lower()


def test_prose_is_set_in_the_houses_face(plain, meridian):
    """A serif here, none there."""
    assert any("Serif" in font for font in fonts(plain))
    assert not any("Serif" in font for font in fonts(meridian))


def test_the_logo_has_a_text_alternative(plain, meridian):
    """On the page and in the tags of the PDF."""
    from render.pdf_text import elements

    alts = [text.get("Alt") for name, text in elements((meridian / "brief.pdf").read_bytes()) if name == "Figure"]
    assert "Meridian, rédaction" in alts
    assert 'aria-label="Meridian, rédaction"' in (meridian / "brief.html").read_text("utf-8")
    assert "Meridian" not in (plain / "brief.html").read_text("utf-8")


def test_the_manifest_pins_the_house_and_the_pdf_does_not_carry_it(meridian):
    """Its files are inputs; fonts and logos are not for passing on."""
    from render.pdf_text import attached

    inputs = json.loads((meridian / "manifest.json").read_text("utf-8"))["inputs"]
    assert {"house.yml", "logo.svg"} <= inputs.keys()
    assert not {"house.yml", "logo.svg"} & attached((meridian / "brief.pdf").read_bytes()).keys()


def test_a_house_brings_its_own_font_files(tmp_path):
    """A file in fonts/ names the family; its other weights are found beside it, and charts are drawn in it."""
    import matplotlib

    laid = lay_down(tmp_path / "p")
    (laid.root / "fonts").mkdir()
    for name in ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSans.ttf"):
        shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf" / name, laid.root / "fonts" / name)
    laid.write("house.yml", "fonts: {serif: DejaVuSerif.ttf, sans: DejaVuSerif-Bold.ttf}\n")
    assert {font.path.name for font in read_house(laid.root).fonts} == {"DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf"}
    made = build(laid.folder)
    assert not [warning for warning in made.warnings if "font" in warning.lower()]
    assert {font.partition("-")[0] for font in fonts(made.folder)} <= {"DejaVuSerif", "DejaVuSansMono"}
    assert "DejaVu Serif" in json.dumps(json.loads((made.folder / "document.json").read_text("utf-8"))["body"])
    assert "fonts/DejaVuSerif.ttf" in json.loads((made.folder / "manifest.json").read_text("utf-8"))["inputs"]


def test_a_faint_house_stops_the_build_before_the_notebook_runs(tmp_path):
    """The same refusal on the way of every build."""
    from brieftools.errors import ProjectError

    laid = lay_down(tmp_path / "p")
    laid.write("house.yml", 'colours:\n  light: {ink2: "#CCCCCC"}\n')
    with pytest.raises(ProjectError, match=r"ink2 #CCCCCC on bg #FFFFFF has a contrast of 1\.60:1"):
        build(laid.folder)
    assert not laid.edition.exists()


def test_the_briefs_own_disclaimer_wins(tmp_path):
    """Then the house's; what neither says is said in the language of the labels."""
    from brieftools.brief.inputs import read_inputs
    from projects import BRIEF

    laid = lay_down(tmp_path / "p", brief=BRIEF + "disclaimer: {full: Ours alone.}\n")
    assert read_inputs(laid.folder).disclaimer == ("Ours alone.", "Views are the authors’ alone (last page).")
    laid.write("house.yml", "language: fr\ndisclaimer: {full: The house's.}\n")
    assert read_inputs(laid.folder).disclaimer == ("Ours alone.", "Les opinions n’engagent que les auteurs (dernière page).")
    laid.write(f"briefs/{laid.folder.name}/brief.yml", BRIEF)
    assert read_inputs(laid.folder).disclaimer[0] == "The house's."
