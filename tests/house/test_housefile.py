"""``house.yml``: what it may say, and how it is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftools.errors import ProjectError
from brieftools.house import HOUSE
from brieftools.house.colours import mixed
from brieftools.house.contrast import contrast, pairs
from brieftools.house.housefile import read_house

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z"/></svg>'


def house(folder: Path, text: str):
    (folder / "house.yml").write_text(text, encoding="utf-8")
    return read_house(folder)


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ProjectError) as caught:
        house(folder, text)
    assert str(folder / "house.yml") in str(caught.value)
    return str(caught.value)


def test_a_project_without_the_file_has_our_house(tmp_path):
    """Nothing is needed to start."""
    assert read_house(tmp_path) is HOUSE


def test_what_the_file_leaves_out_stays_ours(tmp_path):
    """One key changes one thing."""
    found = house(tmp_path, "paper: letter\n")
    assert (found.paper, found.light, found.dark, found.serif, found.language) == ("letter", HOUSE.light, HOUSE.dark, HOUSE.serif, "")


def test_every_key_arrives(tmp_path):
    """Name, logo, colours, fonts, language and disclaimer."""
    (tmp_path / "logo.svg").write_text(SVG)
    found = house(
        tmp_path,
        'name: Northern Desk\nlogo: {file: logo.svg, alt: "Northern Desk"}\ncolours:\n  light: {abroad: "#005a9c"}\n'
        "fonts: {serif: Source Sans Pro}\nlanguage: fr\ndisclaimer: {full: All of it., short: Some.}\n",
    )
    assert (found.name, found.serif, found.language) == ("Northern Desk", "Source Sans Pro", "fr")
    assert (found.disclaimer, found.disclaimer_short) == ("All of it.", "Some.")
    assert (found.logo.format, found.logo.alt, found.logo.data) == ("svg", "Northern Desk", SVG.encode())
    assert found.light.abroad == "#005A9C"
    assert found.files == (tmp_path / "house.yml", tmp_path / "logo.svg")


def test_tints_follow_the_colour_that_was_given(tmp_path):
    """A house that names one accent does not keep our red in its fills."""
    light = house(tmp_path, 'colours:\n  light: {abroad: "#0000C0"}\n').light
    assert light.abroad_tint == mixed("#0000C0", "#FFFFFF", 0.22) == "#C7C7F1"
    assert light.abroad_mid not in (HOUSE.light.abroad_mid, light.abroad_tint)


def test_no_two_colours_of_a_palette_are_equal(tmp_path):
    """A dark page finds the name of a drawing's colour by its value: equal ones would change places."""
    light = house(tmp_path, 'colours:\n  light: {bg: "#FFFFFF", panel: "#FFFFFF", hair: "#E2E6EA", grid: "#E2E6EA"}\n').light
    assert len(set(vars(light).values())) == len(vars(light))
    assert (light.bg, light.panel) == ("#FFFFFF", "#FFFFFE")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\ncolour: {}", "colour (line 2): unknown key; did you mean 'colours'?"),
        ("colours:\n  light:\n    inc: '#000000'", "colours.light.inc (line 3): unknown key; did you mean 'ink'?"),
        ("paper: a5", "paper (line 1): 'a5' is not allowed"),
        ("language: xx", "language (line 1): 'xx' is not allowed"),
        ("colours:\n  light:\n    ink: #123456", 'colours.light.ink (line 3): write the colour in quotes: "#1B2631"'),
        ("colours:\n  light: {ink: red}", "colours.light.ink (line 2)"),
        ("logo: {file: logo.svg}", "logo.alt (line 1): this key is missing"),
        ("logo: {file: logo.svg, alt: ''}", "logo.alt (line 1)"),
        ("logo: {file: nowhere.svg, alt: x}", "there is no 'nowhere.svg' in the project"),
        ("logo: {file: ../house.yml, alt: x}", "there is no '../house.yml' in the project"),
        ("logo: {file: house.yml, alt: x}", "neither SVG nor PNG"),
        ("fonts: {serif: Source Serif}", "did you mean 'Source Serif Pro'?"),
        ("fonts: {serif: Own.ttf}", "no file 'Own.ttf' in fonts/"),
        ("fonts: {serif: Broken.ttf}", "'Broken.ttf' is not a font that can be read"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_line(tmp_path, text, said):
    """The message leads to the place."""
    (tmp_path / "fonts").mkdir()
    if "Broken" in text:
        (tmp_path / "fonts/Broken.ttf").write_bytes(b"no font")
    assert said in refused(tmp_path, text)


def test_a_logo_that_would_fill_the_page_is_refused(tmp_path):
    """A photograph is no logo, and the HTML has to stay under a megabyte."""
    (tmp_path / "big.svg").write_text(SVG + " " * 200_000)
    assert "200,000 are allowed" in refused(tmp_path, "logo: {file: big.svg, alt: x}")


def test_faint_colours_are_refused_with_the_figures(tmp_path):
    """Which pair, what was measured, what is needed, and the line that says it; in light and in dark."""
    # #999999 on white is the 2.84 that contrast checkers show (2.849 in full): rounded down, never up to a figure that would do.
    said = refused(tmp_path, 'colours:\n  light:\n    mute: "#999999"\n  dark:\n    ink2: "#333A40"\n')
    assert "colours.light (line 3): mute #999999 on bg #FFFFFF has a contrast of 2.84:1; 4.5:1 is needed for text" in said
    assert "colours.dark (line 5): ink2 #333A40 on bg #12181E" in said


def test_a_ground_may_be_what_is_wrong(tmp_path):
    """All text is measured against a ground that the house gives."""
    assert "colours.light (line 2): ink #1B2631 on bg #404040" in refused(tmp_path, 'colours:\n  light: {bg: "#404040"}\n')


def test_graphics_need_three_to_one(tmp_path):
    """A bar is not text: 3:1 does, less does not."""
    assert house(tmp_path, 'colours:\n  light: {home: "#8A8A8A"}\n').light.home == "#8A8A8A"
    assert "home #B0B0B0 on bg #FFFFFF has a contrast of 2.16:1; 3:1 is needed for graphics" in refused(
        tmp_path, 'colours:\n  light: {home: "#B0B0B0"}\n'
    )


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#777777", "#FFFFFF", 4.48),
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#ABCDEF", "#ABCDEF", 1.0),
    ],
)
def test_contrast_is_that_of_the_web_guidelines(one, other, ratio):
    """Figures of W3C's own examples; the order of the two does not matter."""
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_our_own_house_passes():
    """In light and in dark."""
    assert not [pair for pair in (*pairs(HOUSE.light), *pairs(HOUSE.dark, dark=True)) if pair.fails]
