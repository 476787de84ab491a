"""``judgments.yml``: what the analyst judges, how likely, how sure, and what would change it.

Software never turns a count into a likelihood word: word and author come from the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictFloat, StrictStr, model_validator

from brieftools.analysis.lexicon import Lexicon
from brieftools.errors import SpecError
from brieftools.house.wording import Words, words
from brieftools.project.record import Record
from brieftools.project.yamlfile import line_of, read_yaml, to_record
from brieftools.source.citation import parse_citations
from brieftools.source.record import Source, Text, origins

# English asks for another opening before some likelihood terms.
_LEADS = {
    "almost no chance": "There is",
    "roughly even chance": "There is a",
    "roughly even odds": "There are",
    "remote": "The chance is",
    "remote chance": "There is a",
    "realistic possibility": "There is a",
}


def _likelihood(value: Any) -> Any:
    word = isinstance(value, str) and value.strip() and not any(letter.isdigit() for letter in value)
    number = isinstance(value, float) and 0 < value < 1
    if not (word or number):
        raise ValueError(f"{value!r} is neither a word of the scale nor a number between 0 and 1, such as 0.7 for 70 %")
    return value


def _id(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9][a-z0-9-]*", value):
        raise ValueError(f"{value!r} is no id; use lower-case letters, digits and hyphens")
    return value


Likelihood = Annotated[StrictStr | StrictFloat, BeforeValidator(_likelihood)]
Id = Annotated[str, BeforeValidator(_id)]


class Resolution(Record):
    """How a judgment turned out.

    Attributes
    ----------
    on : date
        When it was decided, by the rule in `decided_by`.
    outcome : bool or None
        Whether it came true; None when the rule did not decide it: listed, never scored.
    evidence : str
        Citation, ``[@key, ¶4]``, and a few words.
    """

    on: date
    outcome: bool | None
    evidence: str = Field(min_length=1)


class Judgment(Record):
    """One key judgment.

    Attributes
    ----------
    statement : str
        Completes "It is likely that ..."; says by when.
    likelihood : str or float
        A term of the brief's lexicon, or a number between 0 and 1 whose word is looked up.
    probability : float or None
        The point, for later scoring; inside the term's band.
    confidence, because : str
        How good the basis is, and why; never in one sentence with the likelihood.
    basis : tuple of str
        Citations, ``@key, ¶4``.
    horizon : date
        When it can be decided, by the rule in `decided_by`.
    indicator : str
        What would change it, with a number.
    reviewed : date or None
        When a second analyst reviewed it; None is printed on page 1.
    resolved : Resolution or None
        How it turned out.
    """

    id: Id
    statement: str = Field(min_length=1)
    likelihood: Likelihood
    probability: float | None = Field(None, gt=0, lt=1)
    confidence: Literal["high", "moderate", "low"]
    because: str = Field(min_length=1)
    basis: tuple[str, ...] = Field(min_length=1)
    horizon: date
    indicator: str = Field(min_length=1)
    decided_by: str = Field(min_length=1)
    tag: Literal["NEW", "UP", "DOWN", "UNCHANGED", "RESOLVED"] = "NEW"
    tag_reason: str | None = None
    author: str = Field(min_length=1)
    reviewed: date | None = None
    resolved: Resolution | None = None

    @property
    def point(self) -> float | None:
        """The probability as said: `probability`, or the number in place of a word."""
        return self.likelihood if isinstance(self.likelihood, float) else self.probability

    @model_validator(mode="after")
    def _consistent(self) -> Judgment:
        if isinstance(self.likelihood, float) and self.probability not in (None, self.likelihood):
            raise ValueError(f"likelihood is {self.likelihood:g} and probability {self.probability:g}; leave one of them out")
        if self.tag in ("UP", "DOWN", "RESOLVED") and not (self.tag_reason or "").strip():
            raise ValueError(f"a judgment tagged {self.tag} says why: `tag_reason`")
        if self.tag == "RESOLVED" and self.resolved is None:
            raise ValueError("a judgment tagged RESOLVED says how: `resolved: {on, outcome, evidence}`")
        return self


class PastJudgment(Record):
    """A judgment of an earlier edition, as it was said then.

    Attributes
    ----------
    edition : str
        The edition that said it, ``2017-03-31``.
    retrospective : bool
        Written when the outcome could be known: no test of skill.
    """

    id: Id
    edition: Text = Field(min_length=1)
    statement: str = Field(min_length=1)
    likelihood: Likelihood
    probability: float | None = Field(None, gt=0, lt=1)
    horizon: date
    decided_by: str = ""
    retrospective: bool = False
    resolved: Resolution | None = None

    @property
    def point(self) -> float | None:
        """The probability as said then."""
        return self.likelihood if isinstance(self.likelihood, float) else self.probability


class JudgmentsFile(Record):
    """Everything in ``judgments.yml``.

    Attributes
    ----------
    judgments : tuple of Judgment
        Of this edition.
    retrospective : bool
        This edition was written when outcomes could be known.
    history : tuple of PastJudgment
        Of earlier editions: copied when a new edition begins, and resolved here.
    """

    judgments: tuple[Judgment, ...] = Field(min_length=1)
    retrospective: bool = False
    history: tuple[PastJudgment, ...] = ()


def read_judgments(folder: Path, lexicon: Lexicon) -> tuple[Judgment, ...]:
    """Read the judgments of a brief's edition; see `read_judgments_file`."""
    return read_judgments_file(folder, lexicon).judgments


