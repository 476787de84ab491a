"""Two counts compared: known answers, the deciding interval, wording."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from brieftools.analysis.counts import Comparison, compare
from brieftools.errors import SpecError

COUNTS = st.integers(0, 5000)
DAYS = st.floats(0.1, 5000)
PHI = st.none() | st.floats(0, 60)

KNOWN = [
    ((11, 800, 21, 3011), 1.971488, (0.858426, 4.277266), 0.079669, (0.916602, 4.058404)),
    ((5, 1, 0, 1), math.inf, (0.916356, math.inf), 0.0625, (1.218674, math.inf)),
    ((60, 30, 40, 30), 1.5, (0.988899, 2.297122), 0.056888, (1.007071, 2.252280)),
    ((8, 7, 24, 56), 2.666667, (1.035628, 6.135509), 0.021114, (1.126410, 5.795478)),
]


def six(*values: float) -> tuple[float, ...]:
    return tuple(round(v, 6) for v in values)


@pytest.mark.parametrize(("case", "ratio", "exact", "p", "mid_p"), KNOWN)
def test_known_answers(
    case: tuple[int, float, int, float], ratio: float, exact: tuple[float, float], p: float, mid_p: tuple[float, float]
) -> None:
    """Ratio, exact and mid-p limits and p come out to the printed digits."""
    result = compare(*case)
    assert six(result.ratio or 0, result.p) == (ratio, p)
    assert six(result.exact.low, result.exact.high) == exact
    assert six(result.mid_p.low, result.mid_p.high) == mid_p


def test_half_as_many_again_is_at_the_edge() -> None:
    """60 against 40: the exact interval holds 1, the mid-p interval does not, and each says its name."""
    exact, mid_p = compare(60, 30, 40, 30), compare(60, 30, 40, 30, method="mid-p")
    assert (exact.reading, exact.deciding.method) == ("no clear change", "exact")
    assert (mid_p.reading, mid_p.deciding.method) == ("up", "mid-p")


@pytest.mark.parametrize(
    ("x1", "t1", "x2", "t2"), [(2, 3.5, 9, 1.2), (100, 365, 130, 366), (0, 10, 4, 20), (17, 31, 0, 28), (4000, 90, 4100, 91), (1, 1, 1, 1)]
)
def test_agrees_with_the_rule_of_poisson_test(x1: int, t1: float, x2: int, t2: float) -> None:
    """R's poisson.test of two counts is a binomial test with p = t1 / (t1 + t2): scipy's gives the same p and limits."""
    result = compare(x1, t1, x2, t2)
    outside = stats.binomtest(x1, x1 + x2, t1 / (t1 + t2))
    limits = outside.proportion_ci(method="exact")
    assert result.p == pytest.approx(outside.pvalue, rel=1e-9)
    assert result.exact.low == pytest.approx(limits.low / (1 - limits.low) * t2 / t1, rel=1e-9)
    assert result.exact.high == (pytest.approx(limits.high / (1 - limits.high) * t2 / t1, rel=1e-6) if x2 else math.inf)


PUBLISHED = [
    # Fay, vignette of the R package rateratio.test: ratio and limits as printed.
    ((2, 17877, 9, 16660), "0.2070941557", ("0.02177406", "1.00054910"), None),
    # Kuhn and Silge, Tidy Modeling with R, ch. 21: poisson.test(c(930, 619), T = 3).
    ((930, 3, 619, 3), "1.502", ("1.356", "1.666"), None),
    # OpenEpi, person-time, its own example: two strata and both together, exact and mid-p.
    ((17, 100025, 3, 122268), "6.927", ("2.004", "36.89"), ("2.210", "29.63")),
    ((8, 78531, 1, 77932), "7.939", ("1.064", "352.3"), ("1.270", "177.6")),
    ((25, 178556, 4, 200200), "7.008", ("2.420", "27.71"), ("2.616", "23.57")),
]


@pytest.mark.parametrize(("case", "ratio", "exact", "mid_p"), PUBLISHED)
def test_published_comparisons(
    case: tuple[int, float, int, float], ratio: str, exact: tuple[str, str], mid_p: tuple[str, str] | None
) -> None:
    """What other programs print comes out to the digits that they print."""
    result = compare(*case)
    for ours, theirs in zip((result.ratio or 0, result.exact.low, result.exact.high), (ratio, *exact), strict=True):
        assert f"{ours:.{len(theirs.partition('.')[2])}f}" == theirs
    for ours, theirs in zip((result.mid_p.low, result.mid_p.high), mid_p or (), strict=False):
        assert f"{ours:.{len(theirs.partition('.')[2])}f}" == theirs


@pytest.mark.parametrize(
    ("case", "p"), [((17, 100025, 3, 122268), "0.0003127"), ((8, 78531, 1, 77932), "0.02210"), ((25, 178556, 4, 200200), "0.00001654")]
)
def test_published_mid_p(case: tuple[int, float, int, float], p: str) -> None:
    """OpenEpi prints the two-sided mid-p of its example."""
    assert f"{compare(*case).p_mid:.{len(p) - 2}f}" == p


def test_the_interval_decides_where_p_says_otherwise() -> None:
    """In Fay's example p by minimum likelihood is .033 and the exact interval holds 1 by a hair: no clear change."""
    result = compare(2, 17877, 9, 16660)
    assert round(result.p, 3) == 0.033
    assert result.reading == "no clear change"


