"""What a weekly notebook asks: weeks compared at equal age, and what changed since the edition before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from brieftools.analysis.counts import Comparison, compare
from brieftools.analysis.series import dispersion
from brieftools.brief.corrections import read_corrections
from brieftools.brief.inputs import Inputs
from brieftools.brief.judgments import read_judgments
from brieftools.brief.sights import equal_age, revisions, rule_of, weeks_table

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 4
"""Weeks at first sight that a comparison needs."""


@dataclass(frozen=True)
class WeekChanges:
    """A week against those before it, each as it was seen first.

    Attributes
    ----------
    rows : dict of str to Comparison
        Empty where fewer than `FEWEST` earlier weeks were seen at their own time: then nothing rose or fell.
    against : str
        ``weeks 2-9 at first sight``, or why nothing is compared.
    """

    rows: dict[str, Comparison] = field(default_factory=dict)
    against: str = ""


def week_changes(inputs: Inputs, name: str, *, by: str | None, past: int, total: str) -> WeekChanges:
    """Compare the edition's week with the ones before it; see `brieftools.notebook.session.Brief.week_changes`."""
    table = weeks_table(inputs, name, by=by)
    seen = set(table.week[table["first"].notna()])
    used = [week for week in table.week.unique() if week in seen]
    own = table.week.iloc[-1]
    if own not in seen:
        return WeekChanges({}, "no comparison: this week was not seen at its own time")
    before = used[:-1][-past:]
    if len(before) < FEWEST:
        return WeekChanges({}, f"no comparison: {len(before)} earlier weeks were seen at their own time, {FEWEST} are needed")
    like = equal_age(table[table.week.isin([*used[:-1], own])])
    rows = {total: _compare(like, own, before)} if total else {}
    if by:
        rows |= {str(kind): _compare(part, own, before) for kind, part in like.groupby(by, sort=True)}
    span = f"weeks {int(before[0][-2:])}–{int(before[-1][-2:])}" if len(before) > 1 else f"week {int(before[0][-2:])}"
    return WeekChanges(rows, f"{span} at first sight")


def _compare(like: pd.DataFrame, own: str, before: list[str]) -> Comparison:
    counts = like.groupby("week").events.sum()
    baseline = [int(n) for week, n in counts.items() if week != own]
    phi = dispersion(baseline, [7.0] * len(baseline)).value if sum(baseline) else None
    return compare(int(counts[own]), 7.0, int(counts[before].sum()), 7.0 * len(before), dispersion=phi)


@dataclass(frozen=True)
class Marked:
    """Markdown, as the last line of a cell."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text


def changed(inputs: Inputs, name: str) -> Marked:
    """Say what changed since the edition before: judgments, counts, corrections."""
    rule, own = rule_of(inputs)
    lines = []
    for number, judgment in enumerate(read_judgments(inputs.folder, inputs.lexicon), 1):
        reason = f": {judgment.tag_reason}" if judgment.tag_reason else ""
        lines.append(f"**{judgment.tag}** Judgment {number}{reason}".rstrip(".") + ".")
    found = revisions(inputs, name)
    lines += [f"**Revised.** {one.sentence()}" for one in found] or ["**Revised.** No earlier week."]
    since, until = rule.closes(own.later(-1)), rule.closes(own)
    lines += [
        f"**{one.kind.capitalize()}.** Edition {rule.number(rule.named(one.edition))}: {one.note}"
        for one in read_corrections(inputs.folder)
        if since < one.on <= until and one.edition != own.name
    ]
    return Marked("\n".join(f"- {line}" for line in lines))
