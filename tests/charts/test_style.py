"""The house style reaches an analyst's own matplotlib."""

from __future__ import annotations

import re

import matplotlib
import pytest
from matplotlib import style
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont

from brieftools.charts import house_style, to_svg, use_house
from brieftools.errors import MissingToolError
from brieftools.house import HOUSE, House
from charts.article import svg_texts


@pytest.fixture(autouse=True)
def _settings_restored():
    with matplotlib.rc_context():
        yield


def _plain() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2, 3], [4, 9, 2], label="a line")
    axes.set_title("Title")
    axes.set_xlabel("weeks")
    axes.legend()
    return figure


def test_nothing_is_smaller_than_eight_points():
    """A printed chart is readable: no text of the style is under 8 pt."""
    sizes = {
        key: value
        for key, value in house_style().items()
        if key.endswith(("size", "fontsize")) and ("label" in key or "font" in key or "title" in key)
    }
    assert sizes
    assert min(sizes.values()) >= 8


@pytest.mark.parametrize(
    ("family", "weight", "slant", "file"),
    [
        ("Source Sans Pro", 400, "normal", "SourceSansPro-Regular.ttf"),
        ("Source Sans Pro", 600, "normal", "SourceSansPro-Semibold.ttf"),
        ("Source Sans Pro", 700, "normal", "SourceSansPro-Bold.ttf"),
        ("Source Serif Pro", 400, "italic", "SourceSerifPro-It.ttf"),
    ],
)
def test_the_faces_come_from_the_font_packages(family, weight, slant, file):
    """Weight and slant choose the face that browser and Typst choose too."""
    use_house()
    assert findfont(FontProperties(family=family, weight=weight, style=slant), fallback_to_default=False).endswith(file)


def test_a_plain_plot_is_set_in_the_house_font_and_colours():
    """After use_house() a figure without any styling of its own has the house's fonts, colours and frame."""
    use_house()
    svg = to_svg(_plain())
    families = set(re.findall(r"font-family: ('[^']+')", svg))
    assert families == {"'Source Sans Pro'"}
    assert HOUSE.light.home_deep.lower() in svg
    assert {"Title", "weeks", "a line"} <= set(svg_texts(svg))
    axes = _plain().axes[0]
    assert not axes.spines["left"].get_visible()
    assert not axes.spines["top"].get_visible()
    assert axes.spines["bottom"].get_visible()


def test_the_style_is_listed():
    """The style can be read and applied by name."""
    use_house()
    assert style.library["brieftools"]["font.sans-serif"][0] == "Source Sans Pro"
    with style.context("brieftools"):
        assert matplotlib.rcParams["svg.hashsalt"] == "brieftools"


def test_using_the_house_twice_adds_no_font_twice():
    """A notebook may open its brief again and again."""
    from matplotlib.font_manager import fontManager

    use_house()
    before = len(fontManager.ttflist)
    use_house()
    assert len(fontManager.ttflist) == before


def test_no_label_makes_a_message_about_fonts(caplog, capsys):
    """Bold and regular labels, and letters that the house font lacks, say nothing on stderr."""
    use_house()
    figure = _plain()
    figure.text(0.5, 0.5, "Мосул", weight=600)
    to_svg(figure)
    assert caplog.text == ""
    assert capsys.readouterr().err == ""


def test_a_missing_font_says_what_to_install():
    """A house font that nobody has is a missing tool, not a silent change of type."""
    with pytest.raises(MissingToolError) as caught:
        use_house(House(sans="No Such Font"))
    assert "No Such Font" in str(caught.value)
    assert caught.value.exit_code == 3


def test_another_house_changes_font_and_colours():
    """The settings follow the House: another family and other colours reach the rcParams."""
    from dataclasses import replace

    house = replace(HOUSE, sans="DejaVu Sans", light=replace(HOUSE.light, ink="#000080"))
    settings = house_style(house)
    assert settings["font.family"][0] == "DejaVu Sans"
    assert settings["text.color"] == "#000080"
