"""`brief run-due`: take in what lies in the inbox, build exactly what is due, say what became of each."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from brieftools.edition.due import Status, forget_failure, record_failure, statuses
from brieftools.errors import EXIT_WRONG, BrieftoolsError, MissingToolError
from brieftools.project.root import Project

LOCK = ".run-due.lock"


@dataclass(frozen=True)
class Outcome:
    """One line of what `run_due` did.

    Attributes
    ----------
    kind : str
        import or edition.
    name, edition : str
        Dataset or brief; the edition, or the file.
    outcome : str
        imported, refused, built, failed, stale (an issued edition, which is never rebuilt unattended), busy.
    exit : int
        0, or what a command would have ended with.
    """

    kind: str
    name: str
    edition: str
    outcome: str
    exit: int = 0
    seconds: float = 0.0
    pdf: str = ""
    error: str = ""

    def as_json(self) -> dict[str, object]:
        """For one line of JSON."""
        return {key: value for key, value in asdict(self).items() if value not in ("", 0.0) or key == "exit"}


def run_due(project: Project, folders: Sequence[Path], moment: datetime, *, issue: bool = False) -> Iterator[Outcome]:
    """Build what is due; twice does nothing twice.

    Parameters
    ----------
    folders : sequence of Path
        The briefs.
    moment : datetime
        Aware; editions due by then are built, oldest first, also those missed in an outage.
    issue : bool
        Freeze what is built; otherwise drafts are left for an analyst to issue.

    Yields
    ------
    Outcome
        As each is known. One failure never stops the others.
    """
    with _alone(project) as alone:
        if not alone:
            yield Outcome("run", "run-due", "", "busy", error="another run-due is at work; nothing was done here")
            return
        yield from _imports(project)
        for folder in folders:
            yield from _editions(project, folder, moment, "issued" if issue else "draft")


def _imports(project: Project) -> Iterator[Outcome]:
    from brieftools.incidents.intake.inbox import take_in

    for taken in take_in(project.root / "data" / "inbox", project.incidents):
        if taken.error is not None:
            yield Outcome("import", taken.dataset, taken.file.name, "refused", taken.error.exit_code, error=str(taken.error))
        elif taken.imported is not None:
            yield Outcome("import", taken.dataset, taken.file.name, "imported")


def _editions(project: Project, folder: Path, moment: datetime, state: str) -> Iterator[Outcome]:
    try:
        found = list(statuses(project, folder, moment))
    except BrieftoolsError as e:
        yield Outcome("edition", folder.name, "", "failed", e.exit_code, error=str(e))
        return
    newest = found[-1].edition if found else ""
    for status in found:
        if status.frozen and status.state == "stale":
            yield Outcome("edition", status.brief, status.edition, "stale", error=f"{status.why}: brief correct, or brief withdraw")
        elif status.state in ("due", "failed") or (status.state == "stale" and status.edition == newest):
            yield _build(folder, status, state)


def _build(folder: Path, status: Status, state: str) -> Outcome:
    from brieftools.build import build

    began = time.perf_counter()
    try:
        built = build(folder, edition=status.edition, state=state)
    except MissingToolError as e:  # the machine's fault: the edition stays due
        return Outcome("edition", status.brief, status.edition, "failed", e.exit_code, error=str(e))
    except BrieftoolsError as e:
        with contextlib.suppress(OSError):
            record_failure(folder, status.edition, str(e))
        return Outcome("edition", status.brief, status.edition, "failed", e.exit_code, error=str(e))
    except Exception as e:  # a fault of ours in one brief must not keep the others from being built
        fault = f"a fault in brieftools itself: {type(e).__name__}: {e}"
        return Outcome("edition", status.brief, status.edition, "failed", EXIT_WRONG, error=fault)
    forget_failure(folder, status.edition)
    return Outcome("edition", status.brief, status.edition, "built", seconds=round(time.perf_counter() - began, 2), pdf=str(built.pdf))


@contextlib.contextmanager
def _alone(project: Project) -> Iterator[bool]:
    """Hold the project against a second `run-due`; the lock ends with the process, however it ends."""
    try:
        project.briefs.mkdir(parents=True, exist_ok=True)
        lock = (project.briefs / LOCK).open("a")
    except OSError as e:
        raise MissingToolError(
            f"the briefs cannot be written: {e.strerror}", where=project.briefs, do="check the owner and mode of the folder"
        ) from None
    with lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # not on Windows, where builds are not tested
            pass
        except OSError:
            yield False
            return
        yield True
