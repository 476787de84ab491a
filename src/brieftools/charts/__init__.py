"""Charts: one call on a table, drawn for a column of the page, with a title computed from the same numbers.

::

    style      the house style as matplotlib settings; use_house() for an analyst's own figures
    svg        a figure as SVG that is the same everywhere
    chart      Chart: the figure with title, source, alternative text and data; figure() wraps an analyst's own
    timeline   incidents by place and by how well their date is known
    counts     events per period with intervals, two periods compared
    countries  countries per year, who stayed, came and left
    bounds     low, best and high per year
    rows       changes (dot and interval); ranked bars with low, best and high
    grids      multiples (series of several keys on one scale); calendar (a heat map of days)
    maps       incident_map: symbols by how well the place is known
"""

from brieftools.charts.bounds import bounds
from brieftools.charts.chart import Chart, figure
from brieftools.charts.countries import countries
from brieftools.charts.counts import counts
from brieftools.charts.grids.calendar import calendar
from brieftools.charts.grids.multiples import multiples
from brieftools.charts.maps.incident_map import incident_map
from brieftools.charts.rows.changes import changes
from brieftools.charts.rows.ranked import ranked
from brieftools.charts.rows.records import Change
from brieftools.charts.style import house_style, use_house
from brieftools.charts.svg import to_svg
from brieftools.charts.timeline import timeline

__all__ = [
    "Change",
    "Chart",
    "bounds",
    "calendar",
    "changes",
    "countries",
    "counts",
    "figure",
    "house_style",
    "incident_map",
    "multiples",
    "ranked",
    "timeline",
    "to_svg",
    "use_house",
]
