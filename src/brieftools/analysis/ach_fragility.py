"""What would have to change for another hypothesis to lead."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from brieftools.analysis.ach_matrix import BASE, STEPS, Evidence, Matrix
from brieftools.analysis.ach_scores import Standing, contribution, leaders, scores, standings


@dataclass(frozen=True)
class Without:
    """The matrix without some of its rows.

    Attributes
    ----------
    rows : tuple of str
        Keys of the rows left out.
    standings : tuple of Standing
        What remains.
    leaders : tuple of str
    changes : bool
        The set of leaders differs from that of the whole matrix.
    """

    rows: tuple[str, ...]
    standings: tuple[Standing, ...]
    leaders: tuple[str, ...]
    changes: bool


@dataclass(frozen=True)
class Step:
    """One cell moved one step.

    Attributes
    ----------
    evidence, hypothesis, before, after : str
        The cell and its ratings.
    leaders : tuple of str
        Who leads then.
    """

    evidence: str
    hypothesis: str
    before: str
    after: str
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class Sensitivity:
    """What every change of one cell by one step does to the set of leaders.

    Attributes
    ----------
    total, same : int
        All changes, those that leave the leaders as they are.
    narrowed : tuple of Step
        Fewer lead, nobody new.
    opened : tuple of Step
        A hypothesis leads, alone or in a tie, that did not before.
    """

    total: int
    same: int
    narrowed: tuple[Step, ...]
    opened: tuple[Step, ...]


def without(matrix: Matrix, dropped: Sequence[Evidence]) -> Without:
    """Score the matrix without some rows."""
    gone = {row.key for row in dropped}
    score = scores(matrix.columns, [row for row in matrix.evidence if row.key not in gone])
    ahead = leaders(score)
    whole = leaders(scores(matrix.columns, matrix.evidence))
    return Without(tuple(row.key for row in dropped), standings(score), ahead, ahead != whole)


def sensitivity(matrix: Matrix) -> Sensitivity:
    """Move each cell one step up and one down the scale CC C N I II; NA and missing cells have no step."""
    columns = matrix.columns
    score = scores(columns, matrix.evidence)
    whole = set(leaders(score))
    parts = {key: [contribution(row, key) for row in matrix.evidence] for key in columns}
    total, narrowed, opened = 0, [], []
    for place, row in enumerate(matrix.evidence):
        for key in columns:
            for after in _neighbours(row.value(key)):
                total += 1
                column = [*parts[key][:place], BASE[after] * row.weight, *parts[key][place + 1 :]]
                ahead = leaders(score | {key: math.fsum(column)})
                step = Step(row.key, key, row.value(key), after, ahead)
                if set(ahead) - whole:
                    opened.append(step)
                elif len(ahead) < len(whole):
                    narrowed.append(step)
    return Sensitivity(total, total - len(narrowed) - len(opened), tuple(narrowed), tuple(opened))


def _neighbours(value: str) -> tuple[str, ...]:
    if value not in STEPS:
        return ()
    place = STEPS.index(value)
    return STEPS[max(place - 1, 0) : place] + STEPS[place + 1 : place + 2]
