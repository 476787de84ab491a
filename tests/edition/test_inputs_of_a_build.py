"""What a build takes in, and that its messages are whole."""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

import pikepdf
import pytest

from brieftools.build import build
from brieftools.errors import BrieftoolsError, IncidentError, SourceError
from projects import BRIEF, CSV, SIDECAR, Laid


def test_two_datasets_may_have_files_of_one_name(project: Laid) -> None:
    """Both travel in the PDF, told apart, and one that may not be passed on keeps only itself back."""
    other = CSV.replace("Northgate", "Eastgate")
    digest = hashlib.sha256(other.encode()).hexdigest()
    project.write("data/incidents/others/attacks.csv", other)
    project.write("data/incidents/others/sidecar.yml", SIDECAR.replace("name: attacks", "name: others").replace("@@SHA256@@", digest))
    project.write("briefs/roads/brief.yml", BRIEF.replace("[attacks]", "[attacks, others]"))
    with pikepdf.open(build(project.folder).pdf) as pdf:
        attached = [bytes(file.get_file().read_bytes()) for file in pdf.attachments.values()]
    assert {CSV.encode(), other.encode()} <= set(attached)
    sidecar = project.root / "data/incidents/others/sidecar.yml"
    sidecar.write_text(sidecar.read_text().replace("redistribute_rows: true", "redistribute_rows: false"))
    with pikepdf.open(build(project.folder).pdf) as pdf:
        attached = [bytes(file.get_file().read_bytes()) for file in pdf.attachments.values()]
    assert CSV.encode() in attached
    assert other.encode() not in attached


def test_an_input_outside_the_project_is_refused(project: Laid, tmp_path: Path) -> None:
    """A link out of the project: the manifest could not name the file."""
    (project.root / "data/incidents/attacks").rename(tmp_path / "elsewhere")
    (project.root / "data/incidents/attacks").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BrieftoolsError, match="outside the project"):
        build(project.folder)


@pytest.mark.parametrize(
    ("path", "error"), [("data/sources/smith-2020.md", SourceError), ("data/incidents/attacks/attacks.csv", IncidentError)]
)
def test_a_missing_input_leaves_the_former_build(path: str, error: type[BrieftoolsError], project: Laid) -> None:
    """Nothing is half written."""
    former = build(project.folder)
    (project.root / path).unlink()
    with pytest.raises(error):
        build(project.folder)
    assert (project.current, project.builds) == (former.folder, ["r1"])


def test_another_edition_has_a_folder_of_its_own(project: Laid) -> None:
    """Both stay current, each as of its day."""
    build(project.folder)
    early = build(project.folder, edition="2020-02-10")
    assert early.folder == project.folder / "editions" / "2020-02-10" / "r1"
    facts = [
        node for node in _nodes(json.loads((early.folder / "document.json").read_text(encoding="utf-8"))) if node.get("name") == "attacks"
    ]
    assert facts[0]["text"] == "2"  # one dated attack by then, and the undated one
    assert project.current.parent.name == "2020-03-31"


def _nodes(tree: object) -> list[dict[str, object]]:
    if isinstance(tree, list):
        return [node for entry in tree for node in _nodes(entry)]
    return [tree, *(node for entry in tree.values() for node in _nodes(entry))] if isinstance(tree, dict) else []


def test_every_error_says_what_to_do(checkout: Path) -> None:
    """Wherever one of our errors is raised, `do` is given."""
    silent = []
    for path in (checkout / "src" / "brieftools").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id.endswith("Error")
                and node.func.id[0].isupper()
            ):
                ours = node.func.id in {kind.__name__ for kind in _kinds(BrieftoolsError)}
                if ours and not any(keyword.arg == "do" for keyword in node.keywords):
                    silent.append(f"{path.name}:{node.lineno}")
    assert silent == []


def _kinds(kind: type[BrieftoolsError]) -> list[type[BrieftoolsError]]:
    return [kind, *(found for below in kind.__subclasses__() for found in _kinds(below))]
