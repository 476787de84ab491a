"""``editions:`` in ``brief.yml``: which week an edition covers, when it closes, and what it is called. No clock is read here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from brieftools.errors import SpecError
from brieftools.project.record import Record

NAME = re.compile(r"^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Week:
    """Seven days, both ends included.

    Attributes
    ----------
    start, end : date
    name : str
        ``2026-W10``. A week from Saturday to Friday bears the number of the ISO week in which it ends, five days of which it has.
    """

    start: date
    end: date
    name: str

    @property
    def number(self) -> int:
        """1 to 53."""
        return int(self.name[-2:])

    def later(self, weeks: int) -> Week:
        """Return the week so many weeks after this one."""
        return _week(self.start + weeks * _WEEK, self.end + weeks * _WEEK)


def _week(start: date, end: date) -> Week:
    year, number, _ = end.isocalendar()
    return Week(start, end, f"{year}-W{number:02d}")


class WeeklyRule(Record):
    """When editions are due.

    Attributes
    ----------
    first : str
        The first edition, ``2025-W36``; its number is 1.
    week : str
        ``iso``: Monday to Sunday; ``sat-fri``: Saturday to Friday, as ACLED publishes.
    lag : int
        Days from the week's last day to the day on which the edition closes, its as-of date.
    hour : int
        Hour of that day from which it is due.
    timezone : str
        Of hour and day.
    weeks : int
        How many weeks before its own an edition speaks of.
    provisional : int
        Weeks younger than so many weeks are provisional: late reports still change them.
    """

    first: str
    week: Literal["iso", "sat-fri"] = "iso"
    lag: int = Field(1, ge=0, le=60)
    hour: int = Field(6, ge=0, le=23)
    timezone: str = "UTC"
    weeks: int = Field(17, ge=1, le=520)
    provisional: int = Field(4, ge=0, le=52)

    @field_validator("first")
    @classmethod
    def _exists(cls, value: str) -> str:
        iso_sunday(value)
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"no time zone is called {value!r}: write it as Europe/Berlin, or UTC") from None
        return value

    def named(self, name: str) -> Week:
        """Return the week of a name.

        Raises
        ------
        SpecError
            No such week, or one before the first.
        """
        try:
            week = self._ending(iso_sunday(name))
        except ValueError as e:
            raise SpecError(str(e), do="name an ISO week that exists, such as 2026-W10") from None
        if self.number(week) < 1:
            raise SpecError(f"edition {name} comes before the first, {self.first}", do="name a later week, or change `first` in brief.yml")
        return week

    def _ending(self, sunday: date) -> Week:
        end = sunday if self.week == "iso" else sunday - timedelta(days=2)
        return _week(end - timedelta(days=6), end)

    def closes(self, week: Week) -> date:
        """Return the as-of date of a week's edition."""
        return week.end + timedelta(days=self.lag)

    def due_at(self, week: Week) -> datetime:
        """Return the moment from which a week's edition is due, in UTC.

        An hour that a change of clocks leaves out counts as the same hour before the change.
        """
        return datetime.combine(self.closes(week), time(self.hour), ZoneInfo(self.timezone)).astimezone(UTC)

    def number(self, week: Week) -> int:
        """Return the running number of a week's edition; the first is 1."""
        return (week.end - self._ending(iso_sunday(self.first)).end).days // 7 + 1

    def closed_by(self, day: date) -> Week:
        """Return the last week that closes on or before a day."""
        week = self._ending(day - timedelta(days=day.weekday()) + timedelta(days=6))
        while self.closes(week) > day:
            week = week.later(-1)
        return week

    def due_by(self, moment: datetime) -> Iterator[Week]:
        """Yield the weeks whose editions are due at a moment, from the first on."""
        week = self._ending(iso_sunday(self.first))
        while self.due_at(week) <= moment:
            yield week
            week = week.later(1)


def iso_sunday(name: str) -> date:
    """Return the Sunday of an ISO week.

    Raises
    ------
    ValueError
        It is no name of a week, or that year has no such week.
    """
    found = NAME.match(name)
    if not found:
        raise ValueError(f"{name!r} is not a week")
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 7)
    except ValueError:
        raise ValueError(f"{found[1]} has no week {found[2]}") from None
