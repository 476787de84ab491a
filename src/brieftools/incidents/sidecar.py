"""``sidecar.yml``: what a dataset is, who made it, what may be done with it, and from when to when it is complete."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from brieftools.project.record import Record
from brieftools.source.handling import Label


class Span(Record):
    """First and last day covered, both included."""

    start: date
    end: date

    @model_validator(mode="after")
    def _in_order(self) -> Span:
        if self.end < self.start:
            raise ValueError(f"coverage ends ({self.end}) before it starts ({self.start})")
        return self


class Coverage(Span):
    """Where and from when to when the data is complete.

    Attributes
    ----------
    area, lag : str
        Which countries, and how late an event may enter.
    countries : dict of str to Span
        Where a country's coverage differs, by ISO alpha-3 code.
    holes : tuple of str
        What a reader must know; printed.
    """

    area: str
    lag: str = ""
    countries: dict[str, Span] = Field(default_factory=dict)
    holes: tuple[str, ...] = ()


class PeriodColumn(Record):
    """Which column of a series says when, and how.

    Attributes
    ----------
    column : str
    unit : str
        What one row covers.
    format : str
        As the file writes it, in words.
    """

    column: str
    unit: Literal["day", "week", "month", "quarter", "year"]
    format: str = ""


class Original(Record):
    """The file that a snapshot was made from: it stays where it was."""

    name: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    bytes: int
    encoding: str
    columns: int
    notes: tuple[str, ...] = ()


class Counts(Record):
    """What became of every record: ``read = left_out + accepted + quarantined``; `proposed` places wait to be taken up."""

    read: int
    left_out: int = 0
    accepted: int
    quarantined: int
    flagged: int = 0
    proposed: int = 0
    reasons: dict[str, int] = Field(default_factory=dict)
    flags: dict[str, int] = Field(default_factory=dict)


class Changes(Record):
    """What a snapshot changed against the one before it, by id."""

    against: str
    added: int
    removed: int
    edited: int


class Sidecar(Record):
    """Provenance of one dataset.

    Attributes
    ----------
    kind : str
        ``incidents``: one row is one incident; ``series``: one row is a period's figures.
    redistribute_rows : bool
        Whether its rows may leave in a table, a note or an attachment.
    sha256 : str
        Of the data file.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    kind: Literal["incidents", "series"]
    file: str = Field(pattern=r"^[^/\\]+$")
    source: str
    producer: str = ""
    coded_by: str = ""
    how: str = Field(min_length=1)
    coded_on: date | None = None
    accessed: date | None = None
    licence: str = Field(min_length=1)
    redistribute_rows: bool
    handling: Label = "TLP:CLEAR"
    attribution: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    period: PeriodColumn | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    coverage: Coverage
    format: str = ""
    family: str = ""
    filters: dict[str, str] = Field(default_factory=dict)
    original: Original | None = None
    counts: Counts | None = None
    changes: Changes | None = None

    @model_validator(mode="after")
    def _series_have_a_period(self) -> Sidecar:
        if self.kind == "series" and self.period is None:
            raise ValueError("a series needs `period`: {column, unit}")
        return self

    def last_complete(self, day: date) -> date:
        """Return the last day of the last whole period up to a day: of the year for yearly figures, and so on."""
        unit = self.period.unit if self.period else "day"
        return last_complete(day, unit)


def last_complete(day: date, unit: str) -> date:
    """Return the last day of the last period of a kind that ends on or before a day."""
    after = day + timedelta(days=1)
    if unit == "week":
        return day - timedelta(days=after.weekday())
    if unit == "month":
        return after.replace(day=1) - timedelta(days=1)
    if unit == "quarter":
        return after.replace(month=(after.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    return after.replace(month=1, day=1) - timedelta(days=1) if unit == "year" else day
