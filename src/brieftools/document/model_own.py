"""The blocks of an analytic brief: bottom line, key figures, judgments, hypotheses, lexicon, notes, closing."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing.TypedDict before Python 3.12

from brieftools.document.model_inlines import Inlines

Share = Annotated[float, Field(ge=0, le=1)]
Percent = Annotated[float, Field(ge=0, le=100)]


class BottomLine(TypedDict):
    """The answer."""

    type: Literal["bottom_line"]
    label: str
    c: Inlines


class Strip(TypedDict):
    """An interval on its own axis from 0 to 1; `clear` false draws an open dot."""

    low: Share
    mid: Share
    high: Share
    reference: Share
    clear: bool


class KeyFigure(TypedDict):
    """One number of the first page."""

    value: str
    label: Inlines
    tone: Literal["home", "abroad", "ink"]
    strip: Strip | None
    strip_text: str
    reading: Inlines


class KeyFigures(TypedDict):
    """The strip of numbers under the bottom line."""

    type: Literal["key_figures"]
    items: list[KeyFigure]


class Judgment(TypedDict):
    """One key judgment; likelihood and confidence never share a sentence."""

    number: int
    id: str
    lead: str
    word: str
    band: str
    low: Percent
    high: Percent
    rest: Inlines
    tag: Literal["NEW", "UP", "DOWN", "UNCHANGED", "RESOLVED"] | None
    tag_reason: Inlines | None
    confidence: Inlines
    change_label: str
    change: Inlines
    decided_label: str
    decided: Inlines
    basis: str
    reviewed: bool


class Judgments(TypedDict):
    """The key judgments over the lexicon's bands, `[low, high]` in per cent."""

    type: Literal["judgments"]
    scale: list[list[Percent]]
    scale_label: str
    items: list[Judgment]


class Hypothesis(TypedDict):
    """A column of the matrix."""

    key: str
    label: str
    score: float | None
    score_text: str
    rank: str
    tied: bool
    rated: bool
    share: Share


class Rating(TypedDict):
    """How one row bears on one hypothesis; empty when nobody rated it."""

    value: Literal["CC", "C", "N", "I", "II", "NA", ""]
    reason: str


class Evidence(TypedDict):
    """A row of the matrix."""

    key: str
    c: Inlines
    grade: str
    credibility: str
    relevance: str
    ratings: list[Rating]
    diagnosticity: float
    share: Share
    without: str
    changes: bool
    apart: bool


class Hypotheses(TypedDict):
    """The matrix of competing hypotheses, in print order."""

    type: Literal["hypotheses"]
    id: str
    number: int
    title: Inlines
    subtitle: Inlines
    source: Inlines | None
    hypotheses: list[Hypothesis]
    rows: list[Evidence]
    key: Inlines
    rank_note: str


class Band(TypedDict):
    """A likelihood word and its range in per cent."""

    word: str
    band: str
    low: Percent
    high: Percent


class Lexicon(TypedDict):
    """The scale of likelihood words."""

    type: Literal["lexicon"]
    title: str
    name: str
    bands: list[Band]
    note: Inlines


class Note(TypedDict):
    """An endnote; `back` lists the places that lead here."""

    number: int
    id: str
    c: Inlines
    back: list[str]


class Notes(TypedDict):
    """The endnotes."""

    type: Literal["notes"]
    items: list[Note]


class ClosingPart(TypedDict):
    """Views disclaimer, data licences or handling."""

    label: str
    paras: list[Inlines]


class Closing(TypedDict):
    """What ends a brief."""

    type: Literal["closing"]
    items: list[ClosingPart]


Own = BottomLine | KeyFigures | Judgments | Hypotheses | Lexicon | Notes | Closing
