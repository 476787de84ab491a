"""One Markdown file per source in ``data/sources``: front matter, then our own paraphrase by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from brieftools.errors import SourceError, nearest
from brieftools.project.record import Record
from brieftools.project.yamlfile import parse_yaml, read_text, to_record
from brieftools.source.handling import Label

KEY = r"[a-z0-9][a-z0-9-]*"
_PARAGRAPH = re.compile(r"^¶(\d+)[ \t]+", re.MULTILINE)
_UNNUMBERED = re.compile(r"^¶(?!\d+[ \t]).*", re.MULTILINE)
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)(.*)\Z", re.DOTALL)

Text = Annotated[str, BeforeValidator(lambda v: v.isoformat() if isinstance(v, date) else str(v) if isinstance(v, int) else v)]


class Author(Record):
    """A person (`family`, `given`) or a body (`literal`)."""

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    @model_validator(mode="after")
    def _named(self) -> Author:
        if not (self.family or self.literal):
            raise ValueError("an author needs `family` (and `given`) or `literal`")
        return self

    @property
    def name(self) -> str:
        """Family name and initials, or the body's name."""
        if self.literal:
            return self.literal
        initials = " ".join(f"{part[0]}." for part in (self.given or "").split() if part[0].isalpha())
        return f"{self.family}, {initials}" if initials else str(self.family)


class Source(Record):
    """A source, graded on the Admiralty code (NATO AJP-2.1).

    Attributes
    ----------
    key : str
        Name of the file and of its citations, ``[@key, ¶4]``.
    reliability, credibility : str
        A to F and 1 to 6, independent of each other; F and 6 mean *cannot be judged*.
    reason : str
        Why that grade.
    derived_from : tuple of str
        Sources that this one was made from; sources that share an origin do not confirm one another.
    paragraphs : dict of int to str
        Our paraphrase, by the number of the paragraph in the original.
    """

    key: str = Field(pattern=f"^{KEY}$")
    title: str = Field(min_length=1)
    authors: tuple[Author, ...] = ()
    publisher: str | None = None
    container: str | None = None
    published: Text | None = None
    accessed: Text | None = None
    url: str | None = Field(None, pattern=r"^https?://\S+$")
    archived_url: str | None = Field(None, pattern=r"^https?://\S+$")
    sha256: str | None = Field(None, pattern=r"^[0-9a-f]{64}$")
    type: Literal["article", "dataset", "book", "paper", "press-release", "standard", "web", "document"] = "article"
    language: str = "en"
    licence: str = Field(min_length=1)
    handling: Label = "TLP:CLEAR"
    reliability: Literal["A", "B", "C", "D", "E", "F"]
    credibility: Literal["1", "2", "3", "4", "5", "6"]
    reason: str = Field(min_length=1)
    descriptor: str = ""
    derived_from: tuple[str, ...] = ()
    citation: str = Field(min_length=1)
    paragraphs: dict[int, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _grade_as_text(cls, data: dict[str, object]) -> dict[str, object]:
        if isinstance(data.get("credibility"), int):  # `credibility: 3` is a number to YAML
            return data | {"credibility": str(data["credibility"])}
        return data

    @cached_property
    def grade(self) -> str:
        """Reliability and credibility together, "F3"."""
        return self.reliability + self.credibility

    @property
    def byline(self) -> str:
        """Authors and year, "Leopold-Cohen, J. (2017)"."""
        names = [author.name for author in self.authors] or ([self.publisher] if self.publisher else [])
        year = f" ({self.published[:4]})" if self.published else " (no date)"
        return (", ".join(names[:-1]) + " & " + names[-1] if len(names) > 1 else "".join(names)) + year


def read_source(path: Path) -> Source:
    """Read one source record.

    Raises
    ------
    SourceError
        No front matter, a key or value that is not allowed, a paragraph number twice, an empty paragraph.
    """
    text = read_text(path, error=SourceError).replace("\r\n", "\n")
    match = _FRONT.match(text)
    if not match:
        raise SourceError(
            "the record has no front matter", where=path, do="begin it with `---`, the keys, and `---` again; see docs/formats.md"
        )
    front = parse_yaml(match[1], path, error=SourceError, first_line=2)
    if hasattr(front, "items"):
        front["paragraphs"] = _paragraphs(match[2], path)
    source = to_record(front, Source, path, error=SourceError, first_line=2)
    if source.type == "article" and not source.paragraphs:
        raise SourceError(
            "the record of an article has no paragraph", where=path, do="write what each says, in your words: `¶1 Three attacks ...`"
        )
    if source.key != path.stem:
        raise SourceError(f"the key is {source.key!r} but the file is called {path.name!r}", where=path, do="give both the same name")
    return source


def _paragraphs(body: str, path: Path) -> dict[int, str]:
    stray = _UNNUMBERED.search(body)
    if stray:
        raise SourceError(
            f"{stray[0][:40]!r} begins no paragraph", where=path, do="write the number, a space, then the text: `¶4 Three attacks ...`"
        )
    pieces = _PARAGRAPH.split(body)
    found: dict[int, str] = {}
    for number, text in zip(pieces[1::2], pieces[2::2], strict=True):
        words = " ".join(text.split())
        if int(number) in found or not words:
            state = "stands twice" if int(number) in found else "is empty"
            raise SourceError(f"paragraph ¶{number} {state}", where=path, do="number each paragraph once and fill it")
        found[int(number)] = words
    return found


def read_sources(folder: Path, keys: Iterable[str]) -> dict[str, Source]:
    """Read the sources that a brief names, and those that they derive from.

    Returns
    -------
    dict of str to Source
        The named ones first, in the order given.

    Raises
    ------
    SourceError
        One is missing (the nearest known one is named), or they derive from each other in a circle.
    """
    found: dict[str, Source] = {}
    waiting = [(key, folder) for key in keys]
    while waiting:
        key, named_in = waiting.pop(0)
        if key in found:
            continue
        path = folder / f"{key}.md"
        if not re.fullmatch(KEY, key) or not path.is_file():
            raise SourceError(
                f"no source called {key!r}; {nearest(key, (p.stem for p in folder.glob('*.md')))}",
                where=named_in,
                do="correct the name, or write its record",
            )
        found[key] = read_source(path)
        waiting.extend((parent, path) for parent in found[key].derived_from)
    for key in found:
        try:
            origins(key, found)
        except SourceError as e:
            raise SourceError(e.what, where=folder / f"{key}.md", do=e.do) from None
    return found


def origins(key: str, sources: dict[str, Source], *, trail: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the sources at the root of a source: itself when it derives from nothing.

    Raises
    ------
    SourceError
        Circular reporting: the trail leads back to itself.
    """
    if key in trail:
        circle = " -> ".join((*trail[trail.index(key) :], key))
        raise SourceError(f"circular reporting: {circle}", do="correct `derived_from`: a source cannot rest on itself")
    parents = sources[key].derived_from if key in sources else ()
    if not parents:
        return frozenset({key})
    return frozenset().union(*(origins(parent, sources, trail=(*trail, key)) for parent in parents))
