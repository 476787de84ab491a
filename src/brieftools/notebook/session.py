"""The brief, as a notebook holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.brief.facts import Fact, Facts, fact
from brieftools.brief.hypotheses import AchFile, assumptions_table, hypotheses_table, indicators_table, matrix, read_hypotheses
from brieftools.brief.inputs import Inputs, read_inputs
from brieftools.brief.judgments import judgments_block, read_judgments
from brieftools.brief.spec import BriefSpec
from brieftools.errors import IncidentError, NotebookError, SpecError, nearest
from brieftools.incidents.dataset import Dataset
from brieftools.incidents.query import frame, sums
from brieftools.notebook.figures import key_figure_entry
from brieftools.notebook.show import Shown

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from brieftools.analysis.ach import Analysis
    from brieftools.analysis.counts import Comparison
    from brieftools.charts.chart import Chart
    from brieftools.notebook.weekly import Marked, WeekChanges


class Brief:
    """One brief: its inputs, its data, its facts, and the blocks that a cell can show.

    Parameters
    ----------
    inputs : Inputs
    given : dict
        Parameters given at the call; None means the value of ``brief.yml``.
    """

    def __init__(self, inputs: Inputs, given: dict[str, Any]) -> None:
        self.inputs = inputs
        self.parameters = inputs.parameters(given)
        self._facts: dict[str, Fact] = {}
        self._published: set[str] = set()

    @property
    def spec(self) -> BriefSpec:
        """``brief.yml``, as of the edition."""
        return self.inputs.spec

    @property
    def facts(self) -> Facts:
        """The facts registered so far."""
        return Facts(self._facts)

    def __repr__(self) -> str:
        return f"Brief({self.spec.slug!r}, edition {self.spec.edition_name})"

    # Data

    def incidents(self, name: str, *, by: Sequence[str] = (), **limits: Any) -> pd.DataFrame:
        """Return a dataset of incidents, one row each, cut to the brief's period, area, actors and as-of date.

        Parameters
        ----------
        by : sequence of str, optional
            Return sums by these columns instead (day, week, month and year are some), computed without loading the rows.
        **limits
            ``start``, ``end``, ``area``, ``actors`` in place of the brief's; None or () lifts one.

        Raises
        ------
        IncidentError
            The brief names no such dataset, it holds a series, or it does not cover the period asked for.
        """
        dataset, cut = self._dataset(name, "incidents"), replace(self.inputs.cut, **limits)
        covered = dataset.sidecar.coverage
        for asked, wrong in (
            (limits.get("start"), limits.get("start", covered.start) or covered.start),
            (limits.get("end"), limits.get("end", covered.end) or covered.end),
        ):
            if asked is not None and not covered.start <= wrong <= covered.end:
                raise IncidentError(
                    f"{name!r} covers {covered.start} to {covered.end}, not {asked}",
                    do="ask for days that are covered; what is not is never zero",
                )
        return sums(dataset, tuple([by] if isinstance(by, str) else by), cut=cut) if by else frame(dataset, cut=cut)

    def series(self, name: str) -> pd.DataFrame:
        """Return a dataset of figures by period, whole periods up to the as-of date.

        Raises
        ------
        IncidentError
            The brief names no such dataset, or it holds incidents.
        """
        return frame(self._dataset(name, "series"), cut=self.inputs.cut)

    def weeks(self, name: str, *, by: str | None = None) -> pd.DataFrame:
        """Return incidents per week of a weekly brief, now and as each week was seen first; see `brieftools.brief.sights.weeks_table`.

        Raises
        ------
        SpecError, IncidentError
            It is no weekly brief, or it names no such dataset.
        """
        from brieftools.brief.sights import weeks_table

        self._dataset(name, "incidents")
        return weeks_table(self.inputs, name, by=by)

    def week_changes(self, name: str, *, by: str | None = None, past: int = 8, total: str = "All incidents") -> WeekChanges:
        """Compare the edition's week with the `past` ones before it, each as it was seen first: weeks of equal age.

        Returns
        -------
        WeekChanges
            ``rows``, label to comparison, for `brieftools.charts.changes`; ``against``, what it is compared with, in words.
        """
        from brieftools.notebook.weekly import week_changes

        self._dataset(name, "incidents")
        return week_changes(self.inputs, name, by=by, past=past, total=total)

    def changed(self, name: str) -> Marked:
        """Show what changed since the edition before: judgments, counts that were revised, corrections."""
        from brieftools.notebook.weekly import changed

        self._dataset(name, "incidents")
        return changed(self.inputs, name)

    def _dataset(self, name: str, kind: str) -> Dataset:
        dataset = self.inputs.datasets.get(name)
        if dataset is None:
            raise IncidentError(
                f"the brief names no dataset {name!r}; {nearest(name, self.inputs.datasets)}", do="list it under `incidents` in brief.yml"
            )
        if dataset.sidecar.kind != kind:
            raise IncidentError(f"{name!r} holds {dataset.sidecar.kind}, not {kind}", do=f"call brief.{dataset.sidecar.kind}({name!r})")
        return dataset

    # Facts

    def fact(self, name: str, value: Any, *, format: str | None = None, unit: str = "", origin: str = "") -> None:
        """Register a number that the prose quotes as ``{{ name }}``; see `brieftools.brief.facts.fact`."""
        self._register(fact(name, value, format=format, unit=unit, origin=origin))

    def _register(self, *made: Fact) -> None:
        for one in made:
            self._facts[one.name] = one
            self._published.discard(one.name)

    def compare(self, prefix: str, comparison: Comparison, new: str, old: str, *, unit: str = "events", origin: str = "") -> None:
        """Register what a comparison of two periods says.

        Parameters
        ----------
        prefix : str
            ``iraq`` registers iraq_events_NEW, iraq_events_OLD, iraq_rate_NEW, iraq_rate_OLD, iraq_ratio, iraq_ratio_low,
            iraq_ratio_high, iraq_exact_low, iraq_exact_high, iraq_reading and, where it was examined, iraq_dispersion.
        new, old : str
            What the periods are called in the names, ``2017q1``.
        """
        from brieftools.notebook.figures import comparison_facts

        self._register(*comparison_facts(prefix, comparison, new, old, unit=unit, origin=origin))

    def _new_facts(self) -> list[Fact]:
        new = [made for name, made in self._facts.items() if name not in self._published]
        self._published.update(made.name for made in new)
        return new

    # Words

    def cite(self, key: str, *paragraphs: int) -> str:
        """Return a citation for prose and labels: ``brief.cite("smith-2020", 4)`` is ``[@smith-2020, ¶4]``.

        Raises
        ------
        SpecError
            The brief lists no such source, or it has no such paragraph.
        """
        source = self.inputs.sources.get(key)
        if source is None:
            known = nearest(key, self.inputs.sources)
            raise SpecError(f"the brief lists no source {key!r}; {known}", do="list it under `sources` in brief.yml")
        text = f"[@{key}, ¶{', '.join(map(str, paragraphs))}]" if paragraphs else f"[@{key}]"
        for number in paragraphs:
            if source.paragraphs and number not in source.paragraphs:
                raise SpecError(f"{key!r} has no paragraph {number}", do=f"it has {', '.join(map(str, source.paragraphs))}")
        return text

    # Blocks

    def key_figure(self, fact_name: str, label: str, **reading: Any) -> dict[str, Any]:
        """Return one entry of the key-figure strip; see `brieftools.notebook.figures.key_figure_entry`."""
        return key_figure_entry(self.facts[fact_name].text, label, **reading)

    def key_figures(self, *entries: dict[str, Any]) -> Shown:
        """Show the key-figure strip."""
        if not entries:
            raise SpecError("a key-figure strip needs at least one figure", do="pass brief.key_figure(...) once or more")
        return Shown({"type": "key_figures", "items": list(entries)})

    @property
    def judgments(self) -> Shown:
        """Show the key judgments of ``judgments.yml``."""
        lexicon = self.inputs.lexicon
        where = str(self.inputs.folder / "judgments.yml")
        found = read_judgments(self.inputs.folder, lexicon)
        return Shown(judgments_block(found, lexicon, self.inputs.sources, where=where, said=self.inputs.words), facts=self.facts)

    @property
    def scores(self) -> Shown:
        """Show past judgments, what became of them, and their Brier score."""
        from brieftools.brief.scores import scores_payload

        inputs, as_of = self.inputs, self.spec.edition.as_of
        return Shown(
            scores_payload(inputs.folder, inputs.lexicon, edition=self.spec.edition_name, as_of=as_of, said=inputs.words), facts=self.facts
        )

    @cached_property
    def _ach(self) -> AchFile:
        return read_hypotheses(self.inputs.folder)

    @cached_property
    def analysis(self) -> Analysis:
        """The matrix of ``ach.yml``, analysed."""
        from brieftools.analysis.ach import analyse

        return analyse(matrix(self._ach))

    @property
    def hypotheses(self) -> Shown:
        """Show the matrix of ``ach.yml``, after three computed paragraphs on what it supports."""
        from brieftools.analysis.ach_block import matrix_block
        from brieftools.analysis.ach_verdict import HEADS, verdict
        from brieftools.brief.matrixwords import matrix_words

        block = matrix_block(self.analysis)
        rows = {evidence.key: list(evidence.basis) for evidence in self.analysis.matrix.evidence}
        block["rows"] = [row | {"basis": rows[row["key"]]} for row in block["rows"]]
        block |= matrix_words(self.analysis, self.inputs.words)
        block["verdict"] = [list(pair) for pair in zip(HEADS, verdict(self.analysis), strict=False)]
        return Shown(block | {"name": "ach", "source": None}, facts=self.facts)

    @property
    def ranking(self) -> Shown:
        """Show rank and score of each hypothesis in a few lines, where the whole matrix (`hypotheses`) has no room."""
        import pandas as pd

        from brieftools.analysis.ach_block import matrix_block

        block = matrix_block(self.analysis)
        rows = [[one["rank"], f"{one['key']} {one['label']}", one["score_text"] or "not rated"] for one in block["hypotheses"]]
        table = pd.DataFrame(sorted(rows, key=lambda row: row[0]), columns=["Rank", "Hypothesis", "Inconsistency"])
        evidence = f"{len(self.analysis.rows)} rows of evidence; {block['rank_note']}"
        return self.table(
            table, title=block["title"], subtitle=f"Nearest to zero is least contradicted; {evidence}", name="ranking", weights=(1, 6, 3)
        )

    @property
    def alternatives(self) -> Shown:
        """Show what each hypothesis says, would mean, and what would show it."""
        return Shown(hypotheses_table(self._ach, self.inputs.words), facts=self.facts)

    @property
    def assumptions(self) -> Shown:
        """Show the key assumptions, each with what falls if it is wrong."""
        return Shown(assumptions_table(self._ach, self.inputs.words), facts=self.facts)

    @property
    def indicators(self) -> Shown:
        """Show the watch list."""
        return Shown(indicators_table(self._ach, self.inputs.words), facts=self.facts)

    def figure(self, fig: Figure, **words: Any) -> Chart:
        """Show a matplotlib figure of your own with its words; see `brieftools.charts.chart.figure`."""
        from brieftools.charts.chart import figure

        return figure(fig, **words)

    def table(
        self, data: pd.DataFrame, *, title: str = "", subtitle: str = "", source: str = "", name: str = "", weights: Sequence[int] = ()
    ) -> Shown:
        """Show a DataFrame as a numbered table with a title; without one, just leave the DataFrame on the cell's last line."""
        from brieftools.notebook.figures import table_payload

        return Shown(table_payload(data, title=title, subtitle=subtitle, source=source, name=name, weights=weights))


def open_brief(*, edition: str | None = None, folder: str | Path | None = None, **parameters: Any) -> Brief:
    """Open the brief that the notebook belongs to.

    Parameters
    ----------
    edition : str, optional
        Another edition than the one in ``brief.yml``; None means that one.
    folder : str or Path, optional
        The brief's folder; by default the working directory, which is that folder in JupyterLab and in a build.
    **parameters
        The names of the parameters cell; None means the value in ``brief.yml``.

    Raises
    ------
    NotebookError
        There is no ``brief.yml`` here.
    BrieftoolsError
        Whatever else is missing, damaged or contradictory in the inputs.
    """
    from brieftools.notebook.hooks import install

    place = Path(folder) if folder is not None else Path.cwd()
    if not (place / "brief.yml").is_file():
        raise NotebookError(
            "there is no brief.yml beside this notebook",
            where=place,
            do="move the notebook into a brief's folder, or start one with `brief new SLUG`",
        )
    brief = Brief(read_inputs(place.resolve(), edition=edition), parameters)
    install(brief._new_facts, house=brief.inputs.house)
    return brief
