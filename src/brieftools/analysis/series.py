"""A series of counts: how much it clusters, and whether a new period stands out from the past ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from brieftools.analysis import checks
from brieftools.analysis.counts import CLUSTERED, Reading
from brieftools.analysis.intervals import Interval
from brieftools.analysis.wording import DASH, rate_text, whole_text
from brieftools.errors import SpecError


@dataclass(frozen=True)
class Dispersion:
    """How much the counts of a baseline vary beyond chance.

    Attributes
    ----------
    value : float
        Pearson chi-square per degree of freedom; near 1 for Poisson counts of one rate.
    periods : int
        Number of periods that it rests on.
    events : int
        Their sum.
    chance : float
        Probability of such a value or a larger one if the counts were Poisson with one rate.
    """

    value: float
    periods: int
    events: int
    chance: float


def dispersion(counts: Sequence[int], exposures: Sequence[float]) -> Dispersion:
    """Estimate the dispersion of a baseline: sum((x - e)^2 / e) / (k - 1), where e = exposure * all events / all exposure.

    A level shift inside the baseline counts as dispersion too. Months that move together make the dispersion of their sums
    larger than this one: where a quarter is compared, a baseline of quarters is the safer one.

    Parameters
    ----------
    counts : sequence of int
        Events per period, shape (k,), k of at least 2.
    exposures : sequence of float
        Length of each period, in days, shape (k,).

    Raises
    ------
    SpecError
        When the lengths differ, there are fewer than two periods, or no event at all.

    Notes
    -----
    McCullagh & Nelder 1989, *Generalized Linear Models*, 4.5 and 6.2. Above 1.5 arises by chance in 16 % of eight-period
    and 12 % of twelve-period baselines: prefer a long one.
    """
    if len(counts) != len(exposures):
        raise SpecError(f"{len(counts)} counts have {len(exposures)} exposures", do="give one exposure for each count")
    if len(counts) < 2:
        raise SpecError("a dispersion needs at least two periods", do="give a longer baseline")
    x = [checks.count(value, "a count of the baseline") for value in counts]
    t = [checks.exposure(value, "an exposure of the baseline") for value in exposures]
    total = sum(x)
    if total == 0:
        raise SpecError("a dispersion needs an event in the baseline", do="give a longer baseline, or compare without a dispersion")
    rate, freedom = total / sum(t), len(x) - 1
    square = sum((a - rate * b) ** 2 / (rate * b) for a, b in zip(x, t, strict=True))
    return Dispersion(square / freedom, len(x), total, float(checks.special().chdtrc(freedom, square)))


@dataclass(frozen=True)
class AgainstPast:
    """A new period against m past ones of the same length.

    Attributes
    ----------
    x, past, periods : int, int, float
        The new count, the sum of the past ones, and how many past periods (m) there are.
    expected : float
        Past mean per period.
    predictive : Interval
        Central interval of a new count, whole numbers; it decides.
    above, below : float
        Predictive probability of the observed count or more, or less.
    conditional_above, conditional_below : float
        The same given the total of all events, without a prior; it can disagree with the interval at its edge.
    dispersion : float or None
        As given; above 1.5 the predictive distribution is widened.
    """

    x: int
    past: int
    periods: float
    expected: float
    predictive: Interval
    above: float
    below: float
    conditional_above: float
    conditional_below: float
    dispersion: float | None

    @property
    def reading(self) -> Reading:
        if self.predictive.holds(self.x):
            return "no clear change"
        return "up" if self.x > self.predictive.high else "down"

    @property
    def widened(self) -> bool:
        return self.dispersion is not None and self.dispersion > CLUSTERED

    def sentence(self, *, one: str = "event", many: str = "events", unit: str = "weeks") -> str:
        """Return the comparison as one careful sentence; ``unit`` is the plural of the period."""
        first = f"{whole_text(self.x)} {one if self.x == 1 else many}" if self.x else f"No {many} recorded"
        span = f"{whole_text(self.predictive.low)}{DASH}{whole_text(self.predictive.high)}"
        single = unit.removesuffix("s")
        place = "inside" if self.predictive.holds(self.x) else "outside"
        how = ", widened for clustering" if self.widened else ", clustering not examined" if self.dispersion is None else ""
        past = f"{whole_text(self.past)} in the {whole_text(self.periods)} {unit if self.periods != 1 else single} before"
        against = f"{first} in one {single} against {past} ({rate_text(self.expected)} a {single})"
        return f"{against}: {place} the {100 * self.predictive.level:g} % predictive interval {span}{how}: {self.reading}."


def against_past(x: int, past: int, periods: float, *, dispersion: float | None = None, level: float = 0.95) -> AgainstPast:
    """Compare the count of one new period with the sum of past ones.

    Parameters
    ----------
    x : int
        Count of the new period.
    past : int
        Sum n of the past counts.
    periods : float
        How many past periods m, in units of the new one.
    dispersion : float, optional
        Variance over mean of the past counts; above 1.5 it widens.
    level : float
        Of the predictive interval.

    Raises
    ------
    SpecError
        When a number is not usable.

    Notes
    -----
    Without a prior: P(Bin(n + x, 1/(m+1)) >= x), the tail of NB(n + 1, m/(m+1)). With the Jeffreys prior a new count is
    NB(n + 1/2, m/(m+1)) (Gelman et al., *Bayesian Data Analysis*, 2.6). Widening keeps its mean and multiplies its variance
    by the dispersion d: NB((n + 1/2) / (d (m+1) - m), 1 / (d (m+1)/m)), which is the Jeffreys one at d = 1 (moment
    matching, ours). For n 24, m 8, x 7 the two tails are .0500 and .0463: the predictive interval decides.
    """
    x, past = checks.count(x, "the new count"), checks.count(past, "the past count")
    m = checks.exposure(periods, "the number of past periods")
    phi = None if dispersion is None else checks.amount(dispersion, "the dispersion")
    d = phi if phi is not None and phi > CLUSTERED else 1.0
    size, p = (past + 0.5) / (d * (m + 1) - m), m / (d * (m + 1))
    tail = checks.alpha(level) / 2
    predictive = Interval(_quantile(tail, size, p), _quantile(1 - tail, size, p), "predictive", level)
    return AgainstPast(
        x=x,
        past=past,
        periods=m,
        expected=past / m,
        predictive=predictive,
        above=_nb_above(x, size, p),
        below=1 - _nb_above(x + 1, size, p),
        conditional_above=_nb_above(x, past + 1, m / (m + 1)),
        conditional_below=1 - _nb_above(x + 1, past, m / (m + 1)) if past else 1.0,
        dispersion=phi,
    )


def _nb_above(x: int, size: float, p: float) -> float:
    """P(X >= x) for the negative binomial with the given size and success probability."""
    return float(checks.special().betaincc(size, x, p)) if x else 1.0


def _quantile(q: float, size: float, p: float) -> float:
    """Smallest whole number with a cumulative probability of at least q."""
    high = 1
    while 1 - _nb_above(high + 1, size, p) < q:
        high *= 2
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if 1 - _nb_above(middle + 1, size, p) >= q else (middle, high)
    return float(high)
