"""Two windows of one series, compared: the step from a table of periods to `compare`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from brieftools.analysis.counts import Comparison, compare
from brieftools.analysis.series import dispersion
from brieftools.errors import IncidentError

if TYPE_CHECKING:
    import pandas as pd

Span = tuple[str, str]


@dataclass(frozen=True)
class Window:
    """Some successive periods of a series.

    Attributes
    ----------
    counts : tuple of int
        Per period.
    days : tuple of int
        Length of each period.
    """

    counts: tuple[int, ...]
    days: tuple[int, ...]

    @property
    def total(self) -> int:
        """Sum of the counts."""
        return sum(self.counts)

    @property
    def length(self) -> int:
        """Days in all."""
        return sum(self.days)


def window(series: pd.DataFrame, span: Span, *, column: str = "month", count: str = "events") -> Window:
    """Cut a window out of a series of one place.

    Parameters
    ----------
    series : DataFrame
        One row per period.
    span : (str, str)
        First and last period, both included, as the column writes them: ``("2017-01", "2017-03")``.
    column, count : str
        The column of periods, and that of the counts.

    Raises
    ------
    IncidentError
        A period of the span is missing, stands twice, or has no count: it is not taken for zero.
    """
    import pandas as pd

    frequency = _frequency(span[0])
    wanted = pd.period_range(span[0], span[1], freq=frequency)
    found = series.set_index(pd.PeriodIndex(series[column], freq=frequency))[count]
    if found.index.has_duplicates:
        raise IncidentError(
            f"the series has period {found.index[found.index.duplicated()][0]} twice",
            do="choose one place first: series[series.iso3 == 'IRQ']",
        )
    values = found.reindex(wanted)
    if values.isna().any():
        raise IncidentError(
            f"the series has no count for {values.index[values.isna()][0]}",
            do="choose a span that the data covers; what is missing is not zero",
        )
    days = [int((p.end_time.normalize() - p.start_time).days) + 1 for p in wanted]
    return Window(tuple(int(v) for v in values), tuple(days))


def _frequency(period: str) -> str:
    text = period.upper()
    return "Q" if "Q" in text else "Y" if len(text) == 4 else "M" if len(text) == 7 else "D"


def compare_windows(
    series: pd.DataFrame, new: Span, old: Span, *, baseline: Span | None = None, column: str = "month", count: str = "events"
) -> Comparison:
    """Compare the daily rate in two windows of one series.

    Parameters
    ----------
    series, column, count
        As in `window`.
    new, old : (str, str)
        The windows.
    baseline : (str, str), optional
        Where clustering is estimated; without it the exact interval decides.

    Returns
    -------
    Comparison

    Raises
    ------
    IncidentError
        A period of a window is missing.
    """
    first, second = (window(series, span, column=column, count=count) for span in (new, old))
    spread = None
    if baseline is not None:
        past = window(series, baseline, column=column, count=count)
        spread = dispersion(past.counts, past.days).value
    return compare(first.total, first.length, second.total, second.length, dispersion=spread)
