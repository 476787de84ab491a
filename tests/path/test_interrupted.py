"""Whatever stops a build, the former one is whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from brieftools.build import build
from projects import Laid

COMMAND = [str(Path(sys.executable).with_name("brief")), "build", "roads"]


def started(laid: Laid) -> subprocess.Popen[str]:
    """Start a build and return once its first step is done."""
    process = subprocess.Popen(COMMAND, cwd=laid.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_says_so(number: signal.Signals, project: Laid) -> None:
    """Ctrl-C and a scheduler's stop: exit code 130, the former build current."""
    former = build(project.folder)
    process = started(project)
    process.send_signal(number)
    _, error = process.communicate(timeout=30)
    assert (process.returncode, error.strip()) == (130, "brief: interrupted; the former build is unchanged")
    assert project.current == former.folder


def test_a_killed_build_leaves_the_former_one_and_no_kernel(project: Laid) -> None:
    """kill -9 in the middle: the pointer still leads to whole files, the kernel goes, the next build works."""
    former = build(project.folder)
    before = {path.name: path.read_bytes() for path in former.folder.iterdir()}
    process = started(project)
    kernels = children(process.pid)
    process.kill()
    process.wait()
    assert project.current == former.folder
    assert {path.name: path.read_bytes() for path in former.folder.iterdir()} == before
    wait_until_gone(kernels)
    assert build(project.folder).folder.name == "r2"
    assert not list(project.edition.glob(".partial*"))


def children(pid: int) -> list[int]:
    """Process numbers of the children of a process."""
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until_gone(pids: list[int]) -> None:
    """Poll until none of the processes runs, for at most ten seconds."""
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < deadline, "a kernel was left running"
        os.sched_yield()


def alive(pid: int) -> bool:
    """Tell whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_two_builds_at_once_are_one_build_and_one_message(project: Laid) -> None:
    """The second says that another is running; the first finishes."""
    first = started(project)
    second = subprocess.run(COMMAND, cwd=project.root, capture_output=True, text=True)
    first.communicate(timeout=60)
    codes = sorted([first.returncode, second.returncode])
    assert codes in ([0, 1], [0, 0])  # the first may have ended before the second locked
    if second.returncode == 1:
        assert "another build of this edition is running" in second.stderr
    assert project.current.is_dir()


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """A file system of 300 kB, where the machine allows to mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)], capture_output=True)
    if done.returncode:
        pytest.skip("mounting a small file system needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_is_named(project: Laid, small_disk: Path) -> None:
    """Exit 3, what to do, and no half-written folder."""
    (project.folder / "editions").symlink_to(small_disk)
    (small_disk / "filler").write_bytes(b"x" * 250_000)
    done = subprocess.run(COMMAND, cwd=project.root, capture_output=True, text=True)
    assert done.returncode == 3
    assert "the disk is full" in done.stderr
    assert project.builds == []


def test_a_folder_that_cannot_be_written_is_named(project: Laid, small_disk: Path) -> None:
    """Exit 3 and the folder's name."""
    (project.folder / "editions").symlink_to(small_disk)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    done = subprocess.run(COMMAND, cwd=project.root, capture_output=True, text=True)
    assert done.returncode == 3
    assert "no permission to write here" in done.stderr
