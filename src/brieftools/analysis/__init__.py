"""What the numbers and the evidence carry: counts compared, hypotheses weighed, words of likelihood, scores.

::

    intervals ─> counts      two counts with exposures: up, down, no clear change
              └> series      dispersion of a baseline, a new week against the past
    bounds                   low, best, high; per-cent change; rates per day
    ach_matrix ─> ach_scores, ach_fragility, ach_bayes ─> ach ─> ach_verdict, ach_block
    lexicon, scores          words and their bands; Brier scores of resolved judgments

Pure functions over frozen records: no file is read here, nothing is kept between calls, and no count is ever
turned into a word of likelihood.
"""
