"""Step 3, brief: what the analyst writes beside the notebook, and what the notebook can say."""
