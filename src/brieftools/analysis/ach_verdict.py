"""What a matrix supports, and how firmly, in plain English that is computed and never typed.

No word of likelihood is used: which hypothesis is how likely is for the analyst to judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from brieftools.analysis.ach import Analysis
from brieftools.analysis.ach_fragility import Without
from brieftools.analysis.wording import listed, score_text, words

HEADS = ("Verdict.", "How firm.", "Cross-check.")
"""What the three paragraphs of :func:`verdict` may be headed by."""

_NAMED = 5
"""So many rows are explained one by one; more are only listed."""


def title(analysis: Analysis) -> str:
    """Return the finding in at most 15 words: ``Three hypotheses tie; four single rows would change the leader``."""
    if not analysis.matrix.evidence:
        return "No evidence has been rated yet"
    rows = len(analysis.changing)
    change = "no single row changes that" if not rows else f"{words(rows)} single {_rows(rows)} would change the leader"
    return f"{_standing_title(analysis)}; {change}"


def verdict(analysis: Analysis) -> list[str]:
    """Return three short paragraphs: what the matrix supports, how firm that is, what the cross-check says.

    Without any evidence there is one paragraph that says so.
    """
    if not analysis.matrix.evidence:
        return ["No evidence has been rated yet, so nothing tells the hypotheses apart."]
    return [" ".join(part) for part in (_supports(analysis), _firmness(analysis), _cross_check(analysis))]


# What the matrix supports


def _supports(analysis: Analysis) -> Iterable[str]:
    ahead = analysis.leaders
    behind = sorted((s for s in analysis.standings if s.key not in ahead), key=lambda s: -s.score)
    if not behind:
        yield f"The evidence does not separate the {words(len(ahead))} hypotheses: all have the same score."
        return
    if len(ahead) == 1:
        yield f"{_upper(_name(analysis, ahead[0]))} is least contradicted."
    else:
        yield f"{_upper(_names(analysis, ahead))} tie as least contradicted: the evidence does not separate them."
    following = [s.key for s in behind if s.rank == behind[0].rank]
    yield f"The margin to the next, {_names(analysis, following)}, is {score_text(analysis.margin or 0)}."
    worst = [s.key for s in behind if s.rank == behind[-1].rank]
    if worst != following:
        yield f"{_upper(_names(analysis, worst))} {_is(worst)} contradicted most."
    yield "Least contradicted does not mean true."


# How firm that is


def _firmness(analysis: Analysis) -> Iterable[str]:
    yield _single_rows(analysis)
    yield _steps(analysis)
    yield from _left_out(analysis, analysis.low_credibility, "of low credibility")
    yield from _left_out(analysis, analysis.weak_grade, "graded D to F or 4 to 6")
    if analysis.vague:
        most = listed([f"{v.key} ({v.uncommitted} of {v.rows})" for v in analysis.vague])
        yield f"Most rows do not commit {most}, and what is vague is hard to contradict."
    missing = len(analysis.missing)
    yield "No cell is missing." if not missing else f"{_upper(words(missing))} {'cell is' if missing == 1 else 'cells are'} missing."


def _single_rows(analysis: Analysis) -> str:
    rows, total = analysis.changing, len(analysis.rows)
    if not rows:
        return f"None of {total} {_rows(total)}, removed singly, changes who leads."
    count = f"{_upper(words(len(rows)))} of {total} {_rows(total)}, removed singly, {'changes' if len(rows) == 1 else 'change'} who leads"
    if len(rows) > _NAMED:
        return f"{count}: {listed([row.evidence.key for row in rows])}."
    first, *others = [(row.evidence.key, row.without) for row in rows]
    told = [f"without {first[0]}, {_lead(first[1])}", *(f"without {key}, {listed(list(keys))}" for key, keys in others)]
    return f"{count}: {'; '.join(told)}."


def _steps(analysis: Analysis) -> str:
    steps = analysis.sensitivity
    if not steps.total:
        return "No cell can be moved by a step."
    if steps.same == steps.total:
        return f"No change of one cell by one step changes who leads ({steps.total} tried)."
    parts = [f"{steps.same} {'leaves' if steps.same == 1 else 'leave'} the leaders as they are"]
    if steps.narrowed:
        parts.append(f"{len(steps.narrowed)} {'narrows' if len(steps.narrowed) == 1 else 'narrow'} the tie")
    if steps.opened:
        parts.append(f"{len(steps.opened)} {'lets' if len(steps.opened) == 1 else 'let'} another lead ({_opened(analysis)})")
    return f"Of {steps.total} changes of one cell by one step, {listed(parts)}."


def _opened(analysis: Analysis) -> str:
    opened = analysis.sensitivity.opened
    keys = {key for step in opened for key in step.leaders if key not in analysis.leaders}
    newcomers = listed([key for key in analysis.matrix.columns if key in keys])
    through = {step.evidence for step in opened}
    rows = [row.key for row in analysis.matrix.evidence if row.key in through]
    return f"{newcomers}, through {listed(rows)}" if len(rows) <= _NAMED else newcomers


def _left_out(analysis: Analysis, left: Without, what: str) -> Iterable[str]:
    if not left.rows:
        return
    if len(left.rows) == len(analysis.rows):
        yield f"Every row is {what}."
        return
    outcome = _lead(left.leaders) if left.changes else f"the {'leader stays' if len(analysis.leaders) == 1 else 'leaders stay'} the same"
    yield f"Without the {_rows(len(left.rows))} {what} ({listed(list(left.rows))}) {outcome}."


# What the cross-check says


def _cross_check(analysis: Analysis) -> Iterable[str]:
    first = analysis.bayes.leaders
    equal = len({round(p, 12) for p in analysis.bayes.prior.values()}) == 1
    how = "equal priors" if equal else "the priors given"
    yield f"Bayes with {how} puts {_first(first)} first on all rows, taken as independent, and {_grouped(analysis)}."
    if set(first) == set(analysis.leaders):
        yield "That agrees with the inconsistency scores."
        if analysis.reversed_pairs:
            pairs = [f"{second} above {first}" for first, second in analysis.reversed_pairs[:_NAMED]]
            yield f"Behind the lead it differs: Bayes puts {listed(pairs)}."
    else:
        yield from _difference(analysis)
    if analysis.bayes.prior_sum and abs(analysis.bayes.prior_sum - 1) > 1e-9:
        yield f"The priors given sum to {analysis.bayes.prior_sum:.2f} and were normalised."
    if analysis.not_applicable or analysis.missing:
        yield "Cells rated NA or missing have factor 1 there, which favours the hypotheses so rated."
    if analysis.unstated_origins:
        rows = len(analysis.unstated_origins)
        yield f"{_upper(words(rows))} {_rows(rows)} without a stated origin {'counts' if rows == 1 else 'count'} as independent."


def _grouped(analysis: Analysis) -> str:
    sets = analysis.grouped.leaders
    once = "when one row of each origin counts"
    if len(sets) > 1:
        return f"none reliably {once}: that depends on which row is chosen ({'; '.join(listed(list(keys)) for keys in sets)})"
    return f"{'also' if sets[0] == analysis.bayes.leaders else _first(sets[0])} {once}"


def _difference(analysis: Analysis) -> Iterable[str]:
    first, ahead = analysis.bayes.leaders, analysis.leaders
    if set(first) < set(ahead):
        yield "So the methods differ: the scores tie where Bayes does not."
    else:
        yield f"So the methods disagree: the scores put {listed(list(ahead))} first."
    yield "Bayes also counts consistent ratings, which the scores leave out" + _consistent(analysis, first, ahead)
    rivals = [key for key in ahead if key not in first]
    if rivals and not set(first) & set(rivals):
        yield f"Setting {listed(list(first))} above {listed(rivals)} would rest on the method."


def _consistent(analysis: Analysis, first: Sequence[str], ahead: Sequence[str]) -> str:
    counts = {key: [row.key for row in analysis.matrix.evidence if row.value(key) == "CC"] for key in {*first, *ahead}}
    best, rivals = first[0], [key for key in ahead if key not in first]
    if len(first) > 1 or not rivals or len(counts[best]) <= max(len(counts[key]) for key in rivals):
        return "."
    others = listed([f"{key} in {len(counts[key])}" for key in rivals])
    return f": {best} has CC in {len(counts[best])} {_rows(len(counts[best]))} ({listed(counts[best])}), {others}."


# Words


def _standing_title(analysis: Analysis) -> str:
    ahead, all_of = analysis.leaders, len(analysis.standings)
    if len(ahead) == all_of:
        return "Both hypotheses tie" if all_of == 2 else f"All {words(all_of)} hypotheses tie"
    if len(ahead) > 1:
        return f"{_upper(words(len(ahead)))} hypotheses tie"
    label = analysis.matrix.hypothesis(ahead[0]).label
    return f"{_upper(label if 0 < len(label.split()) <= 5 else ahead[0])} is least contradicted"


def _name(analysis: Analysis, key: str) -> str:
    label = analysis.matrix.hypothesis(key).label
    return f"{label} ({key})" if label else key


def _names(analysis: Analysis, keys: Sequence[str]) -> str:
    return listed([_name(analysis, key) for key in keys])


def _lead(keys: Sequence[str]) -> str:
    return f"{listed(list(keys))} {'leads' if len(keys) == 1 else 'lead'}"


def _first(keys: Sequence[str]) -> str:
    return listed(list(keys))


def _is(keys: Sequence[str]) -> str:
    return "is" if len(keys) == 1 else "are"


def _rows(number: int) -> str:
    return "row" if number == 1 else "rows"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
