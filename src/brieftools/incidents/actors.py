"""``data/actors.yml``: one key for a group that datasets call differently, and for a name only as long as it means that group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from brieftools.errors import IncidentError, nearest
from brieftools.incidents.engine import text
from brieftools.project.record import Record
from brieftools.project.yamlfile import read_record

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

KEY = r"^[a-z0-9][a-z0-9-]*$"


class Known(Record):
    """What one family of datasets calls an actor, and from when to when.

    Attributes
    ----------
    family : str
        ``ucdp``, or the name of a dataset.
    name, id : str or None
        Exact; where both are given, both must fit.
    start, end : date or None
        First and last day on which that name means this actor; None: no limit.
    """

    family: str
    name: str | None = None
    id: str | None = None
    start: date | None = None
    end: date | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Known:
        if self.name is None and self.id is None:
            raise ValueError("an entry needs `name` or `id`")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"valid until {self.end}, before it begins on {self.start}")
        return self


class Actor(Record):
    """An actor: what we call it, what it belongs to, what others call it."""

    label: str = Field(min_length=1)
    parent: str | None = None
    known: tuple[Known, ...] = ()


class Actors(Record):
    """Everything in ``data/actors.yml``."""

    actors: dict[str, Actor] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Actors:
        for key, actor in self.actors.items():
            trail = [key]
            while (parent := self.actors[trail[-1]].parent) is not None:
                if parent not in self.actors:
                    raise ValueError(f"actor {key!r} belongs to {parent!r}, which is not listed")
                if parent in trail:
                    raise ValueError(f"actor {key!r} belongs to itself")
                trail.append(parent)
            del actor
        return self

    @model_validator(mode="after")
    def _one_meaning(self) -> Actors:
        entries = [(key, one) for key, actor in self.actors.items() for one in actor.known]
        for place, (key, one) in enumerate(entries):
            for other_key, other in entries[place + 1 :]:
                if key != other_key and _overlap(one, other):
                    raise ValueError(f"{one.name or one.id!r} means {key!r} and {other_key!r} at one time in {one.family!r}")
        return self

    def within(self, keys: tuple[str, ...]) -> set[str]:
        """Return actors and everything that belongs to them."""
        found = set(keys)
        while grown := {key for key, actor in self.actors.items() if actor.parent in found} - found:
            found |= grown
        return found


def _overlap(one: Known, other: Known) -> bool:
    if one.family != other.family:
        return False
    same_name = one.name == other.name if one.name and other.name else True
    same_id = one.id == other.id if one.id and other.id else True
    apart = (one.name is None) != (other.name is None) and (one.id is None) != (other.id is None)
    if not (same_name and same_id) or apart:
        return False
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (one.end or date.max)


def read_actors(path: Path) -> Actors:
    """Read ``data/actors.yml``; none means that no actor is matched.

    Raises
    ------
    IncidentError
        A key or value that is not allowed; a name that means two actors at one time.
    """
    return read_record(path, Actors, error=IncidentError) if path.is_file() else Actors()


def known_table(db: DuckDBPyConnection, actors: Actors, family: str) -> None:
    """Lay a table ``known_actors`` down: key, name, id, first, last, of one family."""
    db.execute("CREATE OR REPLACE TEMP TABLE known_actors (key VARCHAR, name VARCHAR, id VARCHAR, first DATE, last DATE)")
    rows = [
        (key, one.name, one.id, one.start or date.min, one.end or date(9999, 12, 31))
        for key, a in actors.actors.items()
        for one in a.known
        if one.family == family
    ]
    if rows:
        db.executemany("INSERT INTO known_actors VALUES (?, ?, ?, ?, ?)", rows)


def matched(side: int) -> str:
    """SQL for the key of actor 1 or 2 of a row `r`: the name must hold on the day the incident began."""
    return (
        f"(SELECT min(k.key) FROM known_actors k WHERE (k.name IS NULL OR k.name = r.actor{side}) AND (k.id "
        f"IS NULL OR k.id = r.actor{side}_source_id) "
        f"AND r.date_start BETWEEN k.first AND k.last)"
    )


def named_sql(actors: Actors, family: str, keys: Sequence[str]) -> str:
    """SQL for: either side has a name or an id of one of these actors, at whatever time.

    Raises
    ------
    IncidentError
        No such actor is known.
    """
    for key in keys:
        if key not in actors.actors:
            raise IncidentError(
                f"no actor {key!r} in data/actors.yml; {nearest(key, actors.actors)}", do="correct the key, or add the actor"
            )
    known = [one for key in sorted(actors.within(tuple(keys))) for one in actors.actors[key].known if one.family == family]
    columns = {"": {one.name for one in known if one.name}, "_source_id": {one.id for one in known if one.id and not one.name}}
    listed = [(column, ", ".join(map(text, sorted(values)))) for column, values in columns.items() if values]
    return " OR ".join(f"actor{side}{column} IN ({values})" for column, values in listed for side in (1, 2)) or "false"
