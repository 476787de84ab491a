"""What `brief scores` prints."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import SpecError
from brieftools.project.root import find_brief, find_project

if TYPE_CHECKING:
    from rich.text import Text

_CITED = re.compile(r"\s*\[@([^\]]*)\]")


def run_scores(slug: str | None, *, as_of: str | None, as_json: bool) -> None:
    """Print the scorecard of one brief, or of every brief of the project.

    Raises
    ------
    BrieftoolsError
        A brief or its ``judgments.yml`` cannot be read.
    """
    day = _day(as_of)
    here = Path.cwd()
    folders = [find_brief(slug, here)] if slug else sorted(path.parent for path in find_project(here).briefs.glob("*/brief.yml"))
    cards = {folder.name: _card(folder, day) for folder in folders}
    if as_json:
        print(json.dumps({name: {"rows": rows, "score": sentences} for name, (rows, sentences) in cards.items()}))
        return
    for name, (rows, sentences) in cards.items():
        _print(name, rows, sentences)


def _day(as_of: str | None) -> date:
    try:
        return date.fromisoformat(as_of) if as_of else date.today()
    except ValueError:
        raise SpecError(f"{as_of!r} is not a date", where="--as-of", do="write it as 2017-12-31") from None


def _card(folder: Path, day: date) -> tuple[list[list[str]], list[str]]:
    from brieftools.brief.facts import fill
    from brieftools.brief.inputs import read_spec_and_sources
    from brieftools.brief.scores import scorecard
    from brieftools.edition.last import last_facts

    if not (folder / "judgments.yml").is_file():
        return [], []
    inputs = read_spec_and_sources(folder)
    rows, sentences = scorecard(folder, inputs.lexicon, edition=inputs.spec.edition_name, as_of=day)
    facts = last_facts(inputs)
    return [[fill(cell, facts) for cell in row] for row in rows], sentences


def _print(name: str, rows: list[list[str]], sentences: list[str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from brieftools.brief.scores import NONE_YET

    console = Console(highlight=False, markup=False)
    console.print(name)
    if not rows:
        console.print(f"  {NONE_YET}")
        return
    table = Table(show_lines=True)
    for title, share in (("Judgment", 3), ("Edition", 2), ("Said", 2), ("Horizon", 2), ("Outcome", 2), ("Brier", 1)):
        table.add_column(title, ratio=share, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console.print(table)
    for sentence in sentences:
        console.print(sentence)


def _plain(cell: str) -> Text:
    from rich.text import Text

    return Text(_CITED.sub(r" (\1)", cell))
