"""The scorecard: judgments past their horizon, what happened, and how good the numbers were."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from brieftools.analysis.lexicon import Lexicon
from brieftools.analysis.scores import Resolved, score
from brieftools.brief.judgments import Judgment, JudgmentsFile, PastJudgment, read_judgments_file, said_percent
from brieftools.house.wording import Words, words

NONE_YET = words("en")["scores_none"]
_OUTCOMES = {True: 0, False: 1, None: 2}  # place in the words


def past_judgments(file: JudgmentsFile, *, edition: str, as_of: date) -> list[tuple[str, bool, Judgment | PastJudgment]]:
    """Return edition, hindsight and record of every judgment past its horizon, or resolved before it, as of a day."""
    every: list[tuple[str, bool, Judgment | PastJudgment]] = [(past.edition, past.retrospective, past) for past in file.history]
    every += [(edition, file.retrospective, judgment) for judgment in file.judgments]
    return [entry for entry in every if entry[2].horizon <= as_of or (entry[2].resolved and entry[2].resolved.on <= as_of)]


def scorecard(folder: Path, lexicon: Lexicon, *, edition: str, as_of: date, said: Words | None = None) -> tuple[list[list[str]], list[str]]:
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
    said : Words, optional
        Language of dates and outcomes; English without it.

    Returns
    -------
    rows : list of list of str
        Judgment, edition, what was said, horizon, outcome, Brier score.
    sentences : list of str
        One for judgments made before the event, one for those written in hindsight; empty without rows.
    """
    said = said or words("en")
    outcomes = said.parts("scores_outcomes")
    past = past_judgments(read_judgments_file(folder, lexicon), edition=edition, as_of=as_of)
    rows, resolved = [], []
    for name, hindsight, judgment in past:
        percent = said_percent(judgment.likelihood, judgment.point, lexicon)
        done = judgment.resolved if judgment.resolved and judgment.resolved.on <= as_of else None
        result = Resolved(judgment.id, percent / 100, done.outcome if done else None, hindsight)
        if done:
            resolved.append(result)
        outcome = f"{outcomes[_OUTCOMES[done.outcome]]}, {said.long_date(done.on)} {_cited(done.evidence)}" if done else said["scores_due"]
        brier = "" if result.brier is None else f"{result.brier:.2f}"
        edition_text = name + (" (hindsight)" if hindsight else "")
        rows.append(
            [_statement(judgment.statement), edition_text, _said(judgment, percent), said.long_date(judgment.horizon), outcome, brier]
        )
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


def scores_payload(folder: Path, lexicon: Lexicon, *, edition: str, as_of: date, said: Words | None = None) -> dict[str, Any]:
    """Return the payload of `brief.scores`: a table, or one sentence while there is nothing to score."""
    said = said or words("en")
    rows, sentences = scorecard(folder, lexicon, edition=edition, as_of=as_of, said=said)
    if not rows:
        return {"type": "para", "text": said["scores_none"]}
    return {
        "type": "table",
        "name": "scores",
        "title": said["scores_title"],
        "subtitle": " ".join(sentences),
        "source": None,
        "columns": [{"align": align, "weight": weight} for align, weight in _COLUMNS],
        "head": list(said.parts("scores_head")),
        "body": rows,
        "marked": True,
        "row_headers": 1,
    }


# Where text stands, and relative width.
_COLUMNS = (("left", 7), ("left", 0), ("left", 3), ("left", 3), ("left", 5), ("right", 0))
