"""A figure laid out in points: axes in fixed places, and text by its base line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from brieftools.charts.measure import text_width, wrap
from brieftools.charts.style import SMALLEST
from brieftools.charts.svg import points
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

PITCH = 10.5  # points from line to line of 8 pt text
RISE = 0.33 * SMALLEST  # from the base line to the middle of a capital
GRID, GROUND, FRONT = -2.0, -1.0, 2.0  # order of drawing: lines, what hides them below a text, axes (0), what crosses these

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Sheet:
    """The ground of a chart.

    Attributes
    ----------
    figure : Figure
    width, height : float
        In points; the origin is at the lower left.
    house : House
    """

    figure: Figure
    width: float
    height: float
    house: House

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Add axes at a place given in points."""
        return self.figure.add_axes((left / self.width, bottom / self.height, width / self.width, height / self.height))

    def text(
        self, x: float, y: float, text: str, *, color: str | None = None, weight: int = 400, align: Align = "left", ground: bool = False
    ) -> Text:
        """Write one line.

        Parameters
        ----------
        x, y : float
            Of its base line, in points of the sheet.
        color : str, optional
            Ink when not given.
        ground : bool
            Hide what lies behind the text; a halo would turn it into outlines.
        """
        if ground:
            self._ground(x, y, self.wide(text, weight=weight), align)
        colour = color or self.house.light.ink
        return self.figure.text(
            x / self.width, y / self.height, text, color=colour, weight=weight, ha=align, va="baseline", parse_math=False
        )

    def _ground(self, x: float, y: float, width: float, align: Align) -> None:
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width - 1.5
        self.rect(left, y - 2.2, width + 3, 9.4, self.house.light.bg, zorder=GROUND)

    def rect(self, x: float, y: float, width: float, height: float, colour: str, *, zorder: float) -> None:
        """Fill a rectangle, behind (negative ``zorder``) or before the axes."""
        from matplotlib.patches import Rectangle

        place = (x / self.width, y / self.height), width / self.width, height / self.height
        self.figure.add_artist(Rectangle(*place, facecolor=colour, edgecolor="none", transform=self.figure.transFigure, zorder=zorder))

    def line(self, x: tuple[float, float], y: tuple[float, float], colour: str, thickness: float, *, zorder: float) -> None:
        """Draw a straight line between two places, behind (negative ``zorder``) or before the axes."""
        from matplotlib.lines import Line2D

        across, up = [value / self.width for value in x], [value / self.height for value in y]
        self.figure.add_artist(
            Line2D(across, up, color=colour, linewidth=thickness, linestyle="-", transform=self.figure.transFigure, zorder=zorder)
        )

    def lines(self, x: float, y: float, lines: tuple[str, ...], **how: Any) -> float:
        """Write lines below each other, the first at ``y``; return where a next one would stand."""
        for line in lines:
            self.text(x, y, line, **how)
            y -= PITCH
        return y

    def wide(self, text: str, *, weight: int = 400) -> float:
        """Return the width of a line in points."""
        return text_width(text, self.house.sans, weight=weight)

    def wrap(self, text: str, width: float, *, weight: int = 400, most: int = 99, indent: float = 0.0) -> tuple[str, ...]:
        """Break a text into lines of at most ``width`` points; ``indent`` points of the first are taken."""
        return wrap(text, width, self.house.sans, weight=weight, most=most, indent=indent)


def sheet(width_mm: float, height_pt: float, house: House) -> Sheet:
    """Return an empty sheet; its figure is unknown to pyplot, so nothing has to be closed."""
    from matplotlib.figure import Figure

    width = points(width_mm)
    return Sheet(Figure(figsize=(width / 72, height_pt / 72)), width, height_pt, house)


def snap(height_pt: float, *, line: float = 13.0) -> float:
    """Return the next larger multiple of the page's line, so that figures keep the rhythm of the text."""
    return line * -(-height_pt // line)


def bare(ax: Axes, *, bottom: bool = True, grid: bool = True) -> None:
    """Leave an axes its base line and grid, without ticks of its own."""
    ax.spines["bottom"].set_visible(bottom)
    ax.grid(grid, axis="y")
    ax.tick_params(length=0)
    ax.set_xticks([])
    if not grid:
        ax.set_yticks([])
