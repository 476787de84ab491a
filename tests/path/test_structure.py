"""The code's own rules: imports point upstream, versions agree, notebooks are clean."""

from __future__ import annotations

import ast
import json
import pickle
import re
from pathlib import Path

import pytest

from brieftools.errors import CellError

ORDER = [
    *("errors", "project", "house", "source", "incidents", "analysis", "charts", "brief"),
    *("execute", "document", "check", "render", "edition", "build", "rundue", "notebook", "exporters", "cli"),
]


def _imports(path: Path) -> set[str]:
    """Rooms that a module imports, those for type checking included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else [a.name for a in getattr(node, "names", [])]
        found |= {name.split(".")[1] for name in names if isinstance(name, str) and name.startswith("brieftools.")}
    return found


def test_imports_point_upstream(checkout: Path) -> None:
    """source -> incidents -> brief -> execute -> document -> render -> edition, and never back."""
    package = checkout / "src" / "brieftools"
    wrong = []
    for path in package.rglob("*.py"):
        room = path.relative_to(package).parts[0].removesuffix(".py")
        if room in ("__init__",) or path.name == "launch.py":  # the front door; the kernel's preloads
            continue
        wrong += [f"{path.relative_to(package)} -> {other}" for other in _imports(path) if ORDER.index(other) > ORDER.index(room)]
    assert wrong == []


def test_conda_and_lock_name_the_same_versions(checkout: Path) -> None:
    """environment.yml is held to requirements.txt."""
    locked = dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", (checkout / "requirements.txt").read_text(), re.MULTILINE))
    named = re.findall(r"^  - ([a-z]+)=([\d.]+)$", (checkout / "environment.yml").read_text(), re.MULTILINE)
    packages = {name: version for name, version in named if name != "python"}
    assert set(packages) == {"jupyterlab", "papermill", "pandas", "matplotlib", "nbconvert"}
    assert packages == {name: locked[name] for name in packages}


def test_locks_hold_hashes_and_no_address(checkout: Path) -> None:
    """Nothing is installed that was not hashed, and no registry is named."""
    for name in ("requirements.txt", "requirements-test.txt"):
        text = (checkout / name).read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", text.strip()))


def test_notebooks_are_kept_without_outputs(checkout: Path) -> None:
    """Outputs belong to builds; ids are words, so that diffs and links last."""
    for path in [*checkout.glob("briefs/*/brief.ipynb"), *checkout.glob("templates/*.ipynb")]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        assert not any(cell.get("outputs") for cell in cells)
        assert len({cell["id"] for cell in cells}) == len(cells)
        assert sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) == 1


def test_errors_survive_pickling() -> None:
    """Facts travel as attributes, also between processes."""
    error = CellError("cell 3 failed", where="brief.ipynb", do="mend it")
    error.cell, error.error = "cell 3", "ZeroDivisionError"
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.cell, again.error) == (str(error), "cell 3", "ZeroDivisionError")
    assert str(error) == "cell 3 failed\n  in: brief.ipynb\n  do: mend it"


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md", "docs/formats.md", "docs/document.md"])
def test_links_in_the_docs_lead_somewhere(name: str, checkout: Path) -> None:
    """Every relative link is a file."""
    path = checkout / name
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        if "/" in target or "." in target:
            assert (path.parent / target).exists() or target == "picture.png", target
