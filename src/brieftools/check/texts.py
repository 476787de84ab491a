"""Every piece of prose in a brief, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.check.finding import Place
from brieftools.check.mask import blank_code, mask
from brieftools.check.sentences import headings
from brieftools.project.yamlfile import line_of

if TYPE_CHECKING:
    from nbformat import NotebookNode

_JUDGING = ("bottom line", "judg", "assess", "outlook", "forecast", "conclusion", "what we expect")
_KEYS = {
    "judgments": ("statement", "because", "indicator", "decided_by", "tag_reason"),
    "evidence": ("text",),
    "hypotheses": ("statement", "implies", "indicator"),
    "assumptions": ("text", "if_wrong", "notice"),
    "indicators": ("text", "threshold"),
}


@dataclass(frozen=True)
class Text:
    """A piece of prose.

    Attributes
    ----------
    raw : str
        As written.
    place : Place
        Where its first line stands.
    judges : bool
        It is, or belongs to, a judgment: there vague words weigh.
    """

    raw: str
    place: Place
    judges: bool = False

    @cached_property
    def masked(self) -> str:
        """The author's own wording; what is quoted is blank."""
        return mask(self.raw)

    def place_of(self, offset: int) -> Place:
        """Return the place of a character."""
        return self.place.at(self.raw.count("\n", 0, offset))


def notebook_texts(notebook: NotebookNode, file: str) -> list[Text]:
    """Return the prose of a notebook's Markdown cells; parts under a heading that judges are marked.

    A notebook without any such heading is taken as judging all through.
    """
    parts = [part for cell in notebook.cells if cell.cell_type == "markdown" for part in _parts(cell, file)]
    told = any(_judges(title) for _, title in parts)
    inside, level, texts = False, 0, []
    for (text, title), depth in zip(parts, (_depth(text.raw) for text, _ in parts), strict=True):
        if title:
            if inside and depth <= level:
                inside = False
            if not inside and _judges(title):
                inside, level = True, depth
        texts.append(Text(text.raw, text.place, inside or not told))
    return texts


def _parts(cell: NotebookNode, file: str) -> Iterator[tuple[Text, str]]:
    """Cut a cell before each heading."""
    source, place = str(cell.source), Place(file, 1, str(cell.get("id", "")) or None)
    found = headings(blank_code(source))
    cuts = [0, *(offset for offset, _, _ in found if offset), len(source)]
    titles = {offset: title for offset, _, title in found}
    for start, end in pairwise(cuts):
        if source[start:end].strip():
            yield Text(source[start:end], place.at(source.count("\n", 0, start))), titles.get(start, "")


def _depth(raw: str) -> int:
    bare = raw.lstrip()
    return len(bare) - len(bare.lstrip("#")) or 9


def _judges(title: str) -> bool:
    return any(word in title.casefold() for word in _JUDGING)


def yaml_texts(data: Any, file: str) -> list[Text]:
    """Return the prose of ``judgments.yml`` or ``ach.yml``; each text has the line of its key."""
    found = []
    for place, value in _strings(data):
        line = line_of(data, place)
        found.append(Text(value, Place(file, line), judges=place[0] == "judgments" and place[-1] in ("statement", "because")))
    return found


def _strings(data: Any) -> Iterator[tuple[tuple[Any, ...], str]]:
    for part, keys in _KEYS.items():
        for name, entry in entries(data.get(part) if hasattr(data, "get") else None):
            if hasattr(entry, "items"):
                yield from (((part, name, key), str(entry[key])) for key in keys if isinstance(entry.get(key), str))
    ratings = entries(data.get("evidence") if hasattr(data, "get") else None)
    for name, entry in ratings:
        cells: Mapping[str, Any] = entry.get("ratings") or {} if hasattr(entry, "get") else {}
        for key, value in cells.items() if hasattr(cells, "items") else ():
            if isinstance(value, str):
                yield ("evidence", name, "ratings", key), value.partition(" ")[2]


def entries(found: Any) -> list[tuple[Any, Any]]:
    """Return name and content of each entry of a mapping or a list; nothing for anything else."""
    if hasattr(found, "items"):
        return list(found.items())
    return list(enumerate(found)) if isinstance(found, list) else []


def shown(path: Path) -> str:
    """Return a path as it is shortest to type from here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
