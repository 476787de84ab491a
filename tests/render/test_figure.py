"""One figure of a build, saved alone."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from brieftools.charts import ranked
from brieftools.errors import DocumentError, EditionError, MissingToolError
from brieftools.render.figure import save_figure


@pytest.fixture
def build(tmp_path):
    """A build whose Document has figure 1, a drawing, and figure 2, a picture."""
    import base64

    import pandas as pd

    frame = pd.DataFrame({"place": ["Ağrı", "Łódź"], "deaths_low": [1, 1], "deaths_best": [4, 2], "deaths_high": [5, 2]})
    chart = ranked(frame, subject="deaths", label="place").payload()
    size = {"width_mm": chart["width_mm"], "height_mm": chart["height_mm"]}
    dot = base64.b64encode(_dot()).decode()
    body = [
        {
            "type": "row",
            "columns": [
                {"span": 84, "blocks": [{"type": "figure", "number": 1, "image": {"format": "svg", "data": chart["data"]} | size}]}
            ],
        },
        {"type": "figure", "number": 2, "image": {"format": "png", "data": dot} | size},
        {"type": "figure", "number": None, "image": {}},
    ]
    (tmp_path / "document.json").write_text(json.dumps({"body": body}), encoding="utf-8")
    return tmp_path


def _dot() -> bytes:
    import io

    from matplotlib.image import imsave

    out = io.BytesIO()
    imsave(out, [[[0.0, 0.0, 0.0]]], format="png")
    return out.getvalue()


def test_a_drawing_is_saved_as_a_file_of_its_own(build, tmp_path):
    """An SVG that any program opens, with text as text."""
    path = save_figure(build, 1, format="svg", out=tmp_path / "one.svg")
    root = ET.parse(path).getroot()
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert {"Ağrı", "Łódź"} <= {"".join(node.itertext()) for node in root.iter("{http://www.w3.org/2000/svg}text")}


def test_a_picture_has_two_hundred_dots_to_the_inch(build, tmp_path):
    """84 mm are 661 dots."""
    data = save_figure(build, 1, format="png", out=tmp_path / "one.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert abs(int.from_bytes(data[16:20], "big") - 84 / 25.4 * 200) <= 1
    assert save_figure(build, 2, format="png", out=tmp_path / "two.png").stat().st_size > 0


def test_what_cannot_be_saved_is_said(build, tmp_path):
    """No such figure, a picture as a drawing, no folder to write to, no Document."""
    with pytest.raises(DocumentError, match="no figure 7; known: 1, 2"):
        save_figure(build, 7, format="svg", out=tmp_path / "x")
    with pytest.raises(DocumentError, match="picture"):
        save_figure(build, 2, format="svg", out=tmp_path / "x")
    with pytest.raises(MissingToolError, match="cannot be written"):
        save_figure(build, 1, format="svg", out=tmp_path / "none" / "x")
    (build / "document.json").write_text("{", encoding="utf-8")
    with pytest.raises(EditionError, match="damaged"):
        save_figure(build, 1, format="svg", out=tmp_path / "x")
