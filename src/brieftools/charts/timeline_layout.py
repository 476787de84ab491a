"""How the lanes of a time line share the page: columns, the axis, rows for marks and labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from brieftools.charts import timeline_words as say
from brieftools.charts.grouping import Group
from brieftools.charts.incidents import Incident
from brieftools.charts.measure import text_width, wrap
from brieftools.charts.placing import Lane, Mark, Room, least_rows, place
from brieftools.charts.sheet import PITCH
from brieftools.charts.svg import points
from brieftools.charts.timeaxis import TimeAxis, next_month
from brieftools.house.style import House

DOT = 2.6  # points from the middle of a day's mark to its rim
THINNEST = 3.0  # points: a bar of a few days on an axis of years
MOST_MARKS = 120  # of a lane; beyond, marks that touch lie on top of each other, with their number beside them


@dataclass(frozen=True)
class Level:
    """How much a lane shows.

    Attributes
    ----------
    detail : int
        As :func:`brieftools.charts.timeline_words.label_text` takes it.
    merged : float
        Marks that touch are set on top of each other, up to this length in points; 0: each stands alone.
    """

    detail: int
    merged: float = 0.0


LEVELS = (Level(3), Level(2), Level(1), Level(0), Level(0, 30.0), Level(0, 10_000.0))


@dataclass(frozen=True)
class Columns:
    """How the width is shared out, in points from the left.

    Attributes
    ----------
    left, right : float
        Of the stretch of time; ``right`` is the as-of date.
    lane : float
        Width of the lanes' names, 0 when they stand above their lanes.
    name : float
        Width that a name may take.
    undated, undated_width : float
        Left end of the column of undated incidents, and the width of its labels; 0 when there are none.
    """

    left: float
    right: float
    lane: float
    name: float
    undated: float
    undated_width: float


@dataclass(frozen=True)
class Row:
    """One lane, laid out.

    Attributes
    ----------
    group : Group
    name : tuple of str
        Lines of its name.
    lane : Lane
        Dated marks; their keys count the incidents of the group.
    undated : tuple of (int, tuple of str)
        Each undated incident's first row, and the lines of its label.
    rows : int
    level : int
        How much detail is left, an index of LEVELS.
    """

    group: Group
    name: tuple[str, ...]
    lane: Lane
    undated: tuple[tuple[int, tuple[str, ...]], ...]
    rows: int
    level: int


def lay_out(groups: list[Group], as_of: date, width: int, tallest: float, house: House) -> tuple[Columns, TimeAxis | None, list[Row]]:
    """Lay out the lanes; where they would be too tall, the tallest one loses detail, again and again."""
    columns = _columns(groups, width, house)
    axis = _axis(groups, as_of, columns)
    most = points(tallest) - 40 - (8 + (0 if columns.lane else PITCH)) * len(groups)
    rows = [_first_row(one, columns, axis, house, most / PITCH) for one in groups]
    while sum(row.rows for row in rows) * PITCH > most:
        shrinkable = [n for n, row in enumerate(rows) if row.level < len(LEVELS) - 1]
        if not shrinkable:
            break
        # A lane that has lost its labels is spared while others have theirs.
        tallest_one = max(shrinkable, key=lambda n: (rows[n].rows * (1 if LEVELS[rows[n].level].detail else 0.4), -n))
        rows[tallest_one] = _row(groups[tallest_one], columns, axis, house, level=rows[tallest_one].level + 1)
    return columns, axis, rows


def _first_row(one: Group, columns: Columns, axis: TimeAxis | None, house: House, most: float) -> Row:
    """The most detailed level that has any chance to fit: placing hundreds of labels in vain takes minutes."""
    room = _room(columns, house)
    dated = sum(incident.dated for incident in one.incidents)
    many = max(dated, len(one.incidents) - dated) > MOST_MARKS
    for level in range(len(LEVELS) - 1):
        if many and not LEVELS[level].merged:
            continue
        marks = [] if axis is None else _marks(one, axis, level)
        if len(marks) <= MOST_MARKS and least_rows(marks, room) <= most:
            return _row(one, columns, axis, house, level=level)
    return _row(one, columns, axis, house, level=len(LEVELS) - 1)


def _columns(groups: list[Group], width: int, house: House) -> Columns:
    total = points(width)
    beside = width >= 108
    name = total / 5.5 if beside else total - 90  # above its lane it stops short of the column of the undated
    widths = [text_width(line, house.sans, weight=600) for one in groups for line in wrap(one.label, name, house.sans, weight=600, most=2)]
    name = min(name, max(widths) + 0.5) if beside else name
    left = name + 9 if beside else 5.0
    lane = left if beside else 0.0
    incidents = [incident for one in groups for incident in one.incidents]
    if not any(incident.dated for incident in incidents):
        start = max(left, 0.0 if beside else 12.0)
        return Columns(left, left, lane, name, start, total - start - 11)
    undated = points(30 if width > 116 else 22 if width > 60 else 17) if any(not i.dated for i in incidents) else 0.0
    right = total - (undated + 20 if undated else 4)
    return Columns(left, right, lane, name, right + 9 if undated else 0.0, undated)


def _axis(groups: list[Group], as_of: date, columns: Columns) -> TimeAxis | None:
    incidents = [incident for one in groups for incident in one.incidents if incident.start]
    starts = [i.start for i in incidents if i.start] + [i.written[0] for i in incidents if i.written]
    if not starts:
        return None
    first = min(*starts, as_of)
    span = (as_of - first).days
    start = first - timedelta(days=max(1, span // 25))
    if span > 60:  # whole months, and some room for the first mark
        start = first.replace(day=1) if first.day > span // 40 else next_month(first - timedelta(days=45))
    return TimeAxis(start, as_of + timedelta(days=1), columns.left, columns.right - columns.left)


def _room(columns: Columns, house: House) -> Room:
    def wide(text: str) -> float:
        return text_width(text, house.sans)

    def fit(text: str, width: float) -> tuple[str, ...]:
        return wrap(text, width, house.sans)

    return Room(columns.left, columns.right - 5, wide, fit)


def _row(one: Group, columns: Columns, axis: TimeAxis | None, house: House, *, level: int) -> Row:
    lane = place([] if axis is None else _marks(one, axis, level), _room(columns, house))
    undated = _undated(one, columns, house, LEVELS[level])
    used = sum(max(1, len(lines)) for _, lines in undated)
    name = wrap(one.label, columns.name, house.sans, weight=600, most=2 if columns.lane else 1)
    # A name above its lane leaves the column of the undated free.
    rows = max(lane.rows, used, len(name)) if columns.lane else used if axis is None else max(lane.rows if lane.placed else 0, used - 1)
    return Row(one, name, lane, undated, rows, level)


def _undated(one: Group, columns: Columns, house: House, level: Level) -> tuple[tuple[int, tuple[str, ...]], ...]:
    incidents = [incident for incident in one.incidents if not incident.dated]
    texts = [say.label_text(i, detail=max(level.detail, 1), country=one.mixed, lane=one.label) if level.detail else "" for i in incidents]
    if level.merged and len(incidents) > 1:
        texts = [f"{len(incidents)}"]
    undated: list[tuple[int, tuple[str, ...]]] = []
    used = 0
    for text in texts:
        lines = wrap(text, columns.undated_width, house.sans) if text else ()
        undated.append((used, lines))
        used += max(1, len(lines))
    return tuple(undated)


def _marks(one: Group, axis: TimeAxis, level: int) -> list[Mark]:
    marks = [_mark(n, incident, axis, LEVELS[level].detail, one) for n, incident in enumerate(one.incidents) if incident.dated]
    widest = LEVELS[level].merged
    return _merge(marks, widest) if widest else marks


def _mark(number: int, incident: Incident, axis: TimeAxis, detail: int, one: Group) -> Mark:
    start, end = incident.start or axis.start, incident.end or axis.start
    if incident.exact:
        middle = axis.middle(start)
        left, right = middle - DOT, middle + DOT
    else:
        left, right = _stretch(axis, start, end)
    written = None if incident.written is None else _stretch(axis, *incident.written)
    label = say.label_text(incident, detail=detail, year=axis.days > 3 * 366, country=one.mixed, lane=one.label)
    note = say.note_text(incident) if written and detail else ""
    return Mark((number,), left, right, label, written, note, parts=((left, right),))


def _stretch(axis: TimeAxis, first: date, last: date) -> tuple[float, float]:
    left, right = axis.x(first), axis.x(last + timedelta(days=1))
    lack = max(0.0, THINNEST - (right - left)) / 2
    return left - lack, right + lack


def _merge(marks: list[Mark], widest: float) -> list[Mark]:
    """Set marks that would touch in one row, on top of each other, with their number beside them.

    Parameters
    ----------
    widest : float
        In points: a longer mark stands alone, and no cluster grows longer.
    """
    alone = [mark for mark in marks if mark.right - mark.left > widest]
    clusters: list[list[Mark]] = []
    left = right = 0.0
    for mark in sorted((mark for mark in marks if mark.right - mark.left <= widest), key=lambda m: m.left):
        if clusters and mark.left <= right + 1 and max(right, mark.right) - left <= widest:
            clusters[-1].append(mark)
            right = max(right, mark.right)
        else:
            clusters.append([mark])
            left, right = mark.left, mark.right
    merged = [_cluster(cluster) for cluster in clusters]
    merged = [replace(m, label=f"{len(m.keys)}" if len(m.keys) > 1 else "", written=None, note="") for m in [*merged, *alone]]
    return sorted(merged, key=lambda m: m.left)


def _cluster(marks: list[Mark]) -> Mark:
    if len(marks) == 1:
        return marks[0]
    keys, parts = (tuple(x for mark in marks for x in getattr(mark, name)) for name in ("keys", "parts"))
    return Mark(keys, marks[0].left, max(mark.right for mark in marks), parts=parts)
