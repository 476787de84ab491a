"""What `brief figure` does."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from brieftools.brief.spec import read_spec
from brieftools.edition.store import Edition
from brieftools.errors import EditionError
from brieftools.house.housefile import read_house
from brieftools.project.root import find_brief, find_project
from brieftools.render.figure import save_figure


def run_figure(slug: str, number: int, *, format: Literal["svg", "png"], out: Path | None, edition: str | None, quiet: bool) -> None:
    """Save a figure of the current build, and print where.

    Raises
    ------
    EditionError
        The edition was not built yet.
    BrieftoolsError
        See `brieftools.render.figure.save_figure`.
    """
    folder = find_brief(slug, Path.cwd())
    project = find_project(folder)
    name = read_spec(folder).at_edition(edition).edition_name
    build = Edition(folder / "editions" / name).current
    if build is None:
        raise EditionError(f"edition {name} was not built yet", where=folder / "editions", do=f"brief build {slug}")
    path = out or Path.cwd() / f"{folder.name}-{name}-figure-{number}.{format}"
    save_figure(build, number, format=format, out=path, house=read_house(project.root), font_dirs=(project.fonts,))
    if not quiet:
        print(path)
