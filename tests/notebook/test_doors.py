"""nbconvert's exporters against a build, without a server: the same executed notebook, the same bytes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from brieftools.build import build
from brieftools.errors import NotebookError
from brieftools.exporters import BriefHTMLExporter, BriefPDFExporter
from projects import Laid, code, full, lay_down, markdown


def exported(path: Path) -> dict[str, bytes]:
    """Export a notebook through both doors."""
    html, _ = BriefHTMLExporter().from_filename(str(path))
    pdf, _ = BriefPDFExporter().from_filename(str(path))
    return {"brief.html": html.encode(), "brief.pdf": pdf}


PRINTS = "import sys\nprint('abcdef\\rxy')\nprint('later', file=sys.stderr)\nprint('12345\\b\\b67')"


@pytest.mark.parametrize(
    ("more", "given"),
    [
        ([], {"parameters": {"weeks": 3, "name": "{x} 'q' ü", "regions": ["a", 2], "share": -0.5, "fast": True}}),
        ([], {"edition": "2020-02-29"}),
        ([code(PRINTS)], {}),
        ([code("1 / 0", "raises-exception"), code("never", "skip-execution"), markdown("End.")], {}),
    ],
)
def test_a_build_s_notebook_exports_to_the_build_s_bytes(more: list[dict[str, Any]], given: dict[str, Any], tmp_path: Path) -> None:
    """Whatever was given at the call, printed, skipped or failed on purpose."""
    built = build(lay_down(tmp_path, cells=[*full(), *more]).folder, **given)
    for name, data in exported(built.folder / "brief.ipynb").items():
        assert data == (built.folder / name).read_bytes(), name


@pytest.fixture
def saved(project: Laid) -> Path:
    """The executed notebook beside brief.yml."""
    shutil.copy(build(project.folder).folder / "brief.ipynb", project.folder / "saved.ipynb")
    return project.folder / "saved.ipynb"


def changed(path: Path, index: int, **keys: Any) -> Path:
    """Change one cell of a saved notebook."""
    data = json.loads(path.read_text(encoding="utf-8"))
    data["cells"][index] |= keys
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_cells_that_were_not_run_or_failed_are_all_named(saved: Path) -> None:
    """One message for all of them, with what to do."""
    error = {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": []}
    changed(changed(saved, 4, execution_count=None, outputs=[]), 6, outputs=[error])
    with pytest.raises(NotebookError) as caught:
        BriefHTMLExporter().from_filename(str(saved))
    assert "1. cell 5 (`brief.judgments`) was not run" in str(caught.value)
    assert "2. cell 7 (`from matplotlib.figure import Figure`) ended in an error" in str(caught.value)
    assert "Run All Cells" in str(caught.value)


def test_an_export_leaves_the_notebook_and_the_editions_alone(saved: Path, project: Laid) -> None:
    """It reads; nothing is written beside the notebook."""
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    exported(saved)
    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before


def test_an_exporter_costs_nothing_to_make_and_keeps_nothing(saved: Path, tmp_path: Path) -> None:
    """The lab makes every exporter to list their names; a failure leaves no trace in the next export."""
    exporter = BriefPDFExporter()
    good, _ = exporter.from_filename(str(saved))
    shutil.copy(saved, saved.with_name("bad.ipynb"))
    with pytest.raises(NotebookError):
        exporter.from_filename(str(changed(saved.with_name("bad.ipynb"), 4, execution_count=None, outputs=[])))
    again, _ = exporter.from_filename(str(saved))
    assert again == good
