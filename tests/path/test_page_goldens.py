"""The pages of the first brief, as pictures: renewed with ``pytest --renew-goldens`` and then looked at, never silently."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from brieftools.build import build
from brieftools.house import HOUSE
from brieftools.render.pdf.compiler import MAIN, Typesetter, _inputs
from brieftools.render.pdf.coverage import legible
from brieftools.render.pdf.fonts import typefaces
from brieftools.render.pdf.prepare import prepare
from brieftools.render.pdf.render import _root

GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
PPI = 48
BLOCK = 6  # pixels: letters that differ by a hair of grey do not count, a line that moved does
MEAN, FAR, SHARE = 3.0, 40.0, 0.01  # of 255; how many blocks may differ by more than FAR
WINDOW, NEAR = 7, 8.0  # blocks of a square in which the mean difference may be no more: a mark that is gone


@pytest.fixture(scope="module")
def pictures(tmp_path_factory, checkout) -> list[Any]:
    """Each page in grey, set by Typst itself with the fonts of the wheels: the same on every machine."""
    import typst
    from PIL import Image

    root = tmp_path_factory.mktemp("first")
    for name in ("data", "templates", "brieftools.toml"):
        copy = shutil.copytree if (checkout / name).is_dir() else shutil.copy
        copy(checkout / name, root / name)
    source, folder = checkout / "briefs/islamic-state-abroad", root / "briefs/islamic-state-abroad"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("editions", ".ipynb_checkpoints"))
    document = json.loads((build(folder).folder / "document.json").read_text("utf-8"))
    faces = typefaces(house=HOUSE)
    page = prepare(legible(document, faces=faces).document)
    with _root(page, (), HOUSE) as (private, listed):
        setter = Typesetter(root=private, house=HOUSE, attachments=listed, faces=faces)
        made = typst.compile(
            private / MAIN,
            root=private,
            format="png",
            ppi=PPI,
            font_paths=faces.fonts,
            ignore_system_fonts=True,
            sys_inputs=_inputs(page.tree, setter),
        )
    return [Image.open(io.BytesIO(data)).convert("L") for data in (made if isinstance(made, list) else [made])]


def test_the_pages_of_the_first_brief_look_as_they_did(pictures, request):
    """Page by page, at low resolution, averaged over small blocks."""
    if request.config.getoption("--renew-goldens"):
        for old in GOLDEN.glob("*.png"):
            old.unlink()
        for number, picture in enumerate(pictures, 1):
            picture.point(lambda v: round(v / 17) * 17).save(GOLDEN / f"page-{number:02}.png", optimize=True)
    goldens = sorted(GOLDEN.glob("*.png"))
    assert len(goldens) == len(pictures), "the brief has another number of pages: look at it, then --renew-goldens"
    assert [told for golden, picture in zip(goldens, pictures, strict=True) if (told := _differs(golden, picture))] == []


def test_the_goldens_are_small():
    """They travel with every clone."""
    assert 0 < sum(path.stat().st_size for path in GOLDEN.glob("*.png")) < 400_000


def _differs(golden: Path, picture: Any) -> str:
    import numpy as np
    from PIL import Image

    old, new = (_blocks(image) for image in (Image.open(golden).convert("L"), picture))
    if old.shape != new.shape:
        return f"{golden.name}: another size"
    apart = np.abs(old - new)
    mean, far = float(apart.mean()), float((apart > FAR).mean())
    windows = np.lib.stride_tricks.sliding_window_view(apart, (WINDOW, WINDOW)).mean(axis=(2, 3))
    worst = float(windows.max())
    told = f"{golden.name}: mean difference {mean:.1f}, {far:.1%} of the blocks far off, up to {worst:.0f} in one place"
    return told if mean > MEAN or far > SHARE or worst > NEAR else ""


@pytest.mark.parametrize(("box", "seen"), [((60, 200, 120, 260), True), ((190, 480, 191, 481), False)])
def test_a_part_of_a_figure_that_is_gone_is_seen(box, seen):
    """The test of the test: a square of a chart painted white, and a speck."""
    from PIL import Image

    golden = GOLDEN / "page-02.png"
    spoilt = Image.open(golden).convert("L")
    spoilt.paste(255, box)
    assert bool(_differs(golden, spoilt)) is seen


def _blocks(image: Any) -> Any:
    import numpy as np

    grey = np.asarray(image, dtype=float)
    tall, wide = (side // BLOCK * BLOCK for side in grey.shape)
    return grey[:tall, :wide].reshape(tall // BLOCK, BLOCK, wide // BLOCK, BLOCK).mean(axis=(1, 3))
