"""Read and write notebook files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import NotebookError
from brieftools.project.yamlfile import read_text

if TYPE_CHECKING:
    from nbformat import NotebookNode


def prepare_imports() -> None:
    """Import jsonschema without its checker of international addresses.

    Where JupyterLab is installed that checker builds a grammar for 0.7 s at import, a third of a whole build; a notebook's
    schema has no such format.
    """
    if "jsonschema" in sys.modules or "rfc3987_syntax" in sys.modules:
        return
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # how Python says "cannot be imported"
    try:
        import jsonschema  # noqa: F401
    finally:
        del sys.modules["rfc3987_syntax"]


def read_notebook(path: Path) -> NotebookNode:
    """Read and validate a notebook file.

    Raises
    ------
    NotebookError
        It is not there, or is no notebook of format 4.
    """
    prepare_imports()
    import nbformat

    text = read_text(path, error=NotebookError)
    try:
        notebook = nbformat.reads(_with_ids(text), as_version=4)
        nbformat.validate(notebook)
    except Exception as e:  # nbformat raises many kinds, its own and jsonschema's
        first = (str(e).splitlines() or [type(e).__name__])[0]
        raise NotebookError(
            f"not a notebook: {first}", where=path, do="restore it from version control, or open it in JupyterLab and save it"
        ) from None
    return notebook


def _with_ids(text: str) -> str:
    """Name cells that have no id, or another one's, by their place: nbformat would draw random names, new ones in every build."""
    data = json.loads(text)
    cells = data.get("cells") if isinstance(data, dict) and data.get("nbformat") == 4 else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        return text  # damaged, or of an older format: nbformat says which
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell.get("id"), str) or cell["id"] in taken:
            cell["id"] = f"cell-{number}"
        taken.add(cell["id"])
    data["nbformat_minor"] = max(data.get("nbformat_minor", 5), 5)
    return json.dumps(data)


def notebook_text(notebook: NotebookNode) -> str:
    """Return a notebook as the text of its file."""
    import nbformat

    return str(nbformat.writes(notebook)) + "\n"
