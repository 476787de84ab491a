"""Ranked bars: best as a bar from zero, low to high as a whisker."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from brieftools.charts.chart import Chart, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.rows.ranked_draw import draw_ranked
from brieftools.charts.rows.records import Ranked
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import clean, figures, sentences, title
from brieftools.errors import IncidentError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame


def ranked(
    frame: DataFrame,
    *,
    subject: str,
    label: str,
    best: str = "deaths_best",
    low: str | None = "deaths_low",
    high: str | None = "deaths_high",
    measure: str = "",
    place: str = "",
    source: str = "",
    period: str = "",
    most: int = 12,
    width: int = 84,
    name: str = "ranked",
    house: House | None = None,
) -> Chart:
    """Draw the largest numbers first: a bar at best, a whisker from low to high.

    Rows of one label are added up (bounds too: the sum of bounds is a bound of the sum). Beyond ``most`` rows the rest is
    counted in the source line and kept in the table.

    Parameters
    ----------
    frame : DataFrame
    subject : str
        What the numbers are, for the title: "reported fatalities".
    label, best, low, high : str
        Columns; ``low`` and ``high`` are None where the data have no bounds. A row without a best number is counted as unknown.
    measure, place, period : str
        For the subtitle; ``measure`` is the subject when not given.
    most : int
        Number of bars.
    width : int
        In mm. The height follows the number of bars.

    Raises
    ------
    IncidentError
        A column is missing, or a value is no number of 0 or more.
    """
    house = house or house_in_use()
    every, unknown = _read(frame, label, low, best, high)
    shown = every[:most]

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if shown:
                return draw_ranked(shown, width=wide, house=house)
            return empty_figure("No numbers on record", width=wide, house=house)

    what = measure or subject
    return Chart(
        drawn(check_width(width)),
        title=_title(every, subject, place, unknown),
        subtitle=", ".join(filter(None, (f"{what[:1].upper()}{what[1:]} by {clean(label).replace('_', ' ')}", place, period))),
        source=sentences(source, _notes(every, shown, unknown)),
        alt=_alt(every, shown, subject, label),
        width_mm=width,
        table=_table(every, label),
        redistribute="aggregate",
        name=name,
        period=period or None,
        redraw=drawn,
    )


def _read(frame: DataFrame, label: str, low: str | None, best: str, high: str | None) -> tuple[list[Ranked], int]:
    if not len(frame):
        return [], 0
    columns = [str(column) for column in frame.columns]
    for column in filter(None, (label, best, low, high)):
        if column not in columns:
            raise IncidentError(
                f"The table has no column {column!r}; {nearest(column, columns)}", do="Name its column: label=, low=, best= or high=."
            )
    nothing = [None] * len(frame)
    rows = zip(frame[label], frame[low] if low else nothing, frame[best], frame[high] if high else nothing, strict=True)
    groups: dict[str, list[tuple[float | None, float, float | None]]] = {}
    unknown = 0
    for name, least, value, greatest in rows:
        number = _number(value, name)
        if number is None:
            unknown += 1
        else:
            groups.setdefault(clean(name) or "not stated", []).append((_number(least, name), number, _number(greatest, name)))
    every = [Ranked(name, _sum([r[0] for r in of]), sum(r[1] for r in of), _sum([r[2] for r in of])) for name, of in groups.items()]
    return sorted(every, key=lambda one: (-one.best, one.label)), unknown


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _number(value: Any, name: Any) -> float | None:
    if value is None or value != value:
        return None
    number = float(value)
    if not 0 <= number < float("inf"):
        raise IncidentError(f"{value!r} for {clean(name)} is no number of 0 or more.", do="Correct the table.")
    return number


def _title(every: list[Ranked], subject: str, place: str, unknown: int) -> str:
    if not every:
        return "No numbers on record"
    first, total = every[0], sum(one.best for one in every)
    where = f" in {place}" if place else ""
    if total == 0:
        return title(f"No {subject}{where} on record", f"No {subject}")
    if len(every) == 1:
        return title(f"{first.label}: {figures(first.best)} {subject}", f"{first.label}: {figures(first.best)}")
    if first.bounded and any(one.bounded and one.most >= first.least for one in every[1:]):
        return title(f"{first.label} has most {subject}, but bounds overlap", f"{first.label} is first, but bounds overlap")
    share = f"{figures(first.best)} of {figures(total)}{' known' if unknown else ''}"
    return title(f"{first.label} had {share} {subject}{where}", f"{first.label} had {share} {subject}", f"{first.label}: {share}")


def _notes(every: list[Ranked], shown: list[Ranked], unknown: int) -> str:
    rest = every[len(shown) :]
    return sentences(
        "Bar: best; whisker: low to high, bounds and not an interval" if any(one.bounded and one.most > one.least for one in shown) else "",
        f"Not drawn: {counted(len(rest), 'row')} with {figures(sum(one.best for one in rest))} together" if rest else "",
        f"{counted(unknown, 'row')} without a number" if unknown else "",
    )


def _alt(every: list[Ranked], shown: list[Ranked], subject: str, label: str) -> str:
    if not every:
        return "An empty chart: no numbers are on record."
    parts = [f"Horizontal bars of {subject} by {clean(label).replace('_', ' ')}, largest first, {counted(len(shown), 'bar')}"]
    for one in shown[:5]:
        parts.append(
            f"{one.label}: {figures(one.best)}" + (f", between {figures(one.least)} and {figures(one.most)}" if one.bounded else "")
        )
    if len(shown) > 5:
        parts.append(f"The other {len(shown) - 5} from {figures(shown[5].best)} to {figures(shown[-1].best)}")
    return sentences(*parts)


def _table(every: list[Ranked], label: str) -> DataFrame:
    from pandas import DataFrame

    def text(number: float | None) -> str:
        return "" if number is None else f"{number:.10g}"

    return DataFrame(
        [[one.label, text(one.low), text(one.best), text(one.high)] for one in every], columns=[label, "low", "best", "high"], dtype=str
    )
