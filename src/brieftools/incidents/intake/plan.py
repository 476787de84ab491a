"""Step 2, recognise: what a file is, which of its columns means what, and what it is to be called."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from brieftools.errors import IncidentError, nearest
from brieftools.incidents.formats import Format, formats
from brieftools.incidents.intake.header import Header, Layout, read_header
from brieftools.incidents.intake.mapping import Mapping as TableMapping
from brieftools.incidents.intake.mapping import check_fields, dataset_name, day_in, guess
from brieftools.incidents.intake.normalise import Text
from brieftools.incidents.sidecar import Coverage
from brieftools.incidents.snapshot import current

Confirm = Callable[[dict[str, str], list[str]], bool]
TABLE = "table"
_LAYOUT = 3  # of what a snapshot holds; raise it when the same bytes shall make another


@dataclass(frozen=True)
class Options:
    """What the caller said about a file; None leaves it to the content."""

    format: str | None = None
    name: str | None = None
    mapping: TableMapping | None = None
    dates: str | None = None
    sheet: str | None = None
    where: Mapping[str, str] | None = None
    coverage: Coverage | None = None
    accessed: date | None = None


@dataclass(frozen=True)
class Plan:
    """What step 2 settled."""

    name: str
    header: Header
    format: Format | None
    mapping: TableMapping
    fields: dict[str, str]
    why: str
    options: Options

    @property
    def series(self) -> bool:
        return self.format is None and self.mapping.kind == "series"

    @property
    def reads(self) -> dict[str, str]:
        if self.series:
            return {}
        return dict(self.format.reads) if self.format else self.fields

    def identity(self) -> str:
        """Everything besides the bytes that decides what a snapshot holds."""
        parts = [
            _LAYOUT,
            self.format.identity() if self.format else TABLE,
            self.mapping.model_dump(mode="json", exclude_defaults=True),  # a key that is added later changes nothing
            self.fields,
            dict(self.options.where or {}),
            self.options.sheet,
        ]
        return json.dumps(parts, sort_keys=True)


def make_plan(source: Path, normal: Text, folder: Path, options: Options, confirm: Confirm | None) -> Plan:
    """Settle how a text is read.

    Raises
    ------
    IncidentError
        Nothing can be made of it, or it was guessed and nobody confirmed the guess.
    """
    header, rows = read_header(normal, _layouts(options.format))
    chosen, why = _recognise(source, header, rows, options)
    name = _name(source, options)
    mapping = options.mapping or (_former_mapping(folder / name) if chosen is None else None) or TableMapping()
    accessed = options.accessed or day_in(source.name) or (options.mapping.accessed if options.mapping else None)
    stated = {"dates": options.dates or mapping.dates, "coverage": options.coverage or mapping.coverage, "accessed": accessed}
    mapping = mapping.model_copy(update=stated)
    if chosen is not None:
        return Plan(name, header, chosen, mapping, {}, why, options)
    if mapping.kind == "series":
        _check_period(mapping, header)
        return Plan(name, header, None, mapping, {}, why, options)
    fields = _fields(header, rows, mapping, confirm)
    # What was confirmed once is not asked again for a newer file.
    told = {ours: theirs for ours, theirs in fields.items() if ours != theirs}
    return Plan(name, header, None, mapping.model_copy(update={"fields": told}), fields, why, options)


def _layouts(asked: str | None) -> list[Layout]:
    """Layouts without a header; the format that was asked for comes first and is believed."""

    def layout(of: Format, columns: tuple[str, ...]) -> Layout:
        place = {column.lower(): number for number, column in enumerate(columns)}
        return Layout(columns, lambda rows: of.name == asked or of.fits(place, rows))

    ordered = sorted(formats(), key=lambda one: one.name != asked)
    return [layout(one, columns) for one in ordered for columns in one.layouts()]


def _name(source: Path, options: Options) -> str:
    name = options.name or dataset_name(source.name)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name):
        raise IncidentError(f"{name!r} is no name for a dataset", do="give one of lower-case letters, digits and hyphens: --name NAME")
    return name


def _check_period(mapping: TableMapping, header: Header) -> None:
    if mapping.period is None:
        raise IncidentError("a series needs `period`: {column, unit}", do="add it to the mapping file")
    column = mapping.period.column
    if column not in header.columns:
        raise IncidentError(f"the period's column {column!r} is not in the file; {nearest(column, header.columns)}", do="correct `period`")


def _fields(header: Header, rows: list[list[str]], mapping: TableMapping, confirm: Confirm | None) -> dict[str, str]:
    guessed = {ours: theirs for ours, theirs in guess(header.columns, rows).items() if theirs not in mapping.fields.values()}
    fields = guessed | mapping.fields
    check_fields(fields, header.columns)
    if all(ours == theirs for ours, theirs in fields.items() if ours not in mapping.fields):
        return fields
    if confirm is None or not confirm(fields, [column for column in header.columns if column not in fields.values()]):
        raise IncidentError(
            f"the columns were guessed, and nobody confirmed the guess: {', '.join(f'{o} from {t!r}' for o, t in fields.items())}",
            do="answer yes, use --yes, or give a mapping file: --mapping FILE.yml",
        )
    return fields


def _former_mapping(folder: Path) -> TableMapping | None:
    from brieftools.project.yamlfile import read_record

    former = current(folder)
    path = former / "mapping.yml" if former else None
    return read_record(path, TableMapping, error=IncidentError) if path and path.is_file() else None


def _recognise(source: Path, header: Header, rows: list[list[str]], options: Options) -> tuple[Format | None, str]:
    place = {column.lower(): number for number, column in enumerate(header.columns)}
    names = [one.name for one in formats()]
    if options.format not in (None, "auto", TABLE, *names):
        raise IncidentError(
            f"no format called {options.format!r}; {nearest(str(options.format), [*names, TABLE])}", do="choose one, or leave --format out"
        )
    own = options.mapping is not None and (options.mapping.fields or options.mapping.kind == "series")
    if options.format == TABLE or (own and options.format in (None, "auto")):
        return None, "table: " + ("as asked for" if options.format == TABLE else "a mapping is given")
    for one in formats():
        if options.format == one.name or (options.format in (None, "auto") and one.needs <= place.keys()):
            missing = sorted(one.needs - place.keys())
            if missing:
                raise IncidentError(
                    f"this is no {one.title}: column {missing[0]!r} is missing", do="leave --format out, or import it as --format table"
                )
            reason = one.why(place, rows, source.name)
            if reason is not None or options.format == one.name:
                doubled = [c for c in one.needs if f"{c}_2" in place]
                if doubled:
                    raise IncidentError(f"column {doubled[0]!r} stands twice", do="remove one of the two")
                return one, f"{one.name}: it has the {len(one.needs)} columns of {one.title}, and {reason or 'it was asked for'}"
    return None, f"table: its {len(header.columns)} columns are those of no known format"
