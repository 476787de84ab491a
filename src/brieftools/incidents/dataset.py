"""A dataset of the project: found, checked against its sidecar, cut to a brief."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from brieftools.errors import IncidentError, nearest
from brieftools.house.wording import long_date
from brieftools.incidents.actors import Actors, read_actors
from brieftools.incidents.sidecar import Sidecar
from brieftools.project.yamlfile import read_record


@dataclass(frozen=True)
class Dataset:
    """One snapshot of a dataset, ``data/incidents/NAME/SNAPSHOT/``.

    Attributes
    ----------
    sidecar : Sidecar
    path : Path
        The file of rows, which was checked against `sidecar.sha256`.
    actors : Actors
        ``data/actors.yml``.
    """

    sidecar: Sidecar
    path: Path
    actors: Actors = field(default_factory=Actors)

    @property
    def is_snapshot(self) -> bool:
        """Whether an import made it; else it is a CSV laid down by hand."""
        return self.path.suffix == ".parquet"


@dataclass(frozen=True)
class Cut:
    """What of a dataset a brief speaks of; None: no limit.

    Attributes
    ----------
    as_of : date
        Nothing later enters.
    start, end : date or None
        First and last day; an incident that reaches into them counts, one without a date stays and is shown as undated.
    area, actors : tuple of str
        ISO alpha-3 codes; keys of ``data/actors.yml``. Empty: all.
    groups : mapping
        Group to country codes, or to ``rest``; they become the column ``group``.
    proposals : bool
        Take up the positions that the gazetteer proposes where a record has none.
    """

    as_of: date
    start: date | None = None
    end: date | None = None
    area: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    groups: Mapping[str, tuple[str, ...] | str] = field(default_factory=dict)
    proposals: bool = False


def find_datasets(folder: Path, pins: Mapping[str, str | None]) -> dict[str, Dataset]:
    """Read the datasets that a brief names, each at the snapshot that it pins or, for None, at the current one.

    Raises
    ------
    IncidentError
        One is missing (the nearest known one is named), damaged, or not what its sidecar says.
    """
    actors = read_actors(folder.parent / "actors.yml")
    return {name: _read(folder, name, pin, actors) for name, pin in pins.items()}


def _read(folder: Path, name: str, pin: str | None, actors: Actors) -> Dataset:
    where = snapshot_of(folder, name, pin)
    sidecar = read_record(where / "sidecar.yml", Sidecar, error=IncidentError)
    if sidecar.name != name:
        raise IncidentError(
            f"the sidecar is called {sidecar.name!r} but its folder {name!r}", where=where / "sidecar.yml", do="give both the same name"
        )
    path = where / sidecar.file
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise IncidentError(
            f"the data file of {name!r} is not there", where=path, do="restore it from version control, or import the file again"
        ) from None
    except OSError as e:
        raise IncidentError(f"the data file of {name!r} cannot be read: {e.strerror}", where=path, do="check its permissions") from None
    if found != sidecar.sha256:
        raise IncidentError(
            f"the data file of {name!r} is not the one that its sidecar describes: it was changed or damaged",
            where=path,
            do=(
                "restore it from version control; for an intended change, change the original and `brief import` "
                "it: that makes a new snapshot"
            ),
        )
    return Dataset(sidecar, path, actors)


def snapshot_of(folder: Path, name: str, pin: str | None = None) -> Path:
    """Return the folder of a dataset's pinned or current snapshot.

    Raises
    ------
    IncidentError
        There is none.
    """
    from brieftools.incidents.snapshot import KEY, current

    where = folder / name
    known = [path.name for path in sorted(folder.glob("*")) if (path / "current").is_file() or (path / "sidecar.yml").is_file()]
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name) or name not in known:
        raise IncidentError(
            f"no dataset called {name!r}; {nearest(name, known)}",
            where=folder,
            do="correct the name, or add the dataset: brief import FILE",
        )
    if pin is not None:
        if not re.fullmatch(KEY, pin) or not (where / pin / "sidecar.yml").is_file():
            raise IncidentError(
                f"dataset {name!r} has no snapshot {pin!r}; {nearest(pin, (p.parent.name for p in where.glob('*/sidecar.yml')))}",
                where=where,
                do="correct `snapshot` in brief.yml",
            )
        return where / pin
    return current(where) or where  # without a pointer: a CSV laid down by hand, with its sidecar


def check_coverage(dataset: Dataset, end: date) -> None:
    """Make sure that the data reaches as far as the brief.

    Raises
    ------
    IncidentError
        The brief's period ends after the data does: what is missing would look like zero.
    """
    coverage, needed = dataset.sidecar.coverage, dataset.sidecar.last_complete(end)
    if needed > coverage.end:
        raise IncidentError(
            f"the brief needs {dataset.sidecar.name!r} up to {long_date(needed)}, but it ends on {long_date(coverage.end)}",
            where=dataset.path,
            do="add newer data, or end the period in brief.yml earlier; what is not covered is never counted as zero",
        )
