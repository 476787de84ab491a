"""Weeks of a weekly brief as they are now, and as each was seen first: like is compared with like.

Reports arrive late, so a week grows for weeks after its end. The newest week, seen for the first time, is compared with earlier
weeks *at first sight* too, that is in the snapshots from which their own editions were made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.brief.inputs import Inputs
from brieftools.brief.weeks import Week, WeeklyRule
from brieftools.errors import IncidentError, SpecError
from brieftools.house.wording import long_date
from brieftools.incidents.dataset import Cut, Dataset, find_datasets
from brieftools.incidents.query import Counted, by_week, changed_ids
from brieftools.incidents.snapshot import snapshot_at

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Revision:
    """What a newer snapshot did to the count of a week.

    Attributes
    ----------
    week : Week
    now, before : int
        Events in this edition and in the one before.
    since : str
        The former edition's as-of date, in words.
    late, withdrawn, moved, away : int
        Events reported late, withdrawn, moved into the week, moved out of it.
    """

    week: Week
    now: int
    before: int
    since: str
    late: int
    withdrawn: int
    moved: int
    away: int

    def sentence(self) -> str:
        """``Week 9: 17 events (14 in the edition of 2 March 2026: 3 reported late).``"""
        parts = [
            f"{number} {word}"
            for number, word in (
                (self.late, "reported late"),
                (self.withdrawn, "withdrawn"),
                (self.moved, "moved into it"),
                (self.away, "moved out of it"),
            )
            if number
        ]
        return f"Week {self.week.number}: {self.now} events ({self.before} in the edition of {self.since}: {', '.join(parts)})."


def rule_of(inputs: Inputs) -> tuple[WeeklyRule, Week]:
    """Return the weekly rule of a brief, and the week of its edition.

    Raises
    ------
    SpecError
        It is no weekly brief.
    """
    rule, week = inputs.spec.editions, inputs.spec.week
    if rule is None or week is None:
        raise SpecError("this brief has no weeks", where=inputs.folder / "brief.yml", do="add `editions: {first: 2026-W01}`")
    return rule, week


def window(inputs: Inputs) -> list[Week]:
    """Return the weeks that an edition speaks of, oldest first, its own last."""
    rule, week = rule_of(inputs)
    return [week.later(-back) for back in range(rule.weeks, -1, -1)]


def seen_first(inputs: Inputs, name: str, week: Week) -> Dataset | None:
    """Return the snapshot that a week's own edition was made from; None where none of that time reaches so far."""
    rule, own = rule_of(inputs)
    if week == own:
        present = inputs.datasets[name]
        late = present.sidecar.accessed is not None and present.sidecar.accessed > rule.closes(own)
        return None if late else present  # a later release knows more than was seen then
    found = snapshot_at(inputs.project.incidents / name, rule.closes(week))
    if found is None:
        return None
    dataset = _read(inputs.project.incidents, name, found.name)
    return dataset if dataset.sidecar.coverage.end >= week.end else None


def earlier_snapshots(inputs: Inputs) -> list[Dataset]:
    """Return the snapshots, besides those in force, that a weekly edition's first sights come from: they are its inputs too."""
    if inputs.spec.editions is None:
        return []
    found = {}
    for name, dataset in inputs.datasets.items():
        if dataset.is_snapshot and dataset.sidecar.kind == "incidents":
            for week in window(inputs)[:-1]:
                seen = seen_first(inputs, name, week)
                if seen is not None and seen.path != dataset.path:
                    found[seen.path] = seen
    return list(found.values())


@lru_cache(maxsize=1_000)
def _read(incidents: Path, name: str, key: str) -> Dataset:
    """A snapshot never changes, so it is read, and its hash compared, once."""
    return find_datasets(incidents, {name: key})[name]


def _cut(inputs: Inputs, weeks: list[Week]) -> Cut:
    return replace(inputs.cut, start=weeks[0].start, end=weeks[-1].end)


