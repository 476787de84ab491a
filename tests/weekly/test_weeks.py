"""Weeks: names, closing days, time zones, year ends; expected values from calendars, not from the code."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from brieftools.brief.weeks import WeeklyRule
from brieftools.errors import SpecError


@pytest.mark.parametrize(
    ("week", "name", "start", "end"),
    [
        ("iso", "2026-W10", "2026-03-02", "2026-03-08"),
        ("iso", "2020-W53", "2020-12-28", "2021-01-03"),
        ("iso", "2021-W01", "2021-01-04", "2021-01-10"),
        ("sat-fri", "2026-W10", "2026-02-28", "2026-03-06"),
        ("sat-fri", "2021-W01", "2021-01-02", "2021-01-08"),
        ("sat-fri", "2020-W53", "2020-12-26", "2021-01-01"),
    ],
)
def test_what_a_week_covers(week: str, name: str, start: str, end: str) -> None:
    """As a wall calendar has it, over year ends and week 53."""
    found = WeeklyRule(first="2010-W01", week=week).named(name)  # type: ignore[arg-type]
    assert (str(found.start), str(found.end), found.name) == (start, end, name)


@pytest.mark.parametrize("name", ["2021-W53", "2026-W00", "2026-10", "2025-W35", "last week"])
def test_a_week_that_is_none_is_refused(name: str) -> None:
    """2021 had no week 53; what comes before the first edition is no edition."""
    with pytest.raises(SpecError):
        WeeklyRule(first="2025-W36").named(name)


@pytest.mark.parametrize(
    ("zone", "week", "at"),
    [
        ("UTC", "2026-W10", "2026-03-09T06:00"),
        ("Europe/Berlin", "2026-W10", "2026-03-09T05:00"),
        ("Europe/Berlin", "2026-W13", "2026-03-30T04:00"),  # summer time began on the 29th
        ("Asia/Kathmandu", "2026-W10", "2026-03-09T00:15"),
        ("Pacific/Kiritimati", "2026-W10", "2026-03-08T16:00"),
    ],
)
def test_when_an_edition_is_due(zone: str, week: str, at: str) -> None:
    """Six o'clock of the closing day where the desk is."""
    rule = WeeklyRule(first="2025-W36", timezone=zone)
    assert rule.due_at(rule.named(week)) == datetime.fromisoformat(at).replace(tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out() -> None:
    """On 29 March 2026 there was no half past two in Berlin; the edition is due once, near it."""
    rule = WeeklyRule(first="2025-W36", timezone="Europe/Berlin", lag=0, hour=2)
    at = rule.due_at(rule.named("2026-W13"))
    assert datetime(2026, 3, 29, 0, 0, tzinfo=UTC) <= at <= datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_what_is_due_by_a_moment() -> None:
    """To the minute; nothing is left out over a year end."""
    rule = WeeklyRule(first="2025-W51", timezone="UTC")
    due = [week.name for week in rule.due_by(datetime(2026, 1, 12, 5, 59, tzinfo=UTC))]
    assert due == ["2025-W51", "2025-W52", "2026-W01"]
    assert [week.name for week in rule.due_by(datetime(2026, 1, 12, 6, 0, tzinfo=UTC))] == [*due, "2026-W02"]
    assert rule.number(rule.named("2026-W02")) == 4


@given(st.dates(date(2000, 1, 3), date(2090, 1, 1)), st.sampled_from(["iso", "sat-fri"]), st.integers(0, 20))
def test_every_day_has_one_edition(day: date, week: str, lag: int) -> None:
    """The week that had closed by a day closes on or before it, the next one after it; names lead back."""
    rule = WeeklyRule(first="1999-W01", week=week, lag=lag)  # type: ignore[arg-type]
    closed = rule.closed_by(day)
    assert rule.closes(closed) <= day < rule.closes(closed.later(1))
    assert rule.named(closed.name) == closed
    assert (closed.end - closed.start).days == 6


@pytest.mark.parametrize(
    "wrong", [{"first": "2021-W53"}, {"first": "x"}, {"first": "2026-W01", "timezone": "Mars"}, {"first": "2026-W01", "hour": 24}]
)
def test_a_wrong_rule_is_refused(wrong: dict[str, object]) -> None:
    """With the record, not at the first run."""
    with pytest.raises(ValidationError):
        WeeklyRule.model_validate(wrong)
