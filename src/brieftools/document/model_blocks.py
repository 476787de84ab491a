"""The Document's blocks, as Python types; see `brieftools.document.model`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing.TypedDict before Python 3.12

from brieftools.document.model_inlines import Inlines, Math
from brieftools.document.model_own import Own

Redistribute = Literal["rows", "aggregate", "withheld"]
Span = Annotated[int, Field(ge=1)]


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
    narrow: Image | None
    table: FigureData | None
    period: str | None


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
Block = Annotated[Prose | Table | Figure | Own | Row | Panel, Field(discriminator="type")]
