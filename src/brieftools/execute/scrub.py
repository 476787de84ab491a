"""Take out of an executed notebook what differs from run to run."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")


def plain_text(text: str) -> str:
    """Return text without terminal colours."""
    return _ANSI.sub("", text)


def scrub(notebook: NotebookNode) -> NotebookNode:
    """Remove time stamps, paths and versions of the run, and give papermill's own cells stable ids.

    Returns
    -------
    NotebookNode
        The same object.
    """
    for key in ("papermill", "widgets"):
        notebook.metadata.pop(key, None)
    language = notebook.metadata.get("language_info", {})
    for key in ("version", "codemirror_mode", "nbconvert_exporter", "pygments_lexer"):
        language.pop(key, None)
    for number, cell in enumerate(notebook.cells):
        for key in ("papermill", "execution", "ExecuteTime"):
            cell.metadata.pop(key, None)
        tags = cell.metadata.get("tags", [])
        if {"injected-parameters", "brieftools-failed"} & set(tags):
            cell.id = hashlib.sha256(f"{number} {' '.join(tags)}".encode()).hexdigest()[:8]
        if not tags:
            cell.metadata.pop("tags", None)  # papermill adds empty lists
    return notebook
