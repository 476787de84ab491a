"""One place where errors become messages and exit codes."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from types import FrameType

import typer

from brieftools.errors import EXIT_INTERRUPTED, EXIT_MISSING, EXIT_USAGE, BrieftoolsError

_INTERRUPTED = "interrupted; the former build is unchanged"


def guarded(app: typer.Typer, arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code.

    Every error of ours is printed as what, where and what to do; a traceback only with ``--debug``.
    """
    debug = "--debug" in arguments
    signal.signal(signal.SIGTERM, _stop)  # a scheduler that stops us: tidy up as after Ctrl-C
    try:
        code = app(list(arguments), standalone_mode=False)
    except BrieftoolsError as e:
        _trace(debug)
        _say(arguments, str(e), e.exit_code)
        return e.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _say(arguments, _INTERRUPTED, EXIT_INTERRUPTED)
        return EXIT_INTERRUPTED
    except typer.Exit as e:
        return e.exit_code
    except ImportError as e:
        _trace(debug)
        _say(arguments, f"a package is missing or damaged: {e}\n  do: install brieftools again, from its lock", EXIT_MISSING)
        return EXIT_MISSING
    except OSError as e:
        _trace(debug)
        _say(arguments, f"{e.strerror or e}: {e.filename or ''}".rstrip(": "), EXIT_MISSING)
        return EXIT_MISSING
    except Exception as e:
        return _unexpected(e, arguments, debug)
    if code == EXIT_INTERRUPTED:  # Typer makes an exit code of Ctrl-C
        _say(arguments, _INTERRUPTED, code)
    return code if isinstance(code, int) else 0


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _unexpected(e: Exception, arguments: Sequence[str], debug: bool) -> int:
    show = getattr(e, "show", None)  # click's usage errors print themselves
    if show is not None:
        show()
        if "--json" in arguments:
            _say_json(str(getattr(e, "message", e)) or "no command was given", EXIT_USAGE)
        return EXIT_USAGE
    _trace(debug)
    _say(arguments, f"a fault in brieftools itself: {type(e).__name__}: {e}\n  do: run again with --debug and report what it prints", 1)
    return 1


def _trace(debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exc()


def _say_json(text: str, code: int) -> None:
    import json

    print(json.dumps({"ok": False, "exit": code, "error": text}))


def _say(arguments: Sequence[str], text: str, code: int) -> None:
    if "--json" in arguments:
        _say_json(text, code)
    print(f"brief: {text}", file=sys.stderr)
