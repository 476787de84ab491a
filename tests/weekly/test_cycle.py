"""The weekly cycle on the synthetic feed: from the inbox to editions that are corrected and withdrawn."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from brieftools.brief.inputs import read_inputs
from brieftools.brief.sights import equal_age, revisions, weeks_table
from brieftools.edition.due import statuses
from brieftools.edition.store import Edition
from brieftools.errors import IncidentError
from brieftools.incidents.snapshot import make_current, snapshots
from brieftools.project.root import find_project
from brieftools.project.starter import init_project, new_brief
from brieftools.rundue import run_due

COMMAND = str(Path(sys.executable).with_name("brief"))
LATE = datetime(2026, 3, 9, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with every release imported and nothing built: the first edition is that of week 8 of 2026."""
    root = init_project(tmp_path_factory.mktemp("weekly") / "desk")
    folder = new_brief("velmora", template="weekly-brief", title="Velmora", as_of=None, start=root, synthetic=True)
    path = folder / "brief.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("first: 2025-W36", "first: 2026-W08"), encoding="utf-8")
    shutil.rmtree(root / "briefs" / "islamic-state-abroad")
    outcomes = list(run_due(find_project(root), [], LATE))
    assert [one.outcome for one in outcomes] == ["imported"] * 27
    return root


@pytest.fixture
def desk(imported: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(imported, tmp_path / "desk"))


def outcomes(root: Path, moment: datetime = LATE) -> list[tuple[str, str]]:
    """Run what is due and say what came of each edition."""
    return [(one.edition, one.outcome) for one in run_due(find_project(root), [root / "briefs" / "velmora"], moment)]


