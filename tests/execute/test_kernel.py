"""How a notebook is run: in which kernel, in which surroundings, and what is left of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from brieftools.build import build
from brieftools.errors import CellError, DocumentError, NotebookError, ProjectError, SpecError
from projects import BRIEF, Laid, code, full, lay_down, markdown, notebook, opening

SHORT = {"brieftools.toml": "[execute]\ncell_seconds = 2\n"}


def run(tmp_path: Path, *sources: str) -> Laid:
    """Build a brief of these cells and return its project."""
    laid = lay_down(tmp_path / "p", cells=[*opening(), *(code(source) for source in sources), markdown("The end.")])
    build(laid.folder)
    return laid


def printed(laid: Laid) -> str:
    """What the cells of the current build printed."""
    cells = json.loads((laid.current / "brief.ipynb").read_text(encoding="utf-8"))["cells"]
    return "".join("".join(output.get("text", "")) for cell in cells for output in cell.get("outputs", []))


def test_a_start_up_file_of_python_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """IPython would run the file that PYTHONSTARTUP names inside the notebook."""
    (tmp_path / "start.py").write_text("attacks = 99\n")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    assert printed(run(tmp_path, "print('attacks' in globals())")) == "False\n"


def test_a_module_beside_the_brief_does_not_break_the_kernel(tmp_path: Path) -> None:
    """A file called html.py or pandas.py in the brief's folder is not taken for the library while the kernel starts."""
    modules = {
        f"briefs/roads/{name}.py": "raise RuntimeError('the wrong one')\n" for name in ("html", "pandas", "queue", "ipykernel_launcher")
    }
    assert build(lay_down(tmp_path, files=modules).folder).pages


def test_a_long_path_for_temporary_files_is_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name of a socket holds some hundred bytes; a path of two hundred is usual on shared machines."""
    deep = tmp_path / ("x" * 100) / ("y" * 100)
    deep.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    assert "done" in printed(run(tmp_path, "print('done')"))
    assert list(deep.iterdir()) == []


@pytest.mark.parametrize("name", ["with space", "{x} {0} {{ y }}", "Ä中🙂", "-q", "$HOME `id`; x", "a%20b#c?d"])
def test_any_name_of_a_folder_is_only_a_name(name: str, tmp_path: Path) -> None:
    """Neither papermill nor the shell nor a template reads it."""
    laid = lay_down(tmp_path / name, name=name, cells=[*opening(), code("import os\nprint(os.getcwd())")])
    build(laid.folder)
    assert printed(laid).strip() == str(laid.folder)
    for file in ("document.json", "manifest.json", "brief.html"):
        assert str(tmp_path) not in (laid.current / file).read_text(encoding="utf-8").replace(str(laid.folder), "")


def test_await_works_at_top_level(tmp_path: Path) -> None:
    """As in JupyterLab."""
    assert printed(run(tmp_path, "import asyncio\nawait asyncio.sleep(0)\nprint('waited')")) == "waited\n"


@pytest.mark.parametrize(
    ("ending", "apart"),
    [("1", False), ("1", True), ("1 / 0", False), ("1 / 0", True), ("os._exit(1)", False), ("import time; time.sleep(60)", True)],
)
def test_nothing_is_left_running(ending: str, apart: bool, tmp_path: Path) -> None:
    """A child of a cell goes with the kernel, however the cell ends and even when it leads a session of its own."""
    start = f"import os, subprocess, pathlib\nchild = subprocess.Popen(['sleep', '600'], start_new_session={apart})"
    tell = f"pathlib.Path({str(tmp_path / 'pid')!r}).write_text(str(child.pid))\n{ending}"
    laid = lay_down(tmp_path / "p", cells=[*opening(), code(f"{start}\n{tell}")], files=SHORT)
    try:
        build(laid.folder)
    except CellError:
        assert ending != "1"
    child = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline, "a child was left running"
        os.sched_yield()


def test_a_cell_is_counted_as_its_author_counts(tmp_path: Path) -> None:
    """The cell that papermill puts in for parameters of the call is none of the author's."""
    laid = lay_down(tmp_path, cells=[*opening(), markdown("Words."), code("1 / 0")])
    for parameters in ({}, {"weeks": 3}):
        with pytest.raises(CellError, match=r"cell 4 \(`1 / 0`\) failed"):
            build(laid.folder, parameters=parameters)
    laid.cells([*opening(), markdown("{{ nothing }}")])
    with pytest.raises(DocumentError) as caught:
        build(laid.folder, parameters={"weeks": 3})
    assert "cell 3 " in str(caught.value)


