"""Run a notebook from top to bottom; a failing cell stops it and the notebook is kept."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import CellError, NotebookError
from brieftools.execute.notebook import notebook_text, prepare_imports
from brieftools.execute.scrub import plain_text, scrub

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager
    from nbformat import NotebookNode

    from brieftools.project.settings import Execute

_LONGEST = 2_000


def execute(
    notebook: NotebookNode,
    *,
    manager: KernelManager,
    parameters: Mapping[str, Any],
    limits: Execute,
    where: Path,
    failed: Path,
    on_cell: Callable[[int], None] | None = None,
) -> NotebookNode:
    """Run the notebook through papermill.

    Parameters
    ----------
    notebook : NotebookNode
        Not changed.
    manager : KernelManager
        A started kernel (`brieftools.execute.kernel`).
    parameters : mapping
        Only what was given at the call; papermill puts it into a cell after the one tagged ``parameters``.
    limits : Execute
        Time limits.
    where : Path
        The notebook's file, for messages.
    failed : Path
        Where the notebook is kept, with the failure marked, when a cell fails.
    on_cell : callable, optional
        Told the index of each cell that starts.

    Returns
    -------
    NotebookNode
        The executed notebook, free of time stamps and random ids.

    Raises
    ------
    CellError
        A cell failed, ran out of time, or took the kernel with it.
    NotebookError
        The kernel never got ready.
    """
    running: list[NotebookNode] = []
    at: list[int] = [0]

    def started(cell_index: int, **_: Any) -> None:
        at[0] = cell_index
        if on_cell:
            on_cell(cell_index)

    try:
        done = _papermill(
            notebook, manager, parameters, limits, on_notebook_start=lambda notebook: running.append(notebook), on_cell_start=started
        )
    except Exception as e:  # papermill, nbclient and jupyter_client each have their own trees
        if not running:
            raise _not_started(e, where) from None
        if not _allowed(running[0]):
            raise _cell_error(e, running[0], at[0], where, failed, limits) from None
        done = running[0]
    return scrub(_complete(done, where))


def _allowed(notebook: NotebookNode) -> bool:
    """Whether all that failed was meant to: papermill alone does not know the tag `raises-exception` that nbclient goes by."""
    _unmarked(notebook)
    ran_on = not any(cell.metadata.get("papermill", {}).get("exception") for cell in notebook.cells)
    failed = [cell for cell in notebook.cells if any(output.output_type == "error" for output in cell.get("outputs", []))]
    return ran_on and bool(failed) and all("raises-exception" in cell.metadata.get("tags", []) for cell in failed)


def _unmarked(notebook: NotebookNode) -> None:
    """Take out the cells that papermill puts beside a failure."""
    notebook.cells = [c for c in notebook.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]


def _complete(notebook: NotebookNode, where: Path) -> NotebookNode:
    """papermill takes `sys.exit(0)` in a cell for success and leaves the rest unrun: a brief would end in the middle."""
    for index, cell in enumerate(notebook.cells):
        skipped = "skip-execution" in cell.metadata.get("tags", [])  # nbclient goes by that tag
        if cell.cell_type == "code" and cell.source.strip() and cell.execution_count is None and not skipped:
            raise CellError(
                f"{cell_name(notebook.cells, index)} was never run: a cell above ended the notebook",
                where=where,
                do="take sys.exit() out of the notebook",
            )
    return notebook


def _papermill(
    notebook: NotebookNode, manager: KernelManager, parameters: Mapping[str, Any], limits: Execute, **hooks: Callable[..., None]
) -> NotebookNode:
    prepare_imports()
    import papermill

    for name in ("papermill", "traitlets"):  # both log what they raise anyway
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return papermill.execute_notebook(
        _stripped(notebook),
        None,
        parameters=dict(parameters) or None,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        start_timeout=limits.start_seconds,
        execution_timeout=limits.cell_seconds,
        km=manager,
        **hooks,
    )


def _stripped(notebook: NotebookNode) -> NotebookNode:
    import copy

    notebook = copy.deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def _not_started(error: Exception, where: Path) -> NotebookError:
    return NotebookError(
        f"the kernel did not start: {error}",
        where=where,
        do="check that `python -m ipykernel_launcher` runs in this environment, or raise start_seconds in brieftools.toml",
    )


def _cell_error(error: Exception, notebook: NotebookNode, index: int, where: Path, failed: Path, limits: Execute) -> CellError:
    cell = notebook.cells[index]
    what, do = _what_and_do(error, cell, limits)
    name = cell_name(notebook.cells, index)
    _mark(notebook, index, what)
    kept = _keep(notebook, failed)
    found = CellError(f"{name} failed: {what}", where=where, do=f"{do}. The notebook as far as it ran: {failed}" if kept else do)
    found.cell, found.error, found.notebook = name, what, failed if kept else None
    return found


def _keep(notebook: NotebookNode, failed: Path) -> bool:
    with contextlib.suppress(OSError):  # the first failure is what matters
        failed.parent.mkdir(parents=True, exist_ok=True)
        failed.write_text(notebook_text(scrub(notebook)), encoding="utf-8")
        return True
    return False


def _what_and_do(error: Exception, cell: NotebookNode, limits: Execute) -> tuple[str, str]:
    kind = type(error).__name__
    if kind == "CellTimeoutError":
        return f"it ran longer than {limits.cell_seconds} s", "make it faster, or raise cell_seconds under [execute] in brieftools.toml"
    if kind == "DeadKernelError":
        return "the kernel died (out of memory, or a crash in a library)", "run the notebook in JupyterLab up to that cell"
    raised = next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)
    if raised is not None:
        return f"{raised.ename}: {_short(raised.evalue)}", "correct the cell in JupyterLab"
    return f"{kind}: {_short(str(error))}", "correct the cell in JupyterLab"


def _short(message: str) -> str:
    """An exception may quote a whole file; a message is to be read."""
    text = plain_text(message).strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} … ({len(text):,} characters)"


def cell_name(cells: Sequence[NotebookNode], index: int) -> str:
    """Name a cell as its author would find it: its place in the notebook as written, and its first line."""
    first = next((line.strip() for line in cells[index].source.splitlines() if line.strip()), "")
    ours = sum("injected-parameters" in cell.metadata.get("tags", []) for cell in cells[:index])
    return f"cell {index + 1 - ours} (`{first[:60]}`)"


def _mark(notebook: NotebookNode, index: int, what: str) -> None:
    import nbformat

    fence = "`" * 8  # the message is data, not Markdown
    mark = nbformat.v4.new_markdown_cell(f"**The next cell failed; nothing after it was run.**\n\n{fence}\n{what}\n{fence}")
    mark.metadata["tags"] = ["brieftools-failed"]
    notebook.cells[index].metadata.setdefault("tags", []).append("brieftools-failed-cell")
    notebook.cells.insert(index, mark)
