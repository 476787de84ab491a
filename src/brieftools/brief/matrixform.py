"""Understand a matrix as people keep it in a spreadsheet: where its head is, what its columns are, how it writes its letters.

Our own export needs none of this. Matrices of other tools and hands have a title over the head, merged cells, hypotheses in
rows, lower-case letters, "N/A", "++" and "--", scores below. What cannot be read for certain is refused, with its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from brieftools.brief.hypotheses import AchFile
from brieftools.errors import SpecError, nearest

FIELDS = ("evidence", "text", "basis", "grade", "credibility", "relevance", "origin")
"""What stands before the hypotheses in our own file."""

_ALIASES = {
    "evidence": ("evidence", "key", "id", "item"),
    "text": ("text", "description", "statement", "evidence text", "item of evidence", "evidence item"),
    "credibility": ("credibility", "cred", "credibility weight"),
    "relevance": ("relevance", "rel", "relevance weight"),
}
_IGNORED = frozenset(
    (
        *("type", "source type", "source", "category", "classification", "note", "notes", "comment", "comments", "remarks"),
        *("order", "order #", "date", "date/time", "#", "no", "no.", "nr", "diagnosticity", "weight", "ln", "without", "flag", "code"),
    )
)
_SUMMARY = re.compile(r"(?:weighted |total |sum |normalized )*(?:inconsistency|score|rank|total|sum|bayes)", re.IGNORECASE)
_FIGURE = re.compile(r"[+−-]?\d+(?:[.,]\d+)?(?: ?[=%])?")
_HEAD_WITHIN = 25  # so many rows of titles and remarks may stand over the head
_WORDS = {
    **{f"{much} consistent": "CC" for much in ("very", "highly", "strongly")},
    **{f"{much} inconsistent": "II" for much in ("very", "highly", "strongly")},
    **{"consistent": "C", "neutral": "N", "inconsistent": "I", "not applicable": "NA", "n/a": "NA", "n.a.": "NA"},
    **{letter.casefold(): letter for letter in ("CC", "C", "N", "I", "II", "NA")},
}
_SIGNS = {"++": "CC", "+": "C", "0": "N", "-": "I", "--": "II"}
_DASHES = str.maketrans("−–—", "---")
_WORD = re.compile(rf"({'|'.join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))})(?![\w/'’])[\s:;,–—-]*", re.IGNORECASE)
_SIGN = re.compile(r"(\+\+|\+|--|-|0)(?![\d.,+-])[\s:;,]*")
_LEVELS = {"l": "L", "low": "L", "m": "M", "med": "M", "medium": "M", "moderate": "M", "h": "H", "high": "H"}


@dataclass(frozen=True)
class Grid:
    """A table of texts.

    Attributes
    ----------
    rows : sequence of sequence of str
        May be ragged.
    place : callable
        Names the cell in a row and a column, both from 0, as the file's own program would.
    """

    rows: Sequence[Sequence[str]]
    place: Callable[[int, int], str]

    def cell(self, row: int, column: int) -> str:
        """Return a cell's text, empty beyond the end of its row."""
        return self.rows[row][column].strip() if column < len(self.rows[row]) else ""

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def turned(self) -> Grid:
        """Return the table with its rows as columns."""
        rows = [[self.cell(row, column) for row in range(len(self.rows))] for column in range(self.width)]
        return Grid(rows, lambda row, column: self.place(column, row))


@dataclass(frozen=True)
class Form:
    """A table whose columns are known.

    Attributes
    ----------
    grid : Grid
    head : int
        The row that names the columns.
    columns : mapping of str to int
        Field or hypothesis to its column.
    notes : tuple of str
        What was left out.
    """

    grid: Grid
    head: int
    columns: Mapping[str, int]
    notes: tuple[str, ...] = ()

    def text(self, row: int, name: str) -> str:
        """Return a cell by the name of its column, empty where there is none."""
        return self.grid.cell(row, self.columns[name]) if name in self.columns else ""

    def place(self, row: int, name: str) -> str:
        """Name that cell."""
        return self.grid.place(row, self.columns.get(name, 0))


@dataclass
class Complaints:
    """What is wrong, each with its cell."""

    lines: list[str] = field(default_factory=list)

    def say(self, place: str, what: str) -> None:
        """Add one."""
        self.lines.append(f"{place}: {what}")


def understand(grid: Grid, file: AchFile) -> Form | None:
    """Find head and columns of a matrix of these hypotheses; None where there is none.

    Raises
    ------
    SpecError
        There is one, but a column of it is unknown or stands twice; names its cell.
    """
    for one in (grid, grid.turned()):
        head = _head(one, file)
        if head is not None:
            return _form(one, head, file)
    return None


