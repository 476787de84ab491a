"""Editions on disk: new folders, one pointer, nothing half."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from brieftools.build import build
from brieftools.edition.store import Edition, disk_error, locked, publish
from brieftools.errors import EditionError, MissingToolError
from projects import Laid, code, full

COMMAND = [str(Path(sys.executable).with_name("brief")), "build", "roads"]


def files(state: str = "draft") -> dict[str, bytes]:
    """A build's files, as far as the store goes by them."""
    return {"brief.pdf": b"%PDF", "manifest.json": json.dumps({"edition": {"state": state}}).encode()}


def names(edition: Edition) -> set[str]:
    """Everything in the edition's folder."""
    return {path.name for path in edition.folder.iterdir()}


def test_drafts_go_and_issued_builds_stay(tmp_path: Path) -> None:
    """Only drafts count against `keep_drafts`; what cannot be read is not thrown away; numbers are never used again."""
    edition = Edition(tmp_path)
    for state in ("draft", "issued", "draft", "draft", "draft"):
        last = publish(edition, files(state), keep=2)
    assert (edition.builds, last.name, edition.current) == ([2, 4, 5], "r5", last)
    (tmp_path / "r4" / "manifest.json").write_text("{")
    publish(edition, files(), keep=1)
    assert edition.builds == [2, 4, 6]


def test_what_a_killed_build_left_is_cleared_away(tmp_path: Path) -> None:
    """Half a new build, half of an old one that was being removed, and a pointer that was being written."""
    edition = Edition(tmp_path)
    first = publish(edition, files(), keep=3)
    for left in (".partial-r2", ".partial-old-r0"):
        (tmp_path / left).mkdir()
        (tmp_path / left / "brief.pdf").write_bytes(b"%P")
    (tmp_path / ".current.new").write_text("r")
    assert edition.current == first
    with locked(edition):
        second = publish(edition, files(), keep=3)
    assert edition.current == second
    assert names(edition) == {".lock", "current", "r1", "r2"}


@pytest.mark.parametrize("pointer", ["", "r9\n", "../r1\n", "r1/../r1", "\0", "x" * 10_000])
def test_a_damaged_pointer_leads_nowhere(pointer: str, tmp_path: Path) -> None:
    """Never out of the edition's folder; the next build mends it."""
    edition = Edition(tmp_path)
    publish(edition, files(), keep=3)
    (tmp_path / "current").write_text(pointer)
    assert edition.current is None
    assert publish(edition, files(), keep=3).name == "r2"
    assert edition.current == tmp_path / "r2"


def test_an_issued_edition_stays_frozen_without_its_pointer(project: Laid) -> None:
    """A lost pointer is no leave to put a draft in an issued edition's place."""
    issued = build(project.folder, state="issued")
    before = {path.name: path.read_bytes() for path in issued.folder.iterdir()}
    (project.edition / "current").unlink()
    with pytest.raises(EditionError, match="never overwritten"):
        build(project.folder)
    assert {path.name: path.read_bytes() for path in issued.folder.iterdir()} == before


def test_a_damaged_manifest_says_how_to_go_on(project: Laid) -> None:
    """It might be an issued edition's: nothing is built over it, and what the message says helps."""
    (build(project.folder).folder / "manifest.json").write_text("{")
    with pytest.raises(EditionError, match="remove it and build again"):
        build(project.folder)
    for path in sorted((project.edition / "r1").iterdir()):
        path.unlink()
    (project.edition / "r1").rmdir()
    assert build(project.folder).folder == project.current


def test_a_second_build_of_an_edition_is_refused_and_of_another_is_not(tmp_path: Path) -> None:
    """The lock is the edition's own."""
    with locked(Edition(tmp_path / "a")), locked(Edition(tmp_path / "b")):
        with pytest.raises(EditionError, match="another build of this edition is running"), locked(Edition(tmp_path / "a")):
            pass
    with locked(Edition(tmp_path / "a")):
        pass


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "disk is full"), (errno.EROFS, "no permission"), (errno.EIO, "check the disk")],
)
def test_each_error_of_the_disk_is_one_of_ours(number: int, says: str, tmp_path: Path) -> None:
    """Exit 3, with the folder and what to do."""
    error = disk_error(OSError(number, os.strerror(number)), tmp_path)
    assert isinstance(error, MissingToolError)
    assert says in str(error)
    assert (error.exit_code, error.where, bool(error.do)) == (3, str(tmp_path), True)


def test_a_file_where_a_folder_belongs_is_named(project: Laid) -> None:
    """`editions` is a file: exit 3, and it is not touched."""
    (project.folder / "editions").write_text("mine")
    with pytest.raises(MissingToolError):
        build(project.folder)
    assert (project.folder / "editions").read_text() == "mine"


# Kill -9 of the whole process

STEPS = ("start", "source", "incidents", "brief", "execute", "document", "render", "edition")


def killed_after(project: Laid, step: str, *, wait: float = 0.0) -> None:
    """Kill a build once it has told that a step is over, and wait until nothing of it runs."""
    process = subprocess.Popen(COMMAND, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    for line in process.stdout if step != "start" else ():
        if line.startswith(step):
            break
    deadline = time.monotonic() + wait
    while time.monotonic() < deadline:
        os.sched_yield()
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []


def whole(project: Laid, former: dict[str, bytes]) -> None:
    """The pointer leads to all five files, and a build that was current before is unchanged."""
    assert {path.name for path in project.current.iterdir()} == {"brief.pdf", "brief.html", "brief.ipynb", "document.json", "manifest.json"}
    manifest = json.loads((project.current / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["outputs"]["brief.pdf"]["bytes"] == (project.current / "brief.pdf").stat().st_size
    if project.current.name == "r1":
        assert {path.name: path.read_bytes() for path in project.current.iterdir()} == former


def test_a_build_killed_in_any_step_leaves_the_former_one_whole(project: Laid) -> None:
    """After each of the moments the pointer leads to a whole build, no kernel runs, and the next build works."""
    former = {path.name: path.read_bytes() for path in build(project.folder).folder.iterdir()}
    for step in ("incidents", "brief", "execute", "render"):
        killed_after(project, step)
        whole(project, former)
    last = build(project.folder)
    assert project.current == last.folder
    assert not list(project.edition.glob(".partial*"))


@pytest.mark.long
def test_two_hundred_kills(project: Laid) -> None:
    """At moments spread over the whole of a build."""
    project.write("brieftools.toml", "keep_drafts = 1000\n")
    former = {path.name: path.read_bytes() for path in build(project.folder).folder.iterdir()}
    for number in range(200):
        killed_after(project, STEPS[number % 8], wait=number // 8 / 25 * 0.5)
        whole(project, former)
    assert build(project.folder).folder == project.current


def test_a_cell_that_fills_the_folder_changes_nothing_current(project: Laid) -> None:
    """What a cell writes into the brief's folder is the analyst's; a build removes nothing of it."""
    project.cells([*full(), code("from pathlib import Path\nPath('mine.txt').write_text('mine')")])
    build(project.folder)
    assert (project.folder / "mine.txt").read_text() == "mine"
