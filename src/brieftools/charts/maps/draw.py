"""Drawing a map of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from brieftools.charts.maps.frame import Frame, around, fit
from brieftools.charts.maps.key import draw_counts_key, draw_row, draw_scale_bar, row_height
from brieftools.charts.maps.labels import Ground, Label, Set, set_country, set_labels
from brieftools.charts.maps.land import draw_land, draw_outlines, shown_rings
from brieftools.charts.maps.places import NAMES, Spot, Spots
from brieftools.charts.maps.shapes import Country, world
from brieftools.charts.maps.symbols import Scale, draw_symbol
from brieftools.charts.sheet import RISE, Sheet, bare, sheet, snap
from brieftools.charts.svg import points
from brieftools.house.style import House

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELS = {60: 4, 76: 6, 84: 7, 108: 9, 116: 10, 174: 16}
COUNTRIES = 14  # names of countries at most
CROWDED = 250  # symbols, beyond which they are drawn as one collection
INSET = 42.0  # mm


@dataclass(frozen=True)
class Plan:
    """What a map shows.

    Attributes
    ----------
    spots : Spots
    areas : tuple of Country
        Shown whole.
    home : frozenset of str
        Codes or names of tinted countries.
    noun : str
        What is counted, plural.
    entries : list of (str, str)
        Class and words of the row below the map.
    inset : bool
    own : tuple of Country
        Areas that the author outlined; they are shown whole too.
    """

    spots: Spots
    areas: tuple[Country, ...]
    home: frozenset[str]
    noun: str
    entries: list[tuple[str, str]]
    inset: bool
    own: tuple[Country, ...] = ()


def draw_map(plan: Plan, *, width: int, height: float, house: House) -> tuple[Figure, bool]:
    """Draw the map; say whether a disputed line is in view."""
    trial = sheet(width, 100, house)
    foot = row_height(trial, plan.entries, trial.width)
    side = points(INSET) + 9 if plan.inset else 0.0
    page = sheet(width, snap(points(height) + foot), house)
    room = (0.4, foot + 0.4, page.width - side - 0.8, page.height - foot - 0.8)
    frame = fit([(spot.longitude, spot.latitude) for spot in plan.spots.spots], plan.areas + plan.own, room)
    ax = _axes(page, (0.0, 0.0, page.width, page.height))
    disputed = draw_land(ax, frame, plan.home, house.light)
    draw_outlines(ax, frame, plan.own, house.light)
    _edge(ax, frame, house.light.rule, 0.5)
    _symbols_and_words(page, ax, frame, plan)
    if plan.inset:
        _inset(
            page,
            ax,
            frame,
            (page.width - points(INSET), page.height - points(INSET) * 0.8 - 0.4, points(INSET) - 0.4, points(INSET) * 0.8),
            plan,
        )
    draw_row(page, ax, plan.entries, foot)
    return page.figure, disputed


def _axes(page: Sheet, room: tuple[float, float, float, float]) -> Axes:
    ax = page.axes(*room)
    ax.set_xlim(room[0], room[0] + room[2])
    ax.set_ylim(room[1], room[1] + room[3])
    bare(ax, bottom=False, grid=False)
    return ax


def _edge(ax: Axes, frame: Frame, colour: str, thickness: float) -> None:
    a, b, c, d = frame.box
    ax.plot([a, c, c, a, a], [b, b, d, d, b], color=colour, linewidth=thickness, linestyle="-", clip_on=False, zorder=8)


def _symbols_and_words(page: Sheet, ax: Axes, frame: Frame, plan: Plan) -> None:
    import numpy as np

    spots = plan.spots.spots
    scale = Scale(max((spot.count for spot in spots), default=1))
    places = frame.place(np.array([(spot.longitude, spot.latitude) for spot in spots]).reshape(-1, 2))
    radii = np.array([scale.drawn(spot.count, spot.kind) for spot in spots])
    ground = Ground(frame.box)
    ground.symbols(places, radii)
    _draw_spots(ax, spots, places, radii, page.house)
    labels = _labels(page, spots, places, radii)[: LABELS[min(LABELS, key=lambda w: abs(points(w) - frame.width))]]
    first = set_labels(labels[:1], ground, page)  # before the key takes a corner that it may need
    draw_counts_key(page, ax, ground, scale, plan.noun)
    draw_scale_bar(page, ax, ground, frame)
    for one in [*first, *set_labels(labels[1:], ground, page)]:
        _write(page, ax, one)
    _write_countries(page, frame, ground, plan.own)


def _draw_spots(ax: Axes, spots: tuple[Spot, ...], places: object, radii: object, house: House) -> None:
    """Draw large ones first, so that small ones lie on them."""
    import numpy as np

    xy, sizes, palette = np.asarray(places), np.asarray(radii), house.light
    order = sorted(range(len(spots)), key=lambda n: -sizes[n])
    if len(spots) <= CROWDED:
        for n in order:
            colour = palette.abroad if spots[n].abroad else palette.home_deep
            draw_symbol(ax, spots[n].kind, float(xy[n, 0]), float(xy[n, 1]), float(sizes[n]), colour, palette)
        return
    for kind in ("adm2", "near", "exact"):
        for abroad, colour in ((False, palette.home_deep), (True, palette.abroad)):
            chosen = [n for n in order if spots[n].kind == kind and spots[n].abroad == abroad]
            if chosen:
                face = colour if kind == "exact" else palette.bg
                ax.scatter(
                    xy[chosen, 0],
                    xy[chosen, 1],
                    s=(2 * sizes[chosen]) ** 2,
                    marker="D" if kind == "adm2" else "o",
                    facecolors=face,
                    edgecolors=colour,
                    linewidths=0.5,
                    zorder=5,
                )


def _labels(page: Sheet, spots: tuple[Spot, ...], places: object, radii: object) -> list[Label]:
    """One label for each named place, most events first; the place that holds most is set bold."""
    import numpy as np

    xy, sizes = np.asarray(places), np.asarray(radii)
    groups: dict[tuple[str, float, float], list[int]] = {}
    for n, spot in enumerate(spots):
        if spot.place or spot.note:
            groups.setdefault((spot.place, spot.longitude, spot.latitude), []).append(n)
    ranked = sorted(groups.values(), key=lambda of: (-sum(spots[n].count for n in of), of[0]))[:60]
    counts = max((spot.count for spot in spots), default=1) > 1
    labels = []
    for rank, of in enumerate(ranked):
        n = max(of, key=lambda one: sizes[one])
        first = rank == 0 and counts and len(ranked) > 1 and sum(spots[m].count for m in of) > sum(spots[m].count for m in ranked[1])
        labels.append(
            Label(_lines(page, [spots[m] for m in of], counts), float(xy[n, 0]), float(xy[n, 1]), float(sizes[n]), 600 if first else 400)
        )
    # One place that stands at several points is named once.
    return list({one.lines: one for one in reversed(labels)}.values())[::-1]


def _lines(page: Sheet, of: list[Spot], counts: bool) -> tuple[str, ...]:
    name, width = of[0].place, 0.32 * page.width
    if not counts:
        notes = [spot.note for spot in of if spot.note]
        lines = (*page.wrap(name, width, most=2), *(page.wrap(notes[0], width, most=3) if notes else ()))
        return (*(line for line in lines if line), *((f"and {len(of) - 1} more",) if len(of) > 1 else ()))
    if len(of) > 1:
        return (*page.wrap(name, width, weight=600, most=2), ", ".join(f"{spot.count:,} {NAMES[spot.kind]}" for spot in of))
    text = f"{name}, district {of[0].count:,}" if of[0].kind == "adm2" and "district" not in name.lower() else f"{name} {of[0].count:,}"
    return page.wrap(text, width, weight=600, most=2)


def _write(page: Sheet, ax: Axes, one: Set) -> None:
    ink2 = page.house.light.ink2
    if one.leader:
        x1, y1, x2, y2 = one.leader
        ax.plot([x1, x2], [y1, y2], color=ink2, linewidth=0.6, linestyle="-", zorder=5)
    for text in (
        page.text(one.x, one.y - 10.5 * n, line, weight=one.label.weight, align=one.align) for n, line in enumerate(one.label.lines)
    ):
        text.set_gid("halo")


def _write_countries(page: Sheet, frame: Frame, ground: Ground, own: tuple[Country, ...]) -> None:
    """Name the countries that have room for it, the largest on the map first."""
    import numpy as np

    seen = [(country, rings) for country in (*own, *world().countries) if (rings := shown_rings(country, frame))]
    seen.sort(key=lambda one: (-max(float(np.ptp(ring[:, 0]) * np.ptp(ring[:, 1])) for ring in one[1]), one[0].name))
    for country, rings in seen[:COUNTRIES]:
        where = set_country(country.name if country in own else country.name.upper(), rings, ground, page)
        if where is not None:
            page.text(where[0], where[1] - RISE, country.name.upper(), color=page.house.light.ink2, align="center").set_gid("halo")


def _inset(page: Sheet, ax: Axes, frame: Frame, room: tuple[float, float, float, float], plan: Plan) -> None:
    outer = around(frame, room)
    draw_land(ax, outer, plan.home, page.house.light, fine=0.7)
    _edge(ax, outer, page.house.light.rule, 0.5)
    import numpy as np

    (a, b), (c, d) = outer.place(np.array([(frame.west, frame.south), (frame.east, frame.north)]))
    ax.plot([a, c, c, a, a], [b, b, d, d, b], color=page.house.light.ink, linewidth=1.0, linestyle="-", zorder=8)
