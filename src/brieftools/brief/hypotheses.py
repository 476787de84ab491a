"""``ach.yml``: competing hypotheses, the evidence rated against them, assumptions and indicators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from brieftools.analysis.ach_matrix import Assumption, Evidence, Hypothesis, Matrix, Rating
from brieftools.errors import SpecError, nearest
from brieftools.house.wording import Words
from brieftools.project.record import Record
from brieftools.project.yamlfile import line_of, read_yaml, to_record

_VALUES = ("CC", "C", "N", "I", "II", "NA", "")


def _rating(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else repr(value)
    letter = text.partition(" ")[0]
    if letter not in _VALUES:
        raise ValueError(f"{letter!r} is none of CC, C, N, I, II, NA; write the letter, then the reason")
    return text


def _grade(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"([A-F][1-6])?", value.strip()):
        raise ValueError(f"{value!r} is no grade; write a letter A to F and a figure 1 to 6, such as B2")
    return value


class HypothesisEntry(Record):
    """One hypothesis; `rated: false` for "other", which stays open."""

    label: str = Field(min_length=1)
    statement: str = Field(min_length=1)
    implies: str = ""
    indicator: str = ""
    rated: bool = True


class EvidenceEntry(Record):
    """One row of the matrix.

    Attributes
    ----------
    text : str
        May hold facts.
    basis : tuple of str
        Citations, ``@key, ¶4``.
    origin : str
        Rows of one origin are not independent of each other.
    ratings : dict of str to str
        Hypothesis to letter and reason: ``CC what level means``.
    """

    text: str = Field(min_length=1)
    basis: tuple[str, ...] = ()
    grade: Annotated[str, BeforeValidator(_grade)] = ""
    credibility: Literal["L", "M", "H"] = "M"
    relevance: Literal["L", "M", "H"] = "M"
    origin: str = ""
    ratings: dict[str, Annotated[str, BeforeValidator(_rating)]]


class AssumptionEntry(Record):
    """What is taken for granted, what follows if it is wrong, and how that would be noticed."""

    text: str = Field(min_length=1)
    if_wrong: str = Field(min_length=1)
    notice: str = Field(min_length=1)


class Indicator(Record):
    """What to watch: a threshold, a date, somebody who looks, and what it would move."""

    text: str = Field(min_length=1)
    threshold: str = Field(min_length=1)
    by: date
    who: str = Field(min_length=1)
    moves: str = Field(min_length=1)


class AchFile(Record):
    """Everything in ``ach.yml``."""

    question: str = Field(min_length=1)
    analyst: str = ""
    hypotheses: dict[str, HypothesisEntry] = Field(min_length=2)
    evidence: dict[str, EvidenceEntry] = Field(default_factory=dict)
    assumptions: tuple[AssumptionEntry, ...] = ()
    indicators: tuple[Indicator, ...] = ()


def read_hypotheses(folder: Path) -> AchFile:
    """Read a brief's ``ach.yml``.

    Raises
    ------
    SpecError
        A key or value that is not allowed, or a rating of a hypothesis that does not exist.
    """
    path = folder / "ach.yml"
    data = read_yaml(path)
    found = to_record(data, AchFile, path)
    complaints = [*_too_few(found, data)] or [*_misdirected(found, data)]
    if complaints:
        raise SpecError("\n".join(complaints), where=path, do="correct the key")
    return found


def _too_few(file: AchFile, data: Any) -> Iterator[str]:
    if sum(hypothesis.rated for hypothesis in file.hypotheses.values()) < 2:
        yield f"hypotheses (line {line_of(data, ('hypotheses',))}): fewer than two are rated; add a rival, or take out `rated: false`"


def _misdirected(file: AchFile, data: Any) -> Iterator[str]:
    rated = [key for key, hypothesis in file.hypotheses.items() if hypothesis.rated]
    for name, evidence in file.evidence.items():
        for key in evidence.ratings:
            if key not in rated:
                place = ("evidence", name, "ratings", key)
                why = "it has `rated: false`" if key in file.hypotheses else nearest(key, rated)
                yield f"{'.'.join(place)} (line {line_of(data, place)}): no rated hypothesis {key!r}; {why}"


def matrix(file: AchFile) -> Matrix:
    """Return the matrix for `brieftools.analysis.ach`."""
    return Matrix(
        question=file.question,
        hypotheses=tuple(Hypothesis(key, h.label, h.statement, h.implies, h.indicator, h.rated) for key, h in file.hypotheses.items()),
        evidence=tuple(_evidence(key, e) for key, e in file.evidence.items()),
        assumptions=tuple(Assumption(a.text, a.if_wrong, a.notice) for a in file.assumptions),
    )


def _evidence(key: str, entry: EvidenceEntry) -> Evidence:
    ratings = {name: Rating(*_split(text)) for name, text in entry.ratings.items()}
    return Evidence(key, entry.text, entry.credibility, entry.relevance, entry.origin, ratings, entry.basis, entry.grade)


def _split(text: str) -> tuple[str, str]:
    letter, _, reason = text.partition(" ")
    return letter, reason.strip()


def hypotheses_table(file: AchFile, said: Words) -> dict[str, Any]:
    """Return the payload of the table of hypotheses: what each would mean, and what would show it."""
    rows = [[key, f"{h.label}: {h.statement}", h.implies, h.indicator] for key, h in file.hypotheses.items()]
    return _table("hypotheses", file.question, rows, (0, 5, 4, 5), said)


def assumptions_table(file: AchFile, said: Words) -> dict[str, Any]:
    """Return the payload of the table of key assumptions."""
    rows = [[str(number), a.text, a.if_wrong, a.notice] for number, a in enumerate(file.assumptions, 1)]
    return _table("assumptions", said["assumptions_subtitle"], rows, (0, 5, 5, 4), said)


def indicators_table(file: AchFile, said: Words) -> dict[str, Any]:
    """Return the payload of the watch list."""
    rows = [[str(number), i.text, i.threshold, said.long_date(i.by), i.who, i.moves] for number, i in enumerate(file.indicators, 1)]
    return _table("indicators", said["indicators_subtitle"], rows, (0, 6, 5, 3, 4, 2), said)


def _table(name: str, subtitle: str, body: list[list[str]], weights: tuple[int, ...], said: Words) -> dict[str, Any]:
    return {
        "type": "table",
        "name": name,
        "title": said[f"{name}_title"],
        "subtitle": subtitle,
        "source": None,
        "columns": [{"align": "left", "weight": weight} for weight in weights],
        "head": list(said.parts(f"{name}_head")),
        "body": body,
        "marked": True,
        "row_headers": 1,
    }
