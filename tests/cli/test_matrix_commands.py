"""`brief ach` and `brief scores` as an analyst types them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from brieftools.cli.guard import guarded
from brieftools.cli.main import app

ROOT = Path(__file__).parents[2]
SLUG = "islamic-state-abroad"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the first brief, never built."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "brieftools.toml", tmp_path)
    shutil.copytree(ROOT / "briefs" / SLUG, tmp_path / "briefs" / SLUG, ignore=shutil.ignore_patterns("editions"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("command", "says"), [(["ach", SLUG], "{{ iraq_reading }} in Iraq"), (["scores", SLUG], "not resolved yet"), (["scores"], SLUG)]
)
def test_before_the_first_build(command: list[str], says: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Facts are not computed yet: their names stand in the texts, and everything else is printed all the same."""
    assert guarded(app, command) == 0
    assert says in capsys.readouterr().out


def test_a_narrow_terminal_cuts_no_number(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """On 40 columns numbers are broken over lines and never end in dots."""
    monkeypatch.setenv("COLUMNS", "40")
    assert guarded(app, ["ach", SLUG]) == 0
    assert "…" not in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_there_and_back(suffix: str, root: Path) -> None:
    """Exported, imported and merged with itself: the file is the same, and 60 of 60 cells agree."""
    path = root / "briefs" / SLUG / "ach.yml"
    before = path.read_bytes()
    assert guarded(app, ["ach", SLUG, "--export", f"m.{suffix}"]) == 0
    assert guarded(app, ["ach", SLUG, "--import", f"m.{suffix}"]) == 0
    assert path.read_bytes() == before


def test_two_analysts_and_what_was_left_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A column of remarks is told on the error stream; the merged matrix stands under one's own."""
    guarded(app, ["ach", SLUG, "--export", "m.csv"])
    lines = (root / "m.csv").read_text(encoding="utf-8-sig").splitlines()
    (root / "other.csv").write_text("\n".join([lines[0] + ",Remarks", *(f"{line},ask" for line in lines[1:])]), encoding="utf-8")
    capsys.readouterr()
    assert guarded(app, ["ach", SLUG, "--merge", "other.csv"]) == 0
    said = capsys.readouterr()
    assert "60 of 60 cells agree" in said.out
    assert "left out: column 'Remarks'" in said.err


def test_a_folder_that_is_not_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 3 and one line, not a fault of ours."""
    assert guarded(app, ["ach", SLUG, "--export", "nowhere/m.xlsx"]) == 3
    assert "No such file or directory" in capsys.readouterr().err
