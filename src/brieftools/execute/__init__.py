"""Step 4, execute: papermill runs the notebook in a kernel of this very interpreter."""
