"""The synthetic feed: the same bytes everywhere, the numbers that it promises, and the mischief of real feeds."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from brieftools.errors import IncidentError
from brieftools.incidents.dataset import Cut, find_datasets
from brieftools.incidents.intake.importing import Imported, import_file
from brieftools.incidents.intake.mapping import Mapping
from brieftools.incidents.intake.plan import Options
from brieftools.incidents.query import frame
from brieftools.project.velmora import write_feed
from brieftools.project.velmora_land import PROVINCES, outlines, position

WEEK_10 = {"battle": 9, "remote attack": 19, "against civilians": 11, "riot": 4, "protest": 27}
COMPARED = ("fatalities", "place", "province")
CHANGED = "velmora-2026-01-12"


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_feed(tmp_path_factory.mktemp("feed"))


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a release, the column that one of them renames under its usual name."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row | {"event_type": row.get("event_type") or row["type"]} for row in csv.DictReader(file)]


def week(row: dict[str, str]) -> tuple[int, int] | None:
    """ISO year and week of a row; None where its date does not exist."""
    try:
        return date.fromisoformat(row["event_date"]).isocalendar()[:2]
    except ValueError:
        return None


def mapping(path: Path) -> Mapping:
    """A mapping file; a key that only the inbox reads is left out."""
    given = YAML(typ="safe").load(path)
    assert given.pop("days_behind") == 1
    return Mapping(**given)


def take(release: Path, folder: Path) -> Imported:
    """Import a release as the inbox does: a mapping of its own name comes before that of the feed."""
    own = release.with_suffix(".yml")
    return import_file(
        release, folder, Options(name="velmora", mapping=mapping(own if own.is_file() else release.with_name("velmora.yml")))
    )


def test_the_feed_is_the_same_bytes_everywhere(feed: list[Path], tmp_path: Path) -> None:
    """Another process, hash seed, time zone and locale."""
    code = "import sys, pathlib; from brieftools.project.velmora import write_feed; write_feed(pathlib.Path(sys.argv[1]))"
    other = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=other)
    here = {path.name: path.read_bytes() for path in feed[0].parent.iterdir()}
    assert here == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert not any(b"\r" in content for content in here.values())


def test_one_monday_of_28_has_no_release(feed: list[Path]) -> None:
    """The week before Christmas; its incidents stand in the next release."""
    mondays = [date(2025, 9, 1) + timedelta(weeks=n) for n in range(28)]
    assert mondays[-1] == date(2026, 3, 9)
    assert [path.name for path in feed] == [f"velmora-{day}.csv" for day in mondays if day != date(2025, 12, 22)]
    after = next(path for path in feed if "2025-12-29" in path.name)
    assert Counter(week(row) for row in rows(after))[2025, 51] >= 40


def test_week_10_is_that_of_the_design(feed: list[Path]) -> None:
    """Counts by type, by province and by precision, and the sum of fatalities, as they were drawn."""
    ten = [row for row in rows(feed[-1]) if week(row) == (2026, 10)]
    assert Counter(row["event_type"] for row in ten) == WEEK_10
    assert len(ten) == 70
    violent = [row for row in ten if row["event_type"] != "protest"]
    assert Counter(row["province"] for row in violent) == {
        "Upper Tessel": 23,
        "Northmarch": 8,
        "Capital District": 6,
        "Lower Tessel": 4,
        "West Ridge": 2,
    }
    assert {row["province"] for row in ten} == {row["province"] for row in violent}
    assert Counter(row["geo_precision"] == "adm1" for row in violent) == {False: 41, True: 2}
    sums = [sum(int(row[name] or 0) for row in ten) for name in ("fatalities_low", "fatalities", "fatalities_high")]
    assert sums == [7, 12, 24]
    assert [row["date_precision"] for row in ten].count("week") == 3


def test_earlier_weeks_at_first_sight_are_those_of_the_design(feed: list[Path]) -> None:
    """Weeks 2 to 9: 56 a week; 14.75 battles, 5.75 remote attacks, 7.625 against civilians, 4.125 riots, 23.75 protests."""
    first: Counter[str] = Counter()
    for release, number in zip(feed[-9:-1], range(2, 10), strict=True):
        first += Counter(row["event_type"] for row in rows(release) if week(row) == (2026, number))
    assert {kind: number / 8 for kind, number in first.items()} == {
        "battle": 14.75,
        "remote attack": 5.75,
        "against civilians": 7.625,
        "riot": 4.125,
        "protest": 23.75,
    }


def test_what_changed_between_the_last_two_releases(feed: list[Path]) -> None:
    """Week 9: 14 battles, then 17; week 8: 3 riots, then 2; one incident was in the wrong province; no other count moved."""
    before, after = ({row["event_id"]: row for row in rows(path)} for path in feed[-2:])
    late = [row for key, row in after.items() if key not in before and week(row) != (2026, 10)]
    assert [(week(row), row["event_type"], row["source"]) for row in late] == [
        ((2026, 9), "battle", "SYNTHETIC: Monitor B, weekly digest")
    ] * 3
    assert [(week(row), row["event_type"]) for key, row in before.items() if key not in after] == [((2026, 8), "riot")]
    by_week = [Counter((week(row), row["event_type"]) for row in release.values()) for release in (before, after)]
    assert [count[(2026, 9), "battle"] for count in by_week] == [14, 17]
    assert [count[(2026, 8), "riot"] for count in by_week] == [3, 2]
    moved = [
        (row["province"], after[key]["province"])
        for key, row in before.items()
        if key in after and row["province"] != after[key]["province"]
    ]
    assert moved == [("Sund", "Upper Tessel")]


def test_weeks_grow_by_late_records_and_lose_some(feed: list[Path]) -> None:
    """About six in a hundred over eight weeks; some are withdrawn, some edited, as real tables do."""
    seen: dict[tuple[int, int], list[int]] = {}
    withdrawn, edited = 0, Counter[str]()
    former: dict[str, dict[str, str]] = {}
    for release in feed:
        now = {row["event_id"]: row for row in rows(release)}
        for one, number in Counter(week(row) for row in now.values()).items():
            seen.setdefault(one or (0, 0), []).append(number)
        withdrawn += len(former.keys() - now.keys())
        edited += Counter(column for key in former.keys() & now.keys() for column in COMPARED if former[key][column] != now[key][column])
        former = now
    old = [numbers for one, numbers in seen.items() if (2025, 35) <= one < (2026, 3) and one != (2025, 51)]
    assert 1.05 < sum(numbers[-1] for numbers in old) / sum(numbers[0] for numbers in old) < 1.07
    assert any(numbers[8] != numbers[7] for numbers in old)  # the latest records come eight weeks after their week was first seen
    assert withdrawn >= 8
    assert edited["fatalities"] >= 40
    assert edited["place"] >= 10


def test_no_remote_attack_in_the_capital_between_weeks_4_and_10(feed: list[Path]) -> None:
    """The last week's is the first since week 4."""
    struck = {week(row) for row in rows(feed[-1]) if (row["event_type"], row["province"]) == ("remote attack", "Capital District")}
    assert {(2026, 4), (2026, 10)} <= struck
    assert not struck & {(2026, number) for number in range(5, 10)}


