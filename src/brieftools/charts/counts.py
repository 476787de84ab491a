"""Events per period, with intervals; two periods compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from brieftools.charts.chart import Chart, check_width
from brieftools.charts.counts_draw import Plan, draw_counts
from brieftools.charts.empty import empty_figure
from brieftools.charts.series import Counts, Rate, Slot, Window, chosen, quarters, rate, read_counts, window
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import NO_BREAK, figures, opening, sentences, title
from brieftools.errors import SpecError
from brieftools.house.style import House
from brieftools.house.wording import span

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame, Series

    from brieftools.analysis.counts import Comparison

NINETY_FIVE = f"95{NO_BREAK}%"


def counts(
    series: DataFrame | Series,
    *,
    place: str,
    measure: str = "Events",
    subject: str = "recorded fighting",
    counted: str = "events",
    source: str = "",
    compare: tuple[Window, Window] | None = None,
    dispersion: float | None = None,
    baseline: Window | None = None,
    period: str = "month",
    value: str = "events",
    exposure: str | None = None,
    freq: str = "M",
    start: str | None = None,
    end: str | None = None,
    provisional: int = 0,
    theatre: Literal["home", "abroad"] = "home",
    steps: bool | None = None,
    width: int = 116,
    height: float = 58,
    name: str = "events",
    house: House | None = None,
) -> Chart:
    """Draw a series of counts: a dot for each period, and rates with 95 % intervals.

    Long monthly series have the rate of each quarter with its interval, as steps; others an exact (Garwood) interval at
    each count. What the table lacks between its first and last period, or up to ``start`` and ``end``, is hatched and says
    so: it is never drawn as zero.

    Parameters
    ----------
    series : DataFrame or Series
        One row for each period of one place; a Series has the periods as its index.
    place, measure, subject, counted : str
        Where; what is measured (for the subtitle); what it stands for (for the title); what was counted, plural.
    compare : pair of str or of pairs of str, optional
        Two windows, such as ``("2016Q1", "2017Q1")``; the later one is compared with the earlier one, and the title is the
        result.
    dispersion, baseline : float, or str or pair of str, optional
        How much the counts cluster, or the stretch of the series to estimate it from; above 1.5 intervals are widened.
    period, value, exposure : str
        Columns: the period, the count, the days observed (calendar days when not given).
    freq : {"D", "W", "M", "Q", "Y"}
    start, end : str, optional
        First and last period of the axis.
    provisional : int
        How many of the last periods may still change.
    theatre : {"home", "abroad"}
        Grey circles or red diamonds.
    steps : bool, optional
        Whether quarters are drawn; by default for monthly series of more than 18 months.
    width, height : int, float
        In mm.

    Raises
    ------
    IncidentError
        The table cannot be read as one series, or a compared window is not wholly in it.
    """
    house = house or house_in_use()
    series_ = read_counts(series, period=period, value=value, exposure=exposure, freq=freq, start=start, end=end, provisional=provisional)
    shown: dict[str, Any] = {"width_mm": check_width(width), "name": name}
    if not series_.known:
        return _empty(series_, place=place, measure=measure, counted=counted, source=source, house=house, **shown)
    phi = _dispersion(series_, dispersion, baseline)
    windows = _windows(series_, compare, phi)
    result = _compare(windows, phi)
    stepped = tuple(quarters(series_, phi)) if _has_steps(series_, steps) else ()
    plan = Plan(series_, stepped, windows, result.label() if result else "", theatre == "abroad", counted, phi)

    def drawn(wide: int) -> Figure:
        with house_context(house):
            return draw_counts(plan, width=wide, height=height, house=house)

    return Chart(
        drawn(width),
        title=_title(plan, result, place, subject),
        subtitle=_subtitle(plan, measure, place),
        source=sentences(source, _notes(plan, result)),
        alt=_alt(plan, result, place),
        table=_table(plan),
        redistribute="aggregate",
        period=series_.period,
        redraw=drawn,
        **shown,
    )


def _subtitle(plan: Plan, measure: str, place: str) -> str:
    unit = plan.counts.unit
    what = f"per {unit} (dots) and quarterly rate with {NINETY_FIVE} interval" if plan.steps else f"per {unit} with {NINETY_FIVE} interval"
    return ", ".join(filter(None, (f"{measure} {what}", place, plan.counts.period)))


def _late(plan: Plan) -> str:
    late, unit = sum(slot.provisional for slot in plan.counts.slots), plan.counts.unit
    return "" if not late else f"the last {unit} is provisional" if late == 1 else f"the last {late} {unit}s are provisional"


def _has_steps(series: Counts, steps: bool | None) -> bool:
    return series.unit == "month" and (len(series.slots) > 18 if steps is None else steps)


def _dispersion(series: Counts, value: float | None, baseline: Window | None) -> float | None:
    from brieftools.analysis.series import dispersion

    if baseline is None:
        return value
    if value is not None:
        raise SpecError("Both a dispersion and a baseline are given.", do="Give one of them.")
    slots = chosen(series, baseline)
    return dispersion([slot.count or 0 for slot in slots], [slot.days for slot in slots]).value


def _windows(series: Counts, compare: tuple[Window, Window] | None, phi: float | None) -> tuple[Rate, ...]:
    if compare is None:
        return ()
    pair = [window(series, one, phi) for one in compare]
    return tuple(sorted(pair, key=lambda one: one.start))


def _compare(windows: tuple[Rate, ...], phi: float | None) -> Comparison | None:
    from brieftools.analysis.counts import compare

    if not windows:
        return None
    before, after = windows
    return compare(after.count, after.days, before.count, before.days, dispersion=phi)


def _title(plan: Plan, result: Comparison | None, place: str, subject: str) -> str:
    where = f" in {place}" if place else ""
    known = [slot.count or 0 for slot in plan.counts.known]
    if not any(known):
        return title(f"No {plan.counted} recorded{where} in this period", f"No {plan.counted} recorded in this period")
    if result is None:
        return _range_title(plan, known, where)
    if result.reading == "no clear change":
        return title(f"No clear change in {subject}{where}")
    change = "rise" if result.reading == "up" else "fall"
    before, after = plan.windows
    if abs(after.days / before.days - 1) < 0.05:
        numbers = f"{figures(after.count)} {plan.counted} against {figures(before.count)}"
    else:
        numbers = f"{after.count / after.days:.2g} {plan.counted} a day against {before.count / before.days:.2g}"
    return title(f"Clear {change} in {subject}{where}: {numbers}", f"Clear {change} in {subject}{where}", f"Clear {change} in {subject}")


def _range_title(plan: Plan, known: list[int], where: str) -> str:
    if len(known) == 1:
        counted = plan.counted.removesuffix("s") if known[0] == 1 else plan.counted
        return title(f"{figures(known[0])} {counted}{where} in one {plan.counts.unit}")
    low, high = figures(min(known)), figures(max(known))
    reach = low if low == high else f"{low} to {high}"
    return title(f"{reach} {plan.counted} a {plan.counts.unit}{where}")


def _notes(plan: Plan, result: Comparison | None) -> str:
    widened = plan.dispersion is not None and plan.dispersion > 1.5
    clustering = f", widened because counts cluster (variance {plan.dispersion:.1f} times the mean)" if widened else ""
    what = "Shaded: interval of the rate" if plan.steps or plan.windows else "Lines: interval of each count, exact"
    interval = f"{what}, {NINETY_FIVE}{clustering if plan.steps or plan.windows else ''}"
    gap = "Hatched: not in the data, which is not the same as no events" if plan.counts.gaps else ""
    late = _late(plan)
    open_ones = f"Open dots on a hatched ground: {late}" if late else ""
    return sentences(interval, f"The comparison is {result.why}" if result and not widened else "", gap, open_ones)


def _alt(plan: Plan, result: Comparison | None, place: str) -> str:
    known = plan.counts.known
    low, high, last = min(known, key=_count), max(known, key=_count), known[-1]
    where = f" in {place}" if place else ""
    parts = [f"Dot chart of {plan.counted} per {plan.counts.unit}{where}, {plan.counts.period}"]
    if len(known) > 1:
        parts.append(f"From {_one(low)} to {_one(high)}; {figures(_count(last))} in the last ({_when(last)})")
    else:
        parts.append(f"{figures(_count(low))} in {_when(low)}")
    if plan.steps:
        rates = [round(step.value) for step in plan.steps]
        parts.append(f"Steps show the quarterly rate, from {figures(min(rates))} to {figures(max(rates))} a month")
    if result is not None:
        before, after = plan.windows
        sentence = result.sentence(many=plan.counted, one=plan.counted.removesuffix("s")).rstrip(".")
        parts.append(f"{after.long_label} against {before.long_label}: {sentence}")
    parts += [f"{span(a, _last(b))} is not in the data" for a, b in plan.counts.gaps]
    return sentences(*parts, opening(_late(plan)))


def _one(slot: Slot) -> str:
    return f"{figures(_count(slot))} ({_when(slot)})"


def _count(slot: Slot) -> int:
    return slot.count or 0


def _last(end: Any) -> Any:
    from datetime import timedelta

    return end - timedelta(days=1)


def _when(slot: Slot) -> str:
    return span(slot.start, _last(slot.end))


def _table(plan: Plan) -> DataFrame:
    from pandas import DataFrame

    unit = plan.counts.unit
    ends = {step.end: step for step in plan.steps}
    rows = []
    for slot in plan.counts.slots:
        shown = ends.get(slot.end) if plan.steps else None if slot.count is None else rate([slot], slot.days, None)
        numbers = ["", "", ""] if shown is None else [f"{x:.1f}" for x in (shown.value, shown.low, shown.high)]
        status = "not in the data" if slot.count is None else "provisional" if slot.provisional else ""
        first = slot.start.isoformat()[:7] if unit == "month" else slot.start.isoformat()
        rows.append(
            [first, "" if slot.count is None else str(slot.count), f"{slot.days:g}", *(numbers if plan.steps else numbers[1:]), status]
        )
    interval = [f"{NINETY_FIVE} low", f"{NINETY_FIVE} high"]
    columns = [unit, plan.counted, "days", *(["quarterly rate a month", *interval] if plan.steps else interval), "status"]
    return DataFrame(rows, columns=columns, dtype=str)


def _empty(series: Counts, *, place: str, measure: str, counted: str, source: str, house: House, width_mm: int, name: str) -> Chart:
    period = series.period if series.slots else None
    text = f"No {counted} on record in this period"
    with house_context(house):
        figure = empty_figure(f"{text}: {period}" if period else text, width=width_mm, house=house)
    subtitle = ", ".join(filter(None, (f"{measure} per {series.unit}", place, period)))
    alt = f"An empty chart: no {counted} are on record{f' in {place}' if place else ''}{f' for {period}' if period else ''}."
    return Chart(
        figure, title=text, subtitle=subtitle, source=source, alt=alt, width_mm=width_mm, redistribute="aggregate", name=name, period=period
    )
