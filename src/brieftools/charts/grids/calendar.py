"""A heat map of days: how many incidents each day has on record; what has no day is left out and counted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from brieftools.charts.chart import Chart, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.grids.calendar_draw import draw_calendar
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import as_date, clean, sentences, short_date, title
from brieftools.errors import IncidentError, SpecError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted, span

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

CLASSES = (1, 2, 4, 6)  # lower ends; fixed, so that two calendars can be compared
LONGEST = 54 * 7  # days


def calendar(
    incidents: DataFrame,
    *,
    start: date,
    end: date,
    place: str = "",
    measure: str = "Incidents",
    noun: str = "events",
    source: str = "",
    count: str | None = None,
    classes: tuple[int, ...] = CLASSES,
    width: int = 84,
    name: str = "calendar",
    house: House | None = None,
) -> Chart:
    """Draw a field for each day, darker with more incidents; columns are weeks that begin on Monday.

    Only incidents whose day is known are drawn; those of an uncertain day are counted in the source line, never spread.

    Parameters
    ----------
    incidents : DataFrame
        ``date_start``; ``date_precision`` and ``date_end`` where they are. A row without a date, of a precision other than day,
        or of several days has no single day.
    start, end : date
        First and last day, at most 54 weeks.
    place, measure, noun : str
        Where; what a row is, for the subtitle; what is counted, plural.
    count : str, optional
        Column with the number of events of a row.
    classes : tuple of int
        Lower ends of the shades, ascending from 1, at most five.
    width : int
        In mm; the height follows from the number of weeks.

    Raises
    ------
    IncidentError
        A column is missing, or a value cannot be read.
    SpecError
        The period or the classes cannot be drawn.
    """
    house = house or house_in_use()
    _check(start, end, classes)
    days, undated, outside = _read(incidents, start, end, count)
    every = [start + timedelta(days=n) for n in range((end - start).days + 1)]

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if days:
                return draw_calendar(every, days, classes, noun, width=wide, house=house)
            return empty_figure(f"No {noun} with a known day, {span(start, end)}", width=wide, house=house)

    return Chart(
        drawn(check_width(width)),
        title=_title(every, days, noun, place),
        subtitle=", ".join(filter(None, (f"{measure} per day", place, span(start, end)))),
        source=sentences(source, *_notes(days, undated, outside, noun)),
        alt=_alt(every, days, undated, noun, place),
        width_mm=width,
        table=_table(every, days, noun),
        redistribute="aggregate",
        name=name,
        period=span(start, end),
        redraw=drawn,
    )


def _check(start: date, end: date, classes: tuple[int, ...]) -> None:
    length = (end - start).days + 1
    if not 1 <= length <= LONGEST:
        raise SpecError(f"A calendar of {length} days cannot be drawn.", do="Give a start and an end at most 54 weeks apart.")
    if not classes or classes[0] != 1 or list(classes) != sorted(set(classes)) or len(classes) > 5:
        raise SpecError(f"The classes {classes!r} cannot be drawn.", do="Give up to five whole numbers, ascending from 1.")


def _read(frame: DataFrame, start: date, end: date, count: str | None) -> tuple[dict[date, int], int, int]:
    """Return events by day, events without a single day, events outside the period."""
    if not len(frame):
        return {}, 0, 0
    columns = [str(column) for column in frame.columns]
    for needed in filter(None, ("date_start", count)):
        if needed not in columns:
            raise IncidentError(f"The incidents have no column {needed!r}; {nearest(needed, columns)}", do="Rename the column or add it.")
    values = [frame[c].tolist() if c in columns else [None] * len(frame) for c in ("date_start", "date_end", "date_precision", count)]
    days: dict[date, int] = {}
    undated = outside = 0
    known: dict[Any, date | None] = {}  # a text of a date is read once
    for first, last, precision, number in zip(*values, strict=True):
        many = 1 if count is None else _whole(number)
        for value in (first, last):
            if value not in known:
                known[value] = as_date(value, name="a date")
        day, until = known[first], known[last]
        if day is None or clean(precision) not in ("", "day") or (until is not None and until != day):
            undated += many
        elif start <= day <= end:
            days[day] = days.get(day, 0) + many
        else:
            outside += many
    return {day: number for day, number in days.items() if number}, undated, outside


def _whole(value: Any) -> int:
    if value is None or value != value or float(value) < 0 or not float(value).is_integer():
        raise IncidentError(f"The number of events of a day is {value!r}, not a whole number of 0 or more.", do="Correct the table.")
    return int(float(value))


def _title(every: list[date], days: dict[date, int], noun: str, place: str) -> str:
    if not days:
        return title(f"No {noun} with a known day")
    most, none = max(days.values()), len(every) - len(days)
    top = [day for day in every if days.get(day) == most]
    rest = f"{counted(none, 'day')} {'has' if none == 1 else 'have'} none on record" if none else "every day has some"
    what = noun if most != 1 else noun.removesuffix("s")
    if len(top) == 1 and len(every) > 1:
        return title(f"{short_date(top[0])} had most, {most:,} {what}; {rest}", f"{short_date(top[0])} had most: {most:,}")
    return title(f"No day had more than {most:,} {what}; {rest}", f"No day had more than {most:,}")


def _notes(days: dict[date, int], undated: int, outside: int, noun: str) -> list[str]:
    total = sum(days.values()) + undated
    return [
        f"{total - undated:,} of {total:,} {noun} are known to the day; {undated:,} {'is' if undated == 1 else 'are'} left out"
        if undated
        else "",
        f"{outside:,} outside the period" if outside else "",
        "White: none recorded" if days else "",
    ]


def _alt(every: list[date], days: dict[date, int], undated: int, noun: str, place: str) -> str:
    if not days:
        return f"An empty chart: no {noun} have a known day in this period."
    most = max(days.values())
    top = [short_date(day, year=True) for day in every if days.get(day) == most]
    where = ", ".join(filter(None, (place, span(every[0], every[-1]))))
    parts = [f"Calendar of {noun} per day, {where}: {sum(days.values()):,} on {counted(len(days), 'day')}"]
    parts.append(f"{counted(len(every) - len(days), 'day')} without any on record")
    parts.append(f"Most: {most:,} on " + (", ".join(top) if len(top) <= 3 else counted(len(top), "day")))
    return sentences(*parts, f"{undated:,} without a known day left out" if undated else "")


def _table(every: list[date], days: dict[date, int], noun: str) -> DataFrame:
    from pandas import DataFrame

    return DataFrame([[day.isoformat(), str(days.get(day, 0))] for day in every], columns=["day", noun], dtype=str)
