"""Step 7, snapshots: ``data/incidents/NAME/<key>/`` never changes, ``NAME/current`` names the newest."""

from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date
from functools import lru_cache
from pathlib import Path

from brieftools.errors import IncidentError
from brieftools.incidents.sidecar import Sidecar
from brieftools.project.record import Record
from brieftools.project.yamlfile import read_record, write_yaml

KEY = r"[0-9a-f]{12}"


def snapshot_key(sha256: str, identity: str) -> str:
    """Return the name of the snapshot that some bytes, read in some way, make."""
    return hashlib.sha256(f"{sha256}\n{identity}".encode()).hexdigest()[:12]


def current(folder: Path) -> Path | None:
    """Return the current snapshot of a dataset; None when there is none.

    Raises
    ------
    IncidentError
        The pointer leads nowhere.
    """
    pointer = folder / "current"
    if not pointer.is_file():
        return None
    found = folder / pointer.read_text(encoding="utf-8").strip()
    if found.parent != folder or not (found / "sidecar.yml").is_file():
        raise IncidentError(
            "`current` names a snapshot that is not there", where=pointer, do="restore it from version control, or import the file again"
        )
    return found


def snapshots(folder: Path) -> list[tuple[Path, Sidecar]]:
    """Return every snapshot of a dataset with its sidecar, in the order in which they were taken; those of unknown date come first."""
    found = [(path.parent, _sidecar(path)) for path in sorted(folder.glob("*/sidecar.yml"))]
    return sorted(found, key=lambda one: (one[1].accessed or date.min, one[1].coverage.end))


@lru_cache(maxsize=5_000)
def _sidecar(path: Path) -> Sidecar:
    """A snapshot never changes, so its sidecar is read once."""
    return read_record(path, Sidecar, error=IncidentError)


def snapshot_at(folder: Path, day: date) -> Path | None:
    """Return the newest snapshot that had been taken by a day; None when none says so."""
    known = [path for path, sidecar in snapshots(folder) if sidecar.accessed is not None and sidecar.accessed <= day]
    return known[-1] if known else None


def make_current(folder: Path, key: str) -> None:
    """Point a dataset to one of its snapshots, in one step."""
    temporary = folder / f".current-{os.getpid()}"
    temporary.write_text(key + "\n", encoding="utf-8")
    temporary.replace(folder / "current")


def publish(made: Path, folder: Path, key: str) -> Path:
    """Move a finished snapshot to its place, whole or not at all, and make it the current one."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / key
    if target.exists() and not (target / "sidecar.yml").is_file():
        shutil.rmtree(target)
    if not target.exists():  # else another import of the same bytes was faster
        made.rename(target)
    make_current(folder, key)
    return target


def write_sidecar(snapshot: Path, sidecar: Sidecar, mapping: Record | None) -> Sidecar:
    """Write ``sidecar.yml`` with the hash of the rows, the mapping beside it, and keep restricted rows out of git."""
    with (snapshot / "rows.parquet").open("rb") as file:
        final = sidecar.model_copy(update={"sha256": hashlib.file_digest(file, "sha256").hexdigest()})
    write_yaml(snapshot / "sidecar.yml", final.model_dump(mode="python", exclude_defaults=True, exclude_none=True))
    if mapping is not None:
        write_yaml(snapshot / "mapping.yml", mapping.model_dump(mode="python", exclude_defaults=True, exclude_none=True))
    if not final.redistribute_rows:
        (snapshot / ".gitignore").write_text("# These rows may not be passed on.\n*\n", encoding="utf-8")
    return final
