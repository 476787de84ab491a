"""What a chart of rows shows in each row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from brieftools.analysis.counts import Comparison, Reading
from brieftools.analysis.wording import whole_text


@dataclass(frozen=True)
class Change:
    """One row of changes.

    Attributes
    ----------
    label : str
    comparison : Comparison
    indent : int
        1 for a part of the row above it.
    theatre : {"home", "abroad"}
        Grey or the accent.
    """

    label: str
    comparison: Comparison
    indent: int = 0
    theatre: Literal["home", "abroad"] = "home"

    @property
    def reading(self) -> Reading:
        return self.comparison.reading

    @property
    def earlier(self) -> str:
        """The earlier count; where its period is far longer, what it comes to in one as long as the new: 56.0 a week, not 448."""
        c = self.comparison
        return f"{c.x2 * c.t1 / c.t2:,.1f}" if c.t2 >= 2 * c.t1 else whole_text(c.x2)

    @property
    def clear(self) -> bool:
        return self.reading != "no clear change"


@dataclass(frozen=True)
class Ranked:
    """One bar: low, best and high; None where the data say nothing."""

    label: str
    low: float | None
    best: float
    high: float | None

    @property
    def bounded(self) -> bool:
        return self.low is not None and self.high is not None

    @property
    def least(self) -> float:
        """The smallest of the three, whatever it is called."""
        return min(value for value in (self.low, self.best, self.high) if value is not None)

    @property
    def most(self) -> float:
        return max(value for value in (self.low, self.best, self.high) if value is not None)
