"""What every scheduler's file says: which brief, where, with which command, when, and who hears of a failure."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ADDRESS = re.compile(r"[^\s@/'\"]+@[^\s@/'\"]+")


@dataclass(frozen=True)
class Timed:
    """Arguments of `brieftools.edition.schedule.render`, checked."""

    slug: str
    project: str
    command: str
    weekday: int
    hour: int
    timezone: str
    notify: str | None

    @property
    def when(self) -> str:
        """In words: ``Mondays at 06:00, Europe/Berlin``."""
        return f"{DAYS[self.weekday]}s at {self.hour:02d}:00, {self.timezone}"

    @property
    def address(self) -> str | None:
        """The mail address to write to, if `notify` is one."""
        return self.notify if self.notify and _ADDRESS.fullmatch(self.notify) else None

    @property
    def notice(self) -> str | None:
        """The shell command that tells somebody, and reads the log's last lines; None where nobody was named."""
        if self.address:
            return f"mail -s {shlex.quote(f'brief run-due {self.slug} failed')} {shlex.quote(self.address)}"
        return self.notify
