"""What a notebook sees: `brieftools.open()` and the objects that show themselves in a cell."""
