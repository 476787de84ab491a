"""Every error that brieftools raises on purpose.

::

    BrieftoolsError            exit 1
    ├── ProjectError           no project, a damaged brieftools.toml, a folder that cannot be used
    ├── SpecError              brief.yml, judgments.yml, ach.yml: a key, a value, a parameter
    ├── SourceError            a source record in data/sources
    ├── IncidentError          an incident file, its sidecar, its coverage
    ├── NotebookError          a notebook that cannot be run or read as a brief
    │   └── CellError          a cell failed, or ran out of time
    ├── DocumentError          prose: an unknown fact, citation or reference; a figure without alt text
    ├── RenderError            HTML or PDF could not be made
    ├── EditionError           editions: locked, issued, damaged
    └── MissingToolError       exit 3: disk, permission, a tool or a package that is not there

Each message says what is wrong, where, and what to do. Facts travel as attributes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

EXIT_WRONG = 1
EXIT_USAGE = 2
EXIT_MISSING = 3
EXIT_INTERRUPTED = 130


class BrieftoolsError(Exception):
    """Base of all our errors.

    Parameters
    ----------
    what : str
        What is wrong, in one sentence.
    where : str or Path, optional
        File, cell or key that it is wrong in.
    do : str, optional
        What to do about it.

    Attributes
    ----------
    exit_code : int
        What the command line exits with.
    """

    exit_code = EXIT_WRONG

    def __init__(self, what: str, *, where: str | Path | None = None, do: str | None = None) -> None:
        self.what = what
        self.where = None if where is None else str(where)
        self.do = do
        super().__init__(what)

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  in: {self.where}")
        if self.do:
            lines.append(f"  do: {self.do}")
        return "\n".join(lines)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not survive pickling by themselves.
        return (_rebuild, (type(self), self.__dict__.copy()))


def _rebuild(kind: type[BrieftoolsError], state: dict[str, object]) -> BrieftoolsError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    Exception.__init__(error, state["what"])
    return error


class ProjectError(BrieftoolsError):
    """The project folder or its settings cannot be used."""


class SpecError(BrieftoolsError):
    """A brief's own files hold something that is not understood."""


class SourceError(BrieftoolsError):
    """A source record is missing, incomplete or contradictory."""


class IncidentError(BrieftoolsError):
    """Incident data is missing, damaged, or does not cover the brief's period."""


class NotebookError(BrieftoolsError):
    """The notebook cannot be run, or cannot be read as a brief."""


class CellError(NotebookError):
    """A cell failed or ran out of time.

    Attributes
    ----------
    cell : str
        The cell as its author would name it.
    error : str
        Name and message of the exception in the kernel.
    notebook : Path or None
        The notebook that was kept, with the failure marked.
    """

    cell: str = ""
    error: str = ""
    notebook: Path | None = None


class DocumentError(BrieftoolsError):
    """The prose or a figure of the brief refers to something that is not there."""


class RenderError(BrieftoolsError):
    """HTML or PDF could not be made."""


class EditionError(BrieftoolsError):
    """An edition is locked, issued already, or damaged."""


class MissingToolError(BrieftoolsError):
    """The machine lacks something: disk space, a permission, a program, a package."""

    exit_code = EXIT_MISSING


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is meant, or which there are.

    Returns
    -------
    str
        ``did you mean 'x'?``, or the sorted list of known names, or that there are none.
    """
    from difflib import get_close_matches

    names = sorted(set(known))
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(names) if names else "none is known here"
