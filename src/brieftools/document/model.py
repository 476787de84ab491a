"""The Document's node types: docs/document.md as Python types.

`validate` holds a Document against them; nothing else of the package needs them while it runs, so only tests, `brief verify` and
type checkers import this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field
from typing_extensions import NotRequired, TypedDict  # pydantic cannot read typing.TypedDict before Python 3.12

from brieftools.errors import DocumentError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

FORMAT = "brieftools/document/1"


# Inlines


class Text(TypedDict):
    """Words."""

    type: Literal["text"]
    text: str


class Marked(TypedDict):
    """Words set apart: emphasis, strong emphasis, struck through."""

    type: Literal["emph", "strong", "strike"]
    c: list[Inline]


class Code(TypedDict):
    """Words in the language of a machine."""

    type: Literal["code"]
    text: str


class Link(TypedDict):
    """Words that lead somewhere: http, https, mailto or ``#id``."""

    type: Literal["link"]
    href: Annotated[str, Field(pattern=r"^(?i:https?://|mailto:|#)")]
    c: list[Inline]


class MathMLElement(TypedDict):
    """An element of MathML with either children or text."""

    tag: str
    attrs: dict[str, str]
    children: NotRequired[list[MathMLElement]]
    text: NotRequired[str]


class Math(TypedDict):
    """A formula; `mathblock` stands on a line of its own. Lengths in points go with `svg`."""

    type: Literal["math", "mathblock"]
    tex: str
    mathml: MathMLElement | None
    svg: str | None
    width_pt: NotRequired[float]
    height_pt: NotRequired[float]
    depth_pt: NotRequired[float]


class Cite(TypedDict):
    """Numbers of endnotes, ascending, and the anchors of these places."""

    type: Literal["cite"]
    notes: Annotated[list[int], Field(min_length=1)]
    ids: Annotated[list[str], Field(min_length=1)]


class FactPlace(TypedDict):
    """A number that traces to its computation."""

    type: Literal["fact"]
    name: str
    text: str
    origin: str


class Ref(TypedDict):
    """A reference to a figure, a table or a section."""

    type: Literal["ref"]
    target: str
    text: str


class Break(TypedDict):
    """A hard line break."""

    type: Literal["break"]


Inline = Annotated[Text | Marked | Code | Link | Math | Cite | FactPlace | Ref | Break, Field(discriminator="type")]
Inlines = list[Inline]


# Blocks of prose


class Heading(TypedDict):
    """2 a section, 3 a box, 4 run in."""

    type: Literal["heading"]
    level: Literal[2, 3, 4]
    id: str
    c: Inlines


class Para(TypedDict):
    """A paragraph."""

    type: Literal["para"]
    c: Inlines


class ListBlock(TypedDict):
    """A list; `items` holds the blocks of each entry."""

    type: Literal["list"]
    ordered: bool
    start: int
    tight: bool
    items: list[list[Block]]


class Quote(TypedDict):
    """A quotation."""

    type: Literal["quote"]
    blocks: list[Block]


class CodeBlock(TypedDict):
    """Lines of code."""

    type: Literal["codeblock"]
    text: str
    lang: str | None


class Rule(TypedDict):
    """A break between thoughts."""

    type: Literal["rule"]


class Output(TypedDict):
    """What a cell printed."""

    type: Literal["output"]
    text: str


class ErrorBlock(TypedDict):
    """A cell that failed and was kept."""

    type: Literal["error"]
    name: str
    message: str
    trace: str


# Tables and figures

Redistribute = Literal["rows", "aggregate", "withheld"]
Span = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]
Percent = Annotated[float, Field(ge=0, le=100)]


class Column(TypedDict):
    """A weight of 0 means "as wide as its text"."""

    align: Literal["left", "right", "center"]
    weight: Annotated[int, Field(ge=0)]


class Cell(TypedDict):
    """A cell of a table."""

    c: Inlines
    colspan: Span
    rowspan: Span
    style: Literal["strong", "mute", "tag"] | None


