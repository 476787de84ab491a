"""Finding a project, reading its files, laying down new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from brieftools.errors import ProjectError, SpecError
from brieftools.project.root import find_brief, find_project
from brieftools.project.starter import new_brief
from brieftools.project.yamlfile import parse_yaml, plain, read_text
from projects import Laid, notebook

BOX = {
    "templates/weekly.ipynb": notebook([]),
    "templates/weekly/source.md": "@@TITLE@@\n",
    "templates/weekly/brief.yml": "title: @@TITLE@@\n",
}


@pytest.mark.parametrize("name", ["roads", "briefs/roads", "./briefs/roads/", "briefs/roads/brief.yml", "briefs/roads/brief.ipynb"])
def test_a_brief_is_found_by_slug_and_by_path(name: str, project: Laid, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is named, from the root and from inside the brief."""
    monkeypatch.chdir(project.root)
    assert find_brief(name, Path.cwd()) == project.folder
    monkeypatch.chdir(project.folder)
    assert find_brief(".", Path.cwd()) == project.folder
    assert find_brief("roads", Path.cwd()) == project.folder


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("keep_draft = 1", "did you mean 'keep_drafts'?"),
        ("keep_drafts = 0", "keep_drafts"),
        ("format = 2", "format"),
        ("x = ", "not valid TOML"),
    ],
)
def test_damaged_settings_are_named(text: str, says: str, project: Laid) -> None:
    """A wrong key, value or line of brieftools.toml."""
    project.write("brieftools.toml", text)
    with pytest.raises(ProjectError) as caught:
        find_project(project.folder)
    assert says in str(caught.value)
    assert str(project.root / "brieftools.toml") in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n", "# nothing to say\n"])
def test_settings_may_be_empty(text: str, project: Laid) -> None:
    """The file marks the root; everything in it has a default."""
    project.write("brieftools.toml", text)
    assert find_project(project.folder).settings.keep_drafts == 3


@pytest.mark.parametrize("data", [b"a: \xff\n", b"", b" \n"])
def test_a_file_that_is_no_text_is_named(data: bytes, tmp_path: Path) -> None:
    """Not UTF-8, or empty."""
    (tmp_path / "brief.yml").write_bytes(data)
    with pytest.raises(SpecError, match="UTF-8|empty"):
        read_text(tmp_path / "brief.yml")


def test_yaml_builds_no_objects_and_runs_nothing(tmp_path: Path) -> None:
    """A tag of Python's is data."""
    mark = tmp_path / "mark"
    plain(parse_yaml(f"a: !!python/object/apply:os.system ['touch {mark}']\nb: !!python/name:os.system x\n", tmp_path / "x.yml"))
    assert not mark.exists()


def test_a_template_with_a_part_missing_lays_nothing_down(project: Laid) -> None:
    """Else the half of a brief would be in the way of the second attempt."""
    for path, text in BOX.items():
        project.write(path, text)
    (project.root / "templates/weekly/source.md").unlink()
    with pytest.raises(ProjectError, match=r"lacks brief.yml or source.md"):
        new_brief("ports", template="weekly", title=None, as_of=None, start=project.root)
    assert not (project.root / "briefs/ports").exists()


@pytest.mark.parametrize(
    ("slug", "template", "as_of", "says"),
    [
        ("Ports", "weekly", None, "no name for a brief"),
        ("../ports", "weekly", None, "no name for a brief"),
        ("-p", "weekly", None, "no name for a brief"),
        ("ports", "weakly", None, "did you mean 'weekly'?"),
        ("ports", "../briefs/roads/brief", None, "no template called"),
        ("ports", "weekly", "31.3.2020", "is not a date"),
        ("roads", "weekly", None, "'roads' is there already"),
    ],
)
def test_a_new_brief_that_cannot_be_laid_down_changes_nothing(
    slug: str, template: str, as_of: str | None, says: str, project: Laid
) -> None:
    """The message says what to change."""
    for path, text in BOX.items():
        project.write(path, text)
    before = sorted(project.root.rglob("*"))
    with pytest.raises((ProjectError, SpecError), match=says):
        new_brief(slug, template=template, title=None, as_of=as_of, start=project.root)
    assert sorted(project.root.rglob("*")) == before


@pytest.mark.parametrize("title", ['"{{ x }}" \\ @@SLUG@@', "yes", "2020-01-01", "- a: b # c", "Ä ß 中 🙂", "two\nlines"])
def test_any_title_survives_a_new_brief(title: str, project: Laid) -> None:
    """What was given at the call is what the file says, character for character."""
    for path, text in BOX.items():
        project.write(path, text)
    folder = new_brief("ports", template="weekly", title=title, as_of="2020-02-29", start=project.root)
    assert plain(parse_yaml((folder / "brief.yml").read_text(encoding="utf-8"), folder))["title"] == title
