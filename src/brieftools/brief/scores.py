"""The scorecard: judgments past their horizon, what happened, and how good the numbers were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from brieftools.analysis.lexicon import Lexicon
from brieftools.analysis.scores import Resolved, score
from brieftools.brief.judgments import Judgment, JudgmentsFile, PastJudgment, read_judgments_file, said_percent
from brieftools.house.wording import long_date

NONE_YET = "No judgment has reached its horizon yet."
_OUTCOMES = {True: "came true", False: "did not", None: "undecided"}


def past_judgments(file: JudgmentsFile, *, edition: str, as_of: date) -> list[tuple[str, bool, Judgment | PastJudgment]]:
    """Return edition, hindsight and record of every judgment past its horizon, or resolved before it, as of a day."""
    every: list[tuple[str, bool, Judgment | PastJudgment]] = [(past.edition, past.retrospective, past) for past in file.history]
    every += [(edition, file.retrospective, judgment) for judgment in file.judgments]
    return [entry for entry in every if entry[2].horizon <= as_of or (entry[2].resolved and entry[2].resolved.on <= as_of)]


def scorecard(folder: Path, lexicon: Lexicon, *, edition: str, as_of: date) -> tuple[list[list[str]], list[str]]:
    """Return the rows of the scorecard and the sentences under it.

    Parameters
    ----------
    folder : Path
        With ``judgments.yml``.
    lexicon : Lexicon
        The middle of a band stands in where a judgment gave only a word.
    edition : str
        Name of the present edition.
    as_of : date
        A resolution dated later is not used.

    Returns
    -------
    rows : list of list of str
        Judgment, edition, what was said, horizon, outcome, Brier score.
    sentences : list of str
        One for judgments made before the event, one for those written in hindsight; empty without rows.
    """
    past = past_judgments(read_judgments_file(folder, lexicon), edition=edition, as_of=as_of)
    rows, resolved = [], []
    for name, hindsight, judgment in past:
        percent = said_percent(judgment.likelihood, judgment.point, lexicon)
        done = judgment.resolved if judgment.resolved and judgment.resolved.on <= as_of else None
        result = Resolved(judgment.id, percent / 100, done.outcome if done else None, hindsight)
        if done:
            resolved.append(result)
        outcome = f"{_OUTCOMES[done.outcome]}, {long_date(done.on)} {_cited(done.evidence)}" if done else "due, not resolved"
        brier = "" if result.brier is None else f"{result.brier:.2f}"
        edition_text = name + (" (hindsight)" if hindsight else "")
        rows.append([_statement(judgment.statement), edition_text, _said(judgment, percent), long_date(judgment.horizon), outcome, brier])
    return rows, _sentences(resolved, past, due=len(past) - len(resolved))


def _said(judgment: Judgment | PastJudgment, percent: float) -> str:
    """The word and the number; where no number was given, the one that stands in for it, and that it does."""
    if not isinstance(judgment.likelihood, str):
        return f"{percent:g} %"
    return f"{judgment.likelihood}, {percent:g} %" if judgment.point is not None else f"{judgment.likelihood}; scored as {percent:g} %"


def _sentences(resolved: list[Resolved], past: list[Any], *, due: int) -> list[str]:
    if not past:
        return []
    told = [score(resolved, retrospective=hindsight) for hindsight in (False, True)]
    found = [one.sentence() for one in told if one.scored or one.undecided] or [score(resolved).sentence()]
    return found + ([f"{due} past the horizon {'is' if due == 1 else 'are'} not resolved yet."] if due else [])


def _statement(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".")


def _cited(evidence: str) -> str:
    return evidence if "[" in evidence else f"[{evidence}]" if evidence.startswith("@") else f"({evidence})"


def scores_payload(folder: Path, lexicon: Lexicon, *, edition: str, as_of: date) -> dict[str, Any]:
    """Return the payload of `brief.scores`: a table, or one sentence while there is nothing to score."""
    rows, sentences = scorecard(folder, lexicon, edition=edition, as_of=as_of)
    if not rows:
        return {"type": "para", "text": NONE_YET}
    return {
        "type": "table",
        "name": "scores",
        "title": "Past judgments and what became of them",
        "subtitle": " ".join(sentences),
        "source": None,
        "columns": [{"align": "right" if name == "Brier" else "left", "weight": weight} for name, weight in _COLUMNS],
        "head": [name for name, _ in _COLUMNS],
        "body": rows,
        "marked": True,
        "row_headers": 1,
    }


# Heading and relative width.
_COLUMNS = (("Judgment", 7), ("Edition", 0), ("Said", 3), ("Horizon", 3), ("Outcome", 5), ("Brier", 0))
