"""Files for schedulers: each is run, or read by the program that it is for."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brieftools.edition.schedule import files, render
from brieftools.edition.schedule_cron import quoted
from brieftools.errors import SpecError
from projects import Laid

BRIEF = str(Path(sys.executable).with_name("brief"))
# A folder with whatever shells, cron and systemd have a meaning for.
ODD = "our 'brief' files 100% $HOME; #1"
AIRFLOW = os.environ.get("BRIEFTOOLS_AIRFLOW_PYTHON") or (sys.executable if find_spec("airflow") else None)

needs_airflow = pytest.mark.skipif(
    AIRFLOW is None, reason="Airflow is not installed here, and BRIEFTOOLS_AIRFLOW_PYTHON names no other place"
)
needs_systemd = pytest.mark.skipif(which("systemd-analyze") is None, reason="systemd-analyze is not installed")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A project in a folder with a difficult name, and a `brief` in another; what it was called with goes to ``called``."""
    project = tmp_path / ODD
    project.mkdir()
    command = tmp_path / "the bin 50%" / "brief"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\necho "$PWD|$*" >> {shlex.quote(str(tmp_path / "called"))}\necho \'{{"ok": false}}\'\nexit ${{CODE:-0}}\n'
    )
    command.chmod(0o755)
    return project


def made(kind: str, project: Path, *, notify: str | None = None, weekday: int = 0, hour: int = 6, zone: str = "Europe/Berlin") -> str:
    return render(kind, "roads", project, str(project.parent / "the bin 50%" / "brief"), weekday, hour, zone, notify)  # type: ignore[arg-type]


def entry(text: str) -> tuple[list[str], str, dict[str, str]]:
    """Read a crontab by the rules of crontab(5): five fields, a command that ends at the first unescaped %, settings of variables."""
    variables, entries = {}, []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if setting := re.fullmatch(r"([A-Z_]+) ?= ?(.*)", line):
            variables[setting[1]] = setting[2]
            continue
        *when, command = line.split(None, 5)
        assert not re.search(r"(?<!\\)%", command)
        entries.append((when, command.replace("\\%", "%")))
    assert len(entries) == 1
    return *entries[0], variables


def run_line(project: Path, command: str, *, now: str, code: int = 0, keep_escapes: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a line as cron would, at a day and hour of our choice."""
    place = project.parent / "path"
    place.mkdir(exist_ok=True)
    (place / "date").write_text(f'#!/bin/sh\necho "$TZ $1" >> "{project.parent}/asked"\necho {now}\n')
    (place / "date").chmod(0o755)
    environment = {"PATH": f"{place}:/usr/bin:/bin", "HOME": str(project.parent), "CODE": str(code)}
    return subprocess.run(["/bin/sh", "-c", command], cwd="/", env=environment, capture_output=True, text=True)


def test_the_cron_line_runs_when_the_edition_closes(odd: Path) -> None:
    """On Monday at six and once more at seven, in the brief's time zone; at no other hour; output is kept, and none is mailed."""
    when, command, _ = entry(made("cron", odd))
    assert when == ["2", "*", "*", "*", "*"]
    for now in ("105", "106", "107", "108", "206", "706"):
        done = run_line(odd, command, now=now)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (odd.parent / "called").read_text() == f"{odd}|run-due roads --json\n" * 2
    assert (odd.parent / "asked").read_text() == "Europe/Berlin +%u%H\n" * 6
    assert (odd / "briefs/roads/editions/run-due.log").read_text() == '{"ok": false}\n' * 2


def test_the_hour_after_sunday_night_is_on_monday(odd: Path) -> None:
    """An edition that closes on Sunday at 23:00 is tried again on Monday at 0:00."""
    assert "in 723|100)" in made("cron", odd, weekday=6, hour=23)


def test_old_crons_that_leave_the_backslash_run_the_same(odd: Path) -> None:
    """Whether cron takes the escape of a % away or leaves it to the shell, the same command runs."""
    for text in (made("cron", odd, notify="echo 5%"), made("cron", odd)):
        command = text.splitlines()[-1].split(None, 5)[5]
        for one in (command, command.replace("\\%", "%")):
            run_line(odd, one, now="106", code=1)
    assert (odd.parent / "called").read_text() == f"{odd}|run-due roads --json\n" * 4


def test_a_failure_under_cron_is_mailed(odd: Path) -> None:
    """What the line prints is what cron mails: exit code and the log's last lines, to the address that was given."""
    _, command, variables = entry(made("cron", odd, notify="desk@example.org"))
    assert variables == {"MAILTO": "desk@example.org"}
    assert run_line(odd, command, now="106", code=3).stdout == 'brief run-due roads: exit code 3\n{"ok": false}\n'


def test_a_failure_under_cron_runs_any_command(odd: Path) -> None:
    """It reads the log on its standard input, and slug and exit code in its environment; quotation marks and % reach it."""
    notify = f"""cat > '{odd}/told'; echo "$BRIEF_SLUG $BRIEF_EXIT '100%'" >> '{odd}/told'""".replace(
        str(odd), str(odd).replace("'", "'\\''")
    )
    with pytest.raises(SpecError, match="998"):
        made("cron", odd, notify=notify * 20)
    _, command, _ = entry(made("cron", odd, notify=notify))
    run_line(odd, command, now="106")
    assert not (odd / "told").exists()
    run_line(odd, command, now="107", code=1)
    assert (odd / "told").read_text() == '{"ok": false}\n{"ok": false}\nroads 1 \'100%\'\n'


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="\\")))
def test_any_path_survives_cron_and_shell(name: str) -> None:
    """Both kinds of cron."""
    for command in (f"printf %s {quoted(name)}".replace("printf %s", "printf \\%s"), f"printf %s {quoted(name)}".replace("\\%", "%")):
        assert subprocess.run(["/bin/sh", "-c", command], capture_output=True, check=True).stdout.decode() == name


