"""The Document as Python types: docs/document.md, which these modules follow word by word.

`validate` holds a Document against them. Nothing else of the package needs them while it runs: they serve tests, `brief verify`
and readers of the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing.TypedDict before Python 3.12

from brieftools.document.model_blocks import Block
from brieftools.document.model_inlines import Inlines
from brieftools.errors import DocumentError

if TYPE_CHECKING:
    from pydantic import TypeAdapter


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
    labels_lang: str
    house: str | None
    authors: list[str]
    keywords: list[str]
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    edition: Edition
    dates: list[Dated]
    handling: HandlingLabel
    footer: str
    watermark: str | None
    banner: NotRequired[str | None]
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
