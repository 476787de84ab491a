"""JupyterLab on a project: `brief lab`, and the prebuilt extension (plain JavaScript) that it loads."""
