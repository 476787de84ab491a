"""Take out of an executed notebook what differs from run to run."""

from __future__ import annotations

import hashlib
import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

# Operating system commands (links, titles), control sequences (colours), and the two-letter escapes.
_ANSI = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")
# `<Thing at 0x7f3a...>`: where it lay in memory. A number that only looks like one (a hash, a port) has no "at" before it.
_ADDRESS = re.compile(r"(?<= at )0x[0-9a-fA-F]{6,16}\b")
# The file that ipykernel takes a cell for, under its process number. Tried only where a path can begin: from every letter of a
# picture in base64 the search would take seconds.
_CELL_FILE = re.compile(r"(?<![^\s\"'(<])[^\s\"'(<]*[/\\]ipykernel_\d+[/\\]\d+\.py")
# Where a traceback's files lie on this machine: what matters begins at the package or is the file's name.
_FOLDERS = re.compile(r"(File (?:\x1b\[[0-9;]*m)*)(?:[^\n\x1b:]*[/\\](?=site-packages[/\\])|[^\n\x1b:]*[/\\](?=[^/\\\n:\x1b]+\.py\b))")
_STYLER = re.compile(r"\bT_[0-9a-f]{5}(?=[_\"' ,>])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_TEXTS = ("text/plain", "text/html", "text/markdown")


def plain_text(text: str) -> str:
    """Return text as a terminal shows it in the end: without colours, a progress bar in its last state."""
    text = _ANSI.sub("", text).replace("\r\n", "\n")
    return "\n".join(_overwritten(line) for line in text.split("\n")) if "\r" in text or "\b" in text else text


def _overwritten(line: str) -> str:
    """Let carriage returns and backspaces move the place of writing, as in a terminal."""
    shown: list[str] = []
    at = 0
    for letter in line:
        if letter in "\r\b":
            at = 0 if letter == "\r" else max(at - 1, 0)
        else:
            shown[at : at + 1] = [letter]
            at += 1
    return "".join(shown)


def scrub(notebook: NotebookNode) -> NotebookNode:
    """Remove time stamps, addresses and versions of the run, join what was printed, and give papermill's own cells stable ids.

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
        cell.source = _SURROGATE.sub(_REPLACED, cell.source)
        if cell.cell_type == "code":
            cell.outputs = [_scrubbed(output) for output in _joined(cell.outputs)]
    return notebook


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """When the kernel flushes is chance: what stands side by side is joined, standard output first."""
    joined: list[NotebookNode] = []
    for output in outputs:
        streams = list(itertools.takewhile(lambda o: o.output_type == "stream", reversed(joined))) if output.output_type == "stream" else []
        same = next((stream for stream in streams if stream.name == output.name), None)
        if same is not None:
            same.text += output.text
        elif streams and output.name == "stdout":
            joined.insert(-1, output)
        else:
            joined.append(output)
    return joined


def _scrubbed(output: NotebookNode) -> NotebookNode:
    if output.output_type == "stream":
        output.text = _clean(output.text)
    elif output.output_type == "error":
        output.evalue = _clean(output.evalue)
        output.traceback = [_FOLDERS.sub(r"\1…/", _clean(line)) for line in output.traceback]
    else:
        for mime in _TEXTS:
            if isinstance(output.data.get(mime), str):
                output.data[mime] = _stable(_clean(output.data[mime])) if mime == "text/html" else _clean(output.data[mime])
    return output


def _stable(html: str) -> str:
    """pandas draws a random name for each styled table; the table's own content names it as well."""
    digest = hashlib.sha256(_STYLER.sub("", html).encode()).hexdigest()[:5]
    return _STYLER.sub(f"T_{digest}", html)


def _clean(text: str) -> str:
    # A lone surrogate is no character: no file can hold it.
    return _CELL_FILE.sub("cell.py", _ADDRESS.sub("0x…", _SURROGATE.sub(_REPLACED, text)))
