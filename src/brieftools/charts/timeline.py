"""A time line: incidents by place and by how well their date is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from brieftools.charts import timeline_words as say
from brieftools.charts.chart import Chart, Redistribute, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.grouping import Lanes, group
from brieftools.charts.incidents import Groups, Incident, read_incidents, refuse_closed
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.timeline_draw import draw
from brieftools.charts.timeline_layout import LEVELS, Row, lay_out
from brieftools.charts.words import as_date
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

TALLEST = 112.0  # mm; before a time line grows taller its labels are shortened
TALLEST_NARROW = 260.0  # on a telephone, which scrolls


def timeline(
    incidents: DataFrame,
    *,
    as_of: date | str,
    source: str = "",
    groups: Groups | None = None,
    lanes: Lanes | None = None,
    measure: str = "Incidents on record",
    width: int = 174,
    tallest: float = TALLEST,
    redistribute: Redistribute = "rows",
    name: str = "incidents",
    house: House | None = None,
) -> Chart:
    """Draw incidents in lanes by country; the form of a mark says how well its date is known.

    A day is a dot, anything longer a bar over all days that are possible. A date that the text has wrong is drawn twice:
    dashed where the wording puts it, with an arrow to the corrected mark. An undated incident is an open square in a
    column of its own. Home stands above abroad, as circles and solid bars against diamonds and outlined bars.

    Parameters
    ----------
    incidents : DataFrame
        As :func:`brieftools.charts.incidents.read_incidents` takes them; may be empty.
    as_of : date or str
        Where the axis ends; incidents after it are left out and counted in the source line.
    source : str
        What the source line says after the key to the marks.
    groups : mapping, optional
        brief.yml's ``groups``: theatre of incidents that have none.
    lanes : mapping, optional
        Label of a lane to its country codes.
    measure : str
        What the incidents are, for the subtitle.
    width : int
        In mm; from 108 mm the lanes' names stand at the left, below that above their lanes.
    tallest : float
        In mm. Where full labels would need more they are shortened, then left out, and the source line says so.

    Raises
    ------
    IncidentError
        A column or value that is not understood, or rows that may not be redistributed.
    """
    house = house or house_in_use()
    day = as_date(as_of) or date.max
    refuse_closed(incidents, redistribute, "a time line")
    known, later = read_incidents(incidents, as_of=day, groups=groups)
    grouped = group(known, lanes)
    period = say.period_of(known, day)
    rows: list[Row] = []

    def drawn(wide: int, tall: float = TALLEST_NARROW) -> Figure:
        with house_context(house):
            if not known:
                return empty_figure(f"{say.NO_INCIDENTS}: {period}", width=wide, house=house)
            columns, axis, laid = lay_out(grouped, day, wide, tall, house)
            rows[:] = rows or laid
            return draw(laid, columns, axis, day, wide, house)

    return Chart(
        drawn(check_width(width), tallest),
        title=say.title_of(known),
        subtitle=f"{measure}, by place and date precision, {period}" if known else f"{measure}, {period}",
        source=" ".join(filter(None, (_key(known, rows, later), source))),
        alt=say.alt_text(known, grouped, day),
        width_mm=width,
        table=say.table_of(known, grouped),
        redistribute=redistribute,
        name=name,
        period=period,
        redraw=drawn,
    )


def _key(known: list[Incident], rows: list[Row], later: int) -> str:
    levels = [LEVELS[row.level] for row in rows]
    corrected = any(placed.mark.written for row in rows for placed in row.lane.placed)
    details = {level.detail for level in levels}
    return say.key_text(known, details=details, merged=any(level.merged for level in levels), corrected=corrected, later=later)
