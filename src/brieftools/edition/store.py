"""``editions/<edition>/r<N>/``: every build in a new folder, a one-file pointer to the current one.

Killed at any moment, the former build is whole: the new folder gets its name by one rename, and the pointer by another.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from brieftools.errors import BrieftoolsError, EditionError, MissingToolError

POINTER = "current"
_NUMBERED = re.compile(r"^r(\d+)$")
_PARTIAL = ".partial-"


@dataclass(frozen=True)
class Edition:
    """The folder of one edition of a brief.

    Attributes
    ----------
    folder : Path
        ``briefs/<slug>/editions/<edition>``.
    """

    folder: Path

    @property
    def builds(self) -> list[int]:
        """Numbers of the finished builds, ascending."""
        found = (_NUMBERED.match(path.name) for path in self.folder.glob("r*")) if self.folder.is_dir() else ()
        return sorted(int(match[1]) for match in found if match)

    @property
    def current(self) -> Path | None:
        """The folder of the current build, None before the first."""
        with contextlib.suppress(OSError):
            name = (self.folder / POINTER).read_text(encoding="utf-8").strip()
            if _NUMBERED.match(name) and (self.folder / name).is_dir():
                return self.folder / name
        return None

    @property
    def frozen(self) -> Path | None:
        """A build that is no draft, whatever the pointer says; None while the edition may be built."""
        current = self.current
        if current is not None and self.state(current) != "draft":
            return current
        for number in reversed(self.builds):
            with contextlib.suppress(EditionError):
                if self.state(self.folder / f"r{number}") != "draft":
                    return self.folder / f"r{number}"
        return None

    def state(self, build: Path) -> str:
        """Draft or issued, as the build's manifest says."""
        import json

        try:
            return str(json.loads((build / "manifest.json").read_text(encoding="utf-8"))["edition"]["state"])
        except (OSError, ValueError, KeyError):
            raise EditionError(
                "the manifest of the current build is damaged",
                where=build / "manifest.json",
                do="restore the folder from a backup, or remove it and build again",
            ) from None


@contextlib.contextmanager
def locked(edition: Edition) -> Iterator[None]:
    """Hold an edition: a second build of it stops at once.

    Raises
    ------
    EditionError
        Another build holds it.
    MissingToolError
        The folder cannot be made or written.
    """
    with _disk(edition.folder):
        edition.folder.mkdir(parents=True, exist_ok=True)
        lock = (edition.folder / ".lock").open("a")
    with lock:
        _take(lock, edition)
        for leftover in edition.folder.glob(f"{_PARTIAL}*"):
            shutil.rmtree(leftover, ignore_errors=True)  # of a build that was killed
        yield


def _take(lock: object, edition: Edition) -> None:
    try:
        import fcntl
    except ImportError:  # not on Windows, where builds are not tested
        return
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[arg-type]
    except OSError:
        raise EditionError(
            "another build of this edition is running", where=edition.folder, do="wait until it ends, then build again"
        ) from None


def publish(edition: Edition, files: Mapping[str, bytes], *, keep: int) -> Path:
    """Write a build's files and make them current.

    Parameters
    ----------
    files : mapping of str to bytes
        Name to content.
    keep : int
        How many drafts are kept, this one included; issued builds are never removed.

    Returns
    -------
    Path
        The new folder ``r<N>``.

    Raises
    ------
    MissingToolError
        Disk full, no permission. Nothing has changed then.
    """
    number = max(edition.builds, default=0) + 1
    final, partial = edition.folder / f"r{number}", edition.folder / f"{_PARTIAL}r{number}"
    try:
        with _disk(edition.folder):
            partial.mkdir()
            for name, data in files.items():
                _write(partial / name, data)
            os.rename(partial, final)
            _point(edition, final.name)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _prune(edition, keep)
    shutil.rmtree(edition.folder / "failed", ignore_errors=True)  # what failed before has been mended
    return final


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _point(edition: Edition, name: str) -> None:
    temporary = edition.folder / f".{POINTER}.new"
    temporary.unlink(missing_ok=True)  # of a build that was killed
    _write(temporary, f"{name}\n".encode())
    os.replace(temporary, edition.folder / POINTER)


def _prune(edition: Edition, keep: int) -> None:
    drafts = [n for n in edition.builds if _is_draft(edition, n)]
    for number in drafts[:-keep]:
        # Killed while it removes, the half of a build is no build: the next one clears it away.
        gone = edition.folder / f"{_PARTIAL}old-r{number}"
        with contextlib.suppress(OSError):
            os.rename(edition.folder / f"r{number}", gone)
        shutil.rmtree(gone, ignore_errors=True)


def _is_draft(edition: Edition, number: int) -> bool:
    try:
        return edition.state(edition.folder / f"r{number}") == "draft"
    except EditionError:
        return False  # what cannot be read is not thrown away


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Say what a disk error means."""
    try:
        yield
    except OSError as e:
        raise disk_error(e, folder) from None


def disk_error(e: OSError, folder: Path) -> BrieftoolsError:
    """Return our error for the system's."""
    if e.errno in (errno.ENOSPC, errno.EDQUOT):
        return MissingToolError("the disk is full; the former build is unchanged", where=folder, do="free some space and build again")
    if e.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return MissingToolError(
            "no permission to write here; the former build is unchanged", where=folder, do="check the owner and mode of the folder"
        )
    return MissingToolError(f"the build could not be written: {e.strerror}", where=folder, do="check the disk and build again")
