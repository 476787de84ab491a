"""Rows for the marks of one lane, and a place for each label, so that nothing covers anything.

Marks are set one after the other, each into the first row with room for it and for its label: beside it, beside it in
two or three lines, or above it. Four orders are tried; the lowest lane wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from brieftools.charts.sheet import Align

GAP = 4.0  # points between a mark and its label
CLEAR = 5.0  # points between one label and the next thing
NARROWEST = 48.0  # points, of a label in several lines

Wide = Callable[[str], float]
Wrap = Callable[[str, float], tuple[str, ...]]


@dataclass(frozen=True)
class Mark:
    """Something with a place in time and a label.

    Attributes
    ----------
    keys : tuple of int
        Which incidents it stands for.
    left, right : float
        In points.
    label : str
        May be empty.
    written : tuple of float or None
        Where the text puts it; drawn in a row of its own, with an arrow to the mark.
    note : str
        Stands beside the written place.
    parts : tuple of tuple of float
        Left and right end of each incident's own mark.
    """

    keys: tuple[int, ...]
    left: float
    right: float
    label: str = ""
    written: tuple[float, float] | None = None
    note: str = ""
    parts: tuple[tuple[float, float], ...] = ()

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Words:
    """Lines of text from a row downwards; ``x`` is their left end, middle or right end."""

    lines: tuple[str, ...]
    row: int
    x: float
    align: Align

    def box(self, wide: Wide) -> Box:
        width = max(map(wide, self.lines), default=0.0)
        left = self.x - {"left": 0.0, "center": 0.5, "right": 1.0}[self.align] * width
        return Box(left, left + width, self.row, self.row + len(self.lines) - 1)


@dataclass(frozen=True)
class Box:
    """Something's extent: points from left to right, rows from first to last."""

    left: float
    right: float
    first: int
    last: int

    def lowered(self, down: int) -> Box:
        """Return the box moved down by some rows."""
        return Box(self.left, self.right, self.first + down, self.last + down)


class _Taken:
    """What is placed already, by row: a row holds few things, however many a lane has."""

    def __init__(self) -> None:
        self.rows: dict[int, list[tuple[float, float]]] = {}

    def add(self, boxes: Iterable[Box]) -> None:
        for box in boxes:
            for row in range(box.first, box.last + 1):
                self.rows.setdefault(row, []).append((box.left, box.right))

    def free(self, boxes: list[Box], down: int) -> bool:
        """Say whether boxes, moved down by some rows, keep clear of everything."""
        return not any(
            box.right + CLEAR > left and right + CLEAR > box.left
            for box in boxes
            for row in range(box.first + down, box.last + down + 1)
            for left, right in self.rows.get(row, ())
        )


@dataclass(frozen=True)
class Placed:
    """A mark in its row (0 is the uppermost), with its label and the row of its written place."""

    mark: Mark
    row: int
    label: Words | None
    written_row: int = 0
    note: Words | None = None

    def boxes(self, wide: Wide) -> list[Box]:
        boxes = [Box(self.mark.left, self.mark.right, self.row, self.row)]
        boxes += [words.box(wide) for words in (self.label, self.note) if words is not None]
        if self.mark.written is not None:
            ends = (*self.mark.written, self.mark.middle)
            boxes += [Box(min(ends), max(ends), self.written_row, self.written_row)]
            boxes += [Box(self.mark.middle - 2, self.mark.middle + 2, self.row, self.written_row)]
        return boxes


@dataclass(frozen=True)
class Lane:
    """The marks of one lane, placed."""

    placed: tuple[Placed, ...] = ()
    rows: int = 1


@dataclass(frozen=True)
class Room:
    """The space that marks and labels have.

    Attributes
    ----------
    left, right : float
        In points.
    wide, wrap : callable
        Width of a line; a text broken into lines of a width.
    """

    left: float
    right: float
    wide: Wide = field(repr=False)
    wrap: Wrap = field(repr=False)


def place(marks: list[Mark], room: Room) -> Lane:
    """Place the marks of a lane."""
    preferences: tuple[tuple[Align, ...], ...] = (("left", "right"), ("right", "left"))
    lanes = [_greedy(order, room, sides) for order in (marks, marks[::-1]) for sides in preferences]
    return min(lanes, key=lambda lane: (lane.rows, sum(_labour(placed) for placed in lane.placed)))


