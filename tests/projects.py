"""A small project, laid down for one test: one source, one dataset, one brief with a tiny notebook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Cell = dict[str, Any]

TOML = "format = 1\nkeep_drafts = 2\n\n[execute]\ncell_seconds = 60\nstart_seconds = 60\n"

SOURCE = """---
key: smith-2020
title: Roads of Arvenia
authors:
  - {family: Smith, given: Ada}
published: 2020
licence: In copyright; paraphrased
reliability: B
credibility: 2
reason: Named author, seen by two colleagues
citation: Smith 2020
---
¶1 Three attacks on roads are described.

¶2 The author expects more of them.
"""

CSV = """incident_id,date_start,date_end,date_precision,place,fatalities_best
a-1,2020-01-05,2020-01-05,day,Northgate,2
a-2,2020-02-11,2020-02-11,day,Southgate,
a-3,,,unknown,Northgate,0
"""

SIDECAR = """name: attacks
title: Attacks on roads
kind: incidents
file: attacks.csv
source: smith-2020
coded_by: a colleague
how: By hand, one row for each attack.
licence: CC0
redistribute_rows: true
attribution: Coded from Smith 2020
sha256: @@SHA256@@
coverage: {start: 2020-01-01, end: 2020-03-31, area: Arvenia}
"""

BRIEF = """title: Attacks on roads in Arvenia
slug: roads
template: plain
sources: [smith-2020]
incidents: [attacks]
edition: {rule: date, as_of: 2020-03-31}
period: {start: 2020-01-01, end: 2020-03-31}
parameters:
  weeks: 8
"""

JUDGMENTS = """judgments:
  - id: more
    statement: at least {{ attacks }} attacks follow by 30 June 2020
    likelihood: likely
    probability: 0.7
    confidence: low
    because: one author describes one winter
    basis: ["@smith-2020, ¶2"]
    horizon: 2020-06-30
    indicator: a month without an attack
    decided_by: the same count a quarter later
    author: a colleague
    reviewed: null
"""

ACH = """question: Who attacks the roads?
hypotheses:
  H1: {label: bandits, statement: bandits do, implies: patrols help, indicator: an arrest by June}
  H2: {label: rebels, statement: rebels do, implies: talks help, indicator: a claim by June}
evidence:
  E1:
    text: Nobody claimed an attack
    basis: ["@smith-2020, ¶1"]
    grade: B2
    ratings: {H1: C usual for bandits, H2: I rebels claim theirs}
"""

PARAMETERS = """edition = None  # as brief.yml says
weeks: int = None
share: float = None
name: str = None
fast: bool = None
regions: list = None
anything = None"""
OPEN = """import brieftools

brief = brieftools.open(
    edition=edition, weeks=weeks, share=share, name=name, fast=fast, regions=regions, anything=anything
)"""
FACTS = 'attacks = brief.incidents("attacks")\nbrief.fact("attacks", len(attacks), unit="attacks", origin="rows of attacks")'
FIGURE = """from matplotlib.figure import Figure

figure = Figure(figsize=(4.5, 2))
figure.subplots().plot([1, 2, 3], [2, 0, 1])
brief.figure(figure, alt="A line that falls and rises.", title="Attacks by month", name="months",
             source="Source: Smith 2020 [@smith-2020, ¶1].", period="January – March 2020")"""


def markdown(text: str, *tags: str) -> Cell:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)} if tags else {}, "source": text}


def code(text: str, *tags: str) -> Cell:
    """Return a code cell."""
    return markdown(text, *tags) | {"cell_type": "code", "execution_count": None, "outputs": []}


def opening(parameters: str = PARAMETERS, opened: str = OPEN) -> list[Cell]:
    """The cells that every brief begins with."""
    return [code(parameters, "parameters"), code(opened)]


def full() -> list[Cell]:
    """A whole little brief: bottom line, judgments, figure, matrix."""
    return [
        *opening(),
        code(FACTS),
        markdown("## Bottom line\n\nThere were {{ attacks }} attacks [@smith-2020, ¶1]."),
        code("brief.judgments"),
        markdown("## On the roads\n\nThe count is in [@fig:months]."),
        code(FIGURE),
        code("brief.hypotheses"),
    ]


def notebook(cells: Sequence[Cell], *, minor: int = 5) -> str:
    """Return a notebook as the text of its file; cells get ids c0, c1, ..."""
    numbered = [{"id": f"c{number}"} | cell if minor >= 5 else cell for number, cell in enumerate(cells)]
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps(
        {"cells": numbered, "metadata": {"kernelspec": spec, "language_info": {"name": "python"}}, "nbformat": 4, "nbformat_minor": minor},
        indent=1,
    )


@dataclass(frozen=True)
class Laid:
    """A project that was laid down.

    Attributes
    ----------
    root : Path
    folder : Path
        Of its brief.
    """

    root: Path
    folder: Path

    @property
    def edition(self) -> Path:
        """The folder of the edition that a plain build makes."""
        return self.folder / "editions" / "2020-03-31"

    @property
    def current(self) -> Path:
        """The folder of the current build."""
        return self.edition / (self.edition / "current").read_text(encoding="utf-8").strip()

    @property
    def builds(self) -> list[str]:
        """Names of the finished builds."""
        return sorted(path.name for path in self.edition.glob("r[0-9]*"))

    def write(self, path: str, text: str) -> None:
        """Replace one file, named from the root."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def cells(self, cells: Sequence[Cell]) -> None:
        """Replace the notebook."""
        (self.folder / "brief.ipynb").write_text(notebook(cells), encoding="utf-8")


def lay_down(
    root: Path,
    *,
    files: Mapping[str, str] | None = None,
    cells: Sequence[Cell] | None = None,
    brief: str = BRIEF,
    csv: str = CSV,
    name: str = "roads",
) -> Laid:
    """Lay a project down.

    Parameters
    ----------
    root : Path
        A new folder.
    files : mapping of str to str, optional
        More files, or others in place of the usual ones, by their path from the root.
    cells : sequence of cells, optional
        The notebook; `full` by default.
    brief, csv : str
        ``brief.yml`` and the data; the sidecar's hash is computed.
    name : str
        Of the brief's folder.
    """
    folder = f"briefs/{name}"
    usual = {
        "brieftools.toml": TOML,
        "data/sources/smith-2020.md": SOURCE,
        "data/incidents/attacks/attacks.csv": csv,
        "data/incidents/attacks/sidecar.yml": SIDECAR.replace("@@SHA256@@", hashlib.sha256(csv.encode()).hexdigest()),
        f"{folder}/brief.yml": brief,
        f"{folder}/judgments.yml": JUDGMENTS,
        f"{folder}/ach.yml": ACH,
        f"{folder}/brief.ipynb": notebook(full() if cells is None else cells),
    }
    laid = Laid(root, root / folder)
    for path, text in (usual | dict(files or {})).items():
        laid.write(path, text)
    return laid
