"""Numbers that come in are looked at once, here."""

from __future__ import annotations

import math
import operator
from importlib import import_module
from typing import Any, SupportsFloat, SupportsIndex

from brieftools.errors import SpecError


def special() -> Any:
    """Return ``scipy.special``, imported at the first call: scipy.stats would cost four times as much."""
    return import_module("scipy.special")


def count(value: object, name: str) -> int:
    """Return a count as an integer.

    Raises
    ------
    SpecError
        When it is negative, not whole, or not a number at all. ``236.0`` is whole: data frames keep counts as floats.
    """
    whole = _whole(value)
    if whole is None:
        raise SpecError(f"{name} is {value!r}, not a whole number", do="give the number of events, 0 or more")
    if whole < 0:
        raise SpecError(f"{name} is {whole}, and a count cannot be negative", do="give the number of events, 0 or more")
    return whole


def _whole(value: object) -> int | None:
    if isinstance(value, SupportsIndex):
        return operator.index(value)
    if isinstance(value, str) or not isinstance(value, SupportsFloat):
        return None
    number = float(value)
    return int(number) if number.is_integer() else None


def exposure(value: object, name: str) -> float:
    """Return an exposure (days, weeks) as a float.

    Raises
    ------
    SpecError
        When it is not a finite number above 0.
    """
    number = amount(value, name)
    if number == 0:
        raise SpecError(f"{name} is 0, and a rate needs an exposure", do="give the length of the period, in days for example")
    return number


def amount(value: object, name: str) -> float:
    """Return a finite number of 0 or more.

    Raises
    ------
    SpecError
        When it is something else.
    """
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise SpecError(f"{name} is {value!r}, not a number", do="pass a number") from None
    if not math.isfinite(number) or number < 0:
        raise SpecError(f"{name} is {value!r}; it must be a finite number of 0 or more", do="correct it")
    return number


def alpha(level: float) -> float:
    """Return what an interval of this level leaves out on both sides together.

    Raises
    ------
    SpecError
        When the level is not between 0.5 and 1.
    """
    if not 0.5 <= level < 1:
        raise SpecError(f"an interval of level {level!r} is not available", do="give a level from 0.5 to below 1, such as 0.95")
    return 1 - level
