"""A service, its timer, and the service that gives notice, for systemd."""

from __future__ import annotations

import shlex

from brieftools.edition.timed import DAYS, Timed

_SERVICE = """\
[Unit]
Description=Editions of {slug} that are due
OnFailure={name}-failed.service

[Service]
Type=oneshot
WorkingDirectory={project}
ExecStart=/usr/bin/env {command} run-due {slug} --json
# Output is in the journal: journalctl --user -u {name}
StandardOutput=journal
StandardError=journal
"""
_TIMER = """\
[Unit]
Description={slug}: {when}

[Timer]
OnCalendar={day} *-*-* {hour:02d}:00:00 {timezone}
# After an outage it runs at once.
Persistent=true

[Install]
WantedBy=timers.target
"""
_FAILED = """\
[Unit]
Description=Notice that {slug} failed

[Service]
Type=oneshot
Environment=BRIEF_SLUG={slug}
ExecStart=/bin/sh -c {script}
"""
_HEAD = """\
# Save in ~/.config/systemd/user, then: systemctl --user daemon-reload && systemctl --user enable --now {name}.timer
# So that it runs while nobody is logged in: loginctl enable-linger
"""


def units(timed: Timed) -> dict[str, str]:
    """Return the three units by name."""
    name = f"brief-{timed.slug}"
    # systemd tells the notice which exit code it was (version 251 and later).
    tail = f"export BRIEF_EXIT=${{MONITOR_EXIT_STATUS:-unknown}}; journalctl --user -u {name}.service -n 20 -o cat --no-pager"
    notice = timed.notice or f"logger -p user.err -t {name}"
    common = {"name": name, "slug": timed.slug}
    service = _SERVICE.format(**common, project=timed.project.replace("%", "%%"), command=quoted(timed.command))
    timer = _TIMER.format(**common, when=timed.when, day=DAYS[timed.weekday][:3], hour=timed.hour, timezone=timed.timezone)
    failed = _FAILED.format(**common, script=quoted(f"{tail} | sh -c {shlex.quote(notice)}"))
    return {f"{name}.service": _HEAD.format(**common) + service, f"{name}.timer": timer, f"{name}-failed.service": failed}


def quoted(raw: str) -> str:
    """Quote one argument of ExecStart, where systemd reads escapes, specifiers and variables."""
    escaped = raw.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
