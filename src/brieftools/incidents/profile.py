"""A dataset at a glance: span, coverage, countries, actors, precision, what is missing, deaths."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import IncidentError
from brieftools.incidents.actors import known_table, matched, read_actors
from brieftools.incidents.dataset import Dataset
from brieftools.incidents.engine import database, name, parquet
from brieftools.incidents.intake.places import COLUMNS as PROPOSED
from brieftools.incidents.sidecar import Sidecar
from brieftools.project.yamlfile import read_record

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Section:
    """A titled table of a profile; the first cell of a row names it."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Unmatched:
    """A name that ``data/actors.yml`` does not know."""

    name: str
    count: int
    nearest: str


def profile(dataset: Dataset) -> tuple[Section, ...]:
    """Return what there is to know about a dataset; sums only, no row of it."""
    if dataset.path.suffix != ".parquet":
        raise IncidentError(
            "this dataset was laid down by hand and has no profile", where=dataset.path, do="import its file: brief import FILE"
        )
    sections = [_provenance(dataset.sidecar)]
    with database() as db:
        db.execute(f"CREATE TEMP VIEW rows AS SELECT * FROM {parquet(dataset.path)}")
        if dataset.sidecar.kind == "incidents":
            sections += _incidents(db, dataset)
        sections.append(_missing(db))
    return tuple(sections)


def _provenance(sidecar: Sidecar) -> Section:
    coverage, counts = sidecar.coverage, sidecar.counts
    rows = [
        ("title", sidecar.title),
        ("format", sidecar.format),
        ("licence", sidecar.licence),
        ("rows may be passed on", "yes" if sidecar.redistribute_rows else "no"),
    ]
    rows += [("coverage", f"{coverage.start} to {coverage.end}, {coverage.area}"), ("lag", coverage.lag or "not stated")]
    rows += [("known hole", hole) for hole in coverage.holes]
    if counts:
        rows.append(
            (
                "records in",
                f"{counts.read:,} = {counts.accepted:,} accepted + {counts.quarantined:,} quarantined + {counts.left_out:,} left out",
            )
        )
        rows += [(f"quarantined: {reason}", f"{number:,}") for reason, number in counts.reasons.items()]
        rows += [(f"flagged: {flag}", f"{number:,}") for flag, number in counts.flags.items()]
    return Section(sidecar.name, tuple(rows))


def _incidents(db: DuckDBPyConnection, dataset: Dataset) -> list[Section]:
    span = db.execute("SELECT count(*), min(date_start), max(date_end), count(*) FILTER (date_start IS NULL) FROM rows").fetchone() or ()
    deaths = "coalesce(sum(fatalities_{0})::BIGINT, 0), count(*) FILTER (fatalities_{0} IS NULL)"
    totals = [(end, *(db.execute(f"SELECT {deaths.format(end)} FROM rows").fetchone() or (0, 0))) for end in ("low", "best", "high")]
    sections = [
        Section(
            "Span",
            (("incidents", f"{span[0]:,}"), ("first day", str(span[1])), ("last day", str(span[2])), ("without a date", f"{span[3]:,}")),
        ),
        Section("Deaths", tuple((end, f"{total:,}", f"{unknown:,} unknown") for end, total, unknown in totals)),
    ]
    for title, column in (
        ("Countries", "coalesce(country, country_name, 'unknown')"),
        ("Precision of dates", "date_precision"),
        ("Precision of places", "coalesce(geo_precision, 'unknown')"),
        ("Kinds of event", "coalesce(event_type, 'unknown')"),
    ):
        found = db.execute(
            f"SELECT {column}, count(*), sum(fatalities_best)::BIGINT FROM rows GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15"
        ).fetchall()
        sections.append(Section(title, tuple((str(a), f"{n:,}", "" if d is None else f"{d:,} deaths") for a, n, d in found)))
    sections.append(_alike(db))
    actors = db.execute(f"SELECT a, count(*) FROM ({_sides()}) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15").fetchall()
    sections.append(Section("Actors (either side)", tuple((str(a), f"{n:,}") for a, n in actors)))
    return sections


def _alike(db: DuckDBPyConnection) -> Section:
    """Incidents with other ids that agree in day, place, actors and deaths: perhaps the same twice, which only a reader can tell."""
    same = "date_start, date_end, country, place, latitude, longitude, actor1, actor2, fatalities_best"
    groups, incidents = db.execute(
        f"SELECT count(*), coalesce(sum(n), 0)::BIGINT FROM (SELECT count(*) AS n FROM rows WHERE date_precision = 'day' "
        f"AND coalesce(place, latitude::VARCHAR) IS NOT NULL GROUP BY {same} HAVING count(*) > 1)"
    ).fetchone() or (0, 0)
    return Section("Possible duplicates", ((f"same day, place, actors and deaths, in {groups:,} groups", f"{incidents:,}"),))


