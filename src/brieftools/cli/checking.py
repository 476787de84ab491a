"""What `brief check` prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from brieftools.errors import EXIT_WRONG
from brieftools.house.wording import counted
from brieftools.project.root import find_brief

if TYPE_CHECKING:
    from brieftools.check.run import Checked


def run_check(target: str, *, strict: bool, as_json: bool, quiet: bool) -> int:
    """Check a brief or a notebook and say what was found.

    Returns
    -------
    int
        0, or 1 when there is an error, or with `strict` a warning.
    """
    from brieftools.check.run import check_brief, check_notebook
    from brieftools.edition.last import last_run

    path = Path(target)
    if path.suffix == ".ipynb":
        checked = check_notebook(path, last_run=last_run)
    else:
        checked = check_brief(find_brief(target, Path.cwd()), last_run=last_run)
    failed = bool(checked.errors or (strict and checked.warnings))
    if as_json:
        print(json.dumps({"ok": not failed} | checked.as_json()))
    elif not quiet:
        _print(checked)
    else:
        for found in checked.findings:
            print(found, file=sys.stderr)
    return EXIT_WRONG if failed else 0


def _print(checked: Checked) -> None:
    for found in checked.findings:
        print(found)
    for rule, reason in checked.off.items():
        print(f"{rule} is switched off in brief.yml: {reason}")
    if not checked.run:
        print("Figures and computed numbers were not looked at: there is no build yet.")
    print(f"{counted(len(checked.errors), 'error')}, {counted(len(checked.warnings), 'warning')}; {checked.verbs()}")
