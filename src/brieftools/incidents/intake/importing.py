"""`import_file`: from a file that an analyst has to an immutable snapshot, nothing lost on the way."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from brieftools.errors import IncidentError
from brieftools.incidents.engine import database
from brieftools.incidents.intake.compare import compare
from brieftools.incidents.intake.mapped import map_records
from brieftools.incidents.intake.mapping import Mapping as TableMapping
from brieftools.incidents.intake.normalise import normalise
from brieftools.incidents.intake.plan import Confirm, Options, Plan, make_plan
from brieftools.incidents.intake.provenance import coverage_of, sidecar_of
from brieftools.incidents.intake.records import split
from brieftools.incidents.intake.sifting import sift
from brieftools.incidents.sidecar import Sidecar
from brieftools.incidents.snapshot import publish, snapshot_key, write_sidecar

STEPS = ("bytes", "recognise", "records", "map", "check", "compare", "snapshot")
Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class Imported:
    """What an import left.

    Attributes
    ----------
    folder : Path
        The snapshot.
    sidecar : Sidecar
    recognised : str
        Which format, and why.
    new : bool
        False when the same bytes had been imported before: then nothing was changed.
    """

    folder: Path
    sidecar: Sidecar
    recognised: str
    new: bool


def import_file(
    source: Path, folder: Path, options: Options, *, confirm: Confirm | None = None, progress: Progress | None = None
) -> Imported:
    """Import a file of incidents or figures.

    1. bytes: zip, gz, Excel, any encoding and line end become UTF-8 text.
    2. recognise: delimiter, header and format, by content.
    3. records: every record is kept as text, or set aside as it stands.
    4. map: one SQL mapping turns the format's columns into ours.
    5. check: unusable records go to quarantine, odd ones are flagged; the sum must be right.
    6. compare: what was added, removed, edited since the newest snapshot, by id.
    7. snapshot: a new folder appears at once and whole, then becomes the current one.

    Parameters
    ----------
    folder : Path
        ``data/incidents`` of the project.
    confirm : callable, optional
        Shown the guessed fields and the columns left; without it a guess is refused.
    progress : callable, optional
        Told the step and how far it is.

    Raises
    ------
    IncidentError
        The file or the mapping is wrong; nothing is written.
    """
    tell = progress or (lambda step, part: None)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".import-", dir=folder) as temporary:
        work = Path(temporary)
        snapshot = work / "snapshot"
        snapshot.mkdir()
        try:
            # 1 bytes
            normal = normalise(source, work / "text.csv", sheet=options.sheet, progress=lambda part: tell("bytes", part))
            # 2 recognise
            plan = make_plan(source, normal, folder, options, confirm)
            key = snapshot_key(normal.sha256, plan.identity())
            done = folder / plan.name / key
            if (done / "sidecar.yml").is_file():
                return _again(done, folder / plan.name, plan)
            with database(memory="900MB", scratch=work, macros=True) as db:
                # 3 records
                tell("records", 0.0)
                records = split(db, normal, plan.header, snapshot / "original.parquet")
                # 4 map
                tell("map", 0.0)
                map_records(db, plan, snapshot)
                # 5 check
                tell("check", 0.0)
                counts = sift(db, plan, records, snapshot)
                # 6 compare
                tell("compare", 0.0)
                changes = compare(db, folder / plan.name, plan, snapshot)
                coverage = coverage_of(db, plan, snapshot)
            # 7 snapshot
            tell("snapshot", 0.0)
            sidecar = sidecar_of(source, plan, normal, counts, changes, coverage)
            sidecar = write_sidecar(snapshot, sidecar, plan.mapping if plan.mapping != TableMapping() else None)
            return Imported(publish(snapshot, folder / plan.name, key), sidecar, plan.why, True)
        except IncidentError as e:
            if e.where is None:
                e.where = str(source)
            raise


def _again(done: Path, folder: Path, plan: Plan) -> Imported:
    from brieftools.incidents.snapshot import make_current
    from brieftools.project.yamlfile import read_record

    make_current(folder, done.name)
    return Imported(done, read_record(done / "sidecar.yml", Sidecar, error=IncidentError), plan.why, False)
