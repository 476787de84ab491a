"""Find the project that a file belongs to, and its folders."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import ProjectError, nearest

if TYPE_CHECKING:
    from brieftools.project.settings import Settings

MARK = "brieftools.toml"


@dataclass(frozen=True)
class Project:
    """A folder with a ``brieftools.toml`` in it.

    Attributes
    ----------
    root : Path
        Absolute path of the folder.
    settings : Settings
        Defaults for every brief.
    """

    root: Path
    settings: Settings

    @property
    def sources(self) -> Path:
        """Folder of the source records."""
        return self.root / "data" / "sources"

    @property
    def incidents(self) -> Path:
        """Folder of the incident datasets."""
        return self.root / "data" / "incidents"

    @property
    def briefs(self) -> Path:
        """Folder of the briefs."""
        return self.root / "briefs"

    @property
    def fonts(self) -> Path:
        """Folder for fonts of the project's own."""
        return self.root / "fonts"

    def inside(self, path: Path) -> bool:
        """Tell whether a path, links resolved, lies in the project."""
        return path.resolve().is_relative_to(self.root)


def find_project(start: Path) -> Project:
    """Walk up from a folder to the project that holds it.

    Raises
    ------
    ProjectError
        No ``brieftools.toml`` above, or it is damaged.
    """
    from brieftools.project.settings import read_settings

    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARK).is_file():
            return Project(folder, read_settings(folder / MARK))
    raise ProjectError(
        f"no {MARK} in this folder or above it", where=start, do="run `brief init DIR` for a new project, or change into one"
    )


def find_brief(name: str | Path, start: Path) -> Path:
    """Return the folder of a brief, given as a path or as its slug.

    Raises
    ------
    ProjectError
        There is none of that name.
    """
    given = Path(name)
    for folder in (start / given, given.parent if given.name in ("brief.yml", "brief.ipynb") else given):
        if (folder / "brief.yml").is_file():
            return folder.resolve()
    project = find_project(start / given if (start / given).is_dir() else start)
    if (project.briefs / given / "brief.yml").is_file():
        return project.briefs / given
    known = [p.parent.name for p in project.briefs.glob("*/brief.yml")]
    raise ProjectError(
        f"no brief called {str(name)!r}; {nearest(given.name, known)}", where=project.briefs, do="`brief new SLUG` starts one"
    )
