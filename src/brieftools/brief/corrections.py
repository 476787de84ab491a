"""``corrections.yml``: what was wrong in an issued edition, or why it was withdrawn; printed, with its date, on page 1."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from brieftools.house.wording import long_date
from brieftools.project.record import Record
from brieftools.project.yamlfile import read_record, write_yaml

NAME = "corrections.yml"


class Correction(Record):
    """One note on an edition.

    Attributes
    ----------
    edition : str
        Name of the edition, ``2026-W09``.
    on : date
        When it was made.
    kind : str
        corrected or withdrawn.
    note : str
        What was wrong and what is right, or why it was withdrawn.
    """

    edition: str
    on: date
    kind: Literal["corrected", "withdrawn"] = "corrected"
    note: str = Field(min_length=3)

    def sentence(self) -> str:
        """``Corrected on 12 March 2026: ...``"""
        return f"{self.kind.capitalize()} on {long_date(self.on)}: {self.note}"


class Corrections(Record):
    """Everything in ``corrections.yml``, oldest first."""

    corrections: tuple[Correction, ...] = ()


def read_corrections(folder: Path) -> tuple[Correction, ...]:
    """Read a brief's corrections; none without a file.

    Raises
    ------
    SpecError
        A key or value that is not allowed.
    """
    path = folder / NAME
    return read_record(path, Corrections).corrections if path.is_file() else ()


@contextmanager
def noted(folder: Path, correction: Correction) -> Iterator[None]:
    """Append a note for the time of a build; if that fails, the file is again what it was."""
    path = folder / NAME
    before = path.read_bytes() if path.is_file() else None
    every = [*read_corrections(folder), correction]
    write_yaml(path, {"corrections": [one.model_dump(mode="python") for one in every]})
    try:
        yield
    except BaseException:
        if before is None:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(before)
        raise
