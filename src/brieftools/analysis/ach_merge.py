"""Several analysts' matrices of one question, set side by side: mean rating and disagreement of each cell."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from brieftools.analysis.ach_matrix import STEPS, Matrix
from brieftools.errors import SpecError


@dataclass(frozen=True)
class MergedCell:
    """One cell of several matrices.

    Attributes
    ----------
    values : tuple of str
        In the order of the analysts; NA and missing ones included.
    """

    values: tuple[str, ...]

    @property
    def steps(self) -> tuple[int, ...]:
        """CC 2, C 1, N 0, I -1, II -2; NA and missing take no part."""
        return tuple(2 - STEPS.index(value) for value in self.values if value in STEPS)

    @property
    def mean(self) -> float | None:
        """Mean of the steps; None where nobody rated."""
        return math.fsum(self.steps) / len(self.steps) if self.steps else None

    @property
    def apart(self) -> int:
        """Steps between the two furthest ratings."""
        return max(self.steps) - min(self.steps) if self.steps else 0

    @property
    def text(self) -> str:
        """The mean, and every rating where they differ."""
        if self.mean is None:
            return "."
        told = f"{self.mean:+.1f}" if self.mean else "0.0"
        return told + (f" ({' '.join(v or '.' for v in self.values)}){' !' if self.apart > 1 else ''}" if len(set(self.values)) > 1 else "")


@dataclass(frozen=True)
class Merged:
    """Several matrices in one.

    Attributes
    ----------
    columns, rows : tuple of str
        Keys of hypotheses and evidence.
    cells : mapping of (str, str) to MergedCell
        By evidence and hypothesis.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: Mapping[tuple[str, str], MergedCell]

    def cell(self, evidence: str, hypothesis: str) -> MergedCell:
        """Return one cell."""
        return self.cells[evidence, hypothesis]

    def sentence(self) -> str:
        """Say how far the analysts agree."""
        same = sum(len(set(cell.values)) == 1 for cell in self.cells.values())
        far = [f"{row}/{column}" for (row, column), cell in self.cells.items() if cell.apart > 1]
        differ = "differs" if len(far) == 1 else "differ"
        told = f"{same} of {len(self.cells)} cells agree; {len(far)} {differ} by two steps or more"
        return f"{told}: {', '.join(far)}." if far else f"{told}."


def merged(matrices: Sequence[Matrix]) -> Merged:
    """Set matrices side by side.

    Raises
    ------
    SpecError
        They do not have the same hypotheses and rows: then they are not of one question.
    """
    first = matrices[0]
    rows = tuple(row.key for row in first.evidence)
    for other in matrices[1:]:
        if set(other.columns) != set(first.columns) or {row.key for row in other.evidence} != set(rows):
            raise SpecError("the matrices differ in hypotheses or rows", do="give each analyst the same exported file to rate")
    by_key = [{row.key: row for row in matrix.evidence} for matrix in matrices]
    cells = {(row, column): MergedCell(tuple(m[row].value(column) for m in by_key)) for row in rows for column in first.columns}
    return Merged(first.columns, rows, cells)
