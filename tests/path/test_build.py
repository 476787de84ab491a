"""The whole path, from a brief's folder to a published edition."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from brieftools.build import build
from brieftools.errors import BrieftoolsError, CellError, DocumentError, EditionError, IncidentError, SourceError, SpecError
from projects import BRIEF, FACTS, Laid, code, full, lay_down, markdown, opening

BRIEF_COMMAND = str(Path(sys.executable).with_name("brief"))
OUTPUTS = ("brief.pdf", "brief.html", "brief.ipynb", "document.json", "manifest.json")


def run(root: Path, slug: str, **environment: str) -> Path:
    """Build on the command line and return the new folder."""
    done = subprocess.run([BRIEF_COMMAND, "build", slug, "--json"], cwd=root, env=os.environ | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return Path(json.loads(done.stdout)["folder"])


@pytest.mark.parametrize("which", ["small", "first"])
def test_bytes_do_not_depend_on_place_time_zone_locale_or_hash_seed(which: str, tmp_path: Path, checkout: Path) -> None:
    """Two builds in two directories, time zones, locales, homes and hash seeds give the same files."""
    builds = []
    for name, tz, lang, seed in (("one", "Asia/Tokyo", "C", "1"), ("zwei Ordner ü {x}", "America/Lima", "C.UTF-8", "77")):
        root = tmp_path / name
        if which == "small":
            lay_down(root)
        else:
            root.mkdir()
            shutil.copy(checkout / "brieftools.toml", root)
            for folder in ("data", "briefs"):
                shutil.copytree(checkout / folder, root / folder, ignore=shutil.ignore_patterns("editions"))
        slug = "roads" if which == "small" else "islamic-state-abroad"
        home = tmp_path / f"home-{name}"
        home.mkdir()
        builds.append(run(root, slug, TZ=tz, LC_ALL=lang, PYTHONHASHSEED=seed, HOME=str(home), OMP_NUM_THREADS=seed[0]))
    for name in OUTPUTS:
        assert (builds[0] / name).read_bytes() == (builds[1] / name).read_bytes(), name


def test_every_file_is_there_and_the_manifest_names_its_hash(project: Laid) -> None:
    """The manifest beside the PDF holds the hash of each output, and of each input."""
    import hashlib

    built = build(project.folder)
    manifest = json.loads((built.folder / "manifest.json").read_text(encoding="utf-8"))
    for name in ("brief.pdf", "brief.html", "brief.ipynb", "document.json"):
        assert manifest["outputs"][name]["sha256"] == hashlib.sha256((built.folder / name).read_bytes()).hexdigest()
    assert (
        manifest["inputs"]["data/incidents/attacks/attacks.csv"]["sha256"]
        in (project.root / "data/incidents/attacks/sidecar.yml").read_text()
    )
    assert manifest["parameters"] == {"weeks": 8}
    assert str(project.root) not in json.dumps(manifest)


def test_pdf_holds_document_and_data(project: Laid) -> None:
    """What a reader needs to check the brief travels inside the PDF."""
    import pikepdf

    built = build(project.folder)
    with pikepdf.open(built.pdf) as pdf:
        assert {"document.json", "manifest.json", "facts.csv", "attacks.csv", "smith-2020.md"} <= set(pdf.attachments)
        assert bytes(pdf.attachments["document.json"].get_file().read_bytes()) == (built.folder / "document.json").read_bytes()


def test_rows_that_may_not_be_passed_on_stay_out_of_the_pdf(project: Laid) -> None:
    """A dataset with `redistribute_rows: false` is not attached."""
    import pikepdf

    sidecar = project.root / "data/incidents/attacks/sidecar.yml"
    sidecar.write_text(sidecar.read_text().replace("redistribute_rows: true", "redistribute_rows: false"))
    with pikepdf.open(build(project.folder).pdf) as pdf:
        assert "attacks.csv" not in pdf.attachments


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (("weeks: 8", "weaks: 8"), SpecError, "did you mean 'weeks'"),
        (("weeks: 8", "weeks: many"), SpecError, "must be of type int"),
        (("title:", "titel:"), SpecError, "did you mean 'title'"),
        (("as_of: 2020-03-31", "as_of: soon"), SpecError, "edition.as_of (line 6)"),
        (("sources: [smith-2020]", "sources: [smith-2021]"), SourceError, "did you mean 'smith-2020'"),
        (("incidents: [attacks]", "incidents: [atacks]"), IncidentError, "did you mean 'attacks'"),
        (("2020-03-31", "2020-06-30"), IncidentError, "ends on 31 March 2020"),
    ],
)
def test_a_wrong_brief_says_what_is_meant(change: tuple[str, str], error: type[BrieftoolsError], says: str, tmp_path: Path) -> None:
    """A misspelt key, name, type or a period past the data stops the build and names what is meant."""
    laid = lay_down(tmp_path, brief=BRIEF.replace(*change))
    with pytest.raises(error) as caught:
        build(laid.folder)
    assert says in str(caught.value)
    assert not laid.edition.exists() or not laid.builds


@pytest.mark.parametrize(
    ("prose", "says"),
    [
        ("There were {{ atacks }}.", "did you mean 'attacks'"),
        ("Seen [@smith-2002].", "did you mean 'smith-2020'"),
        ("Seen [@smith-2020, ¶3].", "it has ¶1 to ¶2"),
        ("See [@fig:month].", "did you mean 'fig:months'"),
        ("![a picture](../../../etc/passwd.png)", "outside the project"),
        ("![a picture](https://example.org/a.png)", "nothing is fetched"),
    ],
)
def test_a_mark_that_leads_nowhere_stops_the_build(prose: str, says: str, tmp_path: Path) -> None:
    """An unknown fact, source, paragraph or figure is named with the nearest known one."""
    laid = lay_down(tmp_path, cells=[*full(), markdown(prose)])
    with pytest.raises(DocumentError) as caught:
        build(laid.folder)
    assert says in str(caught.value)
    assert "cell 9" in str(caught.value) or "fig:" in says


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("while True:\n    print('x' * 1000)", "printed more than"),
        ("import os\nos._exit(3)", "the kernel died"),
        ("input('name?')", "StdinNotImplementedError"),
    ],
)
def test_a_failing_cell_stops_the_build_and_is_kept(source: str, says: str, tmp_path: Path) -> None:
    """The message names cell, error and file; the notebook is kept with the failure marked."""
    laid = lay_down(tmp_path, cells=[*opening(), code(source), code("never = 1")])
    with pytest.raises(CellError) as caught:
        build(laid.folder)
    assert says in str(caught.value)
    assert source.split("\n")[0] in str(caught.value)
    assert str(laid.folder / "brief.ipynb") in str(caught.value)
    kept = json.loads(caught.value.notebook.read_text(encoding="utf-8"))  # type: ignore[union-attr]
    assert "failed" in "".join(kept["cells"][2]["source"])


def test_a_cell_has_a_time_limit(tmp_path: Path) -> None:
    """A cell that runs longer than brieftools.toml allows is stopped."""
    laid = lay_down(
        tmp_path, cells=[*opening(), code("import time\ntime.sleep(60)")], files={"brieftools.toml": "[execute]\ncell_seconds = 1\n"}
    )
    with pytest.raises(CellError, match="longer than 1 s"):
        build(laid.folder)


def test_sys_exit_does_not_end_a_brief_in_the_middle(tmp_path: Path) -> None:
    """papermill takes sys.exit(0) for success; we do not."""
    laid = lay_down(tmp_path, cells=[*opening(), code("import sys\nsys.exit(0)"), code("never = 1")])
    with pytest.raises(CellError, match="never run"):
        build(laid.folder)


def test_the_kernel_is_this_interpreter_whatever_kernelspecs_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user-level kernelspec called python3, IPython start-up files and a matplotlibrc change nothing."""
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "wrong", "language": "python"}')
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("raise SystemExit")
    (tmp_path / "matplotlibrc").write_text("figure.facecolor: red\n")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("MATPLOTLIBRC", str(tmp_path / "matplotlibrc"))
    check = "import sys, matplotlib\nbrief.fact('who', sys.executable)\nbrief.fact('face', matplotlib.rcParams['figure.facecolor'])"
    laid = lay_down(tmp_path / "p", cells=[*opening(), code(check), markdown("{{ who }} {{ face }}")])
    text = build(laid.folder).html.read_text(encoding="utf-8")
    assert sys.executable in text
    assert ">red<" not in text


