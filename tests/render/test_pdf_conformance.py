"""What other programs say of our files: veraPDF on both standards, poppler on where the words stand."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from brieftools.document.labels import labels
from brieftools.house import HOUSE, Logo
from brieftools.house.housefile import read_house
from brieftools.render.attachment import Attachment
from brieftools.render.pdf import render_pdf
from documents import para, sample, t
from render.test_pdf_layout import SENTENCE, frame, heading
from render.test_pdf_letters import HOSTILE, replaced
from render.test_pdf_math import FORMULAS, formula

pytestmark = pytest.mark.conformance
ROOT = Path(__file__).parents[2]
LONG = "https://example.org/" + "segmentwithoutanybreak" * 9 + "?a=1&b=2"


def hard() -> list[dict[str, Any]]:
    """Long words, wide and long tables, letters without a font, long prose."""
    return [
        heading(2, "Hard " + "W" * 80),
        *[para(t(text)) for text in (*HOSTILE, LONG, "中文 العربية עברית 😀 \u202e x\u0304", SENTENCE * 12)],
        {"type": "row", "columns": [{"span": 51, "blocks": [para(t(LONG))]}, {"span": 116, "blocks": [frame(9, 3)]}]},
        frame(14, 5),
        frame(31, 3),
        frame(4, 90) | {"number": 3, "title": [t("Long table")]},
        {"type": "codeblock", "text": "x" * 300 + "\n\ty = 1", "lang": None},
        {"type": "panel", "title": [t("Panel")], "blocks": [para(t(LONG)), frame(3, 3)]},
        *[formula(tex) for tex, _ in FORMULAS],
    ]


MERIDIAN = read_house(ROOT / "templates/houses/meridian")
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
HOUSES = {"meridian": MERIDIAN, "meridian, hard": MERIDIAN, "picture": replace(HOUSE, logo=Logo("png", PNG, "A square"))}
DOCUMENTS = {
    "sample": sample,
    "hostile": lambda: replaced(sample(), HOSTILE[0]),
    "hard": lambda: sample() | {"body": hard()},
    "empty": lambda: sample() | {"body": [], "notices": []},
    "meridian": lambda: sample() | {"labels": labels("fr")},
    "meridian, hard": lambda: sample() | {"body": hard(), "labels": labels("fr")},
    "picture": sample,
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def file(request, tmp_path_factory) -> Path:
    """A PDF with two attachments, on disk."""
    files = [
        Attachment("facts.csv", b"a,b\n", "text/csv", "Facts"),
        Attachment("manifest.json", b"{}", "application/json", "Manifest", "source"),
    ]
    path = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    path.write_bytes(render_pdf(DOCUMENTS[request.param](), house=HOUSES.get(request.param, HOUSE), attachments=files).data)
    return path


@pytest.mark.parametrize("flavour", ["ua1", "3a"])
def test_verapdf_passes_the_file(file, flavour):
    """PDF/UA-1 and PDF/A-3a, each by its own profile."""
    tools = os.environ.get("BRIEFTOOLS_VERAPDF")
    if not tools or not shutil.which("java"):
        pytest.skip("veraPDF is not here: set BRIEFTOOLS_VERAPDF to the folder that .ci/verapdf/setup.sh filled")
    done = subprocess.run(
        ["bash", str(ROOT / ".ci/verapdf/verapdf.sh"), tools, "-v", flavour, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_word_stands_outside_the_margins(file):
    """Nothing runs off the page or into its edge."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not here: it comes with poppler-utils")
    done = subprocess.run(["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True)
    boxes = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', done.stdout)
    assert boxes
    size = re.search(r'<page width="([\d.]+)" height="([\d.]+)">', done.stdout)
    assert size
    width, height, slack = float(size[1]), float(size[2]), 1.5
    margin = (width - 174 * 72 / 25.4) / 2
    placed = [(word, *map(float, sides)) for *sides, word in boxes]
    # The watermark is the only thing as tall as this, and the only one that may reach into the margins.
    placed = [box for box in placed if box[4] - box[2] < 40]
    assert [box for box in placed if box[1] < margin - slack or box[3] > width - margin + slack or box[4] > height - 8] == []
