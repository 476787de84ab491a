"""What the walk over one Document knows and collects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from brieftools.house import House

Node = Mapping[str, Any]

OWN = "b--"
"""Prefix of ids that the renderer makes; no id of the Document keeps it."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.:-]{0,80}")


@dataclass
class Collected:
    """What one rendering gathers while it walks; made anew for each.

    Attributes
    ----------
    ids : set of str
        Ids that are on the page already.
    rules : dict
        CSS rules that this Document needs beside the fixed ones, by selector, as ``(declarations, wide)``;
        ``wide`` ones count from 1100 px. A strict Content-Security-Policy forbids style attributes.
    italic : dict
        Characters set in italics, by face.
    level : int
        Level of the last heading, so that none is skipped.
    drawings : int
        How many SVG drawings are on the page.
    names : dict
        How often each region's name has been given.
    """

    ids: set[str] = field(default_factory=set)
    rules: dict[str, tuple[str, bool]] = field(default_factory=dict)
    italic: dict[str, set[str]] = field(default_factory=lambda: {"serif": set(), "sans": set()})
    level: int = 1
    drawings: int = 0
    names: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Scope:
    """The place in the walk.

    Attributes
    ----------
    labels : mapping
        Words that are printed, from the Document.
    notes : mapping
        Id of each endnote, by its number.
    places : frozenset of str
        Ids of the places that cite.
    house : House
        Colours and fonts.
    labels_lang : str or None
        Language of the labels where it is not the page's.
    found : Collected
        Shared by all places of one walk.
    face : str
        ``serif`` or ``sans``: what text is set in here.
    linked : bool
        Whether this is inside a link already; links do not nest.
    """

    labels: Mapping[str, str]
    notes: Mapping[int, str]
    places: frozenset[str]
    house: House
    labels_lang: str | None = None
    found: Collected = field(default_factory=Collected)
    face: str = "serif"
    linked: bool = False

    @property
    def sans(self) -> Scope:
        """The same place, set in the sans face."""
        return replace(self, face="sans")

    def claim(self, wanted: object) -> str | None:
        """Return the page's id for an id of the Document, None if there is one of that name already."""
        name = anchor(wanted)
        if name is None or name in self.found.ids:
            return None
        self.found.ids.add(name)
        return name

    def region(self, name: str) -> str:
        """Return a region's name that no other region has: ``Table``, ``Table (2)``."""
        count = self.found.names[name] = self.found.names.get(name, 0) + 1
        return name if count == 1 else f"{name} ({count})"

    def rule(self, name: str, declarations: str, *, wide: bool = False) -> str:
        """Ask for a class in the style sheet; return its name."""
        self.found.rules.setdefault(f".{name}", (declarations, wide))
        return name


def anchor(wanted: object) -> str | None:
    """Return an id as it stands on the page: itself, or a hash of it where it would not do as an id."""
    if not isinstance(wanted, str) or not wanted:
        return None
    if _ID.fullmatch(wanted) and not wanted.startswith(OWN):
        return wanted
    return "id-" + sha256(wanted.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def nodes(tree: object) -> Iterator[Node]:
    """Yield every node with a type, in document order."""
    if isinstance(tree, Mapping):
        if "type" in tree:
            yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value)


def note_ids(body: object) -> dict[int, str]:
    """Return the id of each endnote, by number."""
    return {
        item["number"]: name for node in nodes(body) if node["type"] == "notes" for item in node["items"] if (name := anchor(item["id"]))
    }


def cite_places(body: object) -> frozenset[str]:
    """Return the ids of all places that cite a note."""
    found = (anchor(place) for node in nodes(body) if node["type"] == "cite" for place in node.get("ids") or ())
    return frozenset(name for name in found if name)
