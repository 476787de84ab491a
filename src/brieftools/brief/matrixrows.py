"""Rows of a matrix file: their keys, weights and ratings, and what is wrong with them, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from brieftools.brief.hypotheses import AchFile, EvidenceEntry
from brieftools.brief.matrixform import FIELDS, Complaints, Form, is_summary, letters, level, uses_signs
from brieftools.errors import SpecError

_KEYED = re.compile(r"(?P<key>[A-Za-z]{1,3}\d{1,4})(?:\s*[:.)–—-]\s*|\s+)(?P<text>\S.*)", re.DOTALL)


@dataclass(frozen=True)
class Found:
    """A matrix out of a file.

    Attributes
    ----------
    file : AchFile
        With the evidence of the file; everything else as it was.
    notes : tuple of str
        What the file holds and was left out.
    """

    file: AchFile
    notes: tuple[str, ...] = ()


def found_in(form: Form, file: AchFile) -> Found:
    """Read the rows of a matrix whose columns are known.

    Raises
    ------
    SpecError
        A key, rating or weight is not allowed; one line for each cell.
    """
    hypotheses = [key for key, h in file.hypotheses.items() if key in form.columns]
    signs, wrong = uses_signs(form, hypotheses), Complaints()
    evidence: dict[str, dict[str, Any]] = {}
    places: dict[str, int] = {}
    skipped: list[str] = []
    for row, key, text in _rows(form, file, hypotheses, skipped):
        if not key or key in evidence:
            wrong.say(form.place(row, "evidence"), f"the row's key {key!r} is empty or stands twice; give each row its own, E1, E2, ...")
            continue
        places[key] = row
        entry = _entry(form, row, file.evidence.get(key)) | ({"text": text} if text is not None else {})
        evidence[key] = entry | {"ratings": _ratings(form, row, key, file, hypotheses, signs, wrong)}
    _unrated(form, file, wrong)
    try:
        found = AchFile.model_validate(file.model_dump() | {"evidence": evidence})
    except ValidationError as e:
        for problem in e.errors():
            _complain(problem, places, form, wrong)
    if wrong.lines:
        raise SpecError("\n".join(wrong.lines), do="correct these cells in the spreadsheet")
    return Found(found, form.notes + ((f"left out: {', '.join(skipped)}",) if skipped else ()))


def _rows(form: Form, file: AchFile, hypotheses: Sequence[str], skipped: list[str]) -> Iterator[tuple[int, str, str | None]]:
    """Yield row, key and text of each piece of evidence; the text is None where the file has no column for it."""
    known = {" ".join(e.text.split()).casefold(): key for key, e in file.evidence.items()}
    same = {key.casefold(): key for key in file.evidence}
    taken = set(file.evidence)
    for row in range(form.head + 1, len(form.grid.rows)):
        if not any(cell.strip() for cell in form.grid.rows[row]):
            continue
        if is_summary(form, row, hypotheses):
            skipped.append(f"the row of scores at {form.grid.place(row, 0)}")
        elif {"evidence", "text"} <= form.columns.keys():
            yield row, form.text(row, "evidence"), form.text(row, "text")
        else:
            cell = form.text(row, "evidence") or form.text(row, "text")
            key = same.get(cell.casefold()) or known.get(" ".join(cell.split()).casefold())
            keyed = _KEYED.fullmatch(cell)
            if key:
                yield row, key, None
            elif keyed:
                yield row, same.get(keyed["key"].casefold(), keyed["key"]), keyed["text"]
            elif cell:
                key = next(name for n in range(1, len(taken) + 2) if (name := f"E{n}") not in taken)
                taken.add(key)
                yield row, key, cell
            else:
                yield row, "", None


def _entry(form: Form, row: int, before: EvidenceEntry | None) -> dict[str, Any]:
    """What a row says of its evidence; what the file has no column for stays."""
    entry = before.model_dump(exclude={"ratings"}) if before else {}
    for name in FIELDS[1:]:
        if name in form.columns and name != "text":
            entry.pop(name, None)
            given = form.text(row, name)
            if name == "basis":
                entry[name] = tuple(part.strip() for part in given.split(";") if part.strip())
            elif given:
                entry[name] = level(given) if name in ("credibility", "relevance") else given
    return entry


def _ratings(form: Form, row: int, key: str, file: AchFile, hypotheses: Sequence[str], signs: bool, wrong: Complaints) -> dict[str, str]:
    before = file.evidence[key].ratings if key in file.evidence else {}
    found = {name: value for name, value in before.items() if name not in hypotheses}
    for name in hypotheses:
        cell = form.text(row, name)
        rating = letters(cell, signs=signs)
        if rating is None:
            dash = "; a lone dash may mean inconsistent or missing" if cell.strip("-−–—") == "" else ""
            shown = cell if len(cell) < 30 else f"{cell[:29]}…"
            wrong.say(
                f"{key} ({form.place(row, name)}), rating of {name}",
                f"{shown.partition(' ')[0]!r} is none of CC, C, N, I, II, NA; write the letter, then the reason{dash}",
            )
        elif rating and before.get(name, "").partition(" ")[0] == rating:
            found[name] = before[name]  # the same letter without a reason: the reason stays
        elif rating or before.get(name) == "":
            found[name] = rating
    return {name: found[name] for name in file.hypotheses if name in found}


def _unrated(form: Form, file: AchFile, wrong: Complaints) -> None:
    for key, hypothesis in file.hypotheses.items():
        if key in form.columns and not hypothesis.rated:
            place = form.columns[key]
            filled = [row for row in range(form.head + 1, len(form.grid.rows)) if form.grid.cell(row, place)]
            if filled:
                wrong.say(form.place(filled[0], key), f"{key} is not rated; empty the column, or take `rated: false` out of ach.yml")


def _complain(problem: Any, places: dict[str, int], form: Form, wrong: Complaints) -> None:
    place = problem["loc"]
    key = str(place[1]) if len(place) > 1 else ""
    name = str(place[2]) if len(place) > 2 else "row"
    if key not in places:
        wrong.say("the file", problem["msg"].removeprefix("Value error, "))
        return
    where = form.place(places[key], name if name in form.columns else "evidence")
    said = (
        "is missing"
        if problem["type"] == "missing"
        else f"{problem['input']!r} is not allowed: {problem['msg'][0].lower()}{problem['msg'][1:]}"
    )
    if (problem["type"], name) == ("string_too_short", "text"):
        said = "is empty"
    wrong.say(f"{key} ({where}), {name}", said)
