"""Where the words and marks of a drawn figure are, in points."""

from __future__ import annotations

import warnings
from typing import Any

SCALE = 10  # pixels a point: text extents are whole pixels


def boxes(figure: Any) -> tuple[list[tuple[str, Any]], list[Any]]:
    """Return each visible text with its box, and the boxes of the marks: (left, lower, right, upper) in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas, dpi = figure.canvas, figure.dpi
    agg: Any = FigureCanvasAgg(figure)
    figure.dpi = 72 * SCALE
    try:
        renderer = agg.get_renderer()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # glyphs that no font has
            figure.draw_without_rendering()  # axis labels find their places while they are drawn
            texts = list(figure.texts)
            for ax in figure.axes:
                texts += [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label, *_numbers(ax.xaxis), *_numbers(ax.yaxis)]
            words = [(t.get_text(), _points(t.get_window_extent(renderer))) for t in texts if t.get_visible() and t.get_text().strip()]
        marks = [mark for ax in figure.axes for line in ax.lines if line.get_marker() not in ("None", None) for mark in _marks(line)]
    finally:
        figure.dpi = dpi
        figure.set_canvas(canvas)
    return words, marks


def _numbers(axis: Any) -> list[Any]:
    """Labels of the ticks in view; matplotlib keeps some beyond."""
    low, high = sorted(axis.get_view_interval())
    return [label for place, label in zip(axis.get_majorticklocs(), axis.get_ticklabels(), strict=True) if low <= place <= high]


def _marks(line: Any) -> list[tuple[float, float, float, float]]:
    across = line.get_markersize() / 2
    up = 0.8 if line.get_marker() == "_" else across
    places = line.axes.transData.transform(line.get_xydata()) / SCALE
    return [(float(x) - across, float(y) - up, float(x) + across, float(y) + up) for x, y in places]


def _points(box: Any) -> tuple[float, float, float, float]:
    return tuple(float(value) / SCALE for value in (box.x0, box.y0, box.x1, box.y1))  # type: ignore[return-value]


def outside(figure: Any) -> list[str]:
    """Return the texts that reach over the edge of the sheet."""
    width, height = (side * 72 for side in figure.get_size_inches())
    words, _ = boxes(figure)
    # A line's box has room for accents and tails that may be empty: what counts sideways is the ink, upwards nearly so.
    return [text for text, (a, b, c, d) in words if a < -0.6 or b < -1.5 or c > width + 0.6 or d > height + 1.5]


def touching(figure: Any) -> list[tuple[str, str]]:
    """Return pairs of texts that cover a part of each other, and texts that cover a mark."""
    words, marks = boxes(figure)
    pairs = [(one, other) for n, (one, a) in enumerate(words) for other, b in words[n + 1 :] if _cover(a, b)]
    return pairs + [(text, "a mark") for text, a in words for b in marks if _cover(a, b, inset=1.2)]


def _cover(a: Any, b: Any, inset: float = 0.3) -> bool:
    # Upwards, a line's box reaches beyond its ink by a fifth on either side.
    beside = a[2] - inset <= b[0] or b[2] - inset <= a[0]
    above = a[3] - 1.9 <= b[1] or b[3] - 1.9 <= a[1]
    return not beside and not above
