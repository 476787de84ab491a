"""Where a day lies on a horizontal axis, and what is written below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from brieftools.charts.sheet import PITCH, Sheet
from brieftools.charts.words import month_short
from brieftools.house.wording import MONTHS


@dataclass(frozen=True)
class Span:
    """One unit of the axis: a day, a week, a month or some years.

    Attributes
    ----------
    start, end : date
        The end is not part of it.
    label : str
        May be empty where there is no room.
    """

    start: date
    end: date
    label: str


@dataclass(frozen=True)
class TimeAxis:
    """A stretch of time on a stretch of paper.

    Attributes
    ----------
    start, end : date
        First day, and the day after the last one.
    left, width : float
        In points of the sheet.
    """

    start: date
    end: date
    left: float
    width: float

    @property
    def days(self) -> int:
        return max(1, (self.end - self.start).days)

    def x(self, day: date) -> float:
        """Return the place of a day's beginning in points, kept within the axis."""
        share = (day - self.start).days / self.days
        return self.left + self.width * min(1.0, max(0.0, share))

    def middle(self, day: date) -> float:
        """Return the place of a day's noon."""
        return (self.x(day) + self.x(day + timedelta(days=1))) / 2

    @property
    def unit(self) -> str:
        """The smallest unit whose labels have room: day, week, month, letter (of a month) or a number of years."""
        day = self.width / self.days
        for unit, length, room in (("day", 1, 16.0), ("week", 7, 32.0), ("month", 28, 18.0), ("letter", 28, 8.5)):
            if day * length >= room:
                return unit
        return next((str(n) for n in (1, 2, 5, 10, 20, 50) if day * 365 * n >= 26), "100")

    def spans(self) -> list[Span]:
        """Return the labelled units, cut at the ends of the axis."""
        spans = []
        for start, end, label in _units(self.unit, self.start, self.end):
            first, last = max(start, self.start), min(end, self.end)
            spans.append(Span(first, last, label if self._labelled(start, end) else ""))
        return spans

    @property
    def at_start(self) -> bool:
        """Whether labels stand where their unit begins, not in its middle."""
        return self.unit not in ("day", "month", "letter", "1")

    def _labelled(self, start: date, end: date) -> bool:
        if self.at_start:
            return start >= self.start
        # A month that is cut short keeps its label only where much of it shows; a year wherever there is room.
        shown = (min(end, self.end) - max(start, self.start)).days / max(1, (end - start).days)
        return shown > 0.4 or self.unit == "1"

    def groups(self) -> list[Span]:
        """Return what stands in the second line: months under days, years under months, nothing under years."""
        if self.unit == "day":
            return _cut([(a, b, f"{MONTHS[a.month - 1]} {a.year}") for a, b in _months(self.start, self.end)], self.start, self.end)
        if self.unit in ("week", "month", "letter"):
            return _cut([(a, b, str(a.year)) for a, b in _years(self.start, self.end, 1)], self.start, self.end)
        return []


def draw_time_axis(sheet: Sheet, axis: TimeAxis, y: float) -> None:
    """Write the labels of a time axis below ``y``, in one or two lines."""
    ink2, groups = sheet.house.light.ink2, axis.groups()
    for span in axis.spans():
        left, right = axis.x(span.start), axis.x(span.end)
        if span.label and axis.at_start and left + sheet.wide(span.label) <= axis.left + axis.width:
            sheet.text(left, y - PITCH, span.label, color=ink2)
        elif span.label and not axis.at_start and sheet.wide(span.label) <= right - left + 3:
            sheet.text((left + right) / 2, y - PITCH, span.label, color=ink2, align="center")
    for group, following in zip(groups, [*groups[1:], None], strict=False):
        left = axis.x(group.start)
        right = axis.left + axis.width if following is None else axis.x(following.start)
        if sheet.wide(group.label) + 3 <= right - left or len(groups) == 1:
            sheet.text(left, y - 2 * PITCH, group.label, color=ink2)


def axis_height(axis: TimeAxis) -> float:
    """Return the height in points that the labels take."""
    return (2 * PITCH if axis.groups() else PITCH) + 4


def _units(unit: str, start: date, end: date) -> Iterator[tuple[date, date, str]]:
    if unit == "day":
        for n in range((end - start).days):
            day = start + timedelta(days=n)
            yield day, day + timedelta(days=1), str(day.day)
    elif unit == "week":
        monday = start - timedelta(days=start.weekday())
        while monday < end:
            yield monday, monday + timedelta(days=7), f"{monday.day} {month_short(monday.month)}"
            monday += timedelta(days=7)
    elif unit in ("month", "letter"):
        for a, b in _months(start, end):
            yield a, b, month_short(a.month)[: 3 if unit == "month" else 1]
    else:
        step = int(unit)
        for a, b in _years(start, end, step):
            yield a, b, str(a.year)


def _months(start: date, end: date) -> Iterator[tuple[date, date]]:
    month = start.replace(day=1)
    while month < end:
        following = next_month(month)
        yield month, following
        month = following


def _years(start: date, end: date, step: int) -> Iterator[tuple[date, date]]:
    year = start.year - start.year % step
    while date(max(year, 1), 1, 1) < end:
        yield date(max(year, 1), 1, 1), date(year + step, 1, 1)
        year += step


def _cut(units: list[tuple[date, date, str]], start: date, end: date) -> list[Span]:
    return [Span(max(a, start), min(b, end), label) for a, b, label in units if b > start and a < end]


def next_month(day: date) -> date:
    """Return the first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
