"""The whole story: from a brief's folder to a published edition."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.errors import DocumentError, EditionError, NotebookError, ProjectError, SpecError, nearest

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

    from brieftools.brief.inputs import Inputs
    from brieftools.edition.store import Edition

STEPS = ("source", "incidents", "brief", "execute", "document", "render", "edition")


@dataclass(frozen=True)
class Built:
    """What a build left.

    Attributes
    ----------
    folder : Path
        ``editions/<edition>/r<N>``: brief.pdf, brief.html, brief.ipynb, document.json, manifest.json.
    pages : int
        Of the PDF.
    warnings : tuple of str
    seconds : dict of str to float
        Time of each step.
    """

    folder: Path
    pages: int
    warnings: tuple[str, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def pdf(self) -> Path:
        """The PDF."""
        return self.folder / "brief.pdf"

    @property
    def html(self) -> Path:
        """The HTML."""
        return self.folder / "brief.html"


def build(
    folder: str | Path,
    *,
    edition: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    state: str = "draft",
    progress: Callable[[str, float], None] | None = None,
) -> Built:
    """Build one edition of a brief.

    1. source: read the project, ``brief.yml`` and the source records.
    2. incidents: read the datasets, check them against their sidecars and the brief's period.
    3. brief: settle notebook and parameters.
    4. execute: run the notebook in a kernel of its own.
    5. document: make one tree of notebook and inputs.
    6. render: walk the tree twice, to HTML and to PDF.
    7. edition: write everything to a new folder and make it current.

    Parameters
    ----------
    folder : str or Path
        The brief's folder, with ``brief.yml`` in it.
    edition : str, optional
        Another edition than the one in ``brief.yml``: a date or an ISO week.
    parameters : mapping, optional
        Given at this call; they win over ``brief.yml``.
    state : str
        ``draft``, or ``issued``: then nothing may be missing, and the edition is frozen; ``corrected`` and ``withdrawn`` follow
        an issue.
    progress : callable, optional
        Told name and seconds of each step that ends.

    Raises
    ------
    BrieftoolsError
        Anything that is wrong; the former build stays current and whole.
    """
    from brieftools.execute.kernel import kernel

    clock = _Clock(progress)
    folder, given = _folder(folder), dict(parameters or {})
    with kernel(folder) as manager:  # it starts by itself while the inputs are read
        # 1 source, 2 incidents
        from brieftools.brief.inputs import read_datasets, read_spec_and_sources

        inputs = read_spec_and_sources(folder, edition=edition)
        clock.ends("source")
        inputs = read_datasets(inputs)
        clock.ends("incidents")

        from brieftools.edition.store import Edition, locked, publish

        target = Edition(folder / "editions" / inputs.spec.edition_name)
        with locked(target):
            # 3 brief
            _allow(target, state)
            notebook = _settle(inputs, given, edition)
            clock.ends("brief")

            # 4 execute
            executed = _execute(notebook, inputs, given | _named(edition), manager, target)
            clock.ends("execute")

            # 5 document
            from brieftools.edition.manifest import built_with, versions

            known = versions()
            assembled = _assemble(executed, inputs, state, built_with(known, inputs.words))
            checked = _check(executed, inputs, assembled, state)
            clock.ends("document")

            # 6 render
            from brieftools.edition.files import build_files

            output, pages, warnings = build_files(
                executed, assembled.document, inputs, facts=assembled.facts.values(), given=given, state=state, versions=known
            )
            clock.ends("render")

            # 7 edition
            final = publish(target, output, keep=inputs.project.settings.keep_drafts)
            clock.ends("edition")
    return Built(final, pages, assembled.warnings + checked + warnings, clock.seconds)


def _folder(folder: str | Path) -> Path:
    found = Path(folder).resolve()
    if not (found / "brief.yml").is_file():
        raise ProjectError(
            "there is no brief.yml in this folder", where=found, do="name the folder of a brief; `brief new SLUG` starts one"
        )
    return found


def _settle(inputs: Inputs, given: Mapping[str, Any], edition: str | None) -> Any:
    """Read the notebook and check parameters against those that it declares."""
    from brieftools.brief.parameters import check, declared
    from brieftools.execute.notebook import read_notebook

    if not inputs.notebook.is_file():
        known_templates = (path.stem for path in inputs.notebook.parent.glob("*.ipynb"))
        what = f"the brief has no brief.ipynb, and no template is called {inputs.spec.template!r}"
        do = "correct `template` in brief.yml, or restore brief.ipynb"
        raise NotebookError(f"{what}; {nearest(inputs.spec.template, known_templates)}", where=inputs.notebook, do=do)
    notebook = read_notebook(inputs.notebook)
    known = declared(notebook.cells, where=str(inputs.notebook))
    check(inputs.spec.parameters, known, where=str(inputs.folder / "brief.yml"))
    check(given, known, where="the call (-p)")
    check(_named(edition), known, where=str(inputs.notebook))
    # Notebook and pages would speak of two editions.
    if "edition" in given or "edition" in inputs.spec.parameters:
        raise SpecError(
            "`edition` is no parameter of its own", where=inputs.folder, do="use `--edition`, or `edition: {as_of: ...}` in brief.yml"
        )
    return notebook


def _named(edition: str | None) -> dict[str, Any]:
    """The edition goes to the notebook as a parameter of that name, where one was asked for."""
    return {} if edition is None else {"edition": edition}


def _execute(notebook: Any, inputs: Inputs, given: Mapping[str, Any], manager: KernelManager, target: Edition) -> Any:
    from brieftools.execute.run import execute

    _while_cells_run()
    return execute(
        notebook,
        manager=manager,
        parameters=given,
        limits=inputs.project.settings.execute,
        where=inputs.notebook,
        failed=target.folder / "failed" / "brief.ipynb",
    )


def _while_cells_run() -> None:
    """Import what the next steps need while this process only waits for the kernel."""

    def load() -> None:
        import brieftools.document.assemble
        import brieftools.edition.files  # noqa: F401

    threading.Thread(target=load, daemon=True).start()


def _assemble(executed: Any, inputs: Inputs, state: str, built_with: str) -> Any:
    from brieftools.document.assemble import assemble

    return assemble(executed, inputs, state=state, built_with=built_with)


def _check(executed: Any, inputs: Inputs, assembled: Any, state: str) -> tuple[str, ...]:
    """Apply the rules of `brief check`: an error stops an issue; a draft, which is watermarked, is only told."""
    from brieftools.check.note import note_foreign_words
    from brieftools.check.run import check_build

    checked = check_build(executed, inputs, assembled.facts)
    note_foreign_words(assembled.document, checked)
    if checked.errors and state != "draft":
        told = "\n".join(f"{number}. {found}" for number, found in enumerate(checked.errors, 1))
        do = "mend these, or switch a rule off in brief.yml with the reason: `checks: {L10: ...}`"
        raise DocumentError(f"the brief cannot be issued as it is:\n{told}", do=do)
    return tuple(str(found) for found in checked.findings if found.what not in assembled.warnings)


def _allow(target: Edition, state: str) -> None:
    """An issued edition is never overwritten: it may be corrected or withdrawn, which adds a build; a withdrawn one stays so."""
    frozen = target.frozen
    if state in ("corrected", "withdrawn"):
        if frozen is None:
            do = "issue it first: `brief issue`; a draft is just built again"
            raise EditionError(f"edition {target.folder.name} was not issued, so it cannot be {state}", where=target.folder, do=do)
        if target.state(frozen) == "withdrawn":
            do = "issue another edition; what was withdrawn is not brought back"
            raise EditionError(f"edition {target.folder.name} is withdrawn", where=frozen, do=do)
    elif frozen is not None:
        raise EditionError(
            f"edition {target.folder.name} is {target.state(frozen)} and is never overwritten",
            where=frozen,
            do="build the next edition: `--edition`, or a new `edition` in brief.yml; for a mistake, `brief correct`",
        )


class _Clock:
    """Seconds since the last step ended."""

    def __init__(self, progress: Callable[[str, float], None] | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._last = time.perf_counter()

    def ends(self, step: str) -> None:
        now = time.perf_counter()
        self.seconds[step] = now - self._last
        self._last = now
        if self._progress:
            self._progress(step, self.seconds[step])
