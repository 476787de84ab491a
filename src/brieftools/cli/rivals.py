"""What `brief ach` prints, writes and reads."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brieftools.project.root import find_brief

if TYPE_CHECKING:
    from rich.console import Console

    from brieftools.analysis.ach import Analysis
    from brieftools.brief.facts import Facts


def run_ach(slug: str, *, export: Path | None, import_: Path | None, merge: Sequence[Path], sheet: str | None, as_json: bool) -> None:
    """Print a brief's matrix; write it to a CSV or a workbook, take it from one, or set other analysts' beside it.

    Raises
    ------
    BrieftoolsError
        A file cannot be read or written, or does not hold a matrix.
    """
    from brieftools.analysis.ach import analyse
    from brieftools.brief.hypotheses import matrix, read_hypotheses
    from brieftools.brief.matrixfile import export_matrix, read_matrix, suffix_of
    from brieftools.brief.matriximport import import_matrix

    folder = find_brief(slug, Path.cwd())
    for path in filter(None, (export, import_, *merge)):
        suffix_of(path)
    notes = import_matrix(folder / "ach.yml", import_, sheet=sheet) if import_ else ()
    found = read_hypotheses(folder)
    if export:
        export_matrix(found, export)
    others = [read_matrix(path, found, sheet=sheet) for path in merge]
    for note in (*notes, *(note for other in others for note in other.notes)):
        print(note, file=sys.stderr)
    analysis = analyse(matrix(found))
    if as_json:
        print(json.dumps(_as_json(analysis)))
        return
    _print(analysis, _facts(folder))
    if merge:
        _print_merged([found, *(other.file for other in others)])


def _facts(folder: Path) -> Facts:
    from brieftools.brief.inputs import read_spec_and_sources
    from brieftools.edition.last import last_facts

    return last_facts(read_spec_and_sources(folder))


def _as_json(analysis: Analysis) -> dict[str, Any]:
    from brieftools.analysis.ach_verdict import verdict

    return {
        "question": analysis.matrix.question,
        "standings": [{"key": s.key, "score": round(s.score, 6) + 0.0, "rank": s.rank, "tied": s.tied} for s in analysis.standings],
        "leaders": list(analysis.leaders),
        "margin": analysis.margin,
        "changing": {row.evidence.key: list(row.without) for row in analysis.changing},
        "bayes": dict(analysis.bayes.posterior),
        "missing": [list(cell) for cell in analysis.missing],
        "vague": [v.key for v in analysis.vague],
        "verdict": verdict(analysis),
    }


def _print(analysis: Analysis, facts: Facts) -> None:
    from rich.console import Console

    from brieftools.analysis.ach_verdict import HEADS, title, verdict
    from brieftools.brief.facts import fill

    console = Console(highlight=False, markup=False)
    console.print(analysis.matrix.question)
    console.print(f"{title(analysis)}.\n")
    _print_matrix(analysis, console)
    for row in analysis.matrix.evidence:
        console.print(f"{row.key:>4}  {fill(row.text, facts)}", soft_wrap=True)
    for hypothesis in analysis.matrix.hypotheses:
        console.print(f"{hypothesis.key:>4}  {hypothesis.label}{'' if hypothesis.rated else ' (not rated)'}", soft_wrap=True)
    console.print("\nScore: inconsistency, nearest to 0 is least contradicted. Rank: = tied. Bayes: equal priors, rows as independent.")
    console.print(
        "CC very consistent, C consistent, N neutral, I inconsistent (-1), II very inconsistent (-2), NA does not apply, . missing. "
        "ln: diagnosticity. Without: who leads without this row, where that changes\n"
    )
    for head, text in zip(HEADS, verdict(analysis), strict=False):
        console.print(f"{head} {text}\n")


def _print_matrix(analysis: Analysis, console: Console) -> None:
    from rich.box import ASCII
    from rich.table import Table

    from brieftools.analysis.wording import score_text

    columns = analysis.matrix.columns
    table = Table(box=ASCII, padding=(0, 0))
    for name in ("", "Grade", "Cr", "Re", *columns, "ln", "Without"):  # a narrow terminal breaks a number; it never cuts it off
        table.add_column(name, overflow="fold")
    for row in analysis.rows:
        e = row.evidence
        ratings = [e.value(key) or "." for key in columns]
        table.add_row(
            e.key, e.grade, e.credibility, e.relevance, *ratings, f"{row.log_ratio:.2f}", " ".join(row.without) if row.changes else ""
        )
    table.add_section()
    table.add_row("Score", "", "", "", *(score_text(s.score) for s in analysis.standings), "", "")
    table.add_row("Rank", "", "", "", *(s.rank_text for s in analysis.standings), "", "")
    table.add_row("Bayes", "", "", "", *(f"{analysis.bayes.posterior[key]:.2f}" for key in columns), "", "")
    console.print(table)


def _print_merged(files: Sequence[Any]) -> None:
    from rich.box import ASCII
    from rich.console import Console
    from rich.table import Table

    from brieftools.analysis.ach_merge import merged
    from brieftools.brief.hypotheses import matrix

    console = Console(highlight=False, markup=False)
    result = merged([matrix(file) for file in files])
    table = Table(box=ASCII, title=f"{len(files)} analysts: mean rating, ! where they differ by two steps or more")
    for name in ("", *result.columns):
        table.add_column(name, overflow="fold")
    for key in result.rows:
        table.add_row(key, *(result.cell(key, column).text for column in result.columns))
    console.print(table)
    console.print(result.sentence())
