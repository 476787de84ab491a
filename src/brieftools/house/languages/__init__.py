"""The words that are printed around a brief's own, one module for each language."""