def weeks_table(inputs: Inputs, name: str, *, by: str | None = None) -> pd.DataFrame:
    """Return events per week, now and at first sight.

    Parameters
    ----------
    name : str
        A dataset of incidents.
    by : str, optional
        A column; a row then stands for a week and one of its values, zeros included.

    Returns
    -------
    DataFrame
        ``week``, ``start``, ``end``, the column `by`, ``events``, ``first`` (missing where no snapshot of that time reaches so far),
        ``fatalities_best``, ``age`` (weeks since that week's edition closed), ``provisional``. `attrs["unplaced"]` counts
        incidents that belong to no single week.
    """
    import pandas as pd

    rule, _ = rule_of(inputs)
    weeks = window(inputs)
    seen = [seen_first(inputs, name, week) for week in weeks]
    asked = [(dataset, week.start, 1) for dataset, week in zip(seen, weeks, strict=True) if dataset is not None]
    counted = by_week([(inputs.datasets[name], weeks[0].start, len(weeks)), *asked], by, cut=_cut(inputs, weeks))
    now, *firsts = [_as_dict(rows) for rows in counted]
    first = dict(zip([week for dataset, week in zip(seen, weeks, strict=True) if dataset is not None], firsts, strict=True))
    kinds = sorted({kind for _, kind in now if kind is not None}) if by else [None]
    covered = inputs.datasets[name].sidecar.coverage
    rows = []
    for place, week in enumerate(weeks):
        inside = covered.start <= week.start and week.end <= covered.end
        for kind in kinds:
            events, deaths = now.get((place, kind), (0, 0))
            rows.append(
                {
                    "week": week.name,
                    "start": pd.Timestamp(week.start),
                    "end": pd.Timestamp(week.end),
                    **({by: kind} if by else {}),
                    "events": events if inside else None,
                    "first": first[week].get((0, kind), (0, 0))[0] if week in first else None,
                    "fatalities_best": deaths if inside else None,
                    "age": len(weeks) - 1 - place,
                    "provisional": len(weeks) - 1 - place < rule.provisional,
                }
            )
    table = pd.DataFrame(rows).astype({"events": "Int64", "first": "Int64", "fatalities_best": "Int64"})
    table.attrs |= {"dataset": name, "unplaced": sum(events for (place, _), (events, _) in now.items() if place is None)}
    return table


def _as_dict(rows: Counted) -> dict[tuple[int | None, str | None], tuple[int, int]]:
    return {(week, kind): (events, deaths or 0) for week, kind, events, deaths in rows}


def revisions(inputs: Inputs, name: str) -> list[Revision]:
    """Return the weeks whose counts differ from those of the edition before, oldest first; none without an earlier snapshot."""
    rule, own = rule_of(inputs)
    former_week = own.later(-1)
    former = seen_first(inputs, name, former_week)
    present = inputs.datasets[name]
    if former is None or former.path == present.path:
        return []
    weeks = window(inputs)[:-1]
    cut, first = _cut(inputs, weeks), weeks[0].start
    now, before = (_as_dict(rows) for rows in by_week([(one, first, len(weeks)) for one in (present, former)], None, cut=cut))
    changes = changed_ids(former, present, [(week.start, week.end) for week in weeks], cut=cut)
    since = long_date(rule.closes(former_week))
    return [
        Revision(week, now.get((place, None), (0, 0))[0], before.get((place, None), (0, 0))[0], since, **changes[place])
        for place, week in enumerate(weeks)
        if any(changes[place].values())
    ]


def equal_age(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of weeks whose ``events`` are counts at first sight, so that weeks can be compared.

    Raises
    ------
    IncidentError
        Some weeks were never seen at first sight: comparing the newest with them would compare weeks of unequal age.
    """
    missing = sorted(set(table.week[table["first"].isna()]))
    if missing:
        raise IncidentError(
            f"{len(missing)} of {table.week.nunique()} weeks, {missing[0]} among them, have no snapshot of their own time: "
            "weeks of unequal age cannot be compared",
            do="compare fewer weeks, or show them as provisional",
        )
    return table.assign(events=table["first"])
