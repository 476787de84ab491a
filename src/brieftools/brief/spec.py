"""``brief.yml``: one brief's title, inputs, period, parameters and wording."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from brieftools.brief.parameters import as_value
from brieftools.brief.weeks import NAME as WEEK
from brieftools.brief.weeks import Week, WeeklyRule, iso_sunday
from brieftools.errors import SpecError
from brieftools.house.wording import long_date, words
from brieftools.project.record import LANGUAGE, Record
from brieftools.project.yamlfile import read_record
from brieftools.source.handling import Label

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

Value = Annotated[Any, BeforeValidator(as_value)]


def _switched_off(checks: Any) -> Any:
    for rule, reason in checks.items() if hasattr(checks, "items") else ():
        if not re.fullmatch(r"L([1-9]|10)", str(rule)):
            raise ValueError(f"there is no rule {rule!r}; the rules are L1 to L10")
        if not isinstance(reason, str) or len(reason.strip()) < 3:
            raise ValueError(f"rule {rule} is switched off without a reason; the brief prints it")
    return checks


class EditionRule(Record):
    """What one edition covers, and when the next one comes.

    Attributes
    ----------
    rule : str
        ``date``: an edition is named by its as-of date; ``week``: by its ISO week, ``2026-W10``.
    as_of : date
        Nothing later enters the brief.
    number : int
        Running number of the edition.
    next : str
        When the next issue is due, in words.
    """

    rule: Literal["date", "week"] = "date"
    as_of: date
    number: int = Field(1, ge=1)
    next: str = ""


class Period(Record):
    """First and last day that the brief speaks of, both included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Period:
        if self.end < self.start:
            raise ValueError(f"the period ends ({self.end}) before it starts ({self.start})")
        return self


class Disclaimer(Record):
    """The views disclaimer, whole for the last page and short for the first page's footer; the house's where it is silent."""

    full: str = words("en")["disclaimer"]
    short: str = words("en")["disclaimer_short"]

    def said(self, part: Literal["full", "short"]) -> str | None:
        """Return what the brief itself says; None where it is silent."""
        return str(getattr(self, part)) if part in self.model_fields_set else None


class DatasetPin(Record):
    """A dataset that the brief uses, and the snapshot that it pins, if it does."""

    name: str
    snapshot: str | None = None


Pin = Annotated[DatasetPin, BeforeValidator(lambda v: {"name": v} if isinstance(v, str) else v)]


_FROM_RULE = Period(start=date.min, end=date.min)  # stands for: `editions` says which


class BriefSpec(Record):
    """Everything in ``brief.yml``; docs/formats.md explains each key."""

    title: str = Field(min_length=1)
    slug: str = Field(pattern=SLUG)
    template: str = Field(pattern=SLUG)
    kicker: str | None = None
    running: str = ""
    sources: tuple[str, ...] = ()
    incidents: tuple[Pin, ...] = ()
    area: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    edition: EditionRule
    editions: WeeklyRule | None = None
    period: Period = _FROM_RULE
    groups: dict[str, tuple[str, ...] | Literal["rest"]] = Field(default_factory=dict)
    parameters: dict[str, Value] = Field(default_factory=dict)
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    handling: Label | None = None
    lexicon: str | None = None
    language: str | None = Field(None, pattern=LANGUAGE)
    disclaimer: Disclaimer = Disclaimer()
    contact: str | None = None
    notices: tuple[str, ...] = ()
    banner: str | None = Field(None, max_length=60)
    checks: Annotated[dict[str, str], BeforeValidator(_switched_off)] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_when(self) -> BriefSpec:
        if self.editions is None and self.period is _FROM_RULE:
            raise ValueError("`period` is missing: {start: 2016-01-01, end: 2017-03-31}, or `editions` for a weekly brief")
        if self.editions is not None and self.period is not _FROM_RULE:
            raise ValueError("`editions` says which weeks are covered: remove `period`, or set `editions: {weeks: ...}`")
        if self.period.end > self.edition.as_of:
            raise ValueError(f"the period ends on {self.period.end}, after the as-of date {self.edition.as_of}")
        return self

    def at_edition(self, edition: str | None) -> BriefSpec:
        """Return the brief as of another edition: an ISO date or an ISO week.

        Raises
        ------
        SpecError
            The name is neither, or does not suit the edition rule.
        """
        if self.editions is not None:
            return self._at_week(self.editions, self.editions.named(edition) if edition else None)
        if edition is None:
            return self
        as_of = _as_of(edition, self.edition.rule)
        # The period keeps its length in an article brief's own terms: it never reaches past the as-of date.
        period = self.period.model_copy(update={"end": min(self.period.end, as_of)})
        if period.end < period.start:
            raise SpecError(
                f"edition {edition} ends before the period starts on {period.start}",
                do="choose a later edition, or change `period` in brief.yml",
            )
        return self.model_copy(update={"edition": self.edition.model_copy(update={"as_of": as_of}), "period": period})

    def _at_week(self, rule: WeeklyRule, week: Week | None) -> BriefSpec:
        week = week or rule.named(rule.closed_by(self.edition.as_of).name)
        edition = EditionRule(
            rule="week", as_of=rule.closes(week), number=rule.number(week), next=self.edition.next or long_date(rule.closes(week.later(1)))
        )
        period = Period(start=week.later(-rule.weeks).start, end=week.end)
        return self.model_copy(update={"edition": edition, "period": period})

    @property
    def week(self) -> Week | None:
        """The week of a weekly brief's edition."""
        return self.editions.closed_by(self.edition.as_of) if self.editions else None

    @property
    def edition_name(self) -> str:
        """The edition's folder name: 2017-03-31 or 2026-W10."""
        as_of = self.edition.as_of
        if self.week is not None:
            return self.week.name
        if self.edition.rule == "date":
            return as_of.isoformat()
        year, week, _ = as_of.isocalendar()
        return f"{year}-W{week:02d}"


def _as_of(edition: str, rule: str) -> date:
    if rule == "week" and WEEK.match(edition):
        try:
            return iso_sunday(edition)
        except ValueError as e:
            raise SpecError(str(e), do="name an ISO week that exists") from None
    try:
        if not DAY.fullmatch(edition):  # Python alone also takes 20170331 and 2017-W13
            raise ValueError
        return date.fromisoformat(edition)
    except ValueError:
        form = "an ISO week such as 2026-W10" if rule == "week" else "a date such as 2017-03-31"
        raise SpecError(f"{edition!r} is not an edition of this brief", do=f"name {form}") from None


def read_spec(folder: Path) -> BriefSpec:
    """Read a brief's ``brief.yml``.

    Raises
    ------
    SpecError
        A key, value or type that is not allowed; each complaint has its line and names the nearest known key.
    """
    spec = read_record(folder / "brief.yml", BriefSpec)
    if spec.editions is not None:
        spec = spec.at_edition(None)
    return spec if spec.running else spec.model_copy(update={"running": spec.title})


def as_json(value: Any) -> Any:
    """Turn a parameter into what JSON and papermill hold."""
    return list(value) if isinstance(value, tuple) else value
