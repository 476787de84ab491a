"""The counts of the first brief, recomputed from the derived tables."""

from __future__ import annotations

import csv
from calendar import monthrange
from pathlib import Path

import pytest

from brieftools.analysis.bounds import Bounds, change
from brieftools.analysis.counts import Comparison, compare
from brieftools.analysis.series import dispersion

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the folder of shared data is not beside this checkout")


def months(iso3: str, first: str, last: str) -> tuple[list[int], list[int]]:
    """Events and days of each month."""
    with (DATA / "is-events-monthly.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["iso3"] == iso3 and first <= row["month"] <= last]
    return [int(row["events"]) for row in rows], [monthrange(*map(int, row["month"].split("-")))[1] for row in rows]


def first_quarters(iso3: str, baseline: tuple[str, str]) -> tuple[Comparison, float]:
    """January to March of 2017 against 2016, and the dispersion of the baseline."""
    (x1, t1), (x2, t2) = months(iso3, "2017-01", "2017-03"), months(iso3, "2016-01", "2016-03")
    phi = dispersion(*months(iso3, *baseline)).value
    return compare(sum(x1), sum(t1), sum(x2), sum(t2), dispersion=phi), phi


@pytest.mark.parametrize(
    ("iso3", "baseline", "phi", "exact", "sentence"),
    [
        (
            "IRQ",
            ("2015-01", "2016-12"),
            5.4,
            (1.24, 1.87),
            "236 events in 90 days against 157 in 91: rate ratio 1.52 (0.95–2.43, widened for clustering): no clear change.",
        ),
        (
            "SYR",
            ("2016-01", "2016-12"),
            7.7,
            (1.04, 1.30),
            "704 events in 90 days against 612 in 91: rate ratio 1.16 (0.86–1.57, widened for clustering): no clear change.",
        ),
        (
            "NGA",
            ("2015-03", "2016-12"),
            7.3,
            (0.17, 0.39),
            "29 events in 90 days against 113 in 91: rate ratio 0.26 (0.09–0.78, widened for clustering): down.",
        ),
    ],
)
def test_first_quarters_of_2017_and_2016(
    iso3: str, baseline: tuple[str, str], phi: float, exact: tuple[float, float], sentence: str
) -> None:
    """Counts, ratio, exact and widened interval, dispersion and reading are those of the brief's content."""
    result, measured = first_quarters(iso3, baseline)
    assert round(measured, 1) == phi
    assert (round(result.exact.low, 2), round(result.exact.high, 2)) == exact
    assert result.sentence() == sentence


def test_reported_deaths_of_2016_and_2015() -> None:
    """Down 38 %, 30 to 50 % from the bounds."""
    with (DATA / "is-onesided-yearly.csv").open(newline="") as file:
        years = {row["year"]: Bounds(*(float(row[f"deaths_{end}"]) for end in ("low", "best", "high"))) for row in csv.DictReader(file)}
    assert (years["2016"].text(), years["2015"].text()) == ("3,718 (3,494–4,041)", "6,042 (5,777–6,966)")
    assert change(years["2016"], years["2015"]).text() == "down 38 %; from the bounds 30 to 50 % down"


def test_nine_of_thirteen_quarters_reached_157() -> None:
    """The base rate behind the judgment on April to June 2017."""
    events, _ = months("IRQ", "2014-01", "2017-03")
    quarters = [sum(events[i : i + 3]) for i in range(0, len(events), 3)]
    assert (len(quarters), sum(q >= 157 for q in quarters)) == (13, 9)
