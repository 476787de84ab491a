"""Which editions are due, done, failed or stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from brieftools.brief.inputs import snapshot_key_for
from brieftools.brief.spec import BriefSpec, read_spec
from brieftools.brief.weeks import Week
from brieftools.edition.store import Edition
from brieftools.errors import EditionError
from brieftools.project.root import Project

FAILURE = "failed.json"


@dataclass(frozen=True)
class Status:
    """How an edition stands.

    Attributes
    ----------
    brief, edition : str
    state : str
        ``due``: its time has come and it was not built; ``failed``: the last attempt did; ``done``; ``stale``: built, but
        what it was built from has changed since.
    frozen : str
        issued, corrected, withdrawn; empty for a draft or none.
    due_at : datetime
    why : str
        Of a failure, or of being stale.
    """

    brief: str
    edition: str
    state: str
    frozen: str
    due_at: datetime
    why: str = ""


def statuses(project: Project, folder: Path, moment: datetime) -> Iterator[Status]:
    """Yield the editions of a weekly brief whose time has come, oldest first; none for other briefs.

    Of the newest edition every input is compared; of older ones only data and sources, because what analysts write goes on with
    the next edition.
    """
    spec = read_spec(folder)
    rule = spec.editions
    if rule is None:
        return
    weeks = list(rule.due_by(moment))
    for week in weeks:
        state, frozen, why = _state(project, folder, spec, week, newest=week == weeks[-1])
        yield Status(spec.slug, week.name, state, frozen, rule.due_at(week), why)


def _state(project: Project, folder: Path, spec: BriefSpec, week: Week, *, newest: bool) -> tuple[str, str, str]:
    edition = Edition(folder / "editions" / week.name)
    failure = _read(edition.folder / FAILURE)
    build = edition.frozen or edition.current
    if build is None:
        return ("failed", "", str(failure.get("error", ""))) if failure else ("due", "", "")
    try:
        state = edition.state(build)
    except EditionError as e:
        return "failed", "", e.what
    frozen = "" if state == "draft" else state
    why = _changed(project, spec.at_edition(week.name), _read(build / "manifest.json"), newest=newest)
    if failure and not frozen:
        return "failed", frozen, str(failure.get("error", ""))
    return ("stale" if why and frozen != "withdrawn" else "done"), frozen, why


def _changed(project: Project, spec: BriefSpec, manifest: dict[str, Any], *, newest: bool) -> str:
    """What an edition was built from that is no longer so; empty when nothing."""
    inputs: dict[str, dict[str, Any]] = manifest.get("inputs", {})
    for pin in spec.incidents:
        used = {
            Path(path).parent.name for path in inputs if path.startswith(f"data/incidents/{pin.name}/") and path.endswith("sidecar.yml")
        }
        now = snapshot_key_for(project.incidents, spec, pin)
        if now is not None and now not in used:
            return f"{pin.name} has a newer snapshot of that time, {now}"
    for path, recorded in inputs.items():
        if not newest and not path.startswith("data/sources/"):
            continue
        if not path.endswith(".parquet") and _digest(project.root / path) != recorded.get("sha256"):
            return f"{path} has changed"
    return ""


def _digest(path: Path) -> str | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return _hash(path, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=10_000)
def _hash(path: Path, mtime: int, size: int) -> str | None:
    """Of a file that many briefs share, once."""
    from brieftools.edition.manifest import sha256

    return sha256(path.read_bytes())


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def record_failure(folder: Path, edition: str, error: str) -> None:
    """Remember that an attempt failed, so that `brief due` can say it."""
    place = folder / "editions" / edition
    place.mkdir(parents=True, exist_ok=True)
    temporary = place / f".{FAILURE}.new"
    temporary.write_text(json.dumps({"error": error}, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(place / FAILURE)


def forget_failure(folder: Path, edition: str) -> None:
    """An edition was built: what failed before has been mended."""
    (folder / "editions" / edition / FAILURE).unlink(missing_ok=True)
