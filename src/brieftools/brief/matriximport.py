"""A matrix file into ``ach.yml``: what did not change there stays as it is, comments and layout included."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

from brieftools.brief.hypotheses import AchFile, EvidenceEntry, read_hypotheses
from brieftools.brief.matrixfile import read_matrix
from brieftools.house.wording import counted
from brieftools.project.yamlfile import read_text, to_record


def import_matrix(target: Path, path: Path, *, sheet: str | None = None) -> tuple[str, ...]:
    """Take the evidence of a file into ``ach.yml``; hypotheses, assumptions and comments there stay.

    Rows of the file replace those of the same key; rows that it leaves out go.

    Returns
    -------
    tuple of str
        What changed, and what the file holds and was left out.

    Raises
    ------
    SpecError
        As `read_matrix`; ``ach.yml`` is then unchanged.
    """
    file = read_hypotheses(target.parent)
    found = read_matrix(path, file, sheet=sheet)
    notes = (_changes(file, found.file), *found.notes)
    if found.file == file:
        return notes
    wanted = {key: entry.model_dump(exclude_defaults=True) for key, entry in found.file.evidence.items()}
    data = _yaml().load(read_text(target))
    evidence = data.get("evidence")
    if evidence is None:
        data["evidence"] = evidence = {}
    names = {str(key): key for key in evidence}  # YAML reads a key 1 as a number
    for key in names.keys() - wanted.keys():
        del evidence[names[key]]
    for key, entry in wanted.items():
        _update(evidence, names.get(key, key), entry, file.evidence.get(key))
    to_record(data, AchFile, target)
    _write(target, data)
    return notes


def _changes(before: AchFile, after: AchFile) -> str:
    """Say which rows came, went and changed, so that a slip of the file is seen at once."""
    old, new = before.evidence, after.evidence
    both = [key for key in new if key in old]
    told = {
        "new": [key for key in new if key not in old],
        "gone": [key for key in old if key not in new],
        "rated otherwise": [key for key in both if new[key].ratings != old[key].ratings],
        "otherwise changed": [key for key in both if new[key].model_dump(exclude={"ratings"}) != old[key].model_dump(exclude={"ratings"})],
    }
    said = [f"{what}: {', '.join(keys)}" for what, keys in told.items() if keys]
    return f"taken in: {counted(len(new), 'row')}; {'; '.join(said) or 'nothing changed'}"


def _update(evidence: Any, key: Any, entry: dict[str, Any], before: EvidenceEntry | None) -> None:
    """Change only what differs, so that the file's layout and comments stay."""
    entry = entry | ({"basis": list(entry["basis"])} if "basis" in entry else {})
    if before is None:
        evidence[key] = entry
        return
    known = before.model_dump()
    for name in EvidenceEntry.model_fields:
        new = entry.get(name, EvidenceEntry.model_fields[name].get_default(call_default_factory=True))
        if name == "ratings":
            _rerate(evidence[key], known[name], new)
        elif (list(known[name]) if name == "basis" else known[name]) != (list(new) if name == "basis" else new):
            evidence[key][name] = list(new) if name == "basis" else new


def _rerate(row: Any, before: dict[str, str], after: dict[str, str]) -> None:
    for key in before.keys() - after.keys():
        del row["ratings"][key]
    for key, value in after.items():
        if before.get(key, "") != value:
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
