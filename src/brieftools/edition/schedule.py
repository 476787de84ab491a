"""Files for the scheduler that a desk has already: cron, systemd, Airflow. Nothing of ours stays running.

Each runs ``brief run-due SLUG --json`` when an edition closes, keeps what it printed, and gives notice when its exit code is not 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from brieftools.edition.schedule_airflow import dag
from brieftools.edition.schedule_cron import crontab
from brieftools.edition.schedule_systemd import units
from brieftools.edition.timed import Timed
from brieftools.errors import SpecError

Kind = Literal["cron", "systemd", "airflow"]
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class ScheduleFile:
    """A file for a scheduler: its usual name, and its text."""

    name: str
    text: str


def files(
    kind: Kind, slug: str, project: Path, command: str, weekday: int, hour: int, timezone: str, notify: str | None = None
) -> list[ScheduleFile]:
    """Return the files that one kind of scheduler needs; see `render`."""
    for what, given in (("the project's path", str(project)), ("the path of `brief`", command), ("--notify", notify or "")):
        if _CONTROL.search(given):
            raise SpecError(f"{what} has a character that no scheduler's file can hold: {given!r}", do="rename the folder, or give another")
    if not 0 <= weekday <= 6 or not 0 <= hour <= 23:
        raise SpecError(f"no such day or hour: {weekday}, {hour}", do="give a day from 0 (Monday) to 6 and an hour from 0 to 23")
    timed = Timed(slug, str(project), command, weekday, hour, _zone(timezone), notify or None)
    made = {"cron": crontab, "systemd": units, "airflow": dag}[kind](timed)
    return [ScheduleFile(name, text) for name, text in made.items()]


def render(kind: Kind, slug: str, project: Path, command: str, weekday: int, hour: int, timezone: str, notify: str | None = None) -> str:
    """Return the text of a scheduler's file; where it needs several, one after the other, each under a line with its name.

    Parameters
    ----------
    kind : {"cron", "systemd", "airflow"}
    slug : str
        The brief.
    project : Path
        Absolute path of the project's folder.
    command : str
        Absolute path of ``brief``: schedulers have another PATH than people.
    weekday : int
        0 (Monday) to 6, in `timezone`.
    hour : int
        0 to 23, in `timezone`.
    timezone : str
        ``Europe/Berlin``, ``UTC``.
    notify : str, optional
        A mail address, or a command for ``sh``: it gets the last lines of the log on its standard input, and ``BRIEF_SLUG`` and
        ``BRIEF_EXIT`` in its environment. Without it the scheduler's own way is used: cron mails, systemd and Airflow log.

    Raises
    ------
    SpecError
        A time that does not exist, or text that the scheduler's file cannot hold.
    """
    made = files(kind, slug, project, command, weekday, hour, timezone, notify)
    if len(made) == 1:
        return made[0].text
    return "\n".join(f"# ---- {one.name}\n{one.text}" for one in made)


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise SpecError(f"{name!r} is no time zone", do="write it as Europe/Berlin, or UTC") from None
