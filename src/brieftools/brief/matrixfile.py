"""A matrix as CSV: for a spreadsheet, for another analyst, and back into ``ach.yml``.

Columns: evidence, text, basis, grade, credibility, relevance, origin, then one for each rated hypothesis, headed
``H1: label``; a cell is the letter and the reason, ``CC what level means``.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from brieftools.brief.hypotheses import AchFile, EvidenceEntry, read_hypotheses
from brieftools.errors import SpecError, nearest
from brieftools.house.csvtext import csv_text, raw
from brieftools.project.yamlfile import read_text, to_record

_FIELDS = ("evidence", "text", "basis", "grade", "credibility", "relevance", "origin")


def matrix_csv(file: AchFile) -> str:
    """Return the rated part of the matrix as CSV; no cell can run in a spreadsheet."""
    rated = {key: h for key, h in file.hypotheses.items() if h.rated}
    head = [*_FIELDS, *(f"{key}: {h.label}" for key, h in rated.items())]
    rows = [
        [key, e.text, "; ".join(e.basis), e.grade, e.credibility, e.relevance, e.origin, *(e.ratings.get(name, "") for name in rated)]
        for key, e in file.evidence.items()
    ]
    return csv_text(head, rows)


def read_csv(path: Path, file: AchFile) -> AchFile:
    """Read a CSV as a matrix of the same hypotheses.

    Raises
    ------
    SpecError
        A column is missing or unknown, a row has no key, a rating or weight is not allowed; each with its line.
    """
    rows = _rows(path, file)
    data = file.model_dump() | {"evidence": {key: entry for key, (entry, _) in rows.items()}}
    try:
        return AchFile.model_validate(data)
    except ValidationError as e:
        lines = {key: line for key, (_, line) in rows.items()}
        complaints = [_complaint(problem, lines) for problem in e.errors()]
        raise SpecError("\n".join(complaints), where=path, do="correct the cell, save as CSV, import again") from None


def _complaint(problem: Any, lines: dict[str, int]) -> str:
    place = problem["loc"]
    row = str(place[1]) if len(place) > 1 else "the file"
    return f"{row} (line {lines.get(row, 1)}), {'.'.join(map(str, place[2:])) or 'row'}: {problem['msg'].removeprefix('Value error, ')}"


def _rows(path: Path, file: AchFile) -> dict[str, tuple[dict[str, Any], int]]:
    reader = csv.reader(io.StringIO(read_text(path)), strict=False)
    head = [raw(name).strip() for name in next(reader, [])]
    columns = [_column(name, file, path) for name in head]
    missing = [name for name in ("evidence", "text") if name not in columns]
    if missing:
        raise SpecError(
            f"the column {missing[0]!r} is missing; there are: {', '.join(head)}", where=path, do="start from a file written by --export"
        )
    found: dict[str, tuple[dict[str, Any], int]] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        given = dict(zip(columns, (raw(cell).strip() for cell in cells), strict=False))
        key = given.pop("evidence", "")
        if not key or key in found:
            raise SpecError(
                f"line {reader.line_num}: the row's key {key!r} is empty or stands twice",
                where=path,
                do="give each row its own key, E1, E2, ...",
            )
        found[key] = (_entry(given, file), reader.line_num)
    return found


def _column(name: str, file: AchFile, path: Path) -> str:
    key = name.partition(":")[0].strip()
    if key in _FIELDS or key in file.hypotheses:
        return key
    raise SpecError(
        f"line 1: no hypothesis or field {name!r}; {nearest(key, [*_FIELDS, *file.hypotheses])}", where=path, do="correct the heading"
    )


def _entry(given: dict[str, str], file: AchFile) -> dict[str, Any]:
    entry: dict[str, Any] = {name: value for name, value in given.items() if name in _FIELDS and name != "basis" and value}
    basis = tuple(part.strip() for part in given.get("basis", "").split(";") if part.strip())
    ratings = {key: given[key] for key in file.hypotheses if given.get(key)}
    return entry | {"basis": basis, "ratings": ratings}


def import_csv(target: Path, path: Path) -> None:
    """Take the evidence of a CSV into ``ach.yml``; hypotheses, assumptions and comments there stay.

    Rows of the CSV replace those of the same key; rows that it leaves out go.

    Raises
    ------
    SpecError
        As `read_csv`; ``ach.yml`` is then unchanged.
    """
    file = read_hypotheses(target.parent)
    found = read_csv(path, file)
    if found == file:
        return
    wanted = {key: entry.model_dump(exclude_defaults=True) for key, entry in found.evidence.items()}
    data = _yaml().load(read_text(target))
    evidence = data.get("evidence")
    if evidence is None:
        data["evidence"] = evidence = {}
    for key in [key for key in evidence if key not in wanted]:
        del evidence[key]
    for key, entry in wanted.items():
        _update(evidence, key, entry, file.evidence.get(key))
    to_record(data, AchFile, target)
    _write(target, data)


def _update(evidence: Any, key: str, entry: dict[str, Any], before: EvidenceEntry | None) -> None:
    """Change only what differs, so that the file's layout and comments stay."""
    entry = entry | ({"basis": list(entry["basis"])} if "basis" in entry else {})
    if before is None:
        evidence[key] = entry
        return
    known = before.model_dump()
    for name in EvidenceEntry.model_fields:
        new = entry.get(name, EvidenceEntry.model_fields[name].get_default(call_default_factory=True))
        if name == "ratings":
            _ratings(evidence[key], known[name], new)
        elif (list(known[name]) if name == "basis" else known[name]) != (list(new) if name == "basis" else new):
            evidence[key][name] = list(new) if name == "basis" else new


def _ratings(row: Any, before: dict[str, str], after: dict[str, str]) -> None:
    for key in before.keys() - after.keys():
        del row["ratings"][key]
    for key, value in after.items():
        if before.get(key) != value:
            row["ratings"][key] = value


def _yaml() -> Any:
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width, yaml.preserve_quotes = 160, True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _write(target: Path, data: Any) -> None:
    out = io.StringIO()
    _yaml().dump(data, out)
    temporary = target.with_suffix(".yml.new")
    temporary.write_text(out.getvalue(), encoding="utf-8")
    os.replace(temporary, target)
