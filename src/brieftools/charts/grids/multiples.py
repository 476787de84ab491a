"""Small multiples: one series for each key, all on one scale, the last period against the range expected from the past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brieftools.charts.chart import Chart, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.grids.multiples_draw import draw_multiples
from brieftools.charts.grids.panel import Panel
from brieftools.charts.series import read_counts
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import NO_BREAK, clean, figures, sentences, title, words
from brieftools.errors import IncidentError, SpecError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted, listing

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

    from brieftools.analysis.series import AgainstPast
    from brieftools.charts.series import Counts

MOST = 12


def multiples(
    frame: DataFrame,
    *,
    key: str,
    period: str = "month",
    value: str = "events",
    freq: str = "M",
    past: int = 8,
    measure: str = "Events",
    place: str = "",
    source: str = "",
    provisional: bool = False,
    missing_is_zero: bool = False,
    most: int = MOST,
    width: int = 84,
    name: str = "multiples",
    house: House | None = None,
) -> Chart:
    """Draw a panel of bars for each key, on one scale, and judge the last period of each against the ones before it.

    The band is the 95 % predictive range of one period, from the ``past`` periods before the last one, widened where those
    cluster; a last period outside it is filled with the accent and named in the title. What the table lacks is hatched; it is
    no zero unless ``missing_is_zero`` says so.

    Parameters
    ----------
    frame : DataFrame
        One row for each key and period.
    key, period, value : str
        Columns: what the panels are, the period, the count.
    freq : {"D", "W", "M", "Q", "Y"}
    past : int
        Number of periods that the expected range rests on, at least 2.
    measure, place : str
        For the subtitle.
    provisional : bool
        Whether the last period may still change: it is hatched.
    missing_is_zero : bool
        Whether a period without a row had no events.
    most : int
        Number of panels; those with most events are drawn, the rest counted in the source line.
    width : int
        In mm; the height follows from the number of panels.

    Raises
    ------
    IncidentError
        A column is missing, or the table cannot be read as series.
    SpecError
        ``past`` is less than 2.
    """
    house = house or house_in_use()
    if past < 2:
        raise SpecError(f"An expected range from {past} periods says nothing.", do="Give past= of 2 or more; 8 is usual for weeks.")
    every = _read(frame, key, period, value, freq, past, provisional, missing_is_zero)
    shown = sorted(every, key=lambda panel: -sum(slot.count or 0 for slot in panel.counts.slots))[: max(1, most)]
    shown = [panel for panel in every if panel in shown]
    unit = shown[0].counts.unit if shown else ""

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if shown:
                return draw_multiples(shown, provisional=provisional, width=wide, house=house)
            return empty_figure("No series on record", width=wide, house=house)

    span = shown[0].counts.period if shown else None
    return Chart(
        drawn(check_width(width)),
        title=_title(shown),
        subtitle=", ".join(
            filter(None, (f"{measure} per {unit} by {clean(key).replace('_', ' ')}" if unit else measure, place, span or ""))
        ),
        source=sentences(source, *_notes(shown, len(every) - len(shown), unit, past)),
        alt=_alt(shown, unit, key),
        width_mm=width,
        table=_table(every, key),
        redistribute="aggregate",
        name=name,
        period=span,
        redraw=drawn,
    )


def _read(frame: DataFrame, key: str, period: str, value: str, freq: str, past: int, provisional: bool, zero: bool) -> list[Panel]:
    import pandas as pd

    if not len(frame):
        return []
    columns = [str(column) for column in frame.columns]
    for needed in (key, period, value):
        if needed not in columns:
            raise IncidentError(
                f"The table has no column {needed!r}; {nearest(needed, columns)}", do="Name its column: key=, period= or value=."
            )
    how: dict[str, Any] = {"period": period, "value": value, "exposure": None, "freq": freq, "provisional": int(provisional)}
    tables = {name: frame[frame[key] == name] for name in dict.fromkeys(frame[key].dropna().tolist())}
    alone = [read_counts(rows, start=None, end=None, **how) for rows in tables.values()]
    first, last = min(one.slots[0].start for one in alone), max(one.slots[-1].start for one in alone)
    how |= {"start": pd.Period(first, freq=freq), "end": pd.Period(last, freq=freq)}
    panels = []
    for name, rows in tables.items():
        counts = read_counts(rows, **how)
        if zero:
            counts = _filled(counts)
        panels.append(Panel(clean(name), counts, _against(counts, past)))
    return panels


def _filled(counts: Counts) -> Counts:
    from dataclasses import replace

    return replace(counts, slots=tuple(replace(slot, count=0) if slot.count is None else slot for slot in counts.slots))


def _against(counts: Counts, past: int) -> AgainstPast | None:
    """Compare the last period with the ones before; None where one of them is missing."""
    from brieftools.analysis.series import against_past, dispersion

    *before, last = [slot.count for slot in counts.slots[-past - 1 :]]
    known = [count for count in before if count is not None]
    if last is None or len(known) < past:
        return None
    spread = dispersion(known, [1.0] * past).value if sum(known) else None
    return against_past(last, sum(known), past, dispersion=spread)


def _title(shown: list[Panel]) -> str:
    if not shown:
        return "No series on record"
    above, below = ([panel.label for panel in shown if panel.reading == way] for way in ("up", "down"))
    judged = sum(panel.against is not None for panel in shown)
    if not judged:
        return title(f"{counted(len(shown), 'series', 'series')}; the past is too short for an expected range")
    if not above and not below:
        return (
            title(f"{shown[0].label} stayed in its expected range")
            if len(shown) == 1
            else title(f"None of {words(judged)[0]} series left its expected range")
        )
    parts = [f"{listing(names)} {text} the expected range" for names, text in ((above, "rose above"), (below, "fell below")) if names]
    several = [f"{listing(above)} rose above, {listing(below)} fell below the expected range"] if above and below else parts
    numbers = words(len(above) + len(below), judged)
    return title(*several, f"{numbers[0]} of {numbers[1]} series left the expected range")


def _notes(shown: list[Panel], hidden: int, unit: str, past: int) -> list[str]:
    bands = [panel for panel in shown if panel.against is not None]
    widened = any(panel.against is not None and panel.against.widened for panel in shown)
    gaps = any(slot.count is None for panel in shown for slot in panel.counts.slots)
    band = (
        f"Band: 95{NO_BREAK}% predictive range from the {past} {unit}s before the last{', widened where they cluster' if widened else ''}"
    )
    return [
        "One scale in all panels" if len(shown) > 1 else "",
        band if bands else "",
        "Hatched grey: not in the data" if gaps else "",
        f"{hidden} further series in the table" if hidden > 0 else "",
    ]


def _alt(shown: list[Panel], unit: str, key: str) -> str:
    if not shown:
        return "An empty chart: there are no series."
    parts = [
        f"{counted(len(shown), 'panel')} of bars per {unit}, by {clean(key).replace('_', ' ')}, on one scale, {shown[0].counts.period}"
    ]
    for panel in shown:
        known = [slot.count for slot in panel.counts.slots if slot.count is not None]
        if not known:
            parts.append(f"{panel.label}: not in the data")
            continue
        text = f"{panel.label}: {figures(min(known))} to {figures(max(known))}, last {figures(known[-1])}"
        if panel.against is not None:
            band = panel.against.predictive
            text += f", {'inside' if panel.reading == 'no clear change' else 'outside'} the expected {band.low:,.0f} to {band.high:,.0f}"
        parts.append(text)
    return sentences(*parts)


def _table(every: list[Panel], key: str) -> DataFrame:
    from pandas import DataFrame

    rows = []
    for panel in every:
        for n, slot in enumerate(panel.counts.slots):
            last = n == len(panel.counts.slots) - 1 and panel.against is not None
            band = panel.against.predictive if last and panel.against else None
            count = "not in the data" if slot.count is None else str(slot.count)
            rows.append(
                [
                    panel.label,
                    slot.start.isoformat(),
                    count,
                    f"{band.low:.0f}" if band else "",
                    f"{band.high:.0f}" if band else "",
                    "yes" if slot.provisional else "",
                ]
            )
    return DataFrame(rows, columns=[key, "period from", "count", "expected low", "expected high", "provisional"], dtype=str)
