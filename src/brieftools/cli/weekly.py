"""What `brief due`, `brief run-due`, `brief correct` and `brief withdraw` print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from brieftools.errors import BrieftoolsError, SpecError
from brieftools.project.root import Project, find_brief, find_project


def moment_of(as_of: str | None) -> datetime:
    """Return a moment: now, the end of a day (in UTC), or an ISO moment with its zone.

    Raises
    ------
    SpecError
        It is neither.
    """
    if as_of is None:
        return datetime.now(UTC)
    try:
        if len(as_of) == 10:
            return datetime.combine(date.fromisoformat(as_of), datetime.max.time(), UTC)
        found = datetime.fromisoformat(as_of)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        raise SpecError(f"{as_of!r} is no moment", do="write it as 2026-03-09 or 2026-03-09T06:00+01:00") from None


def _folders(project: Project, slugs: Sequence[str]) -> list[Path]:
    if slugs:
        return [find_brief(slug, project.root) for slug in slugs]
    return sorted(path.parent for path in project.briefs.glob("*/brief.yml"))


def run_due_list(slugs: Sequence[str], *, as_of: str | None, every: bool, as_json: bool) -> int:
    """Print how the editions stand, and return 1 when one is due, failed or stale."""
    from dataclasses import asdict

    from brieftools.edition.due import Status, statuses

    project, moment = find_project(Path.cwd()), moment_of(as_of)
    found: list[Status] = []
    for folder in _folders(project, slugs):
        try:
            found += statuses(project, folder, moment)
        except BrieftoolsError as e:  # of one brief: the others are listed all the same
            found.append(Status(folder.name, "", "failed", "", moment, str(e)))
    open_ = [status for status in found if status.state != "done"]
    for status in found if every else open_:
        if as_json:
            print(json.dumps(asdict(status) | {"due_at": status.due_at.isoformat()}))
        else:
            print(f"{status.brief:<28}{status.edition:<12}{status.state:<8}{status.frozen:<11}{status.why}".rstrip())
    if not as_json:
        print(f"{len(found)} editions by {moment:%Y-%m-%d %H:%M} UTC: {len(found) - len(open_)} done, {len(open_)} open")
    return int(bool(open_))


def run_due_now(slugs: Sequence[str], *, as_of: str | None, issue: bool, as_json: bool) -> int:
    """Take in the inbox, build what is due, print a line for each, and return the worst exit code."""
    from brieftools.rundue import run_due

    project, worst, lines = find_project(Path.cwd()), 0, 0
    for outcome in run_due(project, _folders(project, slugs), moment_of(as_of), issue=issue):
        worst, lines = max(worst, outcome.exit), lines + 1
        if as_json:
            print(json.dumps(outcome.as_json()), flush=True)
        else:
            told = outcome.pdf or outcome.error
            print(f"{outcome.outcome:<9}{outcome.name:<24}{outcome.edition:<28}{told}".rstrip(), flush=True)
    if not lines and not as_json:
        print("nothing is due")
    return worst


def run_correct(slug: str, *, edition: str | None, note: str, kind: str, on: str | None) -> None:
    """Write the note down, then build the edition once more with it on page 1.

    Raises
    ------
    BrieftoolsError
        The edition was not issued, or is withdrawn: then the note is not kept.
    """
    from brieftools.brief.corrections import Correction, noted
    from brieftools.brief.spec import read_spec
    from brieftools.build import build

    folder = find_brief(slug, Path.cwd())
    name = read_spec(folder).at_edition(edition).edition_name
    if len(note.strip()) < 3:
        raise SpecError("the note is empty", do='say what was wrong: --note "Figure 3 put the bridge in Sund; it is in Upper Tessel."')
    day = moment_of(on).date()
    correction = Correction.model_validate({"edition": name, "on": day, "kind": kind, "note": note.strip()})
    with noted(folder, correction):
        built = build(folder, edition=name if edition else None, state=kind)
    print(f"{correction.sentence()}\nPDF   {built.pdf}\nHTML  {built.html}")