def test_a_message_is_short_enough_to_read(tmp_path: Path) -> None:
    """An exception that quotes a whole file is cut, and free of terminal codes."""
    laid = lay_down(tmp_path, cells=[*opening(), code("raise ValueError('\\x1b[31mred\\x1b[0m' + 'x' * 1_000_000)")])
    with pytest.raises(CellError) as caught:
        build(laid.folder)
    assert "ValueError: redxxx" in str(caught.value)
    assert len(str(caught.value)) < 4000


def test_what_failed_before_is_cleared_away_by_a_build_that_works(project: Laid) -> None:
    """A notebook marked as failed is of no use once the cell has been mended."""
    project.cells([*full(), code("1 / 0")])
    with pytest.raises(CellError) as caught:
        build(project.folder)
    assert caught.value.notebook is not None
    assert caught.value.notebook.is_file()
    project.cells(full())
    build(project.folder)
    assert not caught.value.notebook.exists()


def test_cells_may_be_skipped_and_may_fail_on_purpose(tmp_path: Path) -> None:
    """The tags that nbclient knows mean the same here."""
    laid = lay_down(
        tmp_path, cells=[*opening(), code("1 / 0", "skip-execution"), code("1 / 0", "raises-exception"), code("print('went on')")]
    )
    build(laid.folder)
    assert printed(laid) == "went on\n"


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ([code("1")], "no cell tagged `parameters`"),
        ([*opening(), *opening()], "2 cells tagged `parameters`"),
        ([code("a =", "parameters")], "the parameters cell is not Python"),
    ],
)
def test_a_notebook_needs_one_parameters_cell(cells: list[dict[str, object]], says: str, tmp_path: Path) -> None:
    """The message says how to tag one."""
    with pytest.raises(NotebookError, match=says):
        build(lay_down(tmp_path, cells=cells).folder)


@pytest.mark.parametrize(
    ("text", "says"), [("", "empty"), ('{"cells": [', "not a notebook"), ("[]", "not a notebook"), ('{"cells": 1}', "not a notebook")]
)
def test_a_damaged_notebook_is_named(text: str, says: str, project: Laid) -> None:
    """Cut off, or something else."""
    project.write("briefs/roads/brief.ipynb", text)
    with pytest.raises(NotebookError, match=says):
        build(project.folder)


def test_a_missing_notebook_or_folder_is_named(project: Laid, tmp_path: Path) -> None:
    """Without a notebook of its own a brief uses its template; the nearest one is named."""
    (project.folder / "brief.ipynb").rename(project.folder / "gone")
    project.write("templates/plan.ipynb", "{}")
    with pytest.raises(NotebookError, match=r"no template is called 'plain'; did you mean 'plan'\?"):
        build(project.folder)
    with pytest.raises(ProjectError, match=r"no brief.yml in this folder"):
        build(tmp_path / "nowhere")


def test_notebook_and_pages_are_of_one_edition(project: Laid) -> None:
    """An edition that the notebook could not learn of, or that is given as a parameter, would print two."""
    for edition in (None, "2020-02-29"):
        with pytest.raises(SpecError, match="`edition` is no parameter"):
            build(project.folder, parameters={"edition": "2020-02-29"}, edition=edition)
    project.cells([*opening("weeks = None", "import brieftools\nbrief = brieftools.open()")])
    with pytest.raises(SpecError, match="declares no parameter 'edition'"):
        build(project.folder, edition="2020-02-29")
    project.cells(full())
    project.write("briefs/roads/brief.yml", BRIEF.replace("weeks: 8", "edition: 2020-02-29"))
    with pytest.raises(SpecError, match="`edition` is no parameter"):
        build(project.folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace('"nbformat_minor": 4', '"nbformat_minor": 5'),
        lambda text: text.replace('"nbformat_minor": 4', '"nbformat_minor": 5').replace('"cell_type"', '"id": "same", "cell_type"'),
    ],
)
def test_an_old_notebook_without_cell_ids_builds(change: Callable[[str], str], tmp_path: Path) -> None:
    """nbformat 4.4, as older tools write it, or 4.5 with ids lost or doubled: the same bytes in every build."""
    text = notebook(full(), minor=4)
    laid = lay_down(tmp_path)
    laid.write("briefs/roads/brief.ipynb", change(text))
    first = build(laid.folder, parameters={"weeks": 3})
    second = build(laid.folder, parameters={"weeks": 3})
    assert (first.folder / "brief.ipynb").read_bytes() == (second.folder / "brief.ipynb").read_bytes()


def test_build_is_one_function_however_often_it_is_called(project: Laid) -> None:
    """`from brieftools.build import build` works twice in one process, and with a path as text."""
    assert [build(str(project.folder)).folder.name for _ in range(2)] == ["r1", "r2"]
