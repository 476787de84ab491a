"""Step 7, edition: a finished build becomes current in one atomic step, with its manifest beside it."""
