"""A chart: a matplotlib figure with the words, the numbers and the alternative text that belong to it.

Put at the end of a cell it shows itself, and carries everything the Document needs as one JSON output.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from brieftools.charts.svg import RASTER_DPI, inches, size_mm, to_svg
from brieftools.charts.words import clean
from brieftools.errors import DocumentError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from pandas import DataFrame

MIME = "application/vnd.brieftools+json"
WIDTHS = (60, 84, 108, 116, 174)
NARROW = 76  # mm: 328 px, the text of a telephone, at which 8 pt labels are 12 px
LARGEST = 1_000_000  # bytes of payload: a notebook with more is slow to open and to keep

Redistribute = Literal["rows", "aggregate", "withheld"]


@dataclass(frozen=True, eq=False)
class Chart:
    """A figure of the brief.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        Drawn at its printed size.
    title, subtitle, source : str
        The finding; measure, unit, place and period; where the numbers come from. They may hold citations
        (``[@key, ¶3]``) and names of facts (``{{ name }}``), which the build resolves.
    alt : str
        What is to be seen: type, trend, range. Empty when nobody wrote one.
    width_mm : int
        The column that it was drawn for.
    table : DataFrame or None
        The numbers behind the marks.
    redistribute : {"rows", "aggregate", "withheld"}
        Whether the table holds rows of a data set, or sums of them; ``withheld``: its rows stay here.
    name : str
        File name of the data, without suffix.
    period : str or None
        In words.
    redraw : callable or None
        Draws it again at another width in mm, for narrow screens: labels keep their size where a smaller copy would not.
    """

    figure: Figure
    title: str = ""
    subtitle: str = ""
    source: str = ""
    alt: str = ""
    width_mm: int = 116
    table: DataFrame | None = None
    redistribute: Redistribute = "aggregate"
    name: str = ""
    period: str | None = None
    redraw: Callable[[int], Figure] | None = None

    def payload(self) -> dict[str, Any]:
        """Return the chart as plain data, of at most a megabyte.

        Raises
        ------
        DocumentError
            It is larger even with all its marks drawn as a picture.
        """
        for everything, dpi in ((False, RASTER_DPI), (True, RASTER_DPI), (True, 100)):
            payload = self._payload(everything=everything, dpi=dpi)
            size = len(json.dumps(payload, ensure_ascii=False).encode())
            if size <= LARGEST:
                return payload
        raise DocumentError(
            f"The figure takes {size:,} bytes; {LARGEST:,} are allowed.",
            where=self.title or self.name or "a figure without a title",
            do="Draw sums or a density (hexbin) instead of single rows, or give a shorter table.",
        )

    def _payload(self, *, everything: bool, dpi: int) -> dict[str, Any]:
        narrow = self.redraw(NARROW) if self.redraw and self.width_mm > NARROW else None
        return {
            "type": "figure",
            "name": self.name,
            "title": self.title,
            "subtitle": self.subtitle,
            "source": self.source,
            "alt": self.alt,
            "width_mm": self.width_mm,
            "height_mm": size_mm(self.figure)[1],
            "format": "svg",
            "data": to_svg(self.figure, everything=everything, dpi=dpi),
            "narrow": _drawing(narrow, everything=everything, dpi=dpi) if narrow else None,
            "table": self._table(),
            "period": self.period,
        }

    def _table(self) -> dict[str, Any] | None:
        if self.table is None:
            return None
        columns, rows = strings(self.table)
        withheld = self.redistribute == "withheld"
        return {"columns": columns, "rows": [] if withheld else rows, "redistribute": self.redistribute, "name": self.name}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        payload = self.payload()
        return {"text/plain": repr(self), "text/html": _html(payload), MIME: payload}

    def __repr__(self) -> str:
        return f"Chart({self.title or self.name or 'untitled'!r}, {self.width_mm} mm)"


def figure(
    fig: Figure | Axes,
    *,
    alt: str = "",
    title: str = "",
    subtitle: str = "",
    source: str = "",
    width: int = 116,
    height: float | None = None,
    table: DataFrame | None = None,
    redistribute: Redistribute = "aggregate",
    name: str = "",
    period: str | None = None,
    narrow: Figure | Axes | None = None,
) -> Chart:
    """Wrap a figure of your own, so that the brief has its words beside it.

    Parameters
    ----------
    fig : Figure or Axes
        What matplotlib or pandas returned. It is set to the width of its column; its text keeps its size.
    alt, title, subtitle, source, table, redistribute, name, period
        As in :class:`Chart`.
    width : int
        60, 84, 108, 116 or 174 mm.
    height : float, optional
        In mm; without it the figure keeps its proportions.
    narrow : Figure or Axes, optional
        The same drawn for a telephone, 76 mm wide; without it a narrow screen shows the wide one, smaller.

    Raises
    ------
    DocumentError
        The width is not one of the page's.
    """
    own = _sized(fig, check_width(width), height)
    second = _sized(narrow, NARROW, None) if narrow is not None else None
    return Chart(own, title, subtitle, source, alt, width, table, redistribute, name, period, redraw=(lambda _: second) if second else None)


def _sized(fig: Figure | Axes, width: int, height: float | None) -> Figure:
    """Set a figure of the analyst's to a width in mm, and take it from pyplot."""
    own: Any = fig if hasattr(fig, "set_size_inches") else fig.figure  # Axes know their figure
    width_now, height_now = own.get_size_inches()
    own.set_size_inches(inches(width), inches(height) if height else height_now * inches(width) / width_now)
    _keep_inside(own)
    close(own)
    found: Figure = own
    return found


