"""A series of counts as a chart needs it: periods with their days, gaps, quarters and compared windows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from brieftools.charts.words import month_short, short_date
from brieftools.errors import IncidentError, SpecError, nearest
from brieftools.house.wording import month_year, span

if TYPE_CHECKING:
    from pandas import DataFrame, Series

MONTH = 365.25 / 12  # days
UNITS = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}

Window = str | tuple[str, str]


@dataclass(frozen=True)
class Slot:
    """One period of the series.

    Attributes
    ----------
    start, end : date
        First day, and the day after the last one.
    count : int or None
        None: not in the data, which is not the same as no events.
    days : float
        Days observed.
    provisional : bool
    """

    start: date
    end: date
    count: int | None
    days: float
    provisional: bool = False


@dataclass(frozen=True)
class Rate:
    """Events of several periods together, per unit of time, with a 95 % interval.

    Attributes
    ----------
    start, end : date
        First day, and the day after the last one.
    count, days : int, float
    value, low, high : float
        Events per ``unit`` days.
    """

    start: date
    end: date
    count: int
    days: float
    value: float
    low: float
    high: float

    @property
    def label(self) -> str:
        """``Jan–Mar 2017``, ``Mar 2017``, ``2016`` or two dates."""
        last = self.end - timedelta(days=1)
        if self.start.day != 1 or self.end.day != 1:
            return f"{short_date(self.start)} – {short_date(last, year=True)}"
        if (self.start.year, self.start.month) == (last.year, last.month):
            return f"{month_short(last.month)} {last.year}"
        if self.start.year != last.year:
            return f"{month_short(self.start.month)} {self.start.year} – {month_short(last.month)} {last.year}"
        whole = self.start.month == 1 and last.month == 12
        return str(last.year) if whole else f"{month_short(self.start.month)}–{month_short(last.month)} {last.year}"

    @property
    def long_label(self) -> str:
        """The same in full."""
        return span(self.start, self.end - timedelta(days=1))


@dataclass(frozen=True)
class Counts:
    """A series of counts.

    Attributes
    ----------
    slots : tuple of Slot
        Without a gap in time; a period that the data lack has no count.
    unit : str
        day, week, month, quarter or year.
    """

    slots: tuple[Slot, ...]
    unit: str

    @property
    def known(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.count is not None]

    @property
    def gaps(self) -> list[tuple[date, date]]:
        """Stretches that are not in the data."""
        gaps: list[tuple[date, date]] = []
        for slot in self.slots:
            if slot.count is None:
                joined = gaps and gaps[-1][1] == slot.start
                gaps[-1:] = [(gaps[-1][0], slot.end)] if joined else [*gaps[-1:], (slot.start, slot.end)]
        return gaps

    @property
    def period(self) -> str:
        """The whole stretch in words."""
        return span(self.slots[0].start, self.slots[-1].end - timedelta(days=1))

    @property
    def days(self) -> float:
        """Days of one average period, the unit of rates."""
        return {"day": 1.0, "week": 7.0, "month": MONTH, "quarter": 3 * MONTH, "year": 12 * MONTH}[self.unit]


def read_counts(
    data: DataFrame | Series,
    *,
    period: str,
    value: str,
    exposure: str | None,
    freq: str,
    start: str | None,
    end: str | None,
    provisional: int,
) -> Counts:
    """Read one series of counts.

    Raises
    ------
    IncidentError
        A column is missing, a period occurs twice (two places in one table must not be added up), a count is negative or
        not whole.
    """
    import pandas as pd

    unit = _unit(freq)
    rows = _rows(data, period, value, exposure)
    periods = pd.PeriodIndex([_period(row[0], freq) for row in rows], freq=freq)
    if periods.has_duplicates:
        twice = periods[periods.duplicated()][0]
        raise IncidentError(
            f"The series has more than one row for {twice}.", do="Choose one place: counts of several are never added up here."
        )
    if not rows and not (start and end):
        return Counts((), unit)
    by_period = {p: row for p, row in zip(periods, rows, strict=True) if _count(row[1], p) is not None}
    first = _period(start, freq) if start else periods.min()
    last = _period(end, freq) if end else periods.max()
    every = list(pd.period_range(first, last, freq=freq))
    slots = [_slot(p, by_period.get(p), late=n >= len(every) - provisional) for n, p in enumerate(every)]
    return Counts(tuple(slots), unit)


def _rows(data: DataFrame | Series, period: str, value: str, exposure: str | None) -> list[tuple[Any, Any, Any]]:
    if not hasattr(data, "columns"):
        return [(p, v, None) for p, v in data.items()]
    if not len(data):
        return []
    known = [str(column) for column in data.columns]
    for column in filter(None, (period, value, exposure)):
        if column not in known:
            raise IncidentError(
                f"The series has no column {column!r}; {nearest(column, known)}", do="Name its column: period=, value= or exposure=."
            )
    days = list(data[exposure]) if exposure else [None] * len(data)
    return list(zip(data[period], data[value], days, strict=True))


def _unit(freq: str) -> str:
    unit = UNITS.get(freq.upper().partition("-")[0])  # W-SUN is a week, too
    if unit is None:
        raise SpecError(f"{freq!r} is no period of a series; {nearest(freq, UNITS)}", do="Use one of " + ", ".join(UNITS) + ".")
    return unit


def _period(value: Any, freq: str) -> Any:
    import pandas as pd

    try:
        return value.asfreq(freq) if isinstance(value, pd.Period) else pd.Period(value, freq=freq)
    except (ValueError, TypeError) as error:
        raise IncidentError(
            f"{value!r} is no period of the series.", do="Write months as 2017-03, quarters as 2017Q1, weeks by a day in them."
        ) from error


def _count(value: Any, period: Any) -> int | None:
    if value is None or value != value:
        return None
    number = float(value)
    if number < 0 or not number.is_integer():
        raise IncidentError(f"The count of {period} is {value!r}, not a whole number of 0 or more.", do="Correct the table.")
    return int(number)


def _slot(period: Any, row: tuple[Any, Any, Any] | None, *, late: bool) -> Slot:
    start, end = period.start_time.date(), period.end_time.date() + timedelta(days=1)
    days = (end - start).days if row is None or row[2] is None or row[2] != row[2] else float(row[2])
    return Slot(start, end, None if row is None else _count(row[1], period), days, provisional=late and row is not None)


def rate(slots: Sequence[Slot], unit_days: float, dispersion: float | None) -> Rate:
    """Return the events of some periods per ``unit_days`` days, with a 95 % interval.

    The interval is Garwood's exact one; with a dispersion d above 1.5 it is widened to the outer of it and
    x exp(± 1.96 sqrt(d / x)), the quasi-Poisson interval of a mean (McCullagh & Nelder 1989, ch. 6).
    """
    from brieftools.analysis.counts import CLUSTERED
    from brieftools.analysis.intervals import garwood

    count, days = sum(slot.count or 0 for slot in slots), sum(slot.days for slot in slots)
    exact = garwood(count)
    low, high = exact.low, exact.high
    if dispersion is not None and dispersion > CLUSTERED and count:
        factor = math.exp(1.959963984540054 * math.sqrt(dispersion / count))
        low, high = min(low, count / factor), max(high, count * factor)
    scale = unit_days / days
    return Rate(slots[0].start, slots[-1].end, count, days, count * scale, low * scale, high * scale)


def quarters(counts: Counts, dispersion: float | None) -> list[Rate]:
    """Return the rate of every calendar quarter that is wholly in the data."""
    by_quarter: dict[tuple[int, int], list[Slot]] = {}
    for slot in counts.known:
        by_quarter.setdefault((slot.start.year, (slot.start.month - 1) // 3), []).append(slot)
    return [rate(slots, counts.days, dispersion) for slots in by_quarter.values() if len(slots) == 3]


def window(counts: Counts, wanted: Window, dispersion: float | None) -> Rate:
    """Return the rate of a stretch of the series.

    Parameters
    ----------
    wanted : str or tuple of str
        ``2017Q1``, ``2017-03``, ``2017``, or the first and the last period.

    Raises
    ------
    IncidentError
        Some of it is not in the data.
    """
    slots = chosen(counts, wanted)
    return rate(slots, counts.days, dispersion)


def chosen(counts: Counts, wanted: Window) -> list[Slot]:
    """Return the periods of a stretch; every one of them has a count."""
    import pandas as pd

    ends = (wanted, wanted) if isinstance(wanted, str) else wanted
    try:
        first, last = pd.Period(ends[0]).start_time.date(), pd.Period(ends[1]).end_time.date()
    except (ValueError, TypeError) as error:
        raise SpecError(f"{wanted!r} is no period.", do="Write 2017Q1, 2017-03, 2017, or a pair of them.") from error
    slots = [slot for slot in counts.slots if first <= slot.start and slot.end <= last + timedelta(days=1)]
    whole = slots and slots[0].start == first and slots[-1].end == last + timedelta(days=1)
    if not whole or any(slot.count is None for slot in slots):
        raise IncidentError(
            f"The period {month_year(first)} to {month_year(last)} is not wholly in the data.",
            do="Compare periods that the series covers: no total reaches across a gap.",
        )
    return slots
