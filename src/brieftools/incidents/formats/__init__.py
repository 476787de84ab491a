"""Formats of incident files: one declaration and one SQL mapping each (docs/incidents.md adds one)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

Rows = Sequence[Sequence[str]]
AND_COLUMN = " + "


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
        Canonical column to the source column that a check looks into; several, joined by `AND_COLUMN`, make one value.
    why : callable
        Header's position by name and first records -> a sentence when the content speaks for the format, else None.
    by_position : tuple of str
        The columns, when the file may come without a header.
    may_lack : int
        So many of the last columns are missing in some files without a header.
    fits : callable
        Header's position by name and first records -> whether a file without a header has the content of these columns.
    unknown : dict of str to str
        Canonical column to a pattern of what the file writes where it does not know; such a value is read as unknown.
    flags : dict of str to str
        Oddity of this format to the SQL condition, over the canonical columns and the ``raw:`` ones.
    producer, licence, attribution, lag : str
    caution : tuple of str
        What a reader must know of any such file; printed with its coverage.
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
    may_lack: int = 0
    fits: Callable[[Mapping[str, int], Rows], bool] = lambda column, rows: True
    unknown: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    caution: tuple[str, ...] = ()

    def layouts(self) -> tuple[tuple[str, ...], ...]:
        """Return the columns of files without a header, one tuple for each number of columns that occurs."""
        return tuple(self.by_position[: len(self.by_position) - less] for less in range(self.may_lack + 1)) if self.by_position else ()

    def identity(self) -> str:
        """Everything of the declaration that decides what a snapshot holds."""
        declared = [f"-- {ours}: {what}" for group in (self.unknown, self.flags) for ours, what in sorted(group.items())]
        return "\n".join([self.sql(), *declared])

    def sql(self) -> str:
        """Return the mapping."""
        return files(__package__).joinpath(self.mapping).read_text(encoding="utf-8")


def formats() -> tuple[Format, ...]:
    """Return every format with a declaration, the most particular first."""
    from brieftools.incidents.formats.acled import ACLED
    from brieftools.incidents.formats.gdelt import GDELT1, GDELT2
    from brieftools.incidents.formats.gtd import GTD
    from brieftools.incidents.formats.ucdp import CANDIDATE, GED

    return (CANDIDATE, GED, ACLED, GTD, GDELT2, GDELT1)
