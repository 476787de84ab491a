"""``brief``: the commands.

Nothing of ours is imported before a command runs, so that ``brief --help`` answers at once.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="brief",
    help="A sourced article and its incident data become a reproducible analytic brief (PDF and HTML).",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Slug = Annotated[str, typer.Argument(help="The brief: its slug, or the path of its folder.")]
Edition = Annotated[str | None, typer.Option("--edition", help="Another edition than brief.yml's: 2017-03-31 or 2026-W10.")]
Parameters = Annotated[
    list[str] | None, typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="A parameter of the notebook; may be repeated.")
]
Slugs = Annotated[list[str] | None, typer.Argument(help="Briefs; by default every brief of the project.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="Another moment than now: 2026-03-09 or 2026-03-09T06:00+01:00.")]
Note = Annotated[str, typer.Option("--note", help="What was wrong and what is right, in a sentence that readers see.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="The note's date; by default today.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for schedulers.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")]


@app.command("build")
def build_command(
    slug: Slug, edition: Edition = None, parameter: Parameters = None, quiet: Quiet = False, json: Json = False, debug: Debug = False
) -> None:
    """Build a draft: run the notebook, write PDF and HTML.

    Example: brief build islamic-state-abroad --edition 2017-03-31
    """
    from brieftools.cli.building import run_build

    run_build(slug, edition=edition, given=parameter or [], state="draft", quiet=quiet, as_json=json)


@app.command("issue")
def issue_command(
    slug: Slug, edition: Edition = None, parameter: Parameters = None, quiet: Quiet = False, json: Json = False, debug: Debug = False
) -> None:
    """Build an edition and freeze it: nothing may be missing, and it is never overwritten.

    Example: brief issue islamic-state-abroad
    """
    from brieftools.cli.building import run_build

    run_build(slug, edition=edition, given=parameter or [], state="issued", quiet=quiet, as_json=json)


@app.command("check")
def check_command(
    target: Annotated[str, typer.Argument(help="The brief: its slug or folder; or a notebook, FILE.ipynb.")],
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    quiet: Quiet = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Check words, judgments, sources, hypotheses and figures by rules L1 to L10.

    Example: brief check islamic-state-abroad --strict
    """
    from brieftools.cli.checking import run_check

    raise typer.Exit(run_check(target, strict=strict, as_json=json, quiet=quiet))


