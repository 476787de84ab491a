"""What JupyterLab's export menu does: the saved notebook, as it is, through the renderers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import NotebookError

if TYPE_CHECKING:
    from nbformat import NotebookNode


def export(notebook: NotebookNode, *, folder: Path, name: str, wanted: str) -> bytes:
    """Render a saved notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed, as saved.
    folder : Path
        The notebook's folder; a ``brief.yml`` there, or a folder above ``editions``, makes it a brief.
    name : str
        File name without suffix: the title of a notebook that belongs to no brief.
    wanted : str
        ``brief.pdf`` or ``brief.html``.

    Raises
    ------
    NotebookError
        A cell was never run, or its output is an error; every such cell is named.
    BrieftoolsError
        Whatever a build of it would raise.
    """
    from brieftools.execute.scrub import scrub

    _require_run(notebook)
    notebook = scrub(notebook)
    brief = _brief_folder(folder.resolve())
    return _of_brief(notebook, brief, wanted) if brief else _alone(notebook, name, folder, wanted)


def _brief_folder(folder: Path) -> Path | None:
    """The folder itself, or for a build's own notebook (editions/<edition>/r<N>) the brief it was built from."""
    candidates = [folder, *folder.parents[:3]]
    return next((place for place in candidates if (place / "brief.yml").is_file()), None)


def _require_run(notebook: NotebookNode) -> None:
    from brieftools.execute.run import cell_name

    complaints = []
    for index, cell in enumerate(notebook.cells):
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or "skip-execution" in tags:
            continue
        if any(output.output_type == "error" for output in cell.outputs) and "raises-exception" not in tags:
            complaints.append(f"{cell_name(notebook.cells, index)} ended in an error")
        elif cell.execution_count is None and not cell.outputs:
            complaints.append(f"{cell_name(notebook.cells, index)} was not run")
    if complaints:
        shown = "\n".join(f"{number}. {text}" for number, text in enumerate(complaints[:8], 1))
        more = f"\n(and {len(complaints) - 8} more)" if len(complaints) > 8 else ""
        raise NotebookError(
            f"the notebook cannot be exported as it was saved:\n{shown}{more}",
            do="Run > Restart Kernel and Run All Cells, save, and export again",
        )


def _of_brief(notebook: NotebookNode, folder: Path, wanted: str) -> bytes:
    from brieftools.brief.inputs import read_inputs
    from brieftools.check.note import note_foreign_words
    from brieftools.check.run import check_build
    from brieftools.document.assemble import assemble
    from brieftools.edition.files import build_files
    from brieftools.edition.manifest import built_with, versions

    edition, given = injected(notebook)
    known = versions()
    inputs = read_inputs(folder, edition=edition)
    assembled = assemble(notebook, inputs, built_with=built_with(known, inputs.words))
    note_foreign_words(assembled.document, check_build(notebook, inputs, assembled.facts))
    files, _, _ = build_files(
        notebook, assembled.document, inputs, facts=assembled.facts.values(), given=given, state="draft", versions=known, only=wanted
    )
    return files[wanted]


def injected(notebook: NotebookNode) -> tuple[str | None, dict[str, Any]]:
    """Read back what a build injected, so that its notebook exports to the same bytes."""
    import ast

    cells = [c for c in notebook.cells if "injected-parameters" in c.metadata.get("tags", [])]
    values: dict[str, Any] = {}
    for statement in ast.parse(cells[0].source).body if cells else []:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            values[statement.targets[0].id] = ast.literal_eval(statement.value)
    edition = values.pop("edition", None)
    return edition, values


def _alone(notebook: NotebookNode, name: str, folder: Path, wanted: str) -> bytes:
    """A notebook torn out of its project: no sources, no attachments, and the page says so."""
    from brieftools.document.assemble import assemble_alone
    from brieftools.render.html import render_html
    from brieftools.render.pdf import render_pdf

    document = assemble_alone(notebook, title=name, folder=folder, as_of=date(1980, 1, 1))
    return render_pdf(document).data if wanted.endswith(".pdf") else render_html(document)
