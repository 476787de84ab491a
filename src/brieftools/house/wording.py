"""Dates, numbers, lists and labels in words, the same in every locale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from brieftools.house.languages import en, fr

MONTHS = en.MONTHS
_MODULES = {"en": en, "fr": fr}
LANGUAGES = tuple(_MODULES)
"""Languages that the labels are there in."""


@dataclass(frozen=True)
class Words:
    """What is printed around a brief's own text, in one language.

    Attributes
    ----------
    language : str
        Primary BCP 47 tag.
    printed, written, headings, handling, matrix : dict of str to str
        What renderers print; what is written into the Document; headings that every brief has; what a TLP label allows; what
        stands around a matrix of hypotheses.
    """

    language: str
    printed: dict[str, str]
    written: dict[str, str]
    headings: dict[str, str]
    handling: dict[str, str]
    matrix: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.written[key]

    def parts(self, key: str) -> tuple[str, ...]:
        """Return the heads of a table's columns."""
        return tuple(self.written[key].split("|"))

    def counted(self, number: int, key: str) -> str:
        """Return "1 source", "2 sources"."""
        one, many = self.written[key].split("|")
        return (one if number == 1 else many).format(n=f"{number:,}")

    def long_date(self, day: date) -> str:
        """Return a day in words."""
        return long_date(day, language=self.language)

    def span(self, start: date, end: date) -> str:
        """Return a period in words."""
        return span(start, end, language=self.language)

    def listing(self, words: Sequence[str]) -> str:
        """Return "a, b and c"."""
        return listing(words, language=self.language)


def words(language: str) -> Words:
    """Return the words of a language, English where it has none.

    Parameters
    ----------
    language : str
        BCP 47 tag; only the primary part is looked at.
    """
    primary = language.split("-")[0].lower()
    name = primary if primary in _MODULES else "en"
    module = _MODULES[name]
    return Words(name, *(dict(said) for said in (module.PRINTED, module.WRITTEN, module.HEADINGS, module.HANDLING, module.MATRIX)))


def standard_heading(text: str) -> str | None:
    """Return the key of a heading that every brief has, in whichever language it is written; None for any other."""
    plain = text.strip().rstrip(".").casefold()
    found = (key for module in _MODULES.values() for key, heading in module.HEADINGS.items() if heading.casefold() == plain)
    return next(found, None)


def long_date(day: date, *, language: str = "en") -> str:
    """Return "31 March 2017"."""
    module = _MODULES[language]
    form: str = module.FIRST_DAY if day.day == 1 else module.DAY
    return form.format(day=day.day, month=module.MONTHS[day.month - 1], year=day.year)


def month_year(day: date, *, language: str = "en") -> str:
    """Return "March 2017"."""
    return f"{_MODULES[language].MONTHS[day.month - 1]} {day.year}"


def span(start: date, end: date, *, language: str = "en") -> str:
    """Return a period in words: whole months as "January 2012 – March 2017", else both days."""
    from calendar import monthrange

    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        first, last = (month_year(day, language=language) for day in (start, end))
        return first if (start.year, start.month) == (end.year, end.month) else f"{first} – {last}"
    first, last = (long_date(day, language=language) for day in (start, end))
    return first if start == end else f"{first} – {last}"


def listing(words: Sequence[str], *, language: str = "en") -> str:
    """Return "a, b and c"."""
    joiner = f" {_MODULES[language].AND} "
    return joiner.join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return "1 source", "2 sources"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