def _sides() -> str:
    return "SELECT actor1 AS a FROM rows WHERE actor1 IS NOT NULL UNION ALL SELECT actor2 FROM rows WHERE actor2 IS NOT NULL"


def _missing(db: DuckDBPyConnection) -> Section:
    columns = [str(row[0]) for row in db.execute("DESCRIBE rows").fetchall() if row[0] not in ("record", "flags", "period_end", *PROPOSED)]
    listed = ", ".join(f"count(*) - count({name(column)})" for column in columns)
    found = db.execute(f"SELECT {listed} FROM rows").fetchone() or ()
    return Section("Missing values", tuple((column, f"{number:,}") for column, number in zip(columns, found, strict=True) if number))


def unmatched(snapshot: Path, actors_file: Path) -> list[Unmatched]:
    """Return the names of a snapshot that ``data/actors.yml`` does not know at the time of the incident, the most frequent first."""
    sidecar = read_record(snapshot / "sidecar.yml", Sidecar, error=IncidentError)
    actors = read_actors(actors_file)
    with database() as db:
        known_table(db, actors, sidecar.family)
        sides = " UNION ALL ".join(
            f"SELECT actor{s} AS a FROM {parquet(snapshot / sidecar.file)} r WHERE actor{s} IS NOT NULL AND {matched(s)} IS NULL"
            for s in (1, 2)
        )
        found = db.execute(f"SELECT a, count(*) FROM ({sides}) GROUP BY 1 ORDER BY 2 DESC, 1").fetchall()
    known = {one.name: key for key, actor in actors.actors.items() for one in actor.known if one.name} | {
        a.label: key for key, a in actors.actors.items()
    }
    nearest = {str(a): (get_close_matches(str(a), known, n=1, cutoff=0.5) or [""])[0] for a, _ in found[:20]}
    return [Unmatched(str(a), int(n), nearest.get(str(a), "")) for a, n in found]


def original_row(dataset: Dataset, incident: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return an incident as we hold it and as the file had it.

    Raises
    ------
    IncidentError
        No incident has that id.
    """
    original = dataset.path.parent / "original.parquet"
    if dataset.sidecar.kind == "series" or not original.is_file():
        raise IncidentError(f"{dataset.sidecar.name!r} has no single incidents to show", where=dataset.path, do="leave the id out")
    with database() as db:
        result = db.execute(f"SELECT * FROM {parquet(dataset.path)} WHERE incident_id = ?", [incident])
        names, row = [str(d[0]) for d in result.description], result.fetchone()
        if row is None:
            raise IncidentError(
                f"{dataset.sidecar.name!r} has no incident {incident!r}",
                where=dataset.path,
                do="look into quarantine.csv and changes.csv beside the rows",
            )
        ours = dict(zip(names, row, strict=True))
        result = db.execute(
            f"SELECT * EXCLUDE (file_row_number) FROM {parquet(original, record=True)} WHERE file_row_number = ?", [ours["record"]]
        )
        columns, raw = [str(d[0]) for d in result.description], result.fetchone() or ()
    kept = [(k, str(v)) for k, v in ours.items() if v is not None and k != "record"]
    return [(f"{dataset.sidecar.name} {incident}", kept), ("as the file has it", [(c, v or "") for c, v in zip(columns, raw, strict=True)])]


_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>{title}</title>
<style>body{{font:14px/1.4 sans-serif;margin:2em auto;max-width:70em;padding:0 1em;columns:2 30em;color-scheme:light dark}}
h1{{column-span:all;font-size:1.4em}}
section{{break-inside:avoid}}h2{{font-size:1em;margin:1em 0 .2em}}table{{border-collapse:collapse;width:100%}}
th{{text-align:left;font-weight:normal}}
td{{text-align:right}}th,td{{border-top:1px solid #8884;padding:.15em .5em .15em 0;vertical-align:top}}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""


def profile_html(dataset: Dataset, sections: tuple[Section, ...]) -> str:
    """Return a profile as one self-contained page."""
    body = []
    for section in sections:
        rows = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>' + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>"
            for row in section.rows
        )
        body.append(f"<section><h2>{escape(section.title)}</h2><table>{rows}</table></section>")
    return _PAGE.format(title=escape(dataset.sidecar.title), body="".join(body))