@pytest.mark.parametrize("kind", ["cron", "systemd", "airflow"])
def test_what_a_file_cannot_hold_is_refused(kind: str, tmp_path: Path) -> None:
    """A line feed would begin a new entry; a zone or an hour that does not exist would never come."""
    good = {"slug": "roads", "project": tmp_path, "command": BRIEF, "weekday": 0, "hour": 6, "timezone": "UTC", "notify": None}
    bad: dict[str, object] = {"project": Path("/srv/a\nb"), "timezone": "Europe/Berln", "hour": 24, "weekday": 7, "notify": "x\ny"}
    for key, value in bad.items():
        with pytest.raises(SpecError):
            render(kind, **good | {key: value})  # type: ignore[arg-type]


def _verify(folder: Path) -> str:
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *map(str, sorted(folder.iterdir()))], capture_output=True, text=True)
    return done.stdout + done.stderr


@needs_systemd
def test_systemd_understands_the_units(odd: Path, tmp_path: Path) -> None:
    """No complaint by `systemd-analyze verify`; the timer comes up on Mondays at six, Berlin time, in summer and winter."""
    folder = tmp_path / "units"
    folder.mkdir()
    for one in files("systemd", "roads", odd, str(tmp_path / "the bin 50%" / "brief"), 0, 6, "Europe/Berlin", "echo '100%' $BRIEF_EXIT"):
        (folder / one.name).write_text(one.text)
    said = [line for line in _verify(folder).splitlines() if "brief-roads" in line]
    assert said == []
    calendar = re.search(r"^OnCalendar=(.*)$", (folder / "brief-roads.timer").read_text(), re.MULTILINE)
    assert calendar is not None
    shown = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=2", "--base-time=2026-03-24 00:00:00 UTC", calendar[1]],
        capture_output=True,
        text=True,
        env=os.environ | {"TZ": "UTC", "LC_ALL": "C"},
    )
    if "base-time" in shown.stderr:
        pytest.skip("this systemd-analyze has no --base-time")
    assert re.findall(r"\(in UTC\): (.*)|(?:Next elapse|Iteration #2): (.*UTC)", shown.stdout)
    assert "Mon 2026-03-30 04:00:00 UTC" in shown.stdout  # summer time began on the 29th
    assert "Mon 2026-04-06 04:00:00 UTC" in shown.stdout


def test_systemd_units_hold_odd_paths(odd: Path) -> None:
    """Specifiers and variables are escaped: what systemd reads is the path."""
    text = made("systemd", odd)
    assert f"WorkingDirectory={str(odd).replace('%', '%%')}\n" in text
    assert 'brief" run-due roads --json\n' in text
    assert "the bin 50%%/brief" in text
    assert "OnFailure=brief-roads-failed.service" in text