@app.command("scores")
def scores_command(
    slug: Annotated[str | None, typer.Argument(help="A brief; without it, every brief of the project.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="A day, 2017-12-31; by default today.")] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Print past judgments, what became of them, and their Brier score.

    Example: brief scores islamic-state-abroad
    """
    from brieftools.cli.scoring import run_scores

    run_scores(slug, as_of=as_of, as_json=json)


@app.command("ach")
def ach_command(
    slug: Slug,
    export: Annotated[Path | None, typer.Option("--export", metavar="FILE", help="Write the matrix as .csv or .xlsx.")] = None,
    import_: Annotated[Path | None, typer.Option("--import", metavar="FILE", help="Take its evidence into ach.yml.")] = None,
    merge: Annotated[list[Path] | None, typer.Option("--merge", metavar="FILE", help="Another analyst's matrix; may be repeated.")] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="Of a workbook in which several sheets hold a matrix.")
    ] = None,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Print the matrix of competing hypotheses: scores, ranks, and how little would change them.

    Example: brief ach islamic-state-abroad --export matrix.xlsx
    """
    from brieftools.cli.rivals import run_ach

    run_ach(slug, export=export, import_=import_, merge=merge or [], sheet=sheet, as_json=json)


@app.command("figure")
def figure_command(
    slug: Slug,
    number: Annotated[int, typer.Argument(help="The number printed above the figure.", min=1)],
    svg: Annotated[bool, typer.Option("--svg", help="A drawing, with text as text (the default).")] = False,
    png: Annotated[bool, typer.Option("--png", help="A picture with 200 dots to the inch.")] = False,
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; by default a new name in this folder.")
    ] = None,
    edition: Edition = None,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Save one figure of the current build alone.

    Example: brief figure islamic-state-abroad 2 --png -o figure.png
    """
    if svg and png:
        raise typer.BadParameter("give one of --svg and --png")
    from brieftools.cli.figure import run_figure

    run_figure(slug, number, format="png" if png else "svg", out=out, edition=edition, quiet=quiet)


@app.command("init")
def init_command(
    directory: Annotated[Path, typer.Argument(help="A new or empty folder.")], quiet: Quiet = False, debug: Debug = False
) -> None:
    """Lay down a working project with templates and an example brief that builds.

    Example: brief init our-briefs
    """
    from brieftools.project.starter import init_project

    root = init_project(directory)
    if not quiet:
        typer.echo(
            f"A project is in {root}\nBuild the example: cd {shlex.quote(str(directory))} && brief build islamic-state-abroad\n"
            "Start your own: brief new SLUG --template article-brief"
        )


@app.command("new")
def new_command(
    slug: Annotated[str, typer.Argument(help="Name of the brief's folder: lower-case letters, digits, hyphens.")],
    template: Annotated[str, typer.Option("--template", "-t", help="A template of the project.")] = "article-brief",
    title: Annotated[str | None, typer.Option("--title", help="The brief's title; may be changed later.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="As-of date, 2017-03-31; by default the end of last month.")] = None,
    dataset: Annotated[
        str | None, typer.Option("--dataset", help="A weekly brief's dataset; by default it is called like the brief.")
    ] = None,
    synthetic: Annotated[bool, typer.Option("--synthetic", help="With the template's example: a feed of an invented country.")] = False,
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Start a brief from a template.

    Example: brief new sahel-monthly --template article-brief --title "Attacks on roads in the Sahel"
    """
    from brieftools.project.starter import new_brief

    folder = new_brief(slug, template=template, title=title, as_of=as_of, start=Path.cwd(), dataset=dataset, synthetic=synthetic)
    if not quiet:
        typer.echo(
            f"A brief is in {folder}\nEdit brief.yml, judgments.yml, ach.yml and brief.ipynb there, and the source record it names.\n"
            f"Build it: brief build {slug}"
        )


@app.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV or Excel file, zipped or not.")],
    format: Annotated[
        str | None, typer.Option("--format", help="auto, table, ucdp-ged, ucdp-candidate, acled, gtd, gdelt1, gdelt2.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the dataset; by default from the file's name.")] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="What the table does not say itself; by default FILE.yml beside it.")
    ] = None,
    dates: Annotated[str | None, typer.Option("--dates", help="dmy or mdy, where only numbers tell.")] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Sheet of a workbook.")] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", metavar="COLUMN=VALUE", help="Keep these records only; may be repeated.")
    ] = None,
    coverage: Annotated[str | None, typer.Option("--coverage", metavar="START:END", help="From when to when the data is complete.")] = None,
    accessed: Annotated[
        str | None, typer.Option("--accessed", metavar="DAY", help="When the file was taken; by default a day in its name.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Accept the guessed columns.")] = False,
    quiet: Quiet = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Import incident data: checked, nothing lost, as a snapshot that never changes.

    Example: brief import GEDEvent_v23_1.csv --name ucdp-ged
    """
    from brieftools.cli.incidents import run_import

    run_import(
        file,
        format=format,
        name=name,
        mapping=mapping,
        dates=dates,
        sheet=sheet,
        where=where or [],
        coverage=coverage,
        accessed=accessed,
        yes=yes,
        quiet=quiet,
        as_json=json,
    )


@app.command("incidents")
def incidents_command(
    name: Annotated[str, typer.Argument(help="A dataset of the project.")],
    incident: Annotated[str | None, typer.Argument(help="An incident's id: show it and its original row.")] = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the profile as a page.")] = None,
    snapshot: Annotated[str | None, typer.Option("--snapshot", help="Another snapshot than the current one.")] = None,
    debug: Debug = False,
) -> None:
    """Show what a dataset holds.

    Example: brief incidents ucdp-ged
    """
    from brieftools.cli.incidents import run_incidents

    run_incidents(name, incident, html=html, snapshot=snapshot)


@app.command("lab")
def lab_command(
    slug: Annotated[str | None, typer.Argument(help="A brief whose notebook is opened; without it, the project.")] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
    port: Annotated[int | None, typer.Option("--port", help="A port of your choice.")] = None,
    debug: Debug = False,
) -> None:
    """Open JupyterLab on this project: on loopback, with a token, at the brief's notebook.

    Example: brief lab islamic-state-abroad
    """
    from brieftools.notebook.lab.start import start_lab
    from brieftools.project.root import find_brief, find_project

    project = find_project(Path.cwd())
    notebook = find_brief(slug, project.root) / "brief.ipynb" if slug else None
    start_lab(project.root, notebook, browser=browser, port=port)


@app.command("due")
def due_command(
    slug: Slugs = None,
    as_of: AsOf = None,
    every: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """List the editions of weekly briefs that are due, failed or stale; exit 1 when there is one.

    Example: brief due --as-of 2026-03-09
    """
    from brieftools.cli.weekly import run_due_list

    raise typer.Exit(run_due_list(slug or [], as_of=as_of, every=every, as_json=json))


@app.command("run-due")
def run_due_command(
    slug: Slugs = None,
    as_of: AsOf = None,
    issue: Annotated[bool, typer.Option("--issue", help="Freeze what is built; by default it is a draft.")] = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Import what lies in data/inbox, then build the editions that are due, oldest first; twice does nothing twice.

    Example: brief run-due --json
    """
    from brieftools.cli.weekly import run_due_now

    raise typer.Exit(run_due_now(slug or [], as_of=as_of, issue=issue, as_json=json))