@given(COUNTS, DAYS, COUNTS, DAYS, PHI)
@settings(max_examples=150, deadline=None)
def test_every_interval_holds_the_estimate(x1: int, t1: float, x2: int, t2: float, phi: float | None) -> None:
    """Exact, mid-p and widened interval hold the ratio; the widened one holds the exact one."""
    result = compare(x1, t1, x2, t2, dispersion=phi)
    for interval in (result.exact, result.mid_p, result.widened):
        if interval is not None and result.ratio is not None:
            assert interval.holds(result.ratio)
    if result.widened:
        assert result.widened.low <= result.exact.low <= result.exact.high <= result.widened.high


@given(COUNTS, DAYS, COUNTS, DAYS, PHI)
@settings(max_examples=150, deadline=None)
def test_swapping_the_periods_inverts_everything(x1: int, t1: float, x2: int, t2: float, phi: float | None) -> None:
    """What is up from one side is down from the other, with inverted limits and the same p."""
    one, other = compare(x1, t1, x2, t2, dispersion=phi), compare(x2, t2, x1, t1, dispersion=phi)
    assert (one.p, one.p_mid) == (other.p, other.p_mid)
    assert one.deciding.low == pytest.approx(1 / other.deciding.high if other.deciding.high else math.inf, rel=1e-9)
    opposite = {"up": "down", "down": "up"}.get(other.reading, other.reading)
    assert one.reading == opposite or min(abs(math.log(v)) for v in (one.deciding.low or 9, one.deciding.high) if v < math.inf) < 1e-9


@given(COUNTS, DAYS, COUNTS, DAYS, st.sampled_from([1 / 24, 7, 365.25]))
@settings(max_examples=100, deadline=None)
def test_the_unit_of_exposure_does_not_matter(x1: int, t1: float, x2: int, t2: float, unit: float) -> None:
    """Days or hours: the same ratio, limits and p."""
    one, other = compare(x1, t1, x2, t2), compare(x1, t1 * unit, x2, t2 * unit)
    assert (one.exact.low, one.exact.high, one.mid_p.low) == pytest.approx((other.exact.low, other.exact.high, other.mid_p.low), rel=1e-9)
    assert one.p == pytest.approx(other.p, rel=1e-6, abs=1e-300)


def test_clustered_counts_are_decided_by_the_widened_interval() -> None:
    """Iraq, first quarters of 2017 and 2016: up if events were independent, no clear change as they cluster."""
    result = compare(236, 90, 157, 91, dispersion=5.386)
    assert result.exact.low > 1
    assert result.sentence() == (
        "236 events in 90 days against 157 in 91: rate ratio 1.52 (0.95–2.43, widened for clustering): no clear change."
    )
    assert result.label() == "no clear change: ×1.52 (0.95–2.43)"


def test_widening_follows_the_quasi_poisson_formula() -> None:
    """ln ratio ± 1.96 sqrt(phi (1/x1 + 1/x2)), worked by hand for phi 4 and counts of 100: a factor of exp(0.55436)."""
    widened = compare(100, 30, 100, 30, dispersion=4).widened
    assert widened is not None
    assert (widened.low, widened.high) == pytest.approx((0.574439, 1.740829), abs=1e-6)


@pytest.mark.parametrize(("dispersion", "decides"), [(None, "exact"), (0.4, "exact"), (1.5, "exact"), (1.51, "widened"), (30, "widened")])
def test_only_a_dispersion_above_one_and_a_half_widens(dispersion: float | None, decides: str) -> None:
    """At 1.5 and below the exact interval decides."""
    assert compare(40, 30, 30, 30, dispersion=dispersion).deciding.method == decides


