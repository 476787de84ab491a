"""The first brief, run once for all tests of the Document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def first_brief(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The Document of the first brief, its notebook run in a kernel."""
    from brieftools.brief.inputs import read_inputs
    from brieftools.document.assemble import assemble

    inputs = read_inputs(checkout / "briefs" / "islamic-state-abroad")
    executed = run(inputs, tmp_path_factory.mktemp("first"))
    return assemble(executed, inputs).document


def run(inputs: Any, failed: Path) -> Any:
    """Run the notebook of a brief."""
    from brieftools.execute.kernel import kernel
    from brieftools.execute.notebook import read_notebook
    from brieftools.execute.run import execute

    with kernel(inputs.folder) as manager:
        return execute(
            read_notebook(inputs.notebook),
            manager=manager,
            parameters={},
            limits=inputs.project.settings.execute,
            where=inputs.notebook,
            failed=failed / "failed.ipynb",
        )
