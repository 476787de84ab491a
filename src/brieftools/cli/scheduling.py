"""What `brief schedule` prints."""

from __future__ import annotations

import sys
from pathlib import Path

from brieftools.brief.spec import read_spec
from brieftools.brief.weeks import WeeklyRule
from brieftools.edition.schedule import Kind, files, render
from brieftools.edition.timed import DAYS
from brieftools.errors import MissingToolError, SpecError, nearest
from brieftools.project.root import find_brief, find_project


def run_schedule(
    slug: str, *, kind: Kind, notify: str | None, day: str | None, hour: int | None, timezone: str | None, out: Path | None
) -> None:
    """Print a file for a scheduler, or write it into a folder.

    Raises
    ------
    BrieftoolsError
        See `brieftools.edition.schedule.render`.
    """
    folder = find_brief(slug, Path.cwd())
    project = find_project(folder)
    rule = read_spec(folder).editions or WeeklyRule(first="2000-W01")
    names = [one.lower() for one in DAYS]
    if day is not None and day.lower() not in names:
        raise SpecError(f"{day!r} is no day of the week; {nearest(day.lower(), names)}", do="write it as monday")
    weekday = names.index(day.lower()) if day else rule.closes(rule.named(rule.first)).weekday()
    at = rule.hour if hour is None else hour
    given = (kind, folder.name, project.root, _command(), weekday, at, timezone or rule.timezone, notify)
    if out is None:
        sys.stdout.buffer.write(render(*given).encode())  # a path is these bytes in every locale
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one in files(*given):
            (out / one.name).write_text(one.text, encoding="utf-8")
            print(out / one.name)
    except OSError as e:
        raise MissingToolError(f"the file cannot be written: {e.strerror}", where=out, do="name another folder") from None


def _command() -> str:
    """The command that is running: beside this Python, or wherever it was found."""
    import shutil

    beside = Path(sys.executable).with_name("brief")
    return str(beside if beside.is_file() else Path(shutil.which("brief") or sys.argv[0]).absolute())
