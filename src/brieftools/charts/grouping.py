"""Which incident stands in which lane of a time line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from brieftools.charts.incidents import Incident
from brieftools.house.wording import listing

MOST_LANES = 9  # abroad; what comes after goes into one lane
NOT_STATED = "Country not stated"

Lanes = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Group:
    """The incidents of one lane.

    Attributes
    ----------
    label : str
    theatre : str
        home, abroad or empty.
    incidents : tuple of Incident
    mixed : bool
        Several countries share the lane, so that a label has to name its country.
    """

    label: str
    theatre: str
    incidents: tuple[Incident, ...]
    mixed: bool = False


def group(incidents: list[Incident], lanes: Lanes | None = None) -> list[Group]:
    """Put incidents into lanes: home above, abroad below it, then those whose theatre is not stated.

    Parameters
    ----------
    incidents : list of Incident
        In order of date.
    lanes : mapping, optional
        Label of a lane to its country codes (alpha-3). Without it all home countries share one lane, and each country
        abroad has its own, in order of first date; beyond nine, the rarest share the last one.

    Returns
    -------
    list of Group
    """
    groups: list[Group] = []
    label = {code: name for name, codes in (lanes or {}).items() for code in codes}
    for theatre in ("home", "abroad", ""):
        of_theatre = [incident for incident in incidents if incident.theatre == theatre]
        shared = [incident for incident in of_theatre if theatre == "home" and incident.country not in label]
        own = [incident for incident in of_theatre if theatre != "home" or incident.country in label]
        groups += _home(shared) + _countries(own, theatre, label)
    return groups


def _home(incidents: list[Incident]) -> list[Group]:
    names = sorted({incident.country_name for incident in incidents if incident.country_name})
    if not incidents:
        return []
    return [Group(listing(names) if 0 < len(names) <= 3 else "Home", "home", tuple(incidents), mixed=len(names) > 3)]


def _countries(incidents: list[Incident], theatre: str, label: dict[str, str]) -> list[Group]:
    by_name: dict[str, list[Incident]] = {}
    for incident in incidents:  # in order of date, so lanes are too
        by_name.setdefault(label.get(incident.country) or incident.country_name or NOT_STATED, []).append(incident)
    names = list(by_name)
    if len(names) > MOST_LANES:
        frequent = set(sorted(names, key=lambda name: -len(by_name[name]))[: MOST_LANES - 1])
        names = [name for name in names if name in frequent]
    groups = [Group(name, theatre, tuple(by_name[name])) for name in names]
    rest = tuple(incident for name, own in by_name.items() if name not in names for incident in own)
    return [*groups, Group("Other countries", theatre, rest, mixed=True)] if rest else groups
