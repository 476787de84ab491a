"""Check a brief, a build of it, or one notebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.check.finding import Finding
from brieftools.check.rules import RULES
from brieftools.check.scene import Scene
from brieftools.check.texts import notebook_texts, shown, yaml_texts
from brieftools.check.words import foreign_words, verb_counts

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from brieftools.brief.facts import Facts
    from brieftools.brief.inputs import Inputs

    LastRun = Callable[[Inputs], NotebookNode | None]


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes
    ----------
    findings : tuple of Finding
        In the order of the rules.
    vague, calibrated : int
        How many words of each kind.
    off : dict of str to str
        Rules that ``brief.yml`` switches off, each with its reason.
    foreign : tuple of str
        Words of another scale that the brief uses.
    run : bool
        Figures and computed numbers were looked at too: there is a build, or the notebook holds its outputs.
    """

    findings: tuple[Finding, ...]
    vague: int
    calibrated: int
    off: Mapping[str, str] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    run: bool = False

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Findings that stop an issue."""
        return tuple(found for found in self.findings if found.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that only ``--strict`` minds."""
        return tuple(found for found in self.findings if found.level == "warning")

    @property
    def ratio(self) -> float | None:
        """Vague words to calibrated ones; None without any calibrated one."""
        return self.vague / self.calibrated if self.calibrated else None

    def verbs(self) -> str:
        """Return the ratio as one sentence."""
        said = f"{self.vague} vague and {self.calibrated} calibrated words of likelihood"
        return said + (f": ratio {self.ratio:.1f}" if self.ratio is not None else "")

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "findings": [found.as_json() for found in self.findings],
            "errors": len(self.errors),
            "warnings": len(self.warnings),
            "vague": self.vague,
            "calibrated": self.calibrated,
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "off": dict(self.off),
            "figures_checked": self.run,
        }


def check_scene(scene: Scene) -> Checked:
    """Apply every rule that the brief does not switch off."""
    off = dict(scene.inputs.spec.checks) if scene.inputs else {}
    found = [one for rule in RULES for find in rule.finds for one in find(scene)]
    kept = tuple(sorted((one for one in found if one.rule not in off), key=lambda one: int(one.rule[1:])))
    vague, calibrated = verb_counts(scene)
    return Checked(kept, vague, calibrated, off, tuple(foreign_words(scene)), scene.executed is not None)


def check_brief(folder: Path, *, notebook: Path | None = None, last_run: LastRun | None = None) -> Checked:
    """Check a brief as it stands on disk.

    Parameters
    ----------
    folder : Path
        With ``brief.yml``.
    notebook : Path, optional
        Another notebook than the brief's own.
    last_run : callable, optional
        Returns the executed notebook of the last build: figures and facts are taken from it where the notebook itself
        holds no outputs.

    Raises
    ------
    BrieftoolsError
        ``brief.yml``, a source record, a dataset or the notebook cannot be read at all.
    """
    from brieftools.brief.inputs import read_sources_and_data
    from brieftools.execute.notebook import read_notebook

    inputs = read_sources_and_data(folder)
    path = notebook or inputs.notebook
    own = read_notebook(path)
    executed = own if _has_outputs(own) else last_run(inputs) if last_run else None
    return check_scene(with_run(brief_scene(own, path, inputs), executed))


def check_notebook(path: Path, *, last_run: LastRun | None = None) -> Checked:
    """Check one notebook: as part of its brief where a ``brief.yml`` lies beside it, else alone."""
    from brieftools.execute.notebook import read_notebook

    path = path.resolve()
    if (path.parent / "brief.yml").is_file():
        return check_brief(path.parent, notebook=path, last_run=last_run)
    own = read_notebook(path)
    scene = Scene(own, path, tuple(notebook_texts(own, shown(path))))
    return check_scene(with_run(scene, own if _has_outputs(own) else None))


def check_build(executed: NotebookNode, inputs: Inputs, facts: Facts) -> Checked:
    """Check a brief in the middle of its build."""
    scene = brief_scene(executed, inputs.notebook, inputs)
    return check_scene(replace(scene, executed=executed, facts=facts))


def brief_scene(notebook: NotebookNode, path: Path, inputs: Inputs) -> Scene:
    """Gather what the rules look at."""
    judgments, hypotheses = (_yaml(inputs.folder / name) for name in ("judgments.yml", "ach.yml"))
    texts = notebook_texts(notebook, shown(path))
    for name, data in (("judgments.yml", judgments), ("ach.yml", hypotheses)):
        texts += yaml_texts(data, shown(inputs.folder / name)) if data is not None else []
    return Scene(notebook, path, tuple(texts), inputs, judgments, hypotheses)


def with_run(scene: Scene, executed: NotebookNode | None) -> Scene:
    """Add the outputs of a run and the facts in them."""
    from brieftools.document.assemble import collect_facts

    return scene if executed is None else replace(scene, executed=executed, facts=collect_facts(executed))


def _yaml(path: Path) -> Any:
    from brieftools.project.yamlfile import read_yaml

    return read_yaml(path) if path.is_file() else None


def _has_outputs(notebook: NotebookNode) -> bool:
    return any(cell.get("outputs") for cell in notebook.cells)
