"""Low, best and high per year; a rise or a fall is claimed only where the bounds are apart."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

from brieftools.charts.bounds_draw import Bound, draw_bounds
from brieftools.charts.chart import Chart, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import clean, figures, sentences, title
from brieftools.errors import IncidentError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted, listing, month_year

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame


def bounds(
    frame: DataFrame,
    *,
    subject: str,
    measure: str = "",
    place: str = "",
    source: str = "",
    period: str = "year",
    low: str = "deaths_low",
    best: str = "deaths_best",
    high: str = "deaths_high",
    width: int = 84,
    height: float = 58,
    name: str = "bounds",
    house: House | None = None,
) -> Chart:
    """Draw low, best and high per period: a bar from low to high, a tick at best.

    Parameters
    ----------
    frame : DataFrame
        One row for each period, in order.
    subject : str
        What the numbers are, for the title: "Reported civilian deaths".
    measure, place : str
        For the subtitle; ``measure`` is the subject when not given.
    period, low, best, high : str
        Columns.
    width, height : int, float
        In mm.

    Raises
    ------
    IncidentError
        A column is missing, or a value is no number of 0 or more.
    """
    house = house or house_in_use()
    every = _read(frame, period, low, best, high)
    known = [one for one in every if one.best is not None]
    span = _span(every)

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if known:
                return draw_bounds(every, width=wide, height=height, house=house)
            return empty_figure(f"No numbers on record in this period{f': {span}' if span else ''}", width=wide, house=house)

    return Chart(
        drawn(check_width(width)),
        title=_title(known, subject),
        subtitle=", ".join(filter(None, (f"{measure or subject} per {period}: low, best and high", place, span))),
        source=sentences(source, _notes(every)),
        alt=_alt(every, known, subject, period, place),
        width_mm=width,
        table=_table(every, period),
        redistribute="aggregate",
        name=name,
        period=span or None,
        redraw=drawn,
    )


def _span(every: list[Bound]) -> str:
    ends = list(dict.fromkeys(one.period for one in (every[:1] + every[-1:])))
    return "–".join(ends) if all(end.isdigit() for end in ends) else " – ".join(ends)


def _read(frame: DataFrame, period: str, low: str, best: str, high: str) -> list[Bound]:
    columns = [str(column) for column in frame.columns]
    if not len(frame):
        return []
    for column in (period, low, best, high):
        if column not in columns:
            raise IncidentError(
                f"The table has no column {column!r}; {nearest(column, columns)}", do="Name its column: period=, low=, best= or high=."
            )
    return [
        Bound(_period(p), *(_number(value, p) for value in (a, b, c)))
        for p, a, b, c in zip(frame[period], frame[low], frame[best], frame[high], strict=True)
    ]


def _period(value: Any) -> str:
    """Return the period in words: ``2017-03`` as ``March 2017``, ``2017.0`` as ``2017``."""
    text = clean(value).removesuffix(".0")
    month = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    return month_year(date(int(month[1]), int(month[2]), 1)) if month else text


def _number(value: Any, period: Any) -> float | None:
    if value is None or value != value:
        return None
    number = float(value)
    if not 0 <= number < float("inf"):
        raise IncidentError(f"{value!r} for {period} is no number of 0 or more.", do="Correct the table.")
    return number


def _title(known: list[Bound], subject: str) -> str:
    if not known:
        return "No numbers on record in this period"
    last = known[-1]
    if len(known) == 1:
        return title(f"{subject}: {figures(last.best or 0)} in {last.period}")
    before = known[-2]
    numbers = f"from {figures(before.best or 0)} in {before.period} to {figures(last.best or 0)} in {last.period}"
    if before.bounded and last.bounded and (last.most < before.least or last.least > before.most):
        verb = "fell" if last.most < before.least else "rose"
        return title(f"{subject} {verb} {numbers}", f"{subject} {verb} in {last.period}", f"{verb} in {last.period}")
    if not (before.bounded and last.bounded):
        return title(f"{subject}: {figures(before.best or 0)} in {before.period}, {figures(last.best or 0)} in {last.period}", subject)
    return title(f"{subject}: bounds of {before.period} and {last.period} overlap, no clear change", f"{subject}: no clear change")


def _notes(every: list[Bound]) -> str:
    known = [one for one in every if one.numbers]
    odd = [one for one in known if not one.ordered]
    what = "Bar: low to high, bounds and not an interval; tick: best" if any(one.bounded for one in known) else "Tick: best"
    verbs = ("breaks", "is") if len(odd) == 1 else ("break", "are")
    broken = f"{counted(len(odd), 'row')} of {len(known)} {verbs[0]} low ≤ best ≤ high and {verbs[1]} drawn at the outer values"
    bare_ones = sum(one.best is not None and not one.bounded for one in every)
    lacking = f"{counted(bare_ones, 'period')} without bounds" if bare_ones else ""
    unknown = [one.period for one in every if one.best is None]
    return sentences(what if known else "", broken if odd else "", lacking, f"Unknown: {listing(unknown)}" if unknown else "")


def _alt(every: list[Bound], known: list[Bound], subject: str, period: str, place: str) -> str:
    what = subject[:1].lower() + subject[1:]
    if not known:
        return f"An empty chart: no {what} are on record{f', {place}' if place else ''}."
    low, high = min(known, key=lambda one: one.best or 0), max(known, key=lambda one: one.best or 0)
    parts = [", ".join(filter(None, (f"Low, best and high of {what} per {period}", place, _span(every))))]
    if len(known) > 1:
        parts.append(f"Best numbers from {figures(low.best or 0)} ({low.period}) to {figures(high.best or 0)} ({high.period})")
    for one in known[-2:]:
        parts.append(
            f"{one.period}: {figures(one.best or 0)}" + (f", between {figures(one.least)} and {figures(one.most)}" if one.bounded else "")
        )
    if len(known) > 1 and known[-1].bounded and known[-2].bounded:
        apart = known[-1].most < known[-2].least or known[-1].least > known[-2].most
        parts.append(f"The bounds of these two {'do not overlap' if apart else 'overlap'}")
    return sentences(*parts)


def _table(every: list[Bound], period: str) -> DataFrame:
    from pandas import DataFrame

    def text(number: float | None) -> str:
        return "" if number is None else f"{number:.10g}"

    return DataFrame(
        [[one.period, text(one.low), text(one.best), text(one.high)] for one in every], columns=[period, "low", "best", "high"], dtype=str
    )
