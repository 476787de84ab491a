"""What is drawn where the period has nothing on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.charts.sheet import GROUND, PITCH, RISE, sheet, snap
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def empty_figure(text: str, *, width: int, house: House) -> Figure:
    """Return a tinted field that says so: a reader must not take a missing chart for a missing page.

    Parameters
    ----------
    text : str
        What is not there, and when.
    width : int
        In mm.
    """
    ground = sheet(width, snap(4.5 * PITCH), house)
    lines = ground.wrap(text, ground.width - 20)
    ground.rect(0, 0, ground.width, ground.height, house.light.panel, zorder=GROUND)
    y = ground.height / 2 - RISE + PITCH * (len(lines) - 1) / 2
    for line in lines:
        ground.text(ground.width / 2, y, line, color=house.light.ink2, align="center")
        y -= PITCH
    return ground.figure
