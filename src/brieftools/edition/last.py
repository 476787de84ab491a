"""What the last build of a brief's edition left: its executed notebook and its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brieftools.edition.store import Edition

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from brieftools.brief.facts import Facts
    from brieftools.brief.inputs import Inputs


def last_run(inputs: Inputs) -> NotebookNode | None:
    """Return the notebook of the current build, with outputs; None before the first build."""
    from brieftools.execute.notebook import read_notebook

    current = Edition(inputs.folder / "editions" / inputs.spec.edition_name).current
    return read_notebook(current / "brief.ipynb") if current and (current / "brief.ipynb").is_file() else None


def last_facts(inputs: Inputs) -> Facts:
    """Return the facts of the current build; none before the first."""
    from brieftools.brief.facts import Facts
    from brieftools.document.assemble import collect_facts

    run = last_run(inputs)
    return Facts() if run is None else collect_facts(run)
