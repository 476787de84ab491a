"""The first brief's figures and tables as a bare script would make them: its code cells in one process, figures saved as PNG.

No notebook, no kernel, no Document, no PDF, no HTML: what `brief build` is measured against.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "briefs" / "islamic-state-abroad"


def main() -> None:
    """Run every code cell; save what its last line draws, print what it tabulates."""
    os.chdir(FOLDER)
    names: dict[str, object] = {"__name__": "bare"}
    out = Path(tempfile.mkdtemp())
    for number, cell in enumerate(json.loads((FOLDER / "brief.ipynb").read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] == "code":
            show(run("".join(cell["source"]), names), out / f"{number}.png")


def run(source: str, names: dict[str, object]) -> object:
    """Execute a cell and return the value of its last line."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last is not None else None


def show(value: object, path: Path) -> None:
    """Save a chart, print anything else."""
    figure = getattr(value, "figure", None)
    if figure is not None and hasattr(figure, "savefig"):
        figure.savefig(path, dpi=150)
    elif value is not None:
        print(getattr(value, "payload", value), file=sys.stderr)


if __name__ == "__main__":
    main()
