"""The command line: help, exit codes, new projects."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from projects import Laid

BRIEF = str(Path(sys.executable).with_name("brief"))
COMMANDS = ("build", "issue", "init", "new", "schedule", "index", "version")


def brief(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    return subprocess.run([BRIEF, *arguments], cwd=cwd, capture_output=True, text=True)


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """`brief --help` answers at once: nothing of ours or of the scientific stack is loaded."""
    heavy = ("pandas", "numpy", "matplotlib", "pydantic", "papermill", "nbformat", "typst", "brieftools.build")
    script = f"import sys, brieftools.cli.main\nprint([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, tmp_path: Path) -> None:
    """A newcomer reads how a command is called."""
    done = brief(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"Example: brief {command}" in done.stdout


def test_exit_codes(project: Laid, tmp_path: Path) -> None:
    """1 the brief is wrong, 2 usage; errors have no traceback."""
    outside = brief("build", "roads", cwd=tmp_path)
    assert (outside.returncode, "no brieftools.toml" in outside.stderr) == (1, True)
    assert brief("bild", cwd=project.root).returncode == 2
    assert brief("build", cwd=project.root).returncode == 2
    unknown = brief("build", "roods", cwd=project.root)
    assert (unknown.returncode, "did you mean 'roads'?" in unknown.stderr) == (1, True)
    assert "Traceback" not in outside.stderr + unknown.stderr


def test_json_is_one_object_for_success_and_failure(project: Laid) -> None:
    """A scheduler reads paths, times and errors without parsing prose."""
    good = json.loads(brief("build", "roads", "--json", cwd=project.root).stdout)
    assert good["ok"] is True
    assert Path(good["pdf"]).is_file()
    assert set(good["seconds"]) == {"source", "incidents", "brief", "execute", "document", "render", "edition"}
    bad = json.loads(brief("build", "roads", "--json", "-p", "weaks=1", cwd=project.root).stdout)
    assert (bad["ok"], bad["exit"], "did you mean 'weeks'" in bad["error"]) == (False, 1, True)


def test_quiet_is_silent(project: Laid) -> None:
    """Nothing is printed when nothing is wrong."""
    done = brief("build", "roads", "--quiet", cwd=project.root)
    assert (done.returncode, done.stdout) == (0, "")


def test_init_and_new_lay_down_what_builds(tmp_path: Path) -> None:
    """An empty folder becomes a project whose example builds, and a new brief builds too, whatever its title."""
    assert brief("init", "ours", cwd=tmp_path).returncode == 0
    root = tmp_path / "ours"
    assert brief("build", "islamic-state-abroad", "-q", cwd=root).returncode == 0
    title = 'Strikes: "on" <ports> {{ x }} [@y] #{'
    made = brief("new", "ports", "--template", "article-brief", "--title", title, cwd=root)
    assert made.returncode == 0, made.stderr
    built = json.loads(brief("build", "ports", "--json", cwd=root).stdout)
    assert json.loads((Path(built["folder"]) / "document.json").read_text(encoding="utf-8"))["meta"]["title"] == title


def test_init_refuses_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    """Nothing in it is touched."""
    (tmp_path / "mine.txt").write_text("mine")
    assert brief("init", ".", cwd=tmp_path).returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
