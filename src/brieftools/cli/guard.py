"""One place where errors become messages and exit codes."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from brieftools.errors import EXIT_INTERRUPTED, EXIT_MISSING, EXIT_USAGE, BrieftoolsError


def guarded(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code.

    Every error of ours is printed as what, where and what to do; a traceback only with ``--debug``.
    """
    debug = "--debug" in arguments
    try:
        code = app(list(arguments), standalone_mode=False)  # what typer.Exit carries comes back as a value
    except BrieftoolsError as e:
        if debug:
            raise
        _say(arguments, str(e), e.exit_code)
        return e.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say(arguments, "interrupted; the former build is unchanged", EXIT_INTERRUPTED)
        return EXIT_INTERRUPTED
    except typer.Exit as e:
        return e.exit_code
    except OSError as e:
        if debug:
            raise
        _say(arguments, f"{e.strerror or e}: {e.filename or ''}".rstrip(": "), EXIT_MISSING)
        return EXIT_MISSING
    except Exception as e:
        return _unexpected(e, arguments, debug)
    return code if isinstance(code, int) else 0


def _unexpected(e: Exception, arguments: Sequence[str], debug: bool) -> int:
    show = getattr(e, "show", None)  # click's usage errors print themselves
    if show is not None:
        show()
        return EXIT_USAGE
    if debug:
        raise e
    _say(arguments, f"a fault in brieftools itself: {type(e).__name__}: {e}\n  do: run again with --debug and report what it prints", 1)
    return 1


def _say(arguments: Sequence[str], text: str, code: int) -> None:
    if "--json" in arguments:
        import json

        print(json.dumps({"ok": False, "exit": code, "error": text}, ensure_ascii=False))
    print(f"brief: {text}", file=sys.stderr)