def brief(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command."""
    return subprocess.run([COMMAND, *arguments], cwd=root, capture_output=True, text=True)


def states(root: Path) -> dict[str, str]:
    """How the editions stand."""
    return {one.edition: one.state for one in statuses(find_project(root), root / "briefs" / "velmora", LATE)}


def page(root: Path, edition: str) -> str:
    """The HTML of an edition."""
    current = Edition(root / "briefs" / "velmora" / "editions" / edition).current
    assert current is not None
    return (current / "brief.html").read_text(encoding="utf-8")


def test_exactly_what_is_due_is_built_and_twice_does_nothing(desk: Path) -> None:
    """Oldest first; an edition whose hour has not come waits."""
    assert outcomes(desk, datetime(2026, 3, 2, 6, tzinfo=UTC)) == [("2026-W08", "built"), ("2026-W09", "built")]
    assert outcomes(desk, datetime(2026, 3, 9, 5, 59, tzinfo=UTC)) == []
    assert outcomes(desk) == [("2026-W10", "built")]
    assert outcomes(desk) == []
    assert states(desk) == dict.fromkeys(["2026-W08", "2026-W09", "2026-W10"], "done")
    text = page(desk, "2026-W10")
    assert "Week 9: 61 events (58 in the edition of 2 March 2026: 3 reported late)." in text
    assert "Week 8: 59 events (60 in the edition of 2 March 2026: 1 withdrawn)." in text
    assert text.count("SYNTHETIC DATA · INVENTED COUNTRY") >= 1


def test_a_rebuilt_edition_has_the_same_bytes(desk: Path) -> None:
    """From the snapshot of its time, whatever came in since."""
    first = brief(desk, "build", "velmora", "--edition", "2026-W09", "--json")
    second = brief(desk, "build", "velmora", "--edition", "2026-W09", "--json")
    files = [Path(json.loads(done.stdout)["pdf"]) for done in (first, second)]
    assert files[0] != files[1]
    assert files[0].read_bytes() == files[1].read_bytes()
    manifest = json.loads(files[0].with_name("manifest.json").read_text(encoding="utf-8"))
    used = {name for name in manifest["inputs"] if name.startswith("data/incidents/velmora/") and name.endswith("rows.parquet")}
    assert len(used) > 10  # first sights of earlier weeks are inputs too
    assert all((desk / name).is_file() for name in used)


def test_a_correction_and_a_withdrawal_are_further_builds(desk: Path) -> None:
    """The issued build stays, byte for byte; the note is dated, and refused for what was never issued."""
    refused = brief(desk, "correct", "velmora", "--edition", "2026-W10", "--note", "Something was wrong.", "--on", "2026-03-10")
    assert refused.returncode == 1
    assert "was not issued" in refused.stderr
    assert not (desk / "briefs" / "velmora" / "corrections.yml").exists()
    issued = Path(json.loads(brief(desk, "issue", "velmora", "--edition", "2026-W09", "--json").stdout)["folder"])
    before = {path.name: path.read_bytes() for path in issued.iterdir()}
    assert brief(desk, "correct", "velmora", "--edition", "2026-W09", "--note", "Figure 3 was wrong.", "--on", "2026-03-05").returncode == 0
    assert "Corrected on 5 March 2026: Figure 3 was wrong." in page(desk, "2026-W09")
    assert {path.name: path.read_bytes() for path in issued.iterdir()} == before
    assert outcomes(desk)[-1] == ("2026-W10", "built")
    assert "Edition 2: Figure 3 was wrong." in page(desk, "2026-W10")
    assert brief(desk, "withdraw", "velmora", "--edition", "2026-W09", "--note", "A test file.", "--on", "2026-03-11").returncode == 0
    assert "Withdrawn on 11 March 2026: A test file." in page(desk, "2026-W09")
    again = brief(desk, "correct", "velmora", "--edition", "2026-W09", "--note", "More.", "--on", "2026-03-12")
    assert "is withdrawn" in again.stderr


def test_data_that_end_early_are_never_zero(desk: Path) -> None:
    """Without the last release the newest edition fails with exit 1, the others are built; when it comes, so is that one."""
    newest = desk / "data" / "inbox" / "velmora" / "velmora-2026-03-09.csv"
    dataset = desk / "data" / "incidents" / "velmora"
    taken = {sidecar.accessed: folder for folder, sidecar in snapshots(dataset)}
    shutil.rmtree(taken[date(2026, 3, 9)])
    make_current(dataset, taken[date(2026, 3, 2)].name)
    held = newest.read_bytes()
    newest.unlink()
    found = list(run_due(find_project(desk), [desk / "briefs" / "velmora"], LATE))
    assert [(one.edition, one.outcome, one.exit) for one in found[:2]] == [("2026-W08", "built", 0), ("2026-W09", "built", 0)]
    assert (found[2].outcome, found[2].exit) == ("failed", 1)
    assert "up to 8 March 2026, but it ends on 1 March 2026" in found[2].error
    assert states(desk)["2026-W10"] == "failed"
    newest.write_bytes(held)
    assert outcomes(desk) == [("velmora-2026-03-09.csv", "imported"), ("2026-W10", "built")]


def test_a_missed_release_is_made_up_for_by_the_next(desk: Path) -> None:
    """Week 51 was never seen at its own time: it is built from the release of 29 December, which page 1 says."""
    path = desk / "briefs" / "velmora" / "brief.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("first: 2026-W08", "first: 2025-W51"), encoding="utf-8")
    moment = datetime(2025, 12, 23, tzinfo=UTC)
    assert outcomes(desk, moment) == [("2025-W51", "built")]
    assert "it is shown as known on 29 December 2025" in page(desk, "2025-W51")
    assert "no comparison: this week was not seen at its own time" in page(desk, "2025-W51")


def test_weeks_are_compared_at_equal_age_or_not_at_all(desk: Path) -> None:
    """The mock's counts: 70 in week 10, 56.0 a week before at first sight; a week never seen first stops the comparison."""
    inputs = read_inputs((desk / "briefs" / "velmora").resolve())
    table = weeks_table(inputs, "velmora")
    assert table.events.iloc[-1] == 70
    assert table["first"].iloc[-9:-1].sum() == 448
    assert table[table.week == "2025-W51"]["first"].isna().all()
    assert equal_age(table.iloc[-9:]).events.tolist()[:-1] == table["first"].iloc[-9:-1].tolist()
    with pytest.raises(IncidentError, match="unequal age"):
        equal_age(table)
    assert [(one.week.name, one.now, one.before) for one in revisions(inputs, "velmora")] == [("2026-W08", 59, 60), ("2026-W09", 61, 58)]


def test_one_brief_s_failure_never_harms_another(desk: Path) -> None:
    """Nor does a file that is refused stop an import; the exit code is the worst."""
    broken = Path(shutil.copytree(desk / "briefs" / "velmora", desk / "briefs" / "broken"))
    (broken / "brief.yml").write_text("title: [", encoding="utf-8")
    (desk / "data" / "inbox" / "rubbish-2026-03-09.csv").write_text("nothing\n", encoding="utf-8")
    done = brief(desk, "run-due", "--as-of", "2026-02-23T07:00+00:00", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {(line["name"], line["outcome"]) for line in lines} == {("rubbish", "refused"), ("broken", "failed"), ("velmora", "built")}
    assert done.returncode == 1
    listed = [json.loads(line) for line in brief(desk, "due", "--as-of", "2026-02-23T07:00+00:00", "--all", "--json").stdout.splitlines()]
    assert [(line["brief"], line["state"]) for line in listed] == [("broken", "failed"), ("velmora", "done")]


def test_two_at_once_build_every_edition_once(desk: Path) -> None:
    """The second says that it did nothing."""
    first, second = (
        subprocess.Popen([COMMAND, "run-due", "--as-of", "2026-03-09T07:00+00:00", "--json"], cwd=desk, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    )
    lines = [json.loads(line) for process in (first, second) for line in process.communicate()[0].splitlines()]
    built = [line["edition"] for line in lines if line["outcome"] == "built"]
    assert sorted(built) == ["2026-W08", "2026-W09", "2026-W10"]
    assert [line["outcome"] for line in lines].count("busy") == 1


def killed(desk: Path, seconds: float) -> None:
    """Start a run and kill the process and its kernel after some time."""
    process = subprocess.Popen(
        [COMMAND, "run-due", "--as-of", "2026-03-09T07:00+00:00", "--json"],
        cwd=desk,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()


def whole(desk: Path) -> None:
    """Every edition that is there is whole; the next run completes the set."""
    for current in (desk / "briefs" / "velmora" / "editions").glob("*/r*"):
        assert {path.name for path in current.iterdir()} >= {"brief.pdf", "brief.html", "manifest.json", "document.json", "brief.ipynb"}
    outcomes(desk)
    assert states(desk) == dict.fromkeys(["2026-W08", "2026-W09", "2026-W10"], "done")


def test_killed_in_the_middle_nothing_is_half_written(desk: Path) -> None:
    """At some moments of the first edition and of the second."""
    for seconds in (0.4, 1.6, 2.4, 3.3):
        killed(desk, seconds)
    whole(desk)


@pytest.mark.long
def test_killed_at_many_moments(imported: Path, tmp_path: Path) -> None:
    """Two hundred moments spread over a whole run."""
    for number in range(200):
        copy = Path(shutil.copytree(imported, tmp_path / f"d{number}"))
        killed(copy, 0.05 * (number + 1))
        whole(copy)
        shutil.rmtree(copy)


def test_due_tells_a_scheduler(desk: Path) -> None:
    """Exit 1 while something is open, one JSON object a line."""
    done = brief(desk, "due", "--as-of", "2026-03-09T07:00+00:00", "--json")
    assert done.returncode == 1
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["due", "due", "due"]
    wrong = brief(desk, "due", "--as-of", "tomorrow")
    assert (wrong.returncode, "write it as 2026-03-09" in wrong.stderr) == (1, True)
