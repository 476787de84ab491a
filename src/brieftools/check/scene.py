"""What the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.analysis.lexicon import LEXICONS, Lexicon
from brieftools.check.texts import Text, shown

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from brieftools.brief.facts import Facts
    from brieftools.brief.inputs import Inputs


@dataclass(frozen=True)
class Scene:
    """A brief, or a notebook alone, before the rules.

    Attributes
    ----------
    notebook : NotebookNode
        As its author keeps it.
    path : Path
        Its file.
    texts : tuple of Text
    inputs : Inputs or None
        Of a brief; None for a notebook alone, whose rules on sources and files do not apply.
    judgments, hypotheses : mapping or None
        ``judgments.yml`` and ``ach.yml`` as read, with line numbers; None where the file is not there.
    executed : NotebookNode or None
        With outputs, of this build or the last one.
    facts : Facts or None
        Of that run.
    """

    notebook: NotebookNode
    path: Path
    texts: tuple[Text, ...]
    inputs: Inputs | None = None
    judgments: Any = None
    hypotheses: Any = None
    executed: NotebookNode | None = None
    facts: Facts | None = None

    @property
    def file(self) -> str:
        """The notebook's path as its author would type it."""
        return shown(self.path)

    @property
    def lexicon(self) -> Lexicon:
        """The declared scale; without a brief, ICD 203, first row."""
        return self.inputs.lexicon if self.inputs else LEXICONS["icd203-1"]

    @property
    def folder(self) -> Path:
        """The brief's folder."""
        return self.path.parent if self.inputs is None else self.inputs.folder