def test_a_figure_without_alt_text_warns_a_draft_and_fails_an_issue(tmp_path: Path) -> None:
    """The message shows how to give one."""
    bare = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])"
    laid = lay_down(tmp_path, cells=[*opening(), code(bare)])
    built = build(laid.folder)
    assert any("no text alternative" in warning for warning in built.warnings)
    with pytest.raises(DocumentError, match="alt="):
        build(laid.folder, state="issued")


def test_an_issued_edition_is_never_overwritten(project: Laid) -> None:
    """After `brief issue` a build of the same edition refuses, and the issued files stay."""
    issued = build(project.folder, state="issued")
    before = issued.pdf.read_bytes()
    with pytest.raises(EditionError, match="never overwritten"):
        build(project.folder)
    assert issued.pdf.read_bytes() == before


def test_drafts_are_pruned_and_the_pointer_names_the_newest(project: Laid) -> None:
    """`keep_drafts = 2` leaves two; `current` names the last."""
    for _ in range(3):
        last = build(project.folder)
    assert project.builds == ["r2", "r3"]
    assert project.current == last.folder


def test_call_time_parameters_win_and_are_recorded(project: Laid) -> None:
    """A parameter given at the call goes to the notebook and into the manifest's command."""
    project.cells([*opening(), code("brief.fact('span', brief.parameters['weeks'])"), markdown("{{ span }} weeks")])
    built = build(project.folder, parameters={"weeks": 13})
    assert "13 weeks" in json.dumps(json.loads((built.folder / "document.json").read_text())) or ">13<" in built.html.read_text()
    assert "-p weeks=13" in json.loads((built.folder / "manifest.json").read_text())["command"]


def test_facts_in_code_and_math_stay_as_typed(tmp_path: Path) -> None:
    """Names are filled in prose only."""
    laid = lay_down(tmp_path, cells=[*opening(), code(FACTS), markdown("`{{ attacks }}` and {{ attacks }}.")])
    body = json.loads((build(laid.folder).folder / "document.json").read_text(encoding="utf-8"))["body"]
    kinds = [(node["type"], node.get("text")) for node in body[0]["c"]]
    assert ("code", "{{ attacks }}") in kinds
    assert ("fact", "3") in kinds
