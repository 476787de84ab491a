"""New projects and new briefs: what `brief init` and `brief new` lay down."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

from brieftools.errors import MissingToolError, ProjectError, SpecError, nearest
from brieftools.project.root import MARK, find_project

EXAMPLE = "islamic-state-abroad"
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_README = """# Analytic briefs

A project of brieftools. `briefs/` holds one folder per brief, `data/sources/` one record per source, `data/incidents/` the data,
`templates/` what `brief new` starts from.

    brief build islamic-state-abroad       # the example: writes PDF and HTML, says where
    brief new SLUG --template article-brief

Edit the notebooks in JupyterLab (`pip install "brieftools[lab]"`, then `jupyter lab`).
"""
_IGNORE = "briefs/*/editions/\nbriefs/index.html\n.ipynb_checkpoints/\n"


def starter() -> Path:
    """Return the folder that holds what is laid down: package data, or the checkout that the package runs from."""
    packaged = Path(__file__).parent / "starter"
    if packaged.is_dir():
        return packaged
    checkout = Path(__file__).resolve().parents[3]
    if (checkout / MARK).is_file() and (checkout / "templates").is_dir():
        return checkout
    raise MissingToolError("the installation has no starter files", where=packaged, do="install brieftools again")


def init_project(directory: Path) -> Path:
    """Lay down a working project: settings, templates, data and an example brief that builds.

    Raises
    ------
    ProjectError
        The folder is not empty.
    """
    root = directory.resolve()
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ProjectError("the folder is not empty", where=root, do="name a new or empty folder")
    source = starter()
    root.mkdir(parents=True, exist_ok=True)
    for name in ("data", "templates"):
        shutil.copytree(source / name, root / name)
    shutil.copytree(source / "briefs" / EXAMPLE, root / "briefs" / EXAMPLE, ignore=shutil.ignore_patterns("editions", ".ipynb_checkpoints"))
    (root / "README.md").write_text(_README, encoding="utf-8")
    (root / ".gitignore").write_text(_IGNORE, encoding="utf-8")
    shutil.copy2(source / MARK, root / MARK)  # last: with it the project is one
    return root


def new_brief(
    slug: str, *, template: str, title: str | None, as_of: str | None, start: Path, dataset: str | None = None, synthetic: bool = False
) -> Path:
    """Start a brief in the project that `start` lies in.

    Parameters
    ----------
    slug : str
        Name of its folder.
    template : str
        A template of the project: ``templates/NAME.ipynb`` with the folder ``templates/NAME/`` beside it.
    title : str, optional
    as_of : str, optional
        ISO date; by default the last day of last month.
    start : Path
    dataset : str, optional
        The dataset of a weekly brief; by default it is called like the brief.
    synthetic : bool
        Lay down the template's worked example too: for ``weekly-brief`` 27 releases of an invented country.

    Raises
    ------
    ProjectError
        No project here, no such template, or the brief exists.
    SpecError
        The slug or the date is not allowed.
    """
    project = find_project(start)
    if not _SLUG.fullmatch(slug):
        raise SpecError(
            f"{slug!r} is no name for a brief", do="use lower-case letters, digits and hyphens, beginning with a letter or digit"
        )
    notebook, parts = project.root / "templates" / f"{template}.ipynb", project.root / "templates" / template
    if not _SLUG.fullmatch(template) or not notebook.is_file():
        known = (path.stem for path in notebook.parent.glob("*.ipynb"))
        raise ProjectError(f"no template called {template!r}; {nearest(template, known)}", where=notebook.parent, do="choose one of them")
    if not (parts / "source.md").is_file() or not (parts / "brief.yml").is_file():
        what = f"template {template!r} lacks brief.yml or source.md"
        raise ProjectError(what, where=parts, do="put them there; the template article-brief shows how")
    if synthetic:
        parts = parts / "velmora"
        if not (parts / "brief.yml").is_file():
            raise ProjectError(f"template {template!r} has no synthetic example", where=parts, do="use --template weekly-brief")
    folder, record = project.briefs / slug, project.sources / f"{slug}-article.md"
    for path in (folder, record):
        if path.exists():
            raise ProjectError(f"{path.name!r} is there already", where=path.parent, do="choose another slug")
    words = _words(slug, title, as_of, dataset or slug)
    folder.mkdir(parents=True)
    shutil.copy2(notebook, folder / "brief.ipynb")
    for part in sorted(parts.glob("*.yml")):
        (folder / part.name).write_text(_fill(part, words), encoding="utf-8")
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(_fill(parts / "source.md", words), encoding="utf-8")
    if synthetic:
        from brieftools.project.velmora import write_feed

        write_feed(project.root / "data" / "inbox" / "velmora")
    return folder


def _words(slug: str, title: str | None, as_of: str | None, dataset: str) -> dict[str, str]:
    try:
        day = date.fromisoformat(as_of) if as_of else date.today().replace(day=1) - timedelta(days=1)
    except ValueError:
        raise SpecError(f"{as_of!r} is not a date", do="write it as 2017-03-31") from None
    import json

    name = title or slug.replace("-", " ").capitalize()
    # JSON is YAML: any title is safe between its quotes.
    return {
        "SLUG": slug,
        "TITLE": json.dumps(name, ensure_ascii=False),
        "AS_OF": day.isoformat(),
        "WEEK": f"{day.isocalendar().year}-W{day.isocalendar().week:02d}",
        "DATASET": dataset,
        "START": day.replace(month=1, day=1).isoformat(),
        "HORIZON": day.replace(year=day.year + 1, day=28).isoformat(),
    }


def _fill(path: Path, words: dict[str, str]) -> str:
    return re.sub(r"@@([A-Z_]+)@@", lambda match: words[match[1]], path.read_text(encoding="utf-8"))
