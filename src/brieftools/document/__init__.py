"""The Document: one format-neutral tree between the executed notebook and its renderings."""
