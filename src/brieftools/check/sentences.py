"""Sentences of a text, each with the line that it begins on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORT = (
    r"(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!\bNo)(?<!\bcf)(?<!\bvs)"
    r"(?<!\bpp)(?<!\bca)(?<!e\.g)(?<!i\.e)(?<!\bMrs)(?<!\betc)(?<!\bart)(?<!\bfig)"
)
_END = re.compile(
    rf"{_SHORT}[.!?…]+[”’\"')\]*_]*(?=\s)"  # a stop
    r"|\.(?=\s+Confidence\s+is\b)"  # one after an abbreviation
    r"|\n[ \t]*(?=\n)"  # an empty line
    r"|\n(?=[ \t]*(?:[-*+]|\d+[.)]|#{1,6}|\|)[ \t])"  # an entry of a list, a heading, a row of a table
    r"|(?<=\S)[ \t]*\|"  # a cell of a table
)
_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]+(.*?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True)
class Sentence:
    """A sentence.

    Attributes
    ----------
    text : str
    line : int
        Lines before it in its text.
    """

    text: str
    line: int


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text; entries of lists and cells of tables are sentences of their own."""
    at = line = 0
    for match in _END.finditer(text):
        yield from _sentence(text[at : match.end()], line)
        line += text.count("\n", at, match.end())
        at = match.end()
    yield from _sentence(text[at:], line)


def _sentence(piece: str, line: int) -> Iterator[Sentence]:
    bare = piece.lstrip()
    if bare.strip():
        yield Sentence(" ".join(piece.split()), line + piece[: len(piece) - len(bare)].count("\n"))


def headings(text: str) -> list[tuple[int, int, str]]:
    """Return offset, level and words of each heading."""
    return [(match.start(), len(match[1]), match[2]) for match in _HEADING.finditer(text)]
