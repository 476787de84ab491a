"""What `brief import` and `brief incidents` print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer

from brieftools.errors import IncidentError
from brieftools.incidents.intake.importing import STEPS, Imported, Progress, import_file
from brieftools.incidents.intake.plan import Options
from brieftools.incidents.intake.provenance import parse_coverage
from brieftools.project.root import find_project


def run_import(
    file: Path,
    *,
    format: str | None,
    name: str | None,
    mapping: Path | None,
    dates: str | None,
    sheet: str | None,
    where: Sequence[str],
    coverage: str | None,
    yes: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Import a file and say what became of every record.

    Raises
    ------
    BrieftoolsError
        See `brieftools.incidents.intake.importing.import_file`.
    """
    from brieftools.incidents.intake.mapping import Mapping
    from brieftools.project.yamlfile import read_record

    project = find_project(Path.cwd())
    beside = file.with_suffix(".yml") if file.is_file() else file  # what is no file is refused by the import
    chosen = mapping or (beside if beside != file and beside.is_file() and format in (None, "auto", "table") else None)
    options = Options(
        format=format,
        name=name,
        mapping=read_record(chosen, Mapping, error=IncidentError) if chosen else None,
        dates=dates,
        sheet=sheet,
        where=dict(_filter(one) for one in where),
        coverage=parse_coverage(coverage) if coverage else None,
    )
    if dates not in (None, "dmy", "mdy"):
        raise IncidentError(f"{dates!r} is no order of day and month", do="say --dates dmy or --dates mdy")
    with _progress(silent=quiet or as_json) as tell:
        imported = import_file(file, project.incidents, options, confirm=(lambda fields, left: True) if yes else _ask(), progress=tell)
    if as_json:
        print(
            json.dumps(
                {
                    "ok": True,
                    "folder": str(imported.folder),
                    "new": imported.new,
                    "counts": imported.sidecar.counts and imported.sidecar.counts.model_dump(),
                }
            )
        )
    elif not quiet:
        _print(imported, project.root)


def _filter(given: str) -> tuple[str, str]:
    column, mark, values = given.partition("=")
    if not mark or not column:
        raise IncidentError(f"--where {given!r} is not understood", do="write it as COLUMN=VALUE or COLUMN=VALUE|OTHER")
    return column.strip(), values


def _ask() -> Callable[[dict[str, str], list[str]], bool] | None:
    if not sys.stdin.isatty():
        return None

    def ask(fields: dict[str, str], left: list[str]) -> bool:
        print("The columns, as guessed from their names:")
        for ours, theirs in fields.items():
            print(f"  {ours:<18} from {theirs!r}")
        print(f"  kept as they are: {', '.join(left) or 'none'}")
        return typer.confirm("Is that right?", default=False)

    return ask


def _print(imported: Imported, root: Path) -> None:
    sidecar, counts = imported.sidecar, imported.sidecar.counts
    print(f"recognised   {imported.recognised}")
    assert counts is not None
    for note in sidecar.original.notes if sidecar.original else ():
        print(f"             {note}")
    if not imported.new:
        print("unchanged    the same bytes, read in the same way, were imported before")
    print(
        f"records in   {counts.read:,} = {counts.accepted:,} accepted + {counts.quarantined:,} quarantined"
        + (f" + {counts.left_out:,} left out by --where" if counts.left_out else "")
    )
    for reason, number in counts.reasons.items():
        print(f"             {number:>9,} quarantined: {reason}")
    for flag, number in counts.flags.items():
        print(f"             {number:>9,} flagged: {flag}")
    if counts.proposed:
        print(f"             {counts.proposed:>9,} positions proposed from the name of the place; used only where asked for")
    coverage = sidecar.coverage
    print(f"coverage     {coverage.start} to {coverage.end}, {coverage.area}")
    print(f"licence      {sidecar.licence}; its rows {'may' if sidecar.redistribute_rows else 'may not'} be passed on")
    if sidecar.changes:
        change = sidecar.changes
        print(f"against {change.against}: {change.added:,} added, {change.removed:,} removed, {change.edited:,} edited (changes.csv)")
    _print_unmatched(imported, root)
    print(f"snapshot     {imported.folder}")


def _print_unmatched(imported: Imported, root: Path) -> None:
    if imported.sidecar.kind == "series":
        return
    from brieftools.incidents.profile import unmatched

    names = unmatched(imported.folder, root / "data" / "actors.yml")
    if names:
        print(f"actors       {len(names):,} names are not in data/actors.yml; the most frequent:")
    for one in names[:5]:
        print(f"             {one.count:>9,} {one.name}" + (f"  (nearest known: {one.nearest})" if one.nearest else ""))


@contextmanager
def _progress(*, silent: bool) -> Iterator[Progress | None]:
    if silent or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("bytes", total=len(STEPS))
        yield lambda step, part: bar.update(task, description=step, completed=STEPS.index(step) + part)


def run_incidents(name: str, incident: str | None, *, html: Path | None, snapshot: str | None) -> None:
    """Print the profile of a dataset, or one incident with its original row.

    Raises
    ------
    IncidentError
        There is no such dataset or incident.
    """
    from brieftools.incidents.dataset import find_datasets
    from brieftools.incidents.profile import original_row, profile, profile_html

    project = find_project(Path.cwd())
    dataset = find_datasets(project.incidents, {name: snapshot})[name]
    if incident is not None:
        for title, pairs in original_row(dataset, incident):
            print(title)
            for column, value in pairs:
                print(f"  {column:<22} {value}")
        return
    sections = profile(dataset)
    if html is not None:
        html.write_text(profile_html(dataset, sections), encoding="utf-8")
        print(f"HTML  {html}")
        return
    for section in sections:
        print(f"\n{section.title}")
        for row in section.rows:
            print("  " + "  ".join(f"{cell:<28}" if n == 0 else f"{cell:>12}" for n, cell in enumerate(row)).rstrip())
