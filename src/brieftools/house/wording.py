"""Dates, numbers and lists in words, the same in every locale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def long_date(day: date) -> str:
    """Return "31 March 2017"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_year(day: date) -> str:
    """Return "March 2017"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def span(start: date, end: date) -> str:
    """Return a period in words: whole months as "January 2012 – March 2017", else both days."""
    from calendar import monthrange

    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return month_year(start) if (start.year, start.month) == (end.year, end.month) else f"{month_year(start)} – {month_year(end)}"
    return long_date(start) if start == end else f"{long_date(start)} – {long_date(end)}"


def listing(words: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return "1 source", "2 sources"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
