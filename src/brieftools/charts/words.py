"""Titles, dates and labels in charts: short, computed, the same in every locale."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from brieftools.errors import DocumentError
from brieftools.house.wording import MONTHS

LONGEST_TITLE = 15  # words
NO_BREAK = "\N{NO-BREAK SPACE}"

_SMALL = [
    *("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
]
# Control characters cannot stand in XML; those that turn the direction of writing would reorder what follows them.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]")


def clean(value: Any) -> str:
    """Return text from data as one line for a label; missing values (None, NaN, NaT, NA) are empty."""
    if value is None or type(value).__name__ == "NAType" or (not isinstance(value, str | list) and bool(value != value)):
        return ""
    text = unicodedata.normalize("NFC", str(value))
    return " ".join(_UNSEEN.sub(" ", text).split())


def as_date(value: Any, *, name: str = "the date") -> date | None:
    """Return a calendar day from a date, a time stamp or an ISO text; None when the value is missing.

    Raises
    ------
    DocumentError
        The text is no ISO date.
    """
    if isinstance(value, datetime):  # pandas' Timestamp and NaT are datetimes too
        return None if value != value else value.date()
    if isinstance(value, date):
        return value
    text = clean(value)
    if not text or text in ("NaT", "nan", "<NA>"):
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise DocumentError(f"{name} is {text!r}, not an ISO date", do="write it as 2017-03-31, or leave it empty") from None


def short_date(day: date, *, year: bool = False) -> str:
    """Return ``6 Mar``, or ``6 Mar 2017``."""
    return f"{day.day} {month_short(day.month)}" + (f" {day.year}" if year else "")


def month_short(month: int) -> str:
    """Return ``Mar`` for 3."""
    return MONTHS[month - 1][:3]


def words(*numbers: int) -> list[str]:
    """Write counts as words when all of them are twenty or less, else all as figures."""
    if all(0 <= n <= 20 for n in numbers):
        return [_SMALL[n] for n in numbers]
    return [f"{n:,}" for n in numbers]


def opening(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]


def figures(value: float) -> str:
    """Write a number with a comma for thousands and no needless decimals: ``3,718``, ``0.5``."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2g}"


def title(*candidates: str) -> str:
    """Return the first candidate of at most fifteen words, with a capital; the shortest when none is."""
    chosen = next((text for text in candidates if len(text.split()) <= LONGEST_TITLE), None)
    if chosen is None:
        shortest = min(candidates, key=lambda text: len(text.split()))
        chosen = " ".join(shortest.split()[: LONGEST_TITLE - 1]) + " …"
    return opening(chosen)


def sentences(*parts: str) -> str:
    """Join the parts that are not empty, each with a full stop at its end."""
    return " ".join(part if part.endswith((".", "…", "]")) else part + "." for part in parts if part)
