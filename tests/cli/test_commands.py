"""What a terminal and a scheduler see beyond the plain case."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects import BRIEF, Laid, lay_down

COMMAND = str(Path(sys.executable).with_name("brief"))


def brief(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    return subprocess.run([COMMAND, *arguments], cwd=cwd, env=os.environ | environment, capture_output=True, text=True)


def test_every_command_of_the_help_has_help_with_an_example(tmp_path: Path) -> None:
    """Also the commands, and groups of commands, that are added later."""
    waiting: list[tuple[str, ...]] = [()]
    seen = []
    while waiting:
        words = waiting.pop()
        page = brief(*words, "--help", cwd=tmp_path).stdout
        inner = re.findall(r"^  ([a-z][a-z-]*) ", page.partition("Commands:")[2], re.MULTILINE)
        waiting += [(*words, name) for name in inner]
        if not inner:
            seen.append(words)
            assert f"Example: brief {' '.join(words)}" in page, words
    assert {("build",), ("issue",), ("init",), ("new",), ("version",)} <= set(seen)


@pytest.mark.parametrize("arguments", [["build", "--json"], ["build", "roads", "--json", "--nope"], ["issue", "--json", "a", "b"]])
def test_wrong_usage_is_json_too(arguments: list[str], project: Laid) -> None:
    """Exit 2; a scheduler that asked for JSON gets it, the person the usage."""
    done = brief(*arguments, cwd=project.root)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["exit"], bool(answer["error"])) == (2, False, 2, True)
    assert "Usage: brief" in done.stderr


def test_a_traceback_only_where_one_was_asked_for(project: Laid) -> None:
    """`--debug` adds it, and changes neither exit code nor JSON."""
    (project.folder / "editions").write_text("a file where a folder belongs")
    plain = brief("build", "roads", "--json", cwd=project.root)
    debug = brief("build", "roads", "--json", "--debug", cwd=project.root)
    assert (plain.returncode, debug.returncode) == (3, 3)
    assert json.loads(plain.stdout) == json.loads(debug.stdout)
    assert ("Traceback" in plain.stderr, "Traceback" in debug.stderr) == (False, True)


def test_quiet_is_silent_about_warnings(tmp_path: Path) -> None:
    """cron sends a letter for every line."""
    laid = lay_down(
        tmp_path,
        files={
            "data/sources/uncited.md": (lay_down(tmp_path / "x").root / "data/sources/smith-2020.md")
            .read_text()
            .replace("smith-2020", "uncited")
        },
    )
    laid.write("briefs/roads/brief.yml", BRIEF.replace("[smith-2020]", "[smith-2020, uncited]"))
    warned = brief("build", "roads", "--json", cwd=laid.root)
    assert any("never cited" in warning for warning in json.loads(warned.stdout)["warnings"])
    quiet = brief("build", "roads", "--quiet", cwd=laid.root)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "environment", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}]
)
@pytest.mark.parametrize("option", ["--json", "--edition=2020-03-31"])
def test_a_terminal_without_our_letters_is_no_error(option: str, environment: dict[str, str], tmp_path: Path) -> None:
    """A path it cannot print is spelt out; the build has worked and says so."""
    laid = lay_down(tmp_path / "Länder 中")
    done = brief("build", "roads", option, cwd=laid.root, **environment)
    assert done.returncode == 0, done.stderr
    if option == "--json":
        assert Path(json.loads(done.stdout)["pdf"]).name == "brief.pdf"


def test_a_missing_package_is_the_machine_s_fault(project: Laid) -> None:
    """Exit 3 and its name, for an installation that has lost one."""
    script = "import sys\nsys.modules['typst'] = None\nsys.argv = ['brief', 'build', 'roads']\nfrom brieftools.cli.main import run\nrun()"
    done = subprocess.run([sys.executable, "-c", script], cwd=project.root, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr
    assert "typst" in done.stderr
    assert project.builds == []


def test_what_init_prints_can_be_pasted(tmp_path: Path) -> None:
    """A folder's name is quoted for the shell."""
    done = brief("init", "our briefs; $(x)", cwd=tmp_path)
    assert done.returncode == 0
    assert "cd 'our briefs; $(x)' && brief build" in done.stdout


def test_commands_outside_a_project_say_how_to_get_one(tmp_path: Path) -> None:
    """Exit 1, and nothing is laid down."""
    for arguments in (("build", "roads"), ("new", "ports"), ("issue", "roads")):
        done = brief(*arguments, cwd=tmp_path)
        assert done.returncode == 1
        assert "brief init DIR" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_parameters_of_the_call_keep_every_letter(project: Laid) -> None:
    """Braces, quotes and letters of other scripts reach the notebook and the manifest as typed."""
    value = "{x} {{ y }} 'a' \\ ü中"
    done = brief(
        "build", "roads", "--json", "-p", f"name={json.dumps(value, ensure_ascii=False)}", "-p", "regions=[2020-01-05, b]", cwd=project.root
    )
    assert done.returncode == 0, done.stderr
    manifest = json.loads((project.current / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["parameters"]["name"], manifest["parameters"]["regions"]) == (value, ["2020-01-05", "b"])
