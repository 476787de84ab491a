"""Formats of incident files: one declaration and one SQL mapping each (docs/incidents.md adds one)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Format:
    """What a format is called, how it is recognised, and how it is read.

    Attributes
    ----------
    name, title : str
    family : str
        The producer's naming of actors: which names of ``data/actors.yml`` count.
    needs : frozenset of str
        Columns, in lower case, by which it is recognised.
    knows : frozenset of str
        Further columns that the mapping reads; a release may lack them.
    mapping : str
        File of the SQL mapping, beside this one.
    reads : dict of str to str
        Canonical column to the source column that a check looks into.
    why : callable
        Header's position by name and first records -> a sentence when the content speaks for the format, else None.
    by_position : tuple of str
        The columns, when the file may come without a header.
    producer, licence, attribution, lag : str
    redistribute_rows : bool
    """

    name: str
    title: str
    family: str
    needs: frozenset[str]
    knows: frozenset[str]
    mapping: str
    reads: Mapping[str, str]
    why: Callable[[Mapping[str, int], Rows, str], str | None]
    producer: str = ""
    licence: str = "not stated"
    attribution: str = "not stated"
    redistribute_rows: bool = False
    lag: str = ""
    by_position: tuple[str, ...] = field(default=())

    def sql(self) -> str:
        """Return the mapping."""
        return files(__package__).joinpath(self.mapping).read_text(encoding="utf-8")


def formats() -> tuple[Format, ...]:
    """Return every format with a declaration, the most particular first."""
    from brieftools.incidents.formats.ucdp import CANDIDATE, GED

    return (CANDIDATE, GED)
