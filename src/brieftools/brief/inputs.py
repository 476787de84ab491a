"""Everything that a brief is made from, read and checked: steps 1 to 3."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.brief.spec import BriefSpec, DatasetPin, as_json, read_spec
from brieftools.errors import SpecError
from brieftools.house.housefile import read_house
from brieftools.house.style import HOUSE, House
from brieftools.house.wording import Words, words
from brieftools.incidents.dataset import Cut, Dataset, check_coverage, find_datasets
from brieftools.incidents.snapshot import snapshots
from brieftools.project.root import Project, find_project
from brieftools.source.handling import TLP, Handling, handling, strictest
from brieftools.source.record import Source, read_sources

if TYPE_CHECKING:
    from brieftools.analysis.lexicon import Lexicon


@dataclass(frozen=True)
class Inputs:
    """A brief before its notebook runs.

    Attributes
    ----------
    folder : Path
        The brief's folder.
    project : Project
    spec : BriefSpec
        ``brief.yml``, as of the edition asked for.
    sources : dict of str to Source
        Those it names, and those that these derive from.
    datasets : dict of str to Dataset
    house : House
        What the organisation's briefs look like, and what language their labels are in.
    """

    folder: Path
    project: Project
    spec: BriefSpec
    sources: dict[str, Source]
    datasets: dict[str, Dataset]
    house: House = HOUSE

    @property
    def language(self) -> str:
        """BCP 47 tag of the brief."""
        return self.spec.language or self.project.settings.defaults.language

    @property
    def words(self) -> Words:
        """What is printed around the brief's own text: in the house's language, else the brief's, else English."""
        return words(self.house.language or self.language)

    @property
    def disclaimer(self) -> tuple[str, str]:
        """The views disclaimer in full and in short: the brief's, else the house's, else the usual one."""
        own, house, usual = self.spec.disclaimer, self.house, self.words
        full, short = own.said("full"), own.said("short")
        return (
            house.disclaimer or usual["disclaimer"] if full is None else full,
            house.disclaimer_short or usual["disclaimer_short"] if short is None else short,
        )

    @property
    def lexicon(self) -> Lexicon:
        """The scale of likelihood words that the brief declares."""
        from brieftools.analysis.lexicon import lexicon

        return lexicon(self.spec.lexicon or self.project.settings.defaults.lexicon)

    @property
    def handling(self) -> Handling:
        """The label that the brief carries."""
        return handling(self.spec.handling or self.project.settings.defaults.handling)

    @property
    def notebook(self) -> Path:
        """The brief's own notebook, or the template that it uses as it is."""
        own = self.folder / "brief.ipynb"
        return own if own.is_file() else self.project.root / "templates" / f"{self.spec.template}.ipynb"

    @property
    def cut(self) -> Cut:
        """What of its datasets the brief speaks of."""
        spec = self.spec
        return Cut(spec.edition.as_of, spec.period.start, spec.period.end, spec.area, spec.actors, spec.groups)

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Parameters in force: those of ``brief.yml``, and above them those given at the call."""
        from_file = {name: as_json(value) for name, value in self.spec.parameters.items()}
        return from_file | {name: value for name, value in given.items() if value is not None}


def read_inputs(folder: Path, *, edition: str | None = None) -> Inputs:
    """Read a brief's inputs.

    Parameters
    ----------
    folder : Path
        The folder that holds ``brief.yml``.
    edition : str, optional
        Another edition than the one in ``brief.yml``.

    Raises
    ------
    BrieftoolsError
        Whatever is missing, damaged or contradictory in the project, the spec, the sources or the data.
    """
    return read_datasets(read_spec_and_sources(folder, edition=edition))


def read_spec_and_sources(folder: Path, *, edition: str | None = None) -> Inputs:
    """Step 1: the project, ``brief.yml`` and the source records; see `read_inputs`."""
    project = find_project(folder)
    spec = read_spec(folder).at_edition(edition)
    inputs = Inputs(folder, project, spec, read_sources(project.sources, spec.sources), {}, read_house(project.root))
    _check_words(inputs)
    return inputs


def _check_words(inputs: Inputs) -> None:
    """Label and lexicon are looked up here, so that a misspelt one does not first run the notebook."""
    for own, look in ((inputs.spec.handling, lambda: inputs.handling), (inputs.spec.lexicon, lambda: inputs.lexicon)):
        try:
            look()
        except SpecError as e:
            where = inputs.folder / "brief.yml" if own else inputs.project.root / "brieftools.toml"
            raise SpecError(e.what, where=where, do=e.do) from None


def read_datasets(inputs: Inputs) -> Inputs:
    """Step 2: the incident data, which must reach as far as the brief; see `read_inputs`."""
    complete = replace(inputs, datasets=_pinned(inputs))
    for dataset in complete.datasets.values():
        check_coverage(dataset, inputs.spec.period.end)
    _check_handling(complete)
    return complete


def read_sources_and_data(folder: Path) -> Inputs:
    """Read a brief's inputs for the checker, which says itself what is contradictory in them; see `read_inputs`."""
    inputs = read_spec_and_sources(folder)
    return replace(inputs, datasets=_pinned(inputs))


def _pinned(inputs: Inputs) -> dict[str, Dataset]:
    folder, spec = inputs.project.incidents, inputs.spec
    return find_datasets(folder, {pin.name: snapshot_key_for(folder, spec, pin) for pin in spec.incidents})


def snapshot_key_for(incidents: Path, spec: BriefSpec, pin: DatasetPin) -> str | None:
    """Return which snapshot of a dataset an edition uses; None: the current one.

    It is the one that brief.yml pins, or the newest that had been taken by the as-of date. Where that does not reach the end of a
    weekly edition's week, because a release was missed, it is the oldest later one that does; page 1 then says so.
    """
    if pin.snapshot is not None:
        return pin.snapshot
    taken = [(path, sidecar) for path, sidecar in snapshots(incidents / pin.name) if sidecar.accessed is not None]
    before = [one for one in taken if (one[1].accessed or date.max) <= spec.edition.as_of]
    if spec.editions is not None and not (before and before[-1][1].coverage.end >= spec.period.end):
        later = [one for one in taken[len(before) :] if one[1].coverage.end >= spec.period.end]
        before = later[:1] or before
    return before[-1][0].name if before else None


def _check_handling(inputs: Inputs) -> None:
    used = [source.handling for source in inputs.sources.values()] + [dataset.sidecar.handling for dataset in inputs.datasets.values()]
    least = strictest(used)
    if TLP.index(inputs.handling) < TLP.index(least):
        raise SpecError(
            f"the brief is {inputs.handling.label}, but one of its sources is {least.label}",
            where=inputs.folder / "brief.yml",
            do=f"set `handling: {least.label}`, or leave that source out",
        )
