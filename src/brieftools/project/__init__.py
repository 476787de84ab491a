"""Where things are: the project folder, its settings and the files in it."""
