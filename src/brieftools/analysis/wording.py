"""How figures are written: real minus sign, thousands with a comma, no digit that misleads."""

from __future__ import annotations

import math

MINUS = "−"
DASH = "–"
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def whole_text(value: float) -> str:
    """Write a count or a length: ``3718`` as ``3,718``, ``90.0`` as ``90``, ``90.5`` as ``90.5``."""
    return _signed(value, f"{abs(value):,.0f}" if float(value).is_integer() else f"{abs(value):,.10g}")


def ratio_text(value: float) -> str:
    """Write a ratio with two decimals, with more where two would print 1.00 or 0.00 for something else.

    A limit of 1.004 excludes 1; printed as 1.00 it would contradict the reading beside it.
    """
    if math.isinf(value):
        return "∞"
    if value in (0, 1):
        return f"{value:.0f}" if value == 0 else "1.00"
    for digits in (2, 3, 4, 5, 6):
        text = f"{value:,.{digits}f}"
        if float(text.replace(",", "")) not in (0.0, 1.0):
            return text if value < 100 else f"{value:,.0f}"
    return f"{value:.2g}"


def span_text(low: float, high: float) -> str:
    """Write an interval of ratios: ``0.95–2.43``, or ``0.92 and above`` when it has no upper end."""
    return f"{ratio_text(low)} and above" if math.isinf(high) else f"{ratio_text(low)}{DASH}{ratio_text(high)}"


def rate_text(value: float) -> str:
    """Write a rate with two decimals, two significant digits when it is below 0.1."""
    if value == 0 or value >= 0.095:
        return f"{value:,.2f}"
    return f"{value:.{1 - math.floor(math.log10(value))}f}"


def score_text(value: float) -> str:
    """Write a score with two decimals and a real minus sign; never a negative zero."""
    return _signed(value, f"{abs(value):.2f}")


def words(number: int) -> str:
    """Write one to twelve as words, larger numbers as figures."""
    return SMALL_NUMBERS[number] if 0 <= number < len(SMALL_NUMBERS) else f"{number:,}"


def listed(parts: list[str], joiner: str = "and") -> str:
    """Join names as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {joiner} {parts[-1]}" if parts else ""


def _signed(value: float, digits: str) -> str:
    return f"{MINUS}{digits}" if value < 0 and any(d in "123456789" for d in digits) else digits
