"""Changes beside each other: a dot and an interval for each, on one scale of ratios."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from brieftools.analysis.counts import Comparison
from brieftools.analysis.wording import ratio_text, whole_text
from brieftools.charts.chart import Chart, check_width
from brieftools.charts.empty import empty_figure
from brieftools.charts.rows.changes_draw import draw_changes
from brieftools.charts.rows.records import Change
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import NO_BREAK, clean, sentences, title, words
from brieftools.errors import SpecError
from brieftools.house.style import House
from brieftools.house.wording import counted, listing

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

Rows = Mapping[str, Comparison] | Iterable["Change | tuple[str, Comparison] | tuple[str, Comparison, int]"]


def changes(
    rows: Rows,
    *,
    new: str,
    old: str,
    subject: str = "events",
    measure: str = "",
    place: str = "",
    source: str = "",
    abroad: Iterable[str] = (),
    width: int = 84,
    name: str = "changes",
    house: House | None = None,
) -> Chart:
    """Draw ratios of two rates with the interval that decides whether a change is clear.

    A clear change is a filled dot on a thick line with an arrow in words; an interval that holds 1 is an open dot on a thin line
    and is called "no clear change". An end beyond ten times or a tenth is drawn as an arrow at the edge.

    Parameters
    ----------
    rows : mapping of str to Comparison, or iterable of Change or of tuples
        Label and comparison, in order; a third part of a tuple is the indentation (0 or 1).
    new, old : str
        The periods compared, in a few characters: "2017", "2016".
    subject, measure, place : str
        What was counted, plural; for the subtitle, "Change in the rate of ..." when not given; where.
    abroad : iterable of str
        Labels that are drawn in the accent.
    width : int
        In mm. The height follows the number of rows.

    Raises
    ------
    SpecError
        Two rows have one label, or a row holds no comparison.
    """
    house = house or house_in_use()
    every = _read(rows, frozenset(abroad))

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if every:
                return draw_changes(every, head=f"{clean(old)} → {clean(new)}", width=wide, house=house)
            return empty_figure("No changes to compare", width=wide, house=house)

    what = measure or f"Change in {subject} per day"
    return Chart(
        drawn(check_width(width)),
        title=_title(every, subject),
        subtitle=", ".join(filter(None, (f"{what}, {new} over {old}, 95{NO_BREAK}% interval", place))),
        source=sentences(source, _notes(every)),
        alt=_alt(every, subject, new, old),
        width_mm=width,
        table=_table(every, new, old),
        redistribute="aggregate",
        name=name,
        period=f"{old} and {new}" if every else None,
        redraw=drawn,
    )


def _read(rows: Rows, abroad: frozenset[str]) -> list[Change]:
    given = rows.items() if isinstance(rows, Mapping) else rows
    every = [_change(row, abroad) for row in given]
    labels = [one.label for one in every]
    twice = next((label for label in labels if labels.count(label) > 1), None) if len(set(labels)) < len(labels) else None
    if twice is not None:
        raise SpecError(f"Two rows are called {twice!r}.", do="Name each row differently: a title could not tell them apart.")
    return every


def _change(row: Change | tuple[str, Comparison] | tuple[str, Comparison, int], abroad: frozenset[str]) -> Change:
    if isinstance(row, Change):
        return row
    label, comparison, *rest = row
    if not isinstance(comparison, Comparison):
        raise SpecError(f"The row {label!r} holds a {type(comparison).__name__}, not a comparison.", do="Use analysis.counts.compare.")
    return Change(clean(label), comparison, int(rest[0]) if rest else 0, "abroad" if label in abroad else "home")


def _title(every: list[Change], subject: str) -> str:
    """Name what rose and fell; where names are too many for fifteen words, how many."""
    if not every:
        return "No changes to compare"
    rose, fell = ([one.label for one in every if one.reading == way] for way in ("up", "down"))
    rest = len(every) - len(rose) - len(fell)
    if not rose and not fell:
        return (
            title(f"No clear change in {every[0].label}", "No clear change")
            if rest == 1
            else title(f"No clear change in any of {words(len(every))[0]} rows")
        )
    only = "only " if rest else ""
    parts = [(names, verb) for names, verb in ((rose, "rose"), (fell, "fell")) if names]
    first, *others = [f"{listing(names)} {verb}" for names, verb in parts]
    named = f"{only}{first} clearly" + (f"; {others[0]}" if others else "")
    numbers = words(len(rose), len(fell), rest)
    tally = "; ".join(
        text
        for text, n in ((f"{numbers[0]} rose", len(rose)), (f"{numbers[1]} fell", len(fell)), (f"{numbers[2]} show no clear change", rest))
        if n
    )
    return title(named, f"{subject}: {tally}", tally)


def _notes(every: list[Change]) -> str:
    why = sorted({one.comparison.why for one in every})
    undrawn = [one.label for one in every if one.comparison.ratio is None]
    low = [one for one in every if 0 < one.comparison.x2 < 10]
    return sentences(
        f"Intervals: {'; '.join(why)}" if why else "",
        "Filled dot, thick line: an interval without “same”" if any(one.clear for one in every) else "",
        f"No events in either period: {listing(undrawn)}" if undrawn else "",
        f"{counted(len(low), 'row rests', 'rows rest')} on fewer than ten earlier events" if low else "",
    )


def _alt(every: list[Change], subject: str, new: str, old: str) -> str:
    if not every:
        return "An empty chart: there are no changes to compare."
    tally = [
        f"{sum(one.reading == reading for one in every)} {text}"
        for reading, text in (("up", "up"), ("down", "down"), ("no clear change", "without clear change"))
    ]
    parts = [f"Dots with intervals of the ratio of {subject} per day, {new} over {old}, for {counted(len(every), 'row')}: {listing(tally)}"]
    parts += [_spoken(one) for one in every[:12]]
    if len(every) > 12:
        parts.append(f"{counted(len(every) - 12, 'further row')} in the table")
    return sentences(*parts)


def _spoken(one: Change) -> str:
    c = one.comparison
    text = f"{one.label}: {one.earlier} to {whole_text(c.x1)}, {one.reading}"
    if c.ratio is None or math.isinf(c.ratio):
        return text
    return f"{text}, ratio {ratio_text(c.ratio)}, {ratio_text(c.deciding.low)} to {ratio_text(c.deciding.high)}"


def _table(every: list[Change], new: str, old: str) -> DataFrame:
    from pandas import DataFrame

    rows = []
    for one in every:
        c = one.comparison
        ratio = "" if c.ratio is None else ratio_text(c.ratio)
        rows.append(
            [
                one.label,
                str(c.x2),
                f"{c.t2:g}",
                str(c.x1),
                f"{c.t1:g}",
                ratio,
                ratio_text(c.deciding.low),
                ratio_text(c.deciding.high),
                one.reading,
                c.why,
            ]
        )
    columns = ["row", f"count {old}", f"days {old}", f"count {new}", f"days {new}", "ratio", "low", "high", "reading", "interval"]
    return DataFrame(rows, columns=columns, dtype=str)
