"""Countries per year: how many, which stayed, which came and which left."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from brieftools.charts.chart import Chart, check_width
from brieftools.charts.countries_draw import Names, Year, draw_countries
from brieftools.charts.empty import empty_figure
from brieftools.charts.style import house_context, house_in_use
from brieftools.charts.words import clean, opening, sentences, title, words
from brieftools.errors import IncidentError, nearest
from brieftools.house.style import House
from brieftools.house.wording import counted, listing

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

Lists = Mapping[int, Iterable[str]]


@dataclass(frozen=True)
class _Turn:
    """The last two years on record against each other."""

    before: Year
    last: Year

    @property
    def same(self) -> list[str]:
        return sorted(self.before.countries & self.last.countries)

    @property
    def came(self) -> list[str]:
        return sorted(self.last.countries - self.before.countries)

    @property
    def left(self) -> list[str]:
        return sorted(self.before.countries - self.last.countries)


def countries(
    lists: DataFrame | Lists,
    *,
    home: Collection[str],
    measure: str = "Countries on record",
    source: str = "",
    year: str = "year",
    country: str = "country",
    names: Mapping[str, str] | None = None,
    width: int = 116,
    height: float = 62,
    name: str = "countries",
    house: House | None = None,
) -> Chart:
    """Draw how many countries are on a list each year, and name those of the last two.

    Home is a bar with lines across it, abroad a full one; what stands in one of the last two years alone is hatched. A
    year without a list between the first and the last is hatched grey: not in the data.

    Parameters
    ----------
    lists : DataFrame or mapping
        One row for each year and country; or year to country names. A year with an empty list counts none.
    home : collection of str
        The home countries, by the names in the lists.
    measure : str
        What puts a country on the list, for the subtitle.
    year, country : str
        Columns; a cell may hold several countries, separated by commas or semicolons.
    names : mapping, optional
        Longer names to the ones to print.
    width, height : int, float
        In mm; from 108 mm the names stand beside the bars, below that under them. The height grows with the names.

    Raises
    ------
    IncidentError
        A column is missing, or a year is no year.
    """
    house = house or house_in_use()
    years = _read(lists, set(home), year, country, names or {})
    span = "" if not years else f"{years[0].year}–{years[-1].year}" if len(years) > 1 else str(years[0].year)
    turn = _Turn(years[-2], years[-1]) if len(years) > 1 and years[-2].listed else None

    def drawn(wide: int) -> Figure:
        with house_context(house):
            if any(one.countries for one in years):
                return draw_countries(years, _names(years, turn), width=wide, height=height, house=house)
            return empty_figure(f"No countries on record in this period{f': {span}' if span else ''}", width=wide, house=house)

    return Chart(
        drawn(check_width(width)),
        title=_title(years, turn),
        subtitle=", ".join(filter(None, (f"{measure}, number per year", span))),
        source=sentences(source, _notes(years, turn)),
        alt=_alt(years, turn),
        width_mm=width,
        table=_table(years),
        redistribute="aggregate",
        name=name,
        period=span or None,
        redraw=drawn,
    )


def _read(lists: DataFrame | Lists, home: set[str], year: str, country: str, names: Mapping[str, str]) -> list[Year]:
    by_year: dict[int, set[str]] = {}
    for when, cell in _pairs(lists, year, country):
        listed = by_year.setdefault(_year(when), set())
        listed |= {names.get(one, one) for one in (clean(part) for part in clean(cell).replace(";", ",").split(",")) if one}
    printed = {names.get(one, one) for one in home}
    if not by_year:
        return []
    every = range(min(by_year), max(by_year) + 1)
    return [Year(y, frozenset(by_year.get(y, ())), frozenset(by_year.get(y, ())) & printed, y in by_year) for y in every]


def _pairs(lists: DataFrame | Lists, year: str, country: str) -> list[tuple[Any, Any]]:
    if isinstance(lists, Mapping):
        return [(when, "; ".join(clean(one).replace(",", " ") for one in of)) for when, of in lists.items()]
    if not len(lists):
        return []
    known = [str(column) for column in lists.columns]
    for column in (year, country):
        if column not in known:
            raise IncidentError(f"The lists have no column {column!r}; {nearest(column, known)}", do="Name its column: year= or country=.")
    return list(zip(lists[year], lists[country], strict=True))


def _year(value: Any) -> int:
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = float("nan")
    if not (number.is_integer() and 0 < number < 9999):
        raise IncidentError(f"{value!r} is no year.", do="Write it as 2016.")
    return int(number)


def _names(years: list[Year], turn: _Turn | None) -> list[Names]:
    """The names that stand beside the last bars: who came, who stayed, home; and who left."""
    last = years[-1]
    if turn is None:
        abroad = sorted(last.countries - last.home)
        return [
            Names(kind, head, of)
            for kind, head, of in (("both", f"Abroad in {last.year}", abroad), ("home", "Home", sorted(last.home)))
            if of
        ]
    home = turn.before.home | turn.last.home
    groups = (
        ("came", f"Only in {turn.last.year}", [one for one in turn.came if one not in home]),
        ("left", f"Only in {turn.before.year}", [one for one in turn.left if one not in home]),
        ("both", "Abroad in both years", [one for one in turn.same if one not in home]),
        ("home", "Home", [one + _only(one, turn) for one in sorted(home)]),
    )
    return [Names(kind, head, of) for kind, head, of in groups if of]


def _only(country: str, turn: _Turn) -> str:
    if country in turn.same:
        return ""
    return f" ({turn.last.year if country in turn.came else turn.before.year} only)"


def _title(years: list[Year], turn: _Turn | None) -> str:
    if not any(one.countries for one in years):
        return "No countries on record in this period"
    last = years[-1]
    now = len(last.countries)
    if turn is None:
        return title(f"{_many(now)} in {last.year}")
    before, same = len(turn.before.countries), len(turn.same)
    if now == before == same:
        return title(f"The same {_many(now)} in {turn.before.year} and {last.year}")
    _, others, shared = (word if word not in ("no", "0") else "none" for word in words(now, before, same))
    if now == before:
        return title(f"{_many(now)} in both years; {shared} {'is' if same == 1 else 'are'} the same")
    return title(f"{opening(_many(now))} in {last.year}, {others} in {turn.before.year}; {shared} in both")


def _many(number: int) -> str:
    return f"{words(number)[0]} {'country' if number == 1 else 'countries'}"


def _notes(years: list[Year], turn: _Turn | None) -> str:
    gaps = [str(one.year) for one in years if not one.listed]
    hatched = "Hatched red: in one of the last two years alone" if turn and (turn.came or turn.left) else ""
    return sentences(hatched, f"Not in the data: {listing(gaps)}" if gaps else "")


def _alt(years: list[Year], turn: _Turn | None) -> str:
    if not any(one.countries for one in years):
        return "An empty chart: no countries are on record."
    totals = listing([f"{len(one.countries)} in {one.year}" for one in years if one.listed])
    parts = [f"Stacked bars of countries per year, home and abroad: {totals}"]
    home = years[-1].home
    parts.append(
        f"In {years[-1].year} {counted(len(years[-1].countries) - len(home), 'country', 'countries')} abroad"
        + (f", and {listing(sorted(home))}" if home else "")
    )
    if turn is not None:
        parts.append(f"In both {turn.before.year} and {turn.last.year}: {len(turn.same)}")
        parts += [f"{head}: {listing(of)}" for head, of in (("New", turn.came), ("No longer", turn.left)) if of]
    return sentences(*parts)


def _table(years: list[Year]) -> DataFrame:
    from pandas import DataFrame

    rows = []
    for one in years:
        numbers = [len(one.home), len(one.countries) - len(one.home), len(one.countries)] if one.listed else [""] * 3
        rows.append([str(one.year), *map(str, numbers), ", ".join(sorted(one.countries)) if one.listed else "not in the data"])
    return DataFrame(rows, columns=["year", "home", "abroad", "all", "countries"], dtype=str)
