"""What `brief index` prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from brieftools.edition.index import write_index
from brieftools.house.wording import counted
from brieftools.project.root import find_project


def run_index(out: Path | None, *, quiet: bool, as_json: bool) -> None:
    """Write the list of editions, and say where.

    Raises
    ------
    BrieftoolsError
        See `brieftools.edition.index.write_index`.
    """
    made = write_index(find_project(Path.cwd()), out)
    if as_json:
        print(json.dumps({"ok": True, "path": str(made.path), "editions": made.editions, "warnings": list(made.warnings)}))
        return
    for warning in made.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if not quiet:
        print(f"{counted(made.editions, 'edition')}: {made.path}")
