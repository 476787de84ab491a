"""One panel of small multiples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from brieftools.analysis.series import AgainstPast
    from brieftools.charts.series import Counts


@dataclass(frozen=True)
class Panel:
    """A series with its name.

    Attributes
    ----------
    label : str
    counts : Counts
    against : AgainstPast or None
        The last period against the ones before; None where the past is too short.
    """

    label: str
    counts: Counts
    against: AgainstPast | None

    @property
    def reading(self) -> str:
        return "" if self.against is None else self.against.reading

    @property
    def most(self) -> float:
        """The largest number that has to be drawn."""
        counts = [slot.count or 0 for slot in self.counts.slots]
        return max([*counts, self.against.predictive.high if self.against else 0])
