"""Citations as pandoc writes them, ``[@key, ¶4; @other, p. 3]``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from brieftools.errors import DocumentError, nearest
from brieftools.source.record import Source

CITATION = re.compile(r"\[(@[A-Za-z0-9][^\[\]\n]*)\]")
_ONE = re.compile(r"@(?P<key>[A-Za-z0-9][A-Za-z0-9_:.-]*?)[.:]?(?:\s*,\s*(?P<locator>.+?))?\s*")
_PILCROW = re.compile(r"¶¶?\s*(\d+)(?:\s*[-–]\s*(\d+))?")


@dataclass(frozen=True)
class Citation:
    """One source, and where in it.

    Attributes
    ----------
    key : str
        The source's key.
    locator : str
        "¶4", "p. 12", or "".
    """

    key: str
    locator: str = ""


def parse_citations(inside: str, *, where: str) -> tuple[Citation, ...]:
    """Read what stands between the brackets.

    Raises
    ------
    DocumentError
        A part does not begin with ``@key``.
    """
    found = []
    for part in inside.split(";"):
        match = _ONE.fullmatch(part.strip())
        if not match:
            raise DocumentError(f"{part.strip()!r} is not a citation", where=where, do="write [@key], [@key, ¶4] or [@key, ¶4; @other]")
        found.append(Citation(match["key"], _tidy(match["locator"] or "")))
    return tuple(found)


def _tidy(locator: str) -> str:
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", " ".join(locator.split()))


def check_citation(citation: Citation, sources: dict[str, Source], *, where: str) -> None:
    """Make sure that a citation leads somewhere.

    Raises
    ------
    DocumentError
        No such source in the brief, or no such paragraph in the source.
    """
    source = sources.get(citation.key)
    if source is None:
        raise DocumentError(
            f"no source called {citation.key!r} in this brief; {nearest(citation.key, sources)}",
            where=where,
            do="correct the citation, or list the source in brief.yml",
        )
    for first, last in _PILCROW.findall(citation.locator):
        missing = [n for n in (first, last) if n and int(n) not in source.paragraphs]
        if missing:
            span = f"¶{min(source.paragraphs)} to ¶{max(source.paragraphs)}" if source.paragraphs else "none"
            raise DocumentError(f"{citation.key!r} has no ¶{missing[0]}; it has {span}", where=where, do="correct the paragraph number")
