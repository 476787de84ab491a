"""Editions as builds leave them, laid down without building: one PDF and HTML for all, each with its own words."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import documents
from brieftools.project.root import Project, find_project
from brieftools.render.pdf import render_pdf


@dataclass(frozen=True)
class Shelved:
    """One edition."""

    slug: str
    name: str
    as_of: str
    title: str
    state: str = "issued"
    running: str = "Velmora weekly"
    handling: str = "TLP:CLEAR"
    line: str = "Edition 1"


SHELF = (
    Shelved("velmora-weekly", "2026-W10", "2026-03-09", "Remote attacks in Velmora tripled in week 10; nothing else clearly changed", "draft", line="Edition 10"),
    Shelved("velmora-weekly", "2026-W09", "2026-03-02", "Fewer battles in Velmora; protests unchanged", "corrected", line="Edition 9"),
    Shelved("velmora-weekly", "2026-W08", "2026-02-23", "No clear change in Velmora", "withdrawn", line="Edition 8"),
    Shelved("roads", "2026-02-28", "2026-02-28", "Überfälle auf Straßen in Arvenien: keine Änderung", running="Roads", handling="TLP:AMBER"),
)  # fmt: skip


@cache
def pdf() -> tuple[bytes, int]:
    """The PDF that stands for all, and how many pages it has."""
    made = render_pdf(documents.sample())
    return made.data, made.pages


def shelve(root: Path, *editions: Shelved) -> Project:
    """Lay a project with these editions."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "brieftools.toml").write_text("format = 1\n")
    for one in editions:
        build = root / "briefs" / one.slug / "editions" / one.name / "r1"
        build.mkdir(parents=True)
        meta = deepcopy(documents.sample()["meta"])
        meta |= {"title": one.title, "running": one.running, "as_of": one.as_of, "lang": "en-GB", "slug": one.slug}
        meta["edition"] = {"line": one.line, "name": one.name, "state": one.state}
        meta["handling"] = {"label": one.handling} if one.handling else None
        (build / "document.json").write_text(json.dumps({"meta": meta}))
        (build / "manifest.json").write_text(json.dumps({"edition": {"state": one.state}}))
        (build / "brief.pdf").write_bytes(pdf()[0])
        (build / "brief.html").write_text(f"<title>{one.name}</title>")
        (build.parent / "current").write_text("r1\n")
    return find_project(root)
