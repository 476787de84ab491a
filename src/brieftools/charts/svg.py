"""A matplotlib figure as an SVG text that is the same wherever it is drawn.

Text stays text, in the house font. Dense marks become one picture. Nothing in the file tells when, where or by
which hash seed it was made.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DENSE = 300  # elements of one collection, beyond which it is drawn as a picture
LONG_LINE = 20_000  # points of a line without markers
RASTER_DPI = 200
POINTS_PER_MM = 72 / 25.4

_SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "brieftools", "svg.image_inline": True, "svg.id": None}
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_PROLOG = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)
# A rule for every element would reach into the page that the drawing is put in; as attributes of the root it is inherited.
_EVERYWHERE = re.compile(r"\s*<defs>\s*<style type=\"text/css\">\*\{stroke-linejoin: round; stroke-linecap: butt\}</style>\s*</defs>")
# An outline in the ground's colour under a label; as attributes it leaves text text, which a path effect would not.
_HALO = re.compile(r'<g id="halo">')
_NO_TURN = re.compile(r' transform="rotate\(-?0 [^)]*\)"')
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")


def points(millimetres: float) -> float:
    """Return millimetres as typographic points (72 to the inch)."""
    return millimetres * POINTS_PER_MM


def millimetres(points: float) -> float:
    """Return typographic points as millimetres."""
    return points / POINTS_PER_MM


def inches(millimetres: float) -> float:
    """Return millimetres as inches, matplotlib's unit of figure sizes."""
    return millimetres / 25.4


def size_mm(fig: Figure) -> tuple[float, float]:
    """Return width and height of a figure in millimetres."""
    width, height = fig.get_size_inches()
    return round(width * 25.4, 2), round(height * 25.4, 2)


def to_svg(fig: Figure, *, dpi: int = RASTER_DPI, everything: bool = False) -> str:
    """Draw a figure as SVG, from ``<svg`` to ``</svg>`` without prolog.

    Parameters
    ----------
    fig : Figure
    dpi : int
        Resolution of what is drawn as a picture.
    everything : bool
        Draw all marks as pictures; text, ticks and spines stay as they are.

    Notes
    -----
    Width and height are in points, one unit of the view box being one point. Formulas in mathtext are drawn as
    outlines, because no reader has matplotlib's mathematical fonts; all other text stays text.
    """
    from matplotlib import rc_context
    from matplotlib.colors import to_hex

    for ax in _axes(fig):
        _make_pictures(ax, everything=everything)
    out = StringIO()
    with rc_context(_SETTINGS), _at_72_dpi(fig), _without_ground(fig), warnings.catch_warnings():
        # A missing glyph is the renderers' matter: the text keeps the character.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font", category=UserWarning)
        _draw(fig, out, dpi)
    return _tidy(out.getvalue(), to_hex(fig.get_facecolor()))


def _draw(fig: Figure, out: StringIO, dpi: int) -> None:
    from matplotlib import rc_context
    from matplotlib.backends import backend_mixed, backend_svg

    base: Any = backend_svg.RendererSVG
    mixed: Any = backend_mixed.MixedModeRenderer

    class Renderer(base):  # type: ignore[misc]
        def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None) -> None:
            if not ismath:
                super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)
                return
            with rc_context({"svg.fonttype": "path"}):
                super().draw_text(gc, x, y, s, prop, angle, ismath, mtext)

    width, height = (float(side) for side in fig.get_size_inches())
    svg = Renderer(width * 72, height * 72, out, image_dpi=dpi, metadata=dict(_NO_METADATA))
    renderer = mixed(fig, width, height, dpi, svg)
    fig.draw(renderer)
    renderer.finalize()


@contextmanager
def _at_72_dpi(fig: Figure) -> Iterator[None]:
    dpi = fig.dpi
    fig.dpi = 72
    try:
        yield
    finally:
        fig.dpi = dpi


@contextmanager
def _without_ground(fig: Figure) -> Iterator[None]:
    """Leave out a ground that is white or the page's: the page has its own, and a watermark or a tint may lie on it."""
    from matplotlib.colors import to_hex

    from brieftools.charts.style import house_in_use

    shown = fig.patch.get_visible()
    fig.patch.set_visible(shown and to_hex(fig.get_facecolor()) not in ("#ffffff", house_in_use().light.bg.lower()))
    try:
        yield
    finally:
        fig.patch.set_visible(shown)


def _axes(fig: Figure) -> Iterator[Axes]:
    waiting: list[Any] = list(fig.axes)
    while waiting:
        ax = waiting.pop(0)
        yield ax
        waiting += [child for child in ax.child_axes if child not in fig.axes]


def _make_pictures(ax: Axes, *, everything: bool) -> None:
    import numpy as np

    # Not fig.findobj(): it makes every tick of every axis.
    for collection in ax.collections:
        if everything or _elements(collection) > DENSE:
            collection.set_rasterized(True)
    for line in ax.lines:
        marked = str(line.get_marker()) not in ("None", "none", "", " ")
        if everything or np.size(line.get_xdata()) > (DENSE if marked else LONG_LINE):
            line.set_rasterized(True)
    if everything:
        for patch in ax.patches:
            patch.set_rasterized(True)


def _elements(collection: Artist) -> int:
    from matplotlib.collections import Collection, QuadMesh

    if isinstance(collection, QuadMesh):
        values = collection.get_array()
        return 0 if values is None else int(values.size)
    if isinstance(collection, Collection):
        offsets: Any = collection.get_offsets()
        return max(len(offsets), len(collection.get_paths()))
    return 0


def _tidy(svg: str, ground: str) -> str:
    svg = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", _PROLOG.sub("", svg))
    svg, replaced = _EVERYWHERE.subn("", svg)
    if replaced:
        svg = svg.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    svg = _HALO.sub(f'<g stroke="{ground}" stroke-width="2.2" stroke-linejoin="round" paint-order="stroke">', svg)
    return _NO_TURN.sub("", svg).strip()
