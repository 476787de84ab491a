"""Competing hypotheses: known answers of published rules, and properties."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.ach_cases import LEVEL, first_brief, matrices, matrix
from brieftools.analysis.ach import Analysis, Evidence, Hypothesis, Matrix, Rating, analyse
from brieftools.analysis.ach_bayes import posterior as odds_posterior
from brieftools.errors import SpecError


def scores(analysis: Analysis) -> list[float]:
    return [standing.score for standing in analysis.standings]


def posterior(analysis: Analysis) -> list[float]:
    return [round(p, 4) for p in analysis.bayes.posterior.values()]


def ranks(analysis: Analysis) -> list[str]:
    return [standing.rank_text for standing in analysis.standings]


def test_three_hypotheses_six_rows() -> None:
    """The published example: -3, 0, -2 and .0145, .9275, .0580."""
    result = analyse(matrix("C C C", "C C I", "C C I", "I C C", "I C C", "I C C"))
    assert scores(result) == [-3, 0, -2]
    assert posterior(result) == [0.0145, 0.9275, 0.0580]


def test_counting_inconsistency_misleads() -> None:
    """-2 and -1, but .6706 and .3294: the order reverses, and the analysis says so."""
    result = analyse(matrix("CC N", "CC N", "CC C", "CC N", "II I"))
    assert (scores(result), posterior(result)) == ([-2, -1], [0.6706, 0.3294])
    assert result.reversed_pairs == (("B", "A"),)


def test_printed_odds_multiply() -> None:
    """3:1 x 9:1 x 2:1 is 54:1, 98.18 %."""
    result = odds_posterior({"A": 3, "B": 1}, [{"A": 9, "B": 1}, {"A": 2, "B": 1}])
    assert result["A"] / result["B"] == pytest.approx(54)
    assert round(100 * result["A"], 2) == 98.18


def test_many_rows_do_not_underflow() -> None:
    """Two thousand rows of II against CC: a certainty in floating point, not a division by zero."""
    assert odds_posterior({"A": 1, "B": 1}, [{"A": 0.95, "B": 0.05}] * 2000) == {"A": 1.0, "B": 0.0}


def test_odds_of_letters_multiply() -> None:
    """Odds of 3:1 as prior, and rows of 4:1, 19:1 (II under B, CC under A) and 1:1 give 3 * 4 * 19 : 1."""
    result = analyse(matrix("C I", "CC II", "N N"), prior={"A": 3, "B": 1})
    assert result.bayes.posterior["A"] == pytest.approx(228 / 229)
    assert result.bayes.prior_sum == 4


@pytest.mark.parametrize(
    ("letters", "credibility", "relevance", "score"),
    [
        ("II", "H", "H", -4),
        ("II", "L", "L", -1),
        ("I", "L", "L", -0.5),
        ("I", "M", "H", -(2**0.5)),
        ("II", "L", "H", -2),
        ("C", "H", "H", 0),
    ],
)
def test_weights(letters: str, credibility: str, relevance: str, score: float) -> None:
    """Credibility and relevance weigh 1/sqrt(2), 1, sqrt(2); L times H is exactly 1."""
    assert scores(analyse(matrix(f"{letters} C", credibility=credibility, relevance=relevance)))[0] == score


def test_scores_and_ranks_of_the_first_brief() -> None:
    """-2.41 -1.00 -1.00 -1.00 -3.33, a three-way tie, margin 1.41."""
    result = analyse(first_brief())
    assert [round(s, 2) for s in scores(result)] == [-2.41, -1.00, -1.00, -1.00, -3.33]
    assert ranks(result) == ["4", "1 =", "1 =", "1 =", "5"]
    assert (result.leaders, round(result.margin or 0, 2)) == (("H2", "H3", "H4"), 1.41)


def test_leave_one_out_of_the_first_brief() -> None:
    """Four rows change who leads; without E4 H1 joins the tie."""
    assert {row.evidence.key: row.without for row in analyse(first_brief()).changing} == {
        "E3": ("H2",),
        "E4": ("H1", "H2", "H3", "H4"),
        "E6": ("H3",),
        "E11": ("H4",),
    }


def test_one_step_changes_of_the_first_brief() -> None:
    """Of 108, 88 leave the tie, 19 narrow it, one (E4 under H1) lets another in."""
    steps = analyse(first_brief()).sensitivity
    assert (steps.total, steps.same, len(steps.narrowed), len(steps.opened)) == (108, 88, 19, 1)
    assert [(s.evidence, s.hypothesis, s.before, s.after) for s in steps.opened] == [("E4", "H1", "I", "N")]
    assert all(set(s.leaders) < {"H2", "H3", "H4"} for s in steps.narrowed)


def test_weak_evidence_of_the_first_brief() -> None:
    """Without E8, E9, E12 the tie stays and H5 at -1.41 passes H1."""
    left = analyse(first_brief()).low_credibility
    assert (left.rows, left.leaders, left.changes) == (("E8", "E9", "E12"), ("H2", "H3", "H4"), False)
    assert [(s.key, round(s.score, 2), s.rank) for s in left.standings if s.rank > 3] == [("H1", -2.41, 5), ("H5", -1.41, 4)]


def test_rows_that_cannot_be_judged_are_dropped_by_grade() -> None:
    """F3 rows are left out apart from low credibility; B2 rows stay."""
    assert analyse(first_brief()).weak_grade.rows == ("E1", "E8", "E9", "E10", "E12")


def test_bayes_of_the_first_brief() -> None:
    """H1 .087, H2 .161, H3 .161, H4 .580, H5 .012."""
    result = analyse(first_brief())
    assert [round(p, 3) for p in result.bayes.posterior.values()] == [0.087, 0.161, 0.161, 0.580, 0.012]
    assert (result.bayes.leaders, result.reversed_pairs) == (("H4",), ())


def test_one_row_per_origin_of_the_first_brief() -> None:
    """E8 or E9, E3 or E4, E2, E6: H4 stands at .62 to .68 in all four choices."""
    grouped = analyse(first_brief()).grouped
    assert dict(grouped.groups) == {"article": ("E8", "E9"), "events": ("E2",), "list": ("E3", "E4"), "nigeria": ("E6",)}
    assert (grouped.choices, grouped.complete, grouped.leaders) == (4, True, (("H4",),))
    assert (round(grouped.low["H4"], 2), round(grouped.high["H4"], 2)) == (0.62, 0.68)


def test_diagnosticity_of_the_first_brief() -> None:
    """E3, E4, E6, E8, E9 at 1.56; the ordinal spread is largest for E6, 1.36; E2 stands apart at the end."""
    rows = analyse(first_brief()).rows
    assert {row.evidence.key for row in rows if round(row.log_ratio, 2) == 1.56} == {"E3", "E4", "E6", "E8", "E9"}
    assert max((row.spread, row.evidence.key) for row in rows)[1] == "E6"
    assert round(rows[0].spread, 2) == 1.36
    assert [row.evidence.key for row in rows if row.apart] == ["E2"] == [rows[-1].evidence.key]


def test_vagueness_of_the_first_brief() -> None:
    """H2 and H3 have five of twelve rows N; with weak C, most rows commit neither them nor H1."""
    result = analyse(first_brief())
    assert {v.key: v.neutral for v in result.vagueness} == {"H1": 3, "H2": 5, "H3": 5, "H4": 3, "H5": 2}
    assert {v.key: v.uncommitted for v in result.vague} == {"H1": 7, "H2": 7, "H3": 8}


def test_without_the_trigger_compensation_leads_alone() -> None:
    """Assumption 4: if losses began in 2015, E3 no longer counts against H2, which then leads alone."""
    whole = first_brief()
    rows = [replace(e, ratings={**e.ratings, "H2": Rating("N")}) if e.key == "E3" else e for e in whole.evidence]
    assert analyse(replace(whole, evidence=tuple(rows))).leaders == ("H2",)


def test_letters_that_do_not_apply_stand_in_the_middle() -> None:
    """NA counts as N in both measures of diagnosticity: against one hypothesis, silent on the others, is worth something."""
    against, level = analyse(matrix("II NA NA", "N NA N")).rows
    assert against.log_ratio == pytest.approx(math.log(10))
    assert against.spread == pytest.approx((8 / 9) ** 0.5)
    assert (level.log_ratio, level.spread, level.apart) == (0, 0, True)


def test_letters_that_do_not_apply_take_no_part_in_bayes() -> None:
    """The factor of NA and of a missing cell is 1."""
    assert analyse(matrix("N NA -")).bayes.posterior == pytest.approx({"A": 0.2, "B": 0.4, "C": 0.4})


def test_missing_cells_are_listed_and_never_moved() -> None:
    """A blank is none of the ratings: no step, no score."""
    result = analyse(matrix("C -", "NA I"))
    assert (result.missing, result.not_applicable) == ((("R1", "B"),), 1)
    assert {(s.evidence, s.hypothesis) for s in (*result.sensitivity.narrowed, *result.sensitivity.opened)} == {("R2", "B")}
    assert result.sensitivity.total == 4


def test_an_empty_matrix_ties_everything() -> None:
    """Before any evidence is rated nothing leads."""
    result = analyse(Matrix("q", (Hypothesis("A", "a"), Hypothesis("B", "b")), ()))
    assert (ranks(result), result.margin, posterior(result)) == (["1 =", "1 ="], None, [0.5, 0.5])


def test_rows_without_a_stated_origin_stand_for_themselves() -> None:
    """Two rows of one origin count once, two without any count twice, and the analysis names them."""
    apart, together = analyse(matrix("C I", "C I")), analyse(matrix("C I", "C I", origin="x"))
    assert (round(apart.grouped.low["A"], 4), round(together.grouped.low["A"], 4)) == (0.9412, 0.8)
    assert (apart.unstated_origins, together.unstated_origins) == (("R1", "R2"), ())


def test_too_many_choices_are_cut_and_marked() -> None:
    """Thirty tied rows in ten origins of three: 59,049 choices are not all computed."""
    rows = [
        Evidence(f"R{i:02}{j}", "t", origin=f"o{i}", ratings={k: Rating(v) for k, v in zip("ABC", letters, strict=True)})
        for i in range(10)
        for j, letters in enumerate((("C", "I", "N"), ("I", "C", "N"), ("N", "I", "C")))
    ]
    grouped = analyse(Matrix("q", tuple(Hypothesis(k, k) for k in "ABC"), tuple(rows))).grouped
    assert (grouped.complete, grouped.choices) == (False, 4096)


# Properties


@given(matrices(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_never_changes_a_score(whole: Matrix, random: object) -> None:
    """Rows and columns may stand in any order: same scores, ranks, posteriors, leave-one-out, counts of steps."""
    rows, columns = list(whole.evidence), list(whole.hypotheses)
    random.shuffle(rows)  # type: ignore[attr-defined]
    random.shuffle(columns)  # type: ignore[attr-defined]
    one, other = analyse(whole), analyse(replace(whole, evidence=tuple(rows), hypotheses=tuple(columns)))
    assert {s.key: s for s in one.standings} == {s.key: s for s in other.standings}
    assert one.bayes.posterior == pytest.approx(other.bayes.posterior)
    assert (one.grouped.low, one.grouped.high) == (pytest.approx(other.grouped.low), pytest.approx(other.grouped.high))
    assert {r.evidence.key: set(r.without) for r in one.rows} == {r.evidence.key: set(r.without) for r in other.rows}
    assert (one.sensitivity.total, one.sensitivity.same) == (other.sensitivity.total, other.sensitivity.same)
    assert {v.key: v for v in one.vagueness} == {v.key: v for v in other.vagueness}


@given(matrices(), st.sampled_from(["I", "II"]), LEVEL, LEVEL)
@settings(max_examples=80, deadline=None)
def test_inconsistent_evidence_never_improves_a_hypothesis(whole: Matrix, letters: str, credibility: str, relevance: str) -> None:
    """A further row against one hypothesis alone lowers its score, never its rank number, never its posterior."""
    key = whole.columns[0]
    ratings = {other: Rating(letters if other == key else "N") for other in whole.columns}
    more = replace(whole, evidence=(*whole.evidence, Evidence("new", "t", credibility, relevance, "new", ratings)))
    before, after = analyse(whole), analyse(more)
    assert after.standing(key).score < before.standing(key).score
    assert after.standing(key).rank >= before.standing(key).rank
    assert after.bayes.posterior[key] < before.bayes.posterior[key]


@given(matrices())
@settings(max_examples=80, deadline=None)
def test_what_is_computed_hangs_together(whole: Matrix) -> None:
    """Every step is counted once, leaders have rank 1, posteriors sum to 1, apart means both measures are zero."""
    result = analyse(whole)
    steps = result.sensitivity
    assert steps.same + len(steps.narrowed) + len(steps.opened) == steps.total
    assert {s.key for s in result.standings if s.rank == 1} == set(result.leaders)
    assert sum(result.bayes.posterior.values()) == pytest.approx(1)
    assert all(row.apart == (row.log_ratio == 0) == (row.spread == 0) for row in result.rows)
    assert [row.apart for row in result.rows] == sorted(row.apart for row in result.rows)
    assert all(s.score <= 0 for s in result.standings)


# What is refused


def test_a_misspelt_rating_is_refused() -> None:
    """The message lists the letters."""
    with pytest.raises(SpecError, match="no rating 'c'") as caught:
        Rating("c")
    assert caught.value.do == "use one of CC, C, N, I, II, NA, or leave it empty"


@pytest.mark.parametrize(
    ("hypotheses", "evidence", "message"),
    [
        (["A"], [], "at least two"),
        (["A", "A"], [], "used twice"),
        (["A", "B"], [Evidence("E1", "t"), Evidence("E1", "t")], "used twice"),
        (["A", "B"], [Evidence("E1", "t", ratings={"C": Rating("I")})], "no rated hypothesis"),
    ],
)
def test_a_matrix_that_does_not_fit_is_refused(hypotheses: list[str], evidence: list[Evidence], message: str) -> None:
    """Too few hypotheses, double keys, ratings of unknown ones."""
    with pytest.raises(SpecError, match=message):
        Matrix("q", tuple(Hypothesis(key, key) for key in hypotheses), tuple(evidence))


def test_an_unrated_hypothesis_takes_no_rating() -> None:
    """ "Other" stays open."""
    with pytest.raises(SpecError, match="no rated hypothesis"):
        Matrix(
            "q",
            (Hypothesis("A", "a"), Hypothesis("B", "b"), Hypothesis("H0", "other", rated=False)),
            (Evidence("E1", "t", ratings={"H0": Rating("I")}),),
        )


@pytest.mark.parametrize("options", [{"credibility": "high"}, {"relevance": ""}, {"grade": "G2"}, {"grade": "B7"}, {"grade": "2B"}])
def test_impossible_weights_and_grades_are_refused(options: dict[str, str]) -> None:
    """L, M, H; a letter A-F and a figure 1-6."""
    with pytest.raises(SpecError, match="E1"):
        Evidence("E1", "t", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("prior", [{"A": 1}, {"A": 1, "B": 0}, {"A": 1, "B": math.inf}, {"A": 1, "B": 1, "C": 1}])
def test_priors_that_do_not_fit_are_refused(prior: dict[str, float]) -> None:
    """Each rated hypothesis needs a prior above zero."""
    with pytest.raises(SpecError, match="prior"):
        analyse(matrix("C I"), prior=prior)
