"""Matrices with known answers."""

from __future__ import annotations

from hypothesis import strategies as st

from brieftools.analysis.ach import Evidence, Hypothesis, Matrix, Rating

LABELS = {"H1": "growing", "H2": "compensating", "H3": "level", "H4": "relabelled", "H5": "shrinking everywhere"}

# key, credibility, relevance, origin, grade, ratings under H1 to H5: section 3 of the first brief's content
ROWS = """
E1  M L article F3 C  C* C  N  CC
E2  H L events  B2 C  C  C  C  C
E3  M M list    B2 C  I  CC CC N
E4  M H list    B2 I  N  CC C  I
E5  H L list    B2 N  C  N  N  CC
E6  M M nigeria B2 I  N  I  CC CC
E7  M M nigeria B2 N  N  N  CC C
E8  L M article F3 C  N  C  CC I
E9  L M article F3 CC C  N  C  I
E10 M M article F3 N  CC N  N  C
E11 M M list    B2 C  C  C  I  N
E12 L L article F3 C  N  N  C  I
""".replace("C*", "CC")


def first_brief() -> Matrix:
    """The twelve rows and five hypotheses of the first brief, with "other" unrated."""
    evidence = []
    for line in ROWS.split("\n"):
        if line:
            key, credibility, relevance, origin, grade, *values = line.split()
            ratings = {h: Rating(value, f"why {value}") for h, value in zip(LABELS, values, strict=True)}
            evidence.append(Evidence(key, f"text of {key}", credibility, relevance, origin, ratings, ("source",), grade))
    hypotheses = [Hypothesis(key, label) for key, label in LABELS.items()]
    return Matrix("Which account fits?", (*hypotheses, Hypothesis("H0", "other", rated=False)), tuple(evidence))


def matrix(*rows: str, credibility: str = "M", relevance: str = "M", origin: str = "") -> Matrix:
    """A matrix from rows of letters: ``matrix("C I", "CC N")`` has hypotheses A and B and evidence R1 and R2."""
    width = len(rows[0].split())
    keys = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:width]
    evidence = []
    for number, row in enumerate(rows, start=1):
        ratings = {key: Rating(value.replace("-", "")) for key, value in zip(keys, row.split(), strict=True)}
        evidence.append(Evidence(f"R{number}", "text", credibility, relevance, origin, ratings))
    return Matrix("question", tuple(Hypothesis(key, f"reading {key}") for key in keys), tuple(evidence))


LETTERS = st.sampled_from(["CC", "C", "N", "I", "II", "NA", ""])
LEVEL = st.sampled_from("LMH")


@st.composite
def matrices(draw: st.DrawFn) -> Matrix:
    """Any matrix: all letters, weights, shared and unstated origins."""
    width, height = draw(st.integers(2, 5)), draw(st.integers(0, 7))
    keys = [f"H{i}" for i in range(width)]
    rows = [
        Evidence(
            f"E{n}", "t", draw(LEVEL), draw(LEVEL), draw(st.sampled_from(["", "a", "b"])), {key: Rating(draw(LETTERS)) for key in keys}
        )
        for n in range(height)
    ]
    return Matrix("q", tuple(Hypothesis(key, key) for key in keys), tuple(rows))
