"""The list of all editions of all briefs: found in their folders, written as one page."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from brieftools.edition.store import POINTER, Edition
from brieftools.errors import EditionError, MissingToolError, RenderError
from brieftools.project.root import Project
from brieftools.render.html.index import Listed, render_index
from brieftools.render.thumbnail import first_page, page_count

PICTURES = 120
"""So many of the latest editions have a picture; 12 kB each, more would make a page that is slow to open."""


@dataclass(frozen=True)
class Index:
    """What was written.

    Attributes
    ----------
    path : Path
    editions : int
    warnings : tuple of str
        Editions that are damaged, and therefore not listed or without picture.
    """

    path: Path
    editions: int
    warnings: tuple[str, ...]


def write_index(project: Project, out: Path | None = None) -> Index:
    """List the current build of every edition, the latest first, in ``index.html``.

    Parameters
    ----------
    out : Path, optional
        The folder that it is written to, made where it is not there; by default the project's ``briefs``. Links lead from there to
        the editions.

    Raises
    ------
    MissingToolError
        The folder cannot be written, or a font is missing.
    """
    folder = (out or project.briefs).resolve()
    warnings: list[str] = []
    found = sorted(_found(project, folder, warnings), key=lambda pair: pair[0].html)
    found.sort(key=lambda pair: pair[0].as_of, reverse=True)
    listed = [_pictured(one, pdf, warnings) if number < PICTURES else one for number, (one, pdf) in enumerate(found)]
    fonts = (project.fonts,) if project.fonts.is_dir() else ()
    page = render_index(listed, font_dirs=fonts)
    return Index(_write(folder / "index.html", page), len(listed), tuple(warnings))


def _found(project: Project, folder: Path, warnings: list[str]) -> Iterator[tuple[Listed, Path]]:
    for pointer in sorted(project.briefs.glob(f"*/editions/*/{POINTER}")):
        edition = Edition(pointer.parent)
        build = edition.current
        try:
            if build is None:
                raise EditionError("the pointer names no build", where=pointer, do="build the edition again")
            yield _listed(edition, build, folder), build / "brief.pdf"
        except EditionError as e:
            warnings.append(f"{e.where}: {e.what}")


def _listed(edition: Edition, build: Path, folder: Path) -> Listed:
    state = edition.state(build)
    where = build / "document.json"
    try:
        meta: dict[str, Any] = json.loads(where.read_text(encoding="utf-8"))["meta"]
        pages = page_count((build / "brief.pdf").read_bytes())
        return Listed(
            title=str(meta["title"]),
            brief=str(meta["running"]),
            line=str(meta["edition"]["line"]),
            name=str(meta["edition"]["name"]),
            as_of=date.fromisoformat(meta["as_of"]),
            state=state,
            pages=pages,
            pdf=_address(build / "brief.pdf", folder),
            html=_address(build / "brief.html", folder),
            handling=str((meta.get("handling") or {}).get("label") or ""),
            language=str(meta.get("lang") or "en"),
            picture=None,
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise EditionError("the build is damaged", where=where, do="build the edition again") from None


def _address(path: Path, folder: Path) -> str:
    return quote(Path(os.path.relpath(path.resolve(), folder)).as_posix(), safe="/")


def _pictured(one: Listed, pdf: Path, warnings: list[str]) -> Listed:
    try:
        return replace(one, picture=first_page(pdf.read_bytes()))
    except RenderError as e:
        warnings.append(f"{pdf}: {e.what.splitlines()[0]}")
        return one


def _write(path: Path, page: bytes) -> Path:
    """Write beside the place and rename, so that a reader sees a whole page or the former one."""
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(page)
        draft.replace(path)
    except OSError as e:
        raise MissingToolError(f"the list cannot be written: {e.strerror}", where=path.parent, do="name another folder: --out") from None
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return path