def read_judgments_file(folder: Path, lexicon: Lexicon) -> JudgmentsFile:
    """Read a brief's ``judgments.yml``.

    Raises
    ------
    SpecError
        A key or value that is not allowed, a word that is not in the lexicon, a probability outside its word's band, a tag
        that contradicts the judgment's history; each complaint with its line.
    """
    path = folder / "judgments.yml"
    data = read_yaml(path)
    found = to_record(data, JudgmentsFile, path)
    places: list[tuple[str, int, Judgment | PastJudgment]] = [
        ("judgments", number, judgment) for number, judgment in enumerate(found.judgments)
    ]
    places += [("history", number, past) for number, past in enumerate(found.history)]
    complaints = [
        f"judgment {judgment.id!r} (line {line_of(data, (part, number, key))}): {what}"
        for part, number, judgment in places
        for key, what in _complaints(judgment, found, lexicon)
    ]
    if complaints:
        raise SpecError("\n".join(complaints), where=path, do="correct the number, the word, the tag or the id")
    return found


def _complaints(judgment: Judgment | PastJudgment, file: JudgmentsFile, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    if isinstance(judgment.likelihood, str):
        try:
            band = lexicon.band(judgment.likelihood)
        except SpecError as e:
            yield "likelihood", f"{e.what}; {e.do}"
            return
        if judgment.probability is not None and not band.holds(judgment.probability * 100):
            yield "probability", f"probability {judgment.probability:g} lies outside “{judgment.likelihood}” ({band.text})"
    if isinstance(judgment, Judgment):
        if sum(other.id == judgment.id for other in file.judgments) > 1:
            yield "id", "another judgment has the same id"
        yield from _tag_complaints(judgment, file, lexicon)


def _tag_complaints(judgment: Judgment, file: JudgmentsFile, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    earlier = [past for past in file.history if past.id == judgment.id]
    if judgment.tag not in ("UP", "DOWN") or not earlier:
        return
    before, now = (said_percent(j.likelihood, j.point, lexicon) for j in (max(earlier, key=lambda past: past.edition), judgment))
    if (now > before) != (judgment.tag == "UP") or now == before:
        yield "tag", f"tagged {judgment.tag}, but its likelihood went from {before:g} to {now:g} %"


def said_percent(likelihood: str | float, point: float | None, lexicon: Lexicon) -> float:
    """Return what a judgment said, in per cent: its number, or the middle of its word's band."""
    return round(point * 100, 8) if point is not None else lexicon.band(str(likelihood)).middle


def judgments_block(
    judgments: tuple[Judgment, ...], lexicon: Lexicon, sources: Mapping[str, Source], *, where: str, said: Words | None = None
) -> dict[str, Any]:
    """Return the payload of the `judgments` block; its texts may hold facts and citations, its labels are English unless `said`.

    Raises
    ------
    DocumentError
        A basis is not a citation.
    """
    said = said or words("en")
    return {
        "type": "judgments",
        "scale": [[band.low, band.high] for band in lexicon.bands],
        "scale_label": said["scale_label"],
        "items": [_item(number, judgment, lexicon, sources, where, said) for number, judgment in enumerate(judgments, 1)],
    }


def _item(number: int, judgment: Judgment, lexicon: Lexicon, sources: Mapping[str, Source], where: str, said: Words) -> dict[str, Any]:
    basis = "; ".join(judgment.basis)
    return {
        "number": number,
        "id": f"kj-{judgment.id}",
        **_said(judgment.likelihood, lexicon),
        "rest": f" that {_sentence(judgment.statement)}[{basis}]",
        "tag": judgment.tag,
        "tag_reason": judgment.tag_reason,
        "confidence": f"Confidence is {judgment.confidence}, because {_sentence(judgment.because)}",
        "change_label": said["change_label"],
        "change": _sentence(judgment.indicator),
        "decided_label": said["decided_label"],
        "decided": _sentence(judgment.decided_by),
        "basis": _basis(basis, sources, where, said),
        "reviewed": judgment.reviewed is not None,
    }


def _said(likelihood: str | float, lexicon: Lexicon) -> dict[str, Any]:
    """Word and band; of a number the word is looked up, and a number in a gap of the scale stands alone."""
    percent = round(likelihood * 100, 8) if isinstance(likelihood, float) else None
    word = likelihood if isinstance(likelihood, str) else lexicon.word(percent or 0.0)
    if word is None:
        alone = {"lead": "There is a", "word": f"{percent:g} % chance", "band": f"no word of the {lexicon.title} covers it"}
        return alone | {"low": percent, "high": percent}
    band = lexicon.band(word)
    shown = band.text if percent is None else f"{percent:g} %, of {band.text}"
    return {"lead": _LEADS.get(word, "It is"), "word": word, "band": shown, "low": band.low, "high": band.high}


def _sentence(text: str) -> str:
    return text.rstrip().rstrip(".") + "."


def _basis(basis: str, sources: Mapping[str, Source], where: str, said: Words) -> str:
    keys = {citation.key for citation in parse_citations(basis, where=where)}
    known = dict(sources)
    roots = frozenset().union(*(origins(key, known) for key in keys))
    return f"{said.counted(len(keys), 'source')}, {said.counted(len(roots), 'origin')}"
