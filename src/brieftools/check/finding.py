"""What a rule finds, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from brieftools.errors import SpecError

Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Place:
    """Where a text stands.

    Attributes
    ----------
    file : str
        Path as the analyst would type it.
    line : int or None
        Line of the file, or of the cell where `cell` is given; from 1.
    cell : str or None
        Id of the notebook's cell.
    """

    file: str
    line: int | None = None
    cell: str | None = None

    def at(self, offset: int) -> Place:
        """Return the place so many lines further down; a key of a YAML file keeps its own line."""
        return Place(self.file, (self.line or 1) + offset, self.cell) if self.cell else self

    def __str__(self) -> str:
        where = f"{self.file}#cell-id={self.cell}" if self.cell else self.file
        if self.line is None:
            return where
        return f"{where}, line {self.line}" if self.cell else f"{where}:{self.line}"


@dataclass(frozen=True)
class Finding:
    """One thing that a rule found.

    Attributes
    ----------
    rule : str
        L1 to L10.
    level : str
        error or warning.
    place : Place
    what, do : str
        The reason, and the mend.
    """

    rule: str
    level: Level
    place: Place
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.rule} {self.level}: {self.place}\n  {self.what}\n  do: {self.do}"

    def as_json(self) -> dict[str, Any]:
        """Return the finding as plain data; ``link`` opens the cell in JupyterLab."""
        link = f"{self.place.file}#cell-id={self.place.cell}" if self.place.cell else None
        return {
            "id": self.rule,
            "level": self.level,
            "file": self.place.file,
            "cell": self.place.cell,
            "line": self.place.line,
            "link": link,
            "reason": self.what,
            "mend": self.do,
        }


_LINE = re.compile(r" ?\(line (\d+)\)|^line (\d+) ")


def complaints(rule: str, file: str, error: SpecError) -> Iterator[Finding]:
    """Yield what reading a file complained of, each complaint at its line."""
    for complaint in error.what.splitlines():
        line = _LINE.search(complaint)
        place = Place(file, int(line[1] or line[2]) if line else None)
        what = complaint if line is None or line[2] else complaint[: line.start()] + complaint[line.end() :]
        yield Finding(rule, "error", place, what, error.do or "correct the file")
