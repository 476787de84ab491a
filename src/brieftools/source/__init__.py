"""Step 1, source: what a brief rests on, how good it is, and how it is cited."""
