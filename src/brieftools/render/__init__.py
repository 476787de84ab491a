"""Two walks over the same Document: HTML and PDF."""