def least_rows(marks: list[Mark], room: Room) -> float:
    """Return how many rows the marks need at the very least: their lengths laid end to end."""
    total = sum(mark.right - mark.left + (GAP + room.wide(mark.label) if mark.label else 0.0) for mark in marks)
    return total / max(room.right - room.left, 1.0)


def _labour(placed: Placed) -> int:
    """How hard a label is to read: each further line counts, and standing apart from its mark counts double."""
    if placed.label is None:
        return 0
    return len(placed.label.lines) + (2 if placed.label.row != placed.row else 0)


def _greedy(marks: list[Mark], room: Room, sides: tuple[Align, ...]) -> Lane:
    taken = _Taken()
    placed: list[Placed] = []
    for mark in marks:
        ways = [(way, way.boxes(room.wide)) for way in _ways(mark, room, sides)]
        chosen, boxes = _first_free(ways, taken)
        placed.append(chosen)
        taken.add(boxes)
    return Lane(tuple(placed), 1 + max(taken.rows, default=0))


def _first_free(ways: list[tuple[Placed, list[Box]]], taken: _Taken) -> tuple[Placed, list[Box]]:
    down = 0
    while True:
        free = [(way, boxes) for way, boxes in ways if taken.free(boxes, down)]
        if free:
            way, boxes = min(free, key=lambda one: (max(box.last for box in one[1]), _labour(one[0])))
            return _lower(way, down), [box.lowered(down) for box in boxes]
        down += 1


def _lower(way: Placed, rows: int) -> Placed:
    def down(words: Words | None) -> Words | None:
        return None if words is None else Words(words.lines, words.row + rows, words.x, words.align)

    return Placed(way.mark, way.row + rows, down(way.label), way.written_row + rows, down(way.note))


def _ways(mark: Mark, room: Room, sides: tuple[Align, ...]) -> Iterator[Placed]:
    """All ways to set a mark whose uppermost row is 0, the best first."""
    for row, label in _labels(mark, room, sides):
        below = 1 + max(row, 0 if label is None else label.row + len(label.lines) - 1)
        if mark.written is None:
            yield Placed(mark, row, label)
        else:
            yield Placed(mark, row, label, below, _note(mark, mark.written, below, room))


def _labels(mark: Mark, room: Room, sides: tuple[Align, ...]) -> Iterator[tuple[int, Words | None]]:
    if not mark.label:
        yield 0, None
        return
    space = {"right": room.right - mark.right - GAP, "left": mark.left - GAP - room.left}
    ends: dict[Align, tuple[float, Align]] = {"right": (mark.right + GAP, "left"), "left": (mark.left - GAP, "right")}
    for side in sides:
        if room.wide(mark.label) <= space[side]:
            yield 0, Words((mark.label,), 0, *ends[side])
    for side in sides:
        if NARROWEST <= space[side] < room.wide(mark.label):
            lines = room.wrap(mark.label, space[side])
            if len(lines) <= 3:
                yield 0, Words(lines, 0, *ends[side])
    yield _above(mark, room)


def _above(mark: Mark, room: Room) -> tuple[int, Words]:
    lines = room.wrap(mark.label, room.right - room.left)
    return len(lines), _beginning_at(mark.left, lines, 0, room)


def _beginning_at(x: float, lines: tuple[str, ...], row: int, room: Room) -> Words:
    width = max(map(room.wide, lines))
    return Words(lines, row, max(room.left, min(x, room.right - width)), "left")


def _note(mark: Mark, written: tuple[float, float], row: int, room: Room) -> Words:
    # Beside the written place, on the side that the arrow does not take; below it where there is no room.
    width = room.wide(mark.note)
    if mark.middle <= written[1] and written[1] + GAP + width <= room.right:
        return Words((mark.note,), row, written[1] + GAP, "left")
    if mark.middle >= written[0] and written[0] - GAP - width >= room.left:
        return Words((mark.note,), row, written[0] - GAP, "right")
    start, end = sorted((mark.middle, written[0] if mark.middle < written[0] else written[1]))
    if end - start >= width + 6 * GAP:  # on the arrow's line
        return Words((mark.note,), row, (start + end) / 2, "center")
    return _beginning_at(written[0], room.wrap(mark.note, room.right - room.left), row + 1, room)
