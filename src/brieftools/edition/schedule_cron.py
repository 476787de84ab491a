"""A line for crontab(5)."""

from __future__ import annotations

import shlex

from brieftools.edition.timed import Timed
from brieftools.errors import SpecError

LONGEST = 998  # bytes of a command; longer ones are cut by some crons without a word


def crontab(timed: Timed) -> dict[str, str]:
    """Return the crontab.

    Few crons know time zones (CRON_TZ is Red Hat's; Debian's passes it on and keeps its own time), so the line comes up every
    hour and asks ``date`` whether it is time: right on each of them, in each zone, and on the days on which clocks change. The hour
    after is taken, too: it is a second try, and the only one where a change of clocks leaves the first one out.

    Raises
    ------
    SpecError
        A path with a backslash, which crons read differently, or a line that is too long.
    """
    for given in (timed.project, timed.command):
        if "\\" in given:
            raise SpecError(f"crons differ in how they read a backslash: {given!r}", do="rename the folder, or use systemd")
    line = _line(timed)
    if len(line.encode()) > LONGEST:
        raise SpecError(
            f"the line has {len(line.encode())} bytes, and cron takes {LONGEST}", do="put the notice into a script, or shorten the path"
        )
    log = f"briefs/{timed.slug}/editions/run-due.log"
    who = f"go to {timed.address}, by mail" if timed.address else "go to your command" if timed.notify else "are mailed to you by cron"
    lines = [
        f"# {timed.slug}: {timed.when}, and again an hour later, which does nothing where all is done.",
        f"# Append to your crontab (crontab -e). Output goes to {log};",
        f"# the last lines of a failed run {who}.",
        *([f"MAILTO={timed.address}"] if timed.address else []),
        f"2 * * * * {line}",
    ]
    return {f"{timed.slug}.crontab": "\n".join(lines) + "\n"}


def _line(timed: Timed) -> str:
    folder = f"briefs/{timed.slug}/editions"
    log = f"{folder}/run-due.log"
    run = f"cd {quoted(timed.project)} && mkdir -p {folder} && {quoted(timed.command)} run-due {timed.slug} --json >> {log} 2>&1"
    first, second = (_slot(timed, later) for later in (0, 1))
    return f"case $(TZ={timed.timezone} date +\\%u\\%H) in {first}|{second}) {run} || {{ {_notice(timed, log)}; }};; esac"


def _notice(timed: Timed, log: str) -> str:
    """cron mails what a line prints; to a command the same lines are piped."""
    if timed.notify is None or timed.address:
        return f'echo "brief run-due {timed.slug}: exit code $?"; tail -n 20 {log}'
    return f"export BRIEF_EXIT=$? BRIEF_SLUG={timed.slug}; tail -n 20 {log} | sh -c {quoted(timed.notify)}"


def _slot(timed: Timed, later: int) -> str:
    """Day (1 to 7) and hour as ``date +%u%H`` prints them."""
    days, hour = divmod(timed.hour + later, 24)
    return f"{(timed.weekday + days) % 7 + 1}{hour:02d}"


def quoted(raw: str) -> str:
    """Quote for the shell inside a crontab, where % ends the command unless escaped.

    The escaped sign stands outside the quotes: some crons take its backslash away, others leave that to the shell.
    """
    return "\\%".join(shlex.quote(part) if part else "" for part in raw.split("%")) or "''"
