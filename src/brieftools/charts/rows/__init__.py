"""Charts that are read row by row: changes with their intervals, ranked bars."""
