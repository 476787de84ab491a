"""Incidents on a map: shape tells how well a place is known, area how many; what has no point is counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from brieftools.charts.chart import Chart, Redistribute, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.incidents import refuse_closed
from brieftools.charts.maps.draw import Plan, draw_map
from brieftools.charts.maps.places import DRAWN, NAMES, Spots, read_spots
from brieftools.charts.maps.shapes import Country, outlined, world
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import sentences, title
from brieftools.errors import SpecError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted, listing, long_date

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

SHARES = {60: 0.95, 76: 0.87, 84: 0.83, 108: 0.7, 116: 0.68, 174: 0.52}  # height of a map by its width
TALLEST = 112.0  # mm
MOST_ROWS = 1000  # of the data table; beyond, the places with fewest events are summed
BOUNDARIES = "Boundaries: Natural Earth 1:50m, de facto; no endorsement"


def incident_map(
    incidents: DataFrame,
    *,
    as_of: date,
    place: str = "",
    measure: str = "Incidents",
    noun: str = "events",
    period: str = "",
    source: str = "",
    area: Collection[str] = (),
    home: Collection[str] = (),
    count: str | None = None,
    label: str | None = None,
    names: Mapping[str, str] | None = None,
    inset: bool = False,
    outlines: Mapping[str, Sequence[tuple[float, float]]] | None = None,
    redistribute: Redistribute = "rows",
    width: int = 84,
    height: float | None = None,
    name: str = "map",
    house: House | None = None,
) -> Chart:
    """Draw incidents where they were: a filled circle for an exact place, an open one near it, a diamond for a district.

    Provinces, regions and whole countries have no point: they are counted below the map, never set on a centroid.

    Parameters
    ----------
    incidents : DataFrame
        ``latitude``, ``longitude`` and ``geo_precision`` (or UCDP's ``where_prec``); ``place`` and ``theatre`` where they are.
    as_of : date
        Printed with the source.
    place, measure, noun, period : str
        Where, for title and subtitle ("Iraq"); what a row is, for the subtitle; what is counted, plural; when.
    area : collection of str
        Countries that are shown whole, by alpha-3 code or English name; without it the map holds the incidents.
    home : collection of str
        Countries that are tinted.
    count, label : str, optional
        Columns: number of events of a row; words for the label of a place, where every place has one event.
    names : mapping, optional
        Place as the data spell it to the name to print.
    inset : bool
        Show at the right where on the globe it is; from 108 mm.
    outlines : mapping, optional
        Areas of your own: name to longitude and latitude along the border.
    redistribute : {"rows", "aggregate"}
        ``aggregate`` for counts by place, which are no single incidents; the table lists places.
    width, height : int, float
        In mm.

    Raises
    ------
    IncidentError
        A column is missing, or a value cannot be read.
    SpecError
        A country is not known.
    """
    house = house or house_in_use()
    refuse_closed(incidents, redistribute, "a map")
    spots = read_spots(incidents, count=count, label=label, names=names or {})
    areas = tuple(_country(key) for key in area)
    own = tuple(outlined(key, ring) for key, ring in (outlines or {}).items())
    tinted = frozenset(_country(key).iso3 for key in home)
    entries = _entries(spots)
    dashed: list[bool] = []

    def drawn(wide: int) -> Figure:
        tall = min(TALLEST, height if height and wide == width else SHARES[wide] * wide)
        with house_context(house):
            if spots.spots or areas or own:
                plan = Plan(spots, areas, tinted, noun, entries, inset and wide >= 108, own)
                figure, disputed = draw_map(plan, width=wide, height=tall, house=house)
                dashed.append(disputed)
                return figure
            missing = f"; {spots.total:,} on record have no point" if spots.total else ""
            return empty_figure(f"No {noun} to plot{missing}", width=wide, house=house)

    figure = drawn(check_width(width))
    disputed = any(dashed)
    boundaries = f"{BOUNDARIES}{'; dashed: disputed' if disputed else ''}" if spots.spots or areas else ""
    if own:
        boundaries = "Outlines: given by the authors"
    return Chart(
        figure,
        title=_title(spots, noun, place),
        subtitle=", ".join(filter(None, (f"{measure} by place", place, period))),
        source=sentences(source, boundaries, f"As of {long_date(as_of)}"),
        alt=_alt(spots, noun, place, period),
        width_mm=width,
        table=_table(spots, noun),
        redistribute=redistribute,
        name=name,
        period=period or None,
        redraw=drawn,
    )


def _country(key: str) -> Country:
    found = world().named(key)
    if found is None:
        known = [one.name for one in world().countries] if len(key) > 3 else [one.iso3 for one in world().countries if one.iso3]
        hint = nearest(key, known)
        raise SpecError(
            f"No country {key!r} is on the map" + ("" if hint.startswith("known") else f"; {hint}"),
            do="Write its alpha-3 code, such as IRQ.",
        )
    return found


def _entries(spots: Spots) -> list[tuple[str, str]]:
    drawn: list[tuple[str, str]] = [(kind, f"{NAMES[kind]} {spots.of(kind):,}") for kind in DRAWN if spots.of(kind)]
    return [*drawn, ("", _undrawn(spots))] if spots.undrawn else drawn


def _undrawn(spots: Spots) -> str:
    reasons = ", ".join(f"{NAMES[kind]} {number:,}" for kind, number in spots.undrawn.items())
    return f"Not plotted: {sum(spots.undrawn.values()):,} ({reasons})"


def _by_place(spots: Spots) -> list[tuple[str, int]]:
    totals: dict[str, int] = {}
    for spot in spots.spots:
        if spot.place:
            totals[spot.place] = totals.get(spot.place, 0) + spot.count
    return sorted(totals.items(), key=lambda one: (-one[1], one[0]))


def _title(spots: Spots, noun: str, place: str) -> str:
    where, of = (f" in {place}", f"{place}’s ") if place else ("", "")
    if not spots.total:
        return title(f"No {noun} on record{where}", f"No {noun} on record")
    ranked = _by_place(spots)
    if not spots.spots:
        return title(
            f"None of {of}{spots.total:,} {noun} has a place that a map can show", f"None of {spots.total:,} {noun} can be plotted"
        )
    if ranked and ranked[0][1] * 2 > spots.total and spots.total > 2:
        return title(
            f"{ranked[0][0]} alone holds {ranked[0][1]:,} of {of}{spots.total:,} {noun}",
            f"One place holds {ranked[0][1]:,} of {spots.total:,} {noun}",
        )
    if ranked and ranked[0][1] > 1 and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return title(
            f"{ranked[0][0]} holds most: {ranked[0][1]:,} of {of}{spots.total:,} {noun}",
            f"{ranked[0][1]:,} of {spots.total:,} {noun} are at one place",
        )
    return title(
        f"{spots.plotted:,} of {spots.total:,} {noun}{where} have a place that a map can show",
        f"{spots.plotted:,} of {spots.total:,} {noun} can be plotted",
    )


def _alt(spots: Spots, noun: str, place: str, period: str) -> str:
    where = "".join(f", {part}" for part in (place, period) if part)
    if not spots.spots:
        return f"A map without symbols: {spots.total:,} {noun} on record, none with a point{where}."
    classes = listing([f"{spots.of(kind):,} {NAMES[kind]}" for kind in DRAWN if spots.of(kind)])
    symbols = counted(len(spots.spots), "symbol")
    ranked = _by_place(spots)[:5]
    return sentences(
        f"Map of {spots.plotted:,} {noun} as {symbols}{where}, by precision of place: {classes}",
        "Most: " + listing([f"{name} {number:,}" for name, number in ranked]) if ranked else "",
        _stretch(spots),
        _undrawn(spots) if spots.undrawn else "",
    )


def _stretch(spots: Spots) -> str:
    """Say between which degrees the symbols lie."""
    latitudes, longitudes = ([getattr(spot, axis) for spot in spots.spots] for axis in ("latitude", "longitude"))
    up = " and ".join(_degrees(value, "N", "S") for value in (min(latitudes), max(latitudes)))
    across = " and ".join(_degrees(value, "E", "W") for value in (min(longitudes), max(longitudes)))
    return f"They lie between {up}, {across}"


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):.1f}° {plus if value >= 0 else minus}"


def _table(spots: Spots, noun: str) -> DataFrame:
    from pandas import DataFrame

    shown = sorted(spots.spots, key=lambda s: -s.count)[:MOST_ROWS] if len(spots.spots) > MOST_ROWS else spots.spots
    rows = [[s.place, f"{s.latitude:g}", f"{s.longitude:g}", NAMES[s.kind], str(s.count)] for s in shown]
    left = len(spots.spots) - len(shown)
    if left:
        rows.append([f"{left:,} more places", "", "", "", str(sum(s.count for s in spots.spots) - sum(s.count for s in shown))])
    rows += [["not plotted", "", "", NAMES[kind], str(number)] for kind, number in spots.undrawn.items()]
    return DataFrame(rows, columns=["place", "latitude", "longitude", "precision", noun], dtype=str)
