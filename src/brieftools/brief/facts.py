"""Facts: named numbers with an origin, which prose refers to as ``{{ name }}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from math import isfinite
from typing import Any

from brieftools.errors import DocumentError, SpecError, nearest
from brieftools.house.wording import long_date

NAME = re.compile(r"[a-z][a-z0-9_]*")
PLACE = re.compile(r"\{\{[ \t]*([a-z][a-z0-9_]*)[ \t]*\}\}")
MIME = "application/vnd.brieftools.fact+json"


@dataclass(frozen=True)
class Fact:
    """A number, a date or a few words that the prose quotes.

    Attributes
    ----------
    name : str
        What the prose calls it; lower case, digits, underscores.
    value : int, float or str
        The bare value.
    text : str
        What the reader sees.
    unit : str
        Of what, for the table of facts.
    origin : str
        How it was computed: filter and formula, in words.
    """

    name: str
    value: int | float | str
    text: str
    unit: str = ""
    origin: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the fact as plain data."""
        return asdict(self)


def fact(name: str, value: Any, *, format: str | None = None, unit: str = "", origin: str = "") -> Fact:
    """Make a fact.

    Parameters
    ----------
    name : str
    value : int, float, str, date or a numpy scalar
    format : str, optional
        A format specification (``",.1f"``); thousands are grouped when none is given.
    unit, origin : str

    Raises
    ------
    SpecError
        The name is not allowed, the value is missing (NaN, None) or of another type, or the format does not suit it.
    """
    if not NAME.fullmatch(name):
        raise SpecError(f"{name!r} is no name for a fact", do="use lower-case letters, digits and underscores, beginning with a letter")
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, date) and value == value:  # NaT is a date to Python
        return Fact(name, value.isoformat(), value.strftime(format) if format else long_date(value), unit, origin)
    if isinstance(value, bool) or not isinstance(value, int | float | str) or (isinstance(value, float) and not isfinite(value)):
        raise SpecError(
            f"fact {name!r} has no usable value: {value!r}", do="a fact is a number, a text or a date; a missing value cannot be printed"
        )
    try:
        text = str(value) if isinstance(value, str) else f"{value:{_specification(value, format)}}"
    except ValueError as e:
        raise SpecError(f"fact {name!r}: {e}", do="correct `format`, for example ',.1f'") from None
    return Fact(name, value, text.replace("-", "−") if not isinstance(value, str) else text, unit, origin)


def _specification(value: int | float, format: str | None) -> str:
    if format is not None:
        return format
    if isinstance(value, int):
        return ","
    return ",.0f" if abs(value) >= 1e6 else ",g"  # no reader wants 1.23457e+06


class Facts(Mapping[str, Fact]):
    """The facts of a brief, by name; an unknown name says which is nearest."""

    def __init__(self, facts: Mapping[str, Fact] | None = None) -> None:
        self._facts = dict(facts or {})

    def __getitem__(self, name: str) -> Fact:
        if name not in self._facts:
            raise DocumentError(
                f"no fact called {name!r}; {nearest(name, self._facts)}", do="register it in a code cell: brief.fact(name, value)"
            )
        return self._facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._facts  # Mapping's own asks `__getitem__`, whose error is no KeyError

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


def fill(text: str, facts: Mapping[str, Fact]) -> str:
    """Return a text with the facts that are known in place of their names: for the terminal, where no Document is made."""
    return PLACE.sub(lambda match: facts[match[1]].text if match[1] in facts else match[0], text)