@app.command("correct")
def correct_command(slug: Slug, note: Note, edition: Edition = None, on: On = None, debug: Debug = False) -> None:
    """Build an issued edition once more, with a dated note on page 1 of what was wrong; the former build stays.

    Example: brief correct sahel-weekly --edition 2026-W09 --note "Figure 3 put the bridge in Sund."
    """
    from brieftools.cli.weekly import run_correct

    run_correct(slug, edition=edition, note=note, kind="corrected", on=on)


@app.command("withdraw")
def withdraw_command(slug: Slug, note: Note, edition: Edition = None, on: On = None, debug: Debug = False) -> None:
    """Withdraw an issued edition: a watermarked build says why; the former builds stay.

    Example: brief withdraw sahel-weekly --edition 2026-W09 --note "The source of judgment 1 was forged."
    """
    from brieftools.cli.weekly import run_correct

    run_correct(slug, edition=edition, note=note, kind="withdrawn", on=on)


@app.command("schedule")
def schedule_command(
    slug: Slug,
    cron: Annotated[bool, typer.Option("--cron", help="A line for crontab.")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="A service, a timer and a service that gives notice.")] = False,
    airflow: Annotated[bool, typer.Option("--airflow", help="A DAG.")] = False,
    notify: Annotated[
        str | None, typer.Option("--notify", metavar="COMMAND", help="Who hears of a failure: a mail address, or a command for sh.")
    ] = None,
    day: Annotated[str | None, typer.Option("--day", help="Another day than that on which an edition closes by brief.yml.")] = None,
    hour: Annotated[int | None, typer.Option("--hour", min=0, max=23, help="Another hour.")] = None,
    timezone: Annotated[str | None, typer.Option("--timezone", help="Another time zone: Europe/Berlin.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write the files there.")] = None,
    debug: Debug = False,
) -> None:
    """Print a file for your scheduler that builds what is due.

    Example: brief schedule sahel-weekly --cron --notify desk@example.org
    """
    from brieftools.cli.scheduling import run_schedule

    if cron + systemd + airflow != 1:
        raise typer.BadParameter("give one of --cron, --systemd and --airflow")
    kind: Literal["cron", "systemd", "airflow"] = "cron" if cron else "systemd" if systemd else "airflow"
    run_schedule(slug, kind=kind, notify=notify, day=day, hour=hour, timezone=timezone, out=out)


@app.command("index")
def index_command(
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FOLDER", help="Where index.html is written; by default the project's briefs.")
    ] = None,
    quiet: Quiet = False,
    json: Json = False,
    debug: Debug = False,
) -> None:
    """Write one page that lists all editions of all briefs, with search and pictures of page 1.

    Example: brief index --out public
    """
    from brieftools.cli.listing import run_index

    run_index(out, quiet=quiet, as_json=json)


@app.command("version")
def version_command() -> None:
    """Print the version.

    Example: brief version
    """
    from importlib.metadata import version

    typer.echo(version("brieftools"))


def run() -> None:
    """Run the command line; exit codes: 0 done, 1 brief or data wrong, 2 usage, 3 something missing, 130 interrupted."""
    from brieftools.cli.guard import guarded

    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter of a path or title shows its number
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(guarded(app, sys.argv[1:]))