def _head(grid: Grid, file: AchFile) -> int | None:
    """The first row that names two hypotheses or more."""
    for number in range(min(len(grid.rows), _HEAD_WITHIN)):
        if len({found for cell in grid.rows[number] if (found := _hypothesis(cell, file))}) > 1:
            return number
    return None


def _hypothesis(name: str, file: AchFile) -> str | None:
    wanted = _bare(name)
    for key, hypothesis in file.hypotheses.items():
        if wanted in (_bare(key), _bare(hypothesis.label), _bare(hypothesis.statement)):
            return key
    for key in file.hypotheses:
        if re.match(rf"{re.escape(_bare(key))}\s*[:.)–—-]|{re.escape(_bare(key))}\s", wanted):
            return key
    return None


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _form(grid: Grid, head: int, file: AchFile) -> Form:
    columns: dict[str, int] = {}
    left, wrong = [], Complaints()
    for place in range(grid.width):
        title, name = _title(grid, head, place, file)
        where = grid.place(head, place)
        filled = any(grid.cell(row, place) for row in range(head + 1, len(grid.rows)))
        if name is None and not title and filled and place == 0:
            name = "evidence"
        if name == "evidence" and name in columns and "text" not in columns:
            name = _second_key(columns, place, title)
        if name is None and _bare(title) in _IGNORED:
            left.append(f"column {title!r} ({where})")
        elif name is None and (title or filled):
            known = [*FIELDS, *file.hypotheses]
            wrong.say(where, f"no hypothesis or field {title!r}; {nearest(title.partition(':')[0].strip(), known)}")
        elif name is not None and name in columns:
            wrong.say(where, f"{title!r} names {name} a second time")
        elif name is not None:
            columns[name] = place
    if wrong.lines:
        raise SpecError("\n".join(wrong.lines), do="correct the heading; a new hypothesis is written in ach.yml first")
    return Form(grid, head, columns, (f"left out: {', '.join(left)}",) if left else ())


def _second_key(columns: dict[str, int], place: int, title: str) -> str:
    """Of "ID" and "Evidence" side by side, the second holds the words."""
    if _bare(title) == "evidence":
        return "text"
    columns["text"] = columns.pop("evidence")
    return "evidence"


def _title(grid: Grid, head: int, place: int, file: AchFile) -> tuple[str, str | None]:
    """A heading and the column it names; where its cell is merged with those above, the text stands there."""
    title = grid.cell(head, place)
    if title:
        return title, _name(title, file)
    for row in range(head - 1, -1, -1):
        above = grid.cell(row, place)
        if above and (name := _name(above, file) or (_bare(above) in _IGNORED)):
            return above, name if isinstance(name, str) else None
    return "", None


def _name(title: str, file: AchFile) -> str | None:
    wanted = _bare(title)
    for name in FIELDS:
        if wanted == name or wanted in _ALIASES.get(name, ()):
            return name
    return _hypothesis(title, file)


def is_summary(form: Form, row: int, hypotheses: Sequence[str]) -> bool:
    """Tell a row of scores or ranks under a matrix from one of evidence."""
    cells = [form.text(row, key) for key in hypotheses]
    named = any(_SUMMARY.match(form.grid.cell(row, place)) for place in range(form.grid.width) if place not in form.columns.values())
    named = named or bool(_SUMMARY.match(form.text(row, "evidence") or form.text(row, "text")))
    return named and any(cells) and all(not cell or _FIGURE.fullmatch(cell) for cell in cells)


def uses_signs(form: Form, hypotheses: Sequence[str]) -> bool:
    """Tell whether a matrix is written in ++ + 0 - --: then a lone dash means inconsistent and not missing."""
    cells = (form.text(row, key).translate(_DASHES) for row in range(form.head + 1, len(form.grid.rows)) for key in hypotheses)
    return any(cell.startswith(("+", "--")) for cell in cells)


def letters(cell: str, *, signs: bool) -> str | None:
    """Return a rating as ``ach.yml`` writes it, letters then reason; None where it cannot be told.

    Parameters
    ----------
    cell : str
    signs : bool
        The matrix is written in ++ + 0 - --.
    """
    if not cell or cell.partition(" ")[0] in ("CC", "C", "N", "I", "II", "NA"):
        return cell
    match = _SIGN.match(cell.translate(_DASHES)) if signs else None
    if match:
        return f"{_SIGNS[match[1]]} {cell[match.end() :]}".strip()
    match = _WORD.match(cell)
    return f"{_WORDS[match[1].casefold()]} {cell[match.end() :]}".strip() if match else None


def level(cell: str) -> str:
    """Return a weight as L, M or H, as given where it is none."""
    return _LEVELS.get(_bare(cell), cell)