def test_the_notice_under_systemd_gets_the_journal(odd: Path) -> None:
    """The command of the unit, read as systemd reads it: the journal's last lines go to the command that was given, or to mail."""
    place = odd.parent / "path"
    place.mkdir()
    for name, does in (("journalctl", "echo the last line"), ("mail", 'echo "$*" > "$ODD/mailed"; cat >> "$ODD/mailed"')):
        (place / name).write_text(f"#!/bin/sh\n{does}\n")
        (place / name).chmod(0o755)
    environment = {"PATH": f"{place}:/usr/bin:/bin", "BRIEF_SLUG": "roads", "MONITOR_EXIT_STATUS": "1", "ODD": str(odd)}
    for notify in ("desk@example.org", """cat > "$ODD/told"; echo "$BRIEF_SLUG $BRIEF_EXIT '100%'" >> "$ODD/told" # done"""):
        (argument,) = re.findall(r'^ExecStart=/bin/sh -c "(.*)"$', made("systemd", odd, notify=notify), re.MULTILINE)
        script = re.sub(r"\\(.)", r"\1", argument).replace("%%", "%").replace("$$", "$")
        subprocess.run(["/bin/sh", "-c", script], env=environment, check=True)
    assert (odd / "mailed").read_text() == "-s brief run-due roads failed desk@example.org\nthe last line\n"
    assert (odd / "told").read_text() == "the last line\nroads 1 '100%'\n"


def test_the_airflow_file_compiles(odd: Path) -> None:
    """For each kind of notice; strings stay strings."""
    for notify in (None, "desk@example.org", """echo "it's" '100%' {{ x }} \\ done"""):
        compile(made("airflow", odd, notify=notify), "dag.py", "exec")
    with pytest.raises(SpecError, match="template"):
        made("airflow", odd.parent / "{{ macros }}")


_LOAD = """
import json, sys
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("dag_file", sys.argv[1])
module = module_from_spec(spec)
spec.loader.exec_module(module)
dag = module.dag
import pendulum
from airflow.timetables.base import TimeRestriction
restriction = TimeRestriction(earliest=pendulum.datetime(2026, 3, 24), latest=None, catchup=True)
first = dag.timetable.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
(task,) = dag.tasks
task.render_template_fields({}) if hasattr(task, "render_template_fields") else None
import subprocess, os
done = subprocess.run(["bash", "-c", task.bash_command], env=os.environ | task.env)
module.tell({"exception": "it went wrong"})
print(json.dumps([dag.dag_id, dag.catchup, first.run_after.in_timezone("UTC").isoformat(), task.task_id, task.retries, done.returncode]))
"""


@needs_airflow
@pytest.mark.airflow
def test_a_real_airflow_loads_the_file(odd: Path, tmp_path: Path) -> None:
    """One task, without catch-up, on Mondays at six, Berlin time; its command runs in the odd folder, and a failure is told."""
    assert AIRFLOW is not None
    path = tmp_path / "dag.py"
    told = shlex.quote(str(tmp_path / "told"))
    path.write_text(made("airflow", odd, notify=f"cat > {told}"))
    environment = {
        "AIRFLOW_HOME": str(tmp_path / "airflow"),
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    done = subprocess.run([AIRFLOW, "-c", _LOAD, str(path)], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == ["brief_roads", False, "2026-03-30T04:00:00+00:00", "run_due", 1, 0]
    assert (tmp_path / "called").read_text() == f"{odd}|run-due roads --json\n"
    assert (tmp_path / "told").read_text() == "brief run-due roads failed: it went wrong\n"


def test_the_command_prints_or_writes_the_files(project: Laid, tmp_path: Path) -> None:
    """Standard output for one; a folder for several; one kind at a time."""
    printed = subprocess.run(
        [BRIEF, "schedule", "roads", "--cron", "--timezone", "Asia/Kolkata"], cwd=project.root, capture_output=True, text=True
    )
    assert "TZ=Asia/Kolkata" in entry(printed.stdout)[1]
    assert str(project.root) in printed.stdout
    folder = tmp_path / "units"
    subprocess.run([BRIEF, "schedule", "roads", "--systemd", "--day", "Friday", "--out", str(folder)], cwd=project.root, check=True)
    assert sorted(path.name for path in folder.iterdir()) == ["brief-roads-failed.service", "brief-roads.service", "brief-roads.timer"]
    assert "OnCalendar=Fri *-*-* 06:00:00 UTC" in (folder / "brief-roads.timer").read_text()
    both = subprocess.run([BRIEF, "schedule", "roads", "--cron", "--airflow"], cwd=project.root, capture_output=True, text=True)
    assert both.returncode == 2