def test_every_record_says_that_it_is_synthetic(feed: list[Path]) -> None:
    """In its source and in its note, so that no row can be mistaken for news."""
    for row in (row for release in feed for row in rows(release)):
        assert row["source"].startswith("SYNTHETIC")
        assert row["notes"].startswith("SYNTHETIC")
        assert (row["country"], row["country_name"]) == ("XVL", "Velmora (invented)")


def test_every_release_is_taken_in(feed: list[Path], tmp_path: Path) -> None:
    """Rows in are rows accepted and rows quarantined; the damaged ones are set aside with their reasons, and nothing is flagged."""
    reasons: Counter[str] = Counter()
    for release in feed:
        imported = take(release, tmp_path)
        counts = imported.sidecar.counts
        assert counts is not None
        assert (counts.read, counts.left_out, counts.flagged, counts.proposed) == (len(rows(release)), 0, 0, 0)
        assert counts.read == counts.accepted + counts.quarantined
        reasons.update(counts.reasons.keys())
    assert reasons == {"latitude beyond 90 degrees": 4, "no whole number": 2, "no such date, or a notation that is not known": 3}
    sidecar = imported.sidecar
    assert (sidecar.redistribute_rows, sidecar.licence) == (True, "CC0-1.0")
    assert "SYNTHETIC" in sidecar.title
    cut = Cut(as_of=date(2026, 3, 9), start=date(2026, 3, 2), end=date(2026, 3, 8), area=("XVL",))
    table = frame(find_datasets(tmp_path, {"velmora": None})["velmora"], cut=cut)
    assert table["event_type"].value_counts().to_dict() == WEEK_10


def test_the_release_with_other_columns_is_refused_until_somebody_says_what_they_mean(feed: list[Path], tmp_path: Path) -> None:
    """The feed's mapping names the column that is gone; the file's own mapping, beside it, names the new one."""
    release = next(path for path in feed if path.stem == CHANGED)
    for options in (Options(name="velmora", mapping=mapping(release.with_name("velmora.yml"))), Options(name="velmora")):
        with pytest.raises(IncidentError, match=r"'event_type'.*has not|event_type from 'type'"):
            import_file(release, tmp_path, options)
    assert take(release, tmp_path).sidecar.counts.quarantined == 0  # type: ignore[union-attr]


def _inside(point: tuple[float, float], ring: list[tuple[float, float]]) -> bool:
    x, y = point
    crossed = [x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 for (x1, y1), (x2, y2) in pairwise(ring) if (y1 > y) != (y2 > y)]
    return sum(crossed) % 2 == 1


def test_every_incident_lies_in_its_province(feed: list[Path]) -> None:
    """Positions and outlines fit, so that a map shows no incident in the sea or next door."""
    rings = outlines()
    assert tuple(rings) == PROVINCES
    outside = []
    for row in rows(feed[-1]):
        if row["longitude"] and not _inside((float(row["longitude"]), float(row["latitude"])), rings[row["province"]]):
            outside.append(row)
    assert outside == []


def test_outlines_share_their_borders() -> None:
    """Each ring is closed; each stretch between two points belongs to one province at the coast and to two, in opposite directions, inland."""
    rings = outlines()
    edges = Counter(edge for ring in rings.values() for edge in pairwise(ring))
    assert all(ring[0] == ring[-1] for ring in rings.values())
    assert set(edges.values()) == {1}
    assert sum((b, a) in edges for a, b in edges) > len(edges) / 3


@given(st.floats(-129.5, -120.5), st.floats(-47.5, -42.5))
def test_a_point_lies_in_one_province_or_in_none(east: float, north: float) -> None:
    """Provinces do not overlap."""
    assert sum(_inside((east, north), ring) for ring in outlines().values()) <= 1


def test_nothing_real_lies_near_velmora() -> None:
    """Every coast of the map that brieftools draws is more than ten degrees away."""
    from brieftools.charts.maps.shapes import world

    near = [
        country.name
        for country in world().countries
        for west, south, east, north in country.boxes
        if west < -111 and east > -139 and south < -33 and north > -57
    ]
    assert near == []
    assert position("Upper Tessel", "Oren") == (-124.8565, -43.724)