class Table(TypedDict):
    """A table; without number when it is plain, an analyst's own."""

    type: Literal["table"]
    id: str
    number: int | None
    title: Inlines
    subtitle: Inlines
    source: Inlines | None
    columns: list[Column]
    head: list[list[Cell]]
    body: list[list[Cell]]
    row_headers: Annotated[int, Field(ge=0)]
    redistribute: Redistribute


class Image(TypedDict):
    """A drawing: SVG text, or base64."""

    format: Literal["svg", "png", "jpeg"]
    data: str
    width_mm: Annotated[float, Field(gt=0)]
    height_mm: Annotated[float, Field(gt=0)]


class FigureData(TypedDict):
    """The numbers behind a figure, as strings."""

    columns: list[str]
    rows: list[list[str]]
    redistribute: Redistribute
    name: str


class Figure(TypedDict):
    """A figure with its words and its numbers."""

    type: Literal["figure"]
    id: str
    number: int
    title: Inlines
    subtitle: Inlines
    source: Inlines | None
    alt: str
    width_mm: Literal[174, 116, 108, 84, 60]
    image: Image
    table: FigureData | None
    period: str | None


# The brief's own blocks


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


# Layout


class RowColumn(TypedDict):
    """A column of `span` mm."""

    span: int
    blocks: list[Block]


class Row(TypedDict):
    """Blocks side by side."""

    type: Literal["row"]
    columns: Annotated[list[RowColumn], Field(min_length=1)]


class Panel(TypedDict):
    """A tinted side box."""

    type: Literal["panel"]
    title: Inlines
    blocks: list[Block]


Prose = Heading | Para | ListBlock | Quote | CodeBlock | Math | Rule | Output | ErrorBlock
Own = BottomLine | KeyFigures | Judgments | Hypotheses | Lexicon | Notes | Closing
Block = Annotated[Prose | Table | Figure | Own | Row | Panel, Field(discriminator="type")]


# The whole


class Edition(TypedDict):
    """`line` is what a header prints."""

    name: str
    line: str
    state: Literal["draft", "issued", "corrected", "withdrawn"]


class Dated(TypedDict):
    """One entry of the line of dates."""

    label: str
    value: str


class HandlingLabel(TypedDict):
    """A TLP label and its colours, ``#RRGGBB``."""

    label: str
    text: str
    foreground: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
    background: Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Meta(TypedDict):
    """What is said about the brief."""

    title: str
    kicker: str
    running: str
    slug: str
    lang: str
    authors: list[str]
    keywords: list[str]
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    edition: Edition
    dates: list[Dated]
    handling: HandlingLabel
    footer: str
    watermark: str | None
    contact: str | None


class Notice(TypedDict):
    """What page 1 must carry."""

    kind: str
    c: Inlines


class Document(TypedDict):
    """The tree."""

    format: Literal["brieftools/document/1"]
    meta: Meta
    labels: dict[str, str]
    notices: list[Notice]
    body: list[Block]


def validate(document: Mapping[str, Any]) -> None:
    """Hold a Document against docs/document.md: every key there, none beside them, each of its type.

    Raises
    ------
    DocumentError
        Names the first wrong node by its path, ``body[3].row.columns[0].blocks[1].para.c``.
    """
    from pydantic import ValidationError

    try:
        _adapter().validate_python(document)
    except ValidationError as e:
        first = e.errors(include_url=False, include_input=False)[0]
        raise DocumentError(
            f"the Document is not as docs/document.md has it: {first['msg'][0].lower()}{first['msg'][1:]}",
            where=_path(first["loc"]),
            do="rebuild it; a Document is not edited by hand",
        ) from None


@cache
def _adapter() -> TypeAdapter[Document]:
    from pydantic import TypeAdapter, with_config

    # The node types have no configuration of their own and take this one.
    return TypeAdapter(with_config(extra="forbid", strict=True)(Document))


def _path(place: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")
