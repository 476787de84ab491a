"""``data/inbox/``: files that lie there are imported once, in the order in which they were taken."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brieftools.errors import IncidentError
from brieftools.incidents.intake.importing import Imported, import_file
from brieftools.incidents.intake.mapping import Mapping, dataset_name, day_in, mapping_beside
from brieftools.incidents.intake.plan import Options
from brieftools.incidents.snapshot import snapshots
from brieftools.project.yamlfile import read_record

_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".zip", ".gz")


@dataclass(frozen=True)
class Taken:
    """What became of a file of the inbox.

    Attributes
    ----------
    file : Path
    dataset : str
    imported : Imported or None
    error : IncidentError or None
        Why it was refused; the others are imported all the same.
    """

    file: Path
    dataset: str
    imported: Imported | None = None
    error: IncidentError | None = None


def take_in(inbox: Path, incidents: Path) -> Iterator[Taken]:
    """Import the files that no snapshot was made from yet, oldest first; files stay where they are.

    Parameters
    ----------
    inbox : Path
        ``data/inbox`` of the project; folders in it are searched too.
    incidents : Path
        ``data/incidents``.
    """
    known: dict[str, set[str]] = {}
    for name, _, file in _waiting(inbox):
        if name not in known:
            known[name] = {sidecar.original.sha256 for _, sidecar in snapshots(incidents / name) if sidecar.original}
        with file.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() in known[name]:
                continue
        try:
            beside = mapping_beside(file)
            mapping = read_record(beside, Mapping, error=IncidentError) if beside else None
            # What stands in a mapping file was decided by a person; beyond it nothing is guessed.
            yield Taken(file, name, import_file(file, incidents, Options(name=name, mapping=mapping)))
        except IncidentError as e:
            yield Taken(file, name, error=e)


def _waiting(inbox: Path) -> list[tuple[str, date, Path]]:
    files = [path for path in inbox.rglob("*") if path.is_file() and path.suffix.lower() in _TABLES and not path.name.startswith(".")]
    return sorted((dataset_name(path.name), day_in(path.name) or date.min, path) for path in files)