def test_a_zero_count_falls_back_on_the_exact_interval_and_says_so() -> None:
    """The quasi-Poisson formula has no answer at zero."""
    result = compare(0, 90, 12, 91, dispersion=5)
    assert result.widened is None
    assert result.sentence() == (
        "No events recorded in 90 days against 12 in 91: "
        "rate ratio 0 (0–0.36, exact, not widened for clustering because a count is zero): down."
    )


def test_a_single_event_is_not_called_a_rise_by_the_normal_approximation() -> None:
    """One event in a day against 100 in 2,000 days: the quasi-Poisson limit alone would exclude 1, the exact one does not."""
    assert compare(1, 1, 100, 2000, dispersion=1.6).reading == "no clear change"


def test_nothing_against_nothing_is_no_change() -> None:
    """Two empty periods have no ratio."""
    assert compare(0, 7, 0, 7).sentence() == (
        "No events recorded in 7 days against none recorded in 7: no rate ratio, because both counts are zero: no clear change."
    )


def test_a_base_of_zero_has_no_ratio() -> None:
    """Five against none recorded: only a lower limit can be given."""
    assert compare(5, 1, 0, 1, dispersion=1).sentence() == (
        "5 events in 1 day against none recorded in 1: "
        "no rate ratio, because the second count is zero (interval 0.92 and above, exact): no clear change."
    )


def test_other_nouns_and_thousands() -> None:
    """What was counted and the unit can be named."""
    text = compare(1, 1, 2300, 52, dispersion=1).sentence(one="attack", many="attacks", unit="weeks")
    assert text.startswith("1 attack in 1 week against 2,300 in 52: rate ratio 0.02 (0.001–0.13, exact): down.")


def test_rounding_never_hides_the_side_of_one() -> None:
    """A limit just above 1 is not printed as 1.00."""
    result = compare(10_000, 100, 9_700, 100, dispersion=1)
    assert result.reading == "up"
    assert "(1.002–1.06, exact): up" in result.sentence()


@given(COUNTS, DAYS, COUNTS, DAYS, PHI)
@settings(max_examples=150, deadline=None)
def test_printed_limits_and_reading_agree(x1: int, t1: float, x2: int, t2: float, phi: float | None) -> None:
    """A reader who looks only at the printed limits comes to the printed reading."""
    label = compare(x1, t1, x2, t2, dispersion=phi).label()
    if "×" in label and "and above" not in label:
        low, high = (float(v.replace(",", "")) for v in label.split("(")[1].rstrip(")").split("–"))
        assert label.split(":")[0] == ("up" if low > 1 else "down" if high < 1 else "no clear change")


@pytest.mark.parametrize(
    ("case", "options", "message"),
    [
        ((-1, 1, 2, 1), {}, "cannot be negative"),
        ((1.5, 1, 2, 1), {}, "not a whole number"),
        (("5", 1, 2, 1), {}, "not a whole number"),
        ((math.nan, 1, 2, 1), {}, "not a whole number"),
        ((1, 0, 2, 1), {}, "needs an exposure"),
        ((1, math.inf, 2, 1), {}, "finite"),
        ((1, 1, 2, 1), {"dispersion": math.nan}, "dispersion"),
        ((1, 1, 2, 1), {"method": "mid p"}, "no method"),
        ((1, 1, 2, 1), {"method": "widened"}, "without a dispersion"),
    ],
)
def test_what_cannot_be_compared_is_refused(case: tuple[int, float, int, float], options: dict[str, object], message: str) -> None:
    """Errors say which number is wrong."""
    with pytest.raises(SpecError, match=message):
        compare(*case, **options)  # type: ignore[arg-type]


def test_counts_out_of_a_data_frame_are_accepted() -> None:
    """A whole float is a count."""
    assert compare(236.0, 90, 157, 91).x1 == 236  # type: ignore[arg-type]


def test_an_unknown_method_names_the_nearest() -> None:
    """A misspelt method is corrected."""
    with pytest.raises(SpecError) as caught:
        compare(1, 1, 1, 1, method="midp")
    assert caught.value.do == "did you mean 'mid-p'?"


def test_a_comparison_cannot_be_changed() -> None:
    """Records are frozen."""
    result: Comparison = compare(1, 1, 1, 1)
    with pytest.raises(AttributeError):
        result.x1 = 5  # type: ignore[misc]
