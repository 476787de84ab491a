"""Numbers as the reader meets them: key figures with their change, and the facts of a comparison."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from brieftools.brief.facts import Fact, fact

if TYPE_CHECKING:
    import pandas as pd

    from brieftools.analysis.bounds import BoundsChange
    from brieftools.analysis.counts import Comparison

_READINGS = {"up": "▲ up", "down": "▼ down", "no clear change": "No clear change"}
_NOUNS = {"up": "a higher rate", "down": "a lower rate", "no clear change": "no clear change"}
# The strip's axis: one tenth to ten times, on a logarithmic scale, the same in every strip.
_DECADE = math.log(10)


def comparison_facts(prefix: str, comparison: Comparison, new: str, old: str, *, unit: str, origin: str) -> Iterator[Fact]:
    """Yield the facts of a comparison; see `Brief.compare`."""
    from brieftools.analysis.wording import ratio_text

    c, about = comparison, f"{origin}: " if origin else ""
    for name, count, days in ((new, c.x1, c.t1), (old, c.x2, c.t2)):
        yield fact(f"{prefix}_events_{name}", count, unit=unit, origin=f"{about}count over {days:g} days")
        yield fact(f"{prefix}_rate_{name}", count / days, format=".2f", unit=f"{unit} a day", origin=f"{count:,} / {days:g} days")
    if c.ratio is not None and math.isfinite(c.ratio):
        yield fact(f"{prefix}_ratio", ratio_text(c.ratio), origin=f"rate {new} / rate {old}")
    for name, interval, how in (("ratio", c.deciding, c.why), ("exact", c.exact, "exact conditional (Clopper-Pearson)")):
        for end in ("low", "high"):
            yield fact(f"{prefix}_{name}_{end}", ratio_text(getattr(interval, end)), origin=f"95 % interval of the ratio, {how}")
    yield fact(f"{prefix}_reading", _NOUNS[c.reading], origin=f"“no clear change” when the deciding interval ({c.why}) holds 1")
    if c.dispersion is not None:
        yield fact(
            f"{prefix}_dispersion", c.dispersion, format=".1f", origin=f"{about}Pearson chi-square per degree of freedom of the baseline"
        )


def key_figure_entry(
    value: str,
    label: str,
    *,
    change: Comparison | BoundsChange | None = None,
    against: str = "",
    without: str = "a count: no interval",
    lead: str = "",
    reading: str = "",
    tone: str = "home",
) -> dict[str, Any]:
    """Return one entry of the key-figure strip.

    Parameters
    ----------
    value : str
        The figure as printed.
    label : str
        What it counts, where and when; may hold citations.
    change : Comparison or BoundsChange, optional
        Draws the interval, and words the reading.
    against : str
        What it is compared with: "a year earlier".
    without : str
        Stands in place of the interval where there is none, and says why.
    lead, reading : str
        The first words, set bold, and the rest, where no change words them.
    tone : str
        home, abroad or ink.
    """
    strip = None
    if change is not None:
        lead, reading, strip = _change(change, against)
    return {
        "value": value,
        "label": label,
        "tone": tone,
        "strip": strip,
        "strip_text": "" if strip else without,
        "lead": lead,
        "reading": reading,
    }


def _change(change: Comparison | BoundsChange, against: str) -> tuple[str, str, dict[str, Any] | None]:
    from brieftools.analysis.counts import Comparison
    from brieftools.analysis.wording import ratio_text, span_text

    on = f" on {against}" if against else ""
    if not isinstance(change, Comparison):
        return _READINGS[change.reading], f"{on}: {change.text()}".strip(), None
    low, high = change.deciding.low, change.deciding.high
    words = f"{on}: ×{ratio_text(change.ratio)} ({span_text(low, high)})" if change.ratio and math.isfinite(change.ratio) else on
    strip = {
        "low": _place(low),
        "mid": _place(change.ratio),
        "high": _place(high),
        "reference": 0.5,
        "clear": change.reading != "no clear change",
    }
    return _READINGS[change.reading], words.strip(), strip


def _place(ratio: float | None) -> float:
    """Where a ratio stands on the strip, 0 to 1."""
    if ratio is None or ratio <= 0:
        return 0.0
    return round(min(max(0.5 + math.log(min(ratio, 1e9)) / (2 * _DECADE), 0.0), 1.0), 4)


def table_payload(data: pd.DataFrame, *, title: str, subtitle: str, source: str, name: str, weights: Sequence[int]) -> dict[str, Any]:
    """Return the payload of a numbered table."""
    from pandas.api.types import is_numeric_dtype

    from brieftools.charts.chart import strings

    head, body = strings(data)
    named = len(head) - len(data.columns)
    kinds = [False] * named + [is_numeric_dtype(dtype) for dtype in data.dtypes]
    widths = list(weights) or [0] * len(head)
    return {
        "type": "table",
        "name": name,
        "title": title,
        "subtitle": subtitle,
        "source": source or None,
        "columns": [{"align": "right" if number else "left", "weight": weight} for number, weight in zip(kinds, widths, strict=True)],
        "head": head,
        "body": body,
        "row_headers": max(named, 0),
    }
