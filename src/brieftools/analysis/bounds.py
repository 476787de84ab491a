"""Low, best and high; change in per cent; rates per day.

Sums of lows and of highs are bounds: the truth lies between them if every record does. They are no intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from brieftools.analysis import checks
from brieftools.analysis.counts import Reading
from brieftools.analysis.intervals import Interval, garwood
from brieftools.analysis.wording import DASH, whole_text

SMALL_BASE = 10
"""No change in per cent is given on a base below this."""


@dataclass(frozen=True)
class Bounds:
    """Deaths, or anything that is given as low, best, high.

    Attributes
    ----------
    low, best, high : float
        As recorded. A record can break low <= best <= high; it is kept as it is, and ``ordered`` says so.
    """

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        for name in ("low", "best", "high"):
            object.__setattr__(self, name, checks.amount(getattr(self, name), name))

    @property
    def ordered(self) -> bool:
        return self.low <= self.best <= self.high

    @property
    def outer(self) -> tuple[float, float]:
        """Smallest and largest of the three: what to reckon with where the order is broken."""
        return min(self.low, self.best, self.high), max(self.low, self.best, self.high)

    def __add__(self, other: Bounds) -> Bounds:
        return Bounds(self.low + other.low, self.best + other.best, self.high + other.high)

    def text(self) -> str:
        """Return ``3,718 (3,494–4,041)``, or one number where all three agree."""
        if self.low == self.best == self.high:
            return whole_text(self.best)
        return f"{whole_text(self.best)} ({whole_text(self.low)}{DASH}{whole_text(self.high)})"


def total(parts: Iterable[Bounds]) -> Bounds:
    """Add bounds: low to low, best to best, high to high; exact for whole numbers, in any order."""
    rows = list(parts)
    return Bounds(math.fsum(b.low for b in rows), math.fsum(b.best for b in rows), math.fsum(b.high for b in rows))


@dataclass(frozen=True)
class BoundsChange:
    """Change between two bounded totals, as ratios new / base.

    Attributes
    ----------
    low, best, high : float
        Lowest ratio that the bounds allow (low / high), ratio of the best estimates, highest ratio (high / low; infinite
        when the lowest base is zero). NaN as ``best`` where both best estimates are zero.
    small_base : bool
        The base is under 10: no per cent is printed.
    """

    low: float
    best: float
    high: float
    small_base: bool

    @property
    def reading(self) -> Reading:
        """Direction that all the bounds share; "no clear change" when they allow both."""
        if self.low <= 1 <= self.high:
            return "no clear change"
        return "up" if self.low > 1 else "down"

    def text(self) -> str:
        """Return ``down 38 %; from the bounds 30 to 50 % down``; no per cent on a small base."""
        if self.small_base:
            return f"{self.reading}; the base is under {SMALL_BASE}, so no per cent is given"
        return f"{percent_text(100 * (self.best - 1))}; from the bounds {_range_text(100 * (self.low - 1), 100 * (self.high - 1))}"


def change(new: Bounds, base: Bounds) -> BoundsChange:
    """Compare two bounded totals of periods of one length.

    The lowest ratio is the new low over the base's high, the highest the new high over the base's low; where a record
    breaks the order of its bounds the outermost value stands in.
    """
    (new_low, new_high), (base_low, base_high) = new.outer, base.outer
    return BoundsChange(
        low=_over(new_low, base_high, 0.0),
        best=_over(new.best, base.best, math.nan),
        high=_over(new_high, base_low, math.inf),
        small_base=base.best < SMALL_BASE,
    )


def percent_change(new: float, base: float, *, new_exposure: float = 1.0, base_exposure: float = 1.0) -> float | None:
    """Change of a count, or of its rate where exposures are given, in per cent; None on a base under 10.

    Raises
    ------
    SpecError
        When a number is negative or not finite, or an exposure is zero.
    """
    new, base = checks.amount(new, "the new count"), checks.amount(base, "the base")
    factor = checks.exposure(base_exposure, "the base's exposure") / checks.exposure(new_exposure, "the new exposure")
    return None if base < SMALL_BASE else 100 * (new * factor - base) / base


def percent_text(change: float | None) -> str:
    """Write a change in per cent: ``down 38 %``, ``up 2 %``, ``unchanged``, ``up less than 1 %``; empty for None."""
    if change is None:
        return ""
    if change == 0:
        return "unchanged"
    return f"{'up' if change > 0 else 'down'} {_size(change)} %"


def per_day(x: int, days: float) -> float:
    """Return the rate of a count per day."""
    return checks.count(x, "the count") / checks.exposure(days, "the number of days")


def per_day_interval(x: int, days: float, *, level: float = 0.95) -> Interval:
    """Return Garwood's interval of a rate per day; it does not allow for clustering."""
    return garwood(x, level=level).times(1 / checks.exposure(days, "the number of days"))


def _over(a: float, b: float, of_zeros: float) -> float:
    if b:
        return a / b
    return math.inf if a else of_zeros


def _size(change: float) -> str:
    rounded = math.floor(abs(change) + 0.5)
    return f"{rounded:,}" if rounded else "less than 1"


def _range_text(low: float, high: float) -> str:
    if math.isinf(high):
        return f"{percent_text(low)} to no upper limit" if low < 0 else f"{percent_text(low)} or more"
    if high <= 0:
        return f"{_size(high)} to {_size(low)} % down"
    if low >= 0:
        return f"{_size(low)} to {_size(high)} % up"
    return f"{_size(low)} % down to {_size(high)} % up"
