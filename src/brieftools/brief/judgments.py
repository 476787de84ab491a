"""``judgments.yml``: what the analyst judges, how likely, how sure, and what would change it.

Software never turns a count into a likelihood word: word and author come from the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from brieftools.analysis.lexicon import Lexicon
from brieftools.errors import SpecError
from brieftools.house.wording import counted
from brieftools.project.record import Record
from brieftools.project.yamlfile import read_record
from brieftools.source.citation import parse_citations
from brieftools.source.record import Source, origins

# English asks for another opening before some likelihood terms.
_LEADS = {
    "almost no chance": "There is",
    "roughly even chance": "There is a",
    "roughly even odds": "There are",
    "remote": "The chance is",
    "remote chance": "There is a",
    "realistic possibility": "There is a",
}


class Judgment(Record):
    """One key judgment.

    Attributes
    ----------
    statement : str
        Completes "It is likely that ..."; says by when.
    likelihood : str
        A term of the brief's lexicon.
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
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    statement: str = Field(min_length=1)
    likelihood: str
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


class JudgmentsFile(Record):
    """Everything in ``judgments.yml``."""

    judgments: tuple[Judgment, ...] = Field(min_length=1)


def read_judgments(folder: Path, lexicon: Lexicon) -> tuple[Judgment, ...]:
    """Read a brief's judgments.

    Raises
    ------
    SpecError
        A key or value that is not allowed, a word that is not in the lexicon, a probability outside its word's band.
    """
    path = folder / "judgments.yml"
    found = read_record(path, JudgmentsFile).judgments
    for judgment in found:
        _check(judgment, lexicon, path)
    return found


def _check(judgment: Judgment, lexicon: Lexicon, path: Path) -> None:
    try:
        band = lexicon.band(judgment.likelihood)
    except SpecError as e:
        raise SpecError(f"judgment {judgment.id!r}: {e.what}", where=path, do=e.do) from None
    point = judgment.probability
    if point is not None and not band.low <= point * 100 <= band.high:
        raise SpecError(
            f"judgment {judgment.id!r}: probability {point:g} lies outside “{judgment.likelihood}” ({band.text})",
            where=path,
            do="correct the number or the word",
        )


def judgments_block(judgments: tuple[Judgment, ...], lexicon: Lexicon, sources: Mapping[str, Source], *, where: str) -> dict[str, Any]:
    """Return the payload of the `judgments` block; its texts may hold facts and citations.

    Raises
    ------
    DocumentError
        A basis is not a citation.
    """
    return {
        "type": "judgments",
        "scale": [[band.low, band.high] for band in lexicon.bands],
        "scale_label": "Likelihood, 0 to 100 %",
        "items": [_item(number, judgment, lexicon, sources, where) for number, judgment in enumerate(judgments, 1)],
    }


def _item(number: int, judgment: Judgment, lexicon: Lexicon, sources: Mapping[str, Source], where: str) -> dict[str, Any]:
    band = lexicon.band(judgment.likelihood)
    basis = "; ".join(judgment.basis)
    return {
        "number": number,
        "id": f"kj-{judgment.id}",
        "lead": _LEADS.get(judgment.likelihood, "It is"),
        "word": judgment.likelihood,
        "band": band.text,
        "low": band.low,
        "high": band.high,
        "rest": f" that {_sentence(judgment.statement)}[{basis}]",
        "tag": judgment.tag,
        "tag_reason": judgment.tag_reason,
        "confidence": f"Confidence is {judgment.confidence}, because {_sentence(judgment.because)}",
        "change_label": "Would change it:",
        "change": _sentence(judgment.indicator),
        "decided_label": "Decided by:",
        "decided": _sentence(judgment.decided_by),
        "basis": _basis(basis, sources, where),
        "reviewed": judgment.reviewed is not None,
    }


def _sentence(text: str) -> str:
    return text.rstrip().rstrip(".") + "."


def _basis(basis: str, sources: Mapping[str, Source], where: str) -> str:
    keys = {citation.key for citation in parse_citations(basis, where=where)}
    known = dict(sources)
    roots = frozenset().union(*(origins(key, known) for key in keys))
    return f"{counted(len(keys), 'source')}, {counted(len(roots), 'origin')}"