def check_width(width: int) -> int:
    """Return the width when the page has such a column.

    Raises
    ------
    DocumentError
        It has not.
    """
    if width not in WIDTHS:
        near = min(WIDTHS, key=lambda known: abs(known - width))
        raise DocumentError(
            f"The page has no column of {width} mm.", do=f"Choose one of {', '.join(map(str, WIDTHS))} mm; {near} is the nearest."
        )
    return width


def close(fig: Figure) -> None:
    """Take a figure out of pyplot's list, so that a notebook does not show it a second time."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close(fig)


def strings(frame: DataFrame) -> tuple[list[str], list[list[str]]]:
    """Return column names and cells of a frame as text; a named index comes first, missing values are empty."""
    named = any(name is not None for name in frame.index.names)
    data = frame.reset_index() if named else frame
    columns = [clean(" ".join(map(str, c)) if isinstance(c, tuple) else c) for c in data.columns]
    return columns, [[_cell(value) for value in row] for row in data.itertuples(index=False, name=None)]


def _cell(value: Any) -> str:
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and value == value:
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"
    return clean(value).removesuffix(" 00:00:00")


def _keep_inside(fig: Figure) -> None:
    """Move the axes inwards when a label of an analyst's own figure would be cut off at the new width."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    if fig.get_layout_engine() is not None or not fig.axes:
        return
    canvas, (width, height) = fig.canvas, fig.get_size_inches()
    agg: Any = FigureCanvasAgg(fig)
    try:
        box = fig.get_tightbbox(agg.get_renderer())
    finally:
        fig.set_canvas(canvas)
    if box.x0 < -0.01 or box.y0 < -0.01 or box.x1 > width + 0.01 or box.y1 > height + 0.01:
        fig.tight_layout(pad=0.4)


def _drawing(narrow: Figure, *, everything: bool, dpi: int) -> dict[str, Any]:
    width, height = size_mm(narrow)
    return {"format": "svg", "data": to_svg(narrow, everything=everything, dpi=dpi), "width_mm": width, "height_mm": height}


def _html(payload: dict[str, Any]) -> str:
    encoded = base64.b64encode(payload["data"].encode()).decode()
    words = [f"<strong>{escape(payload['title'])}</strong>"] if payload["title"] else []
    words += [escape(payload[key]) for key in ("subtitle", "source") if payload[key]]
    return (
        f'<figure><img alt="{escape(payload["alt"])}" style="width:{payload["width_mm"]}mm;max-width:100%;background:#fff" '
        f'src="data:image/svg+xml;base64,{encoded}"><figcaption>{"<br>".join(words)}</figcaption></figure>'
    )
