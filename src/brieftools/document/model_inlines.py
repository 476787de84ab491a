"""The Document's inlines, as Python types; see `brieftools.document.model`."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing.TypedDict before Python 3.12


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
