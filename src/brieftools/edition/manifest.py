"""``manifest.json``: what a build was made from, with which versions, so that somebody else can make it again."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from brieftools.brief.inputs import Inputs
from brieftools.brief.sights import earlier_snapshots
from brieftools.errors import ProjectError
from brieftools.house.wording import Words

FORMAT = "brieftools/manifest/1"
# Every package whose version can change a byte of the output.
_PACKAGES = (
    "brieftools",
    "brotli",
    "duckdb",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "fonttools",
    "ipykernel",
    "ipython",
    "latex2mathml",
    "markdown-it-py",
    "matplotlib",
    "matplotlib-inline",
    "mdit-py-plugins",
    "nbclient",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pillow",
    "pydantic",
    "ruamel.yaml",
    "scipy",
    "typst",
)


def sha256(data: bytes) -> str:
    """Return the hash of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions of Python and of each package that takes part."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def built_with(known: Mapping[str, str], said: Words) -> str:
    """Return the sentence on versions that the brief prints."""
    names = ("pandas", "matplotlib", "papermill", "typst")
    rest = ", ".join(f"{name} {known[name]}" for name in names)
    built = said["built"].format(version=known["brieftools"], python=known["python"], rest=rest)
    return f"{built} {said['attached']}"


def input_files(inputs: Inputs) -> dict[str, bytes]:
    """Return every file that a brief is made from, by its path in the project, but the rows of snapshots: they may be large."""
    own = ("brief.yml", "judgments.yml", "ach.yml", "corrections.yml")
    paths = [inputs.folder / name for name in own if (inputs.folder / name).is_file()]
    paths += [inputs.notebook, inputs.project.root / "brieftools.toml", *inputs.house.files]
    paths += [inputs.project.sources / f"{key}.md" for key in inputs.sources]
    paths += [dataset.path.parent / "sidecar.yml" for dataset in inputs.datasets.values()]
    paths += [dataset.path for dataset in inputs.datasets.values() if not dataset.is_snapshot]
    actors = inputs.project.root / "data" / "actors.yml"
    paths += [actors] if actors.is_file() and inputs.datasets else []
    files = {place(path, inputs): path.read_bytes() for path in paths}
    return dict(sorted(files.items()))


def place(path: Path, inputs: Inputs) -> str:
    """Return a file's path in the project.

    Raises
    ------
    ProjectError
        It is a link that leads out of the project.
    """
    if not inputs.project.inside(path):
        raise ProjectError(
            "an input of the brief lies outside the project", where=path, do="copy it into the project: the manifest could not name it"
        )
    return path.resolve().relative_to(inputs.project.root.resolve()).as_posix()


def manifest(
    inputs: Inputs, *, files: Mapping[str, bytes], document: bytes, given: Mapping[str, Any], state: str, versions: Mapping[str, str]
) -> dict[str, Any]:
    """Return the manifest that is embedded in the PDF: no path of the machine, no time of the run.

    Parameters
    ----------
    files : mapping
        Of `input_files`.
    document : bytes
        ``document.json``.
    given : mapping
        Parameters given at the call.
    state : str
        draft or issued.
    versions : mapping
        Of `versions`.
    """
    edition = inputs.spec.edition
    hashes = {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in files.items()}
    for dataset in [*inputs.datasets.values(), *earlier_snapshots(inputs)]:
        if dataset.is_snapshot:
            hashes[place(dataset.path, inputs)] = {"sha256": dataset.sidecar.sha256, "bytes": dataset.path.stat().st_size}
    command = ["brief", "build" if state == "draft" else "issue", inputs.spec.slug, "--edition", inputs.spec.edition_name]
    return {
        "format": FORMAT,
        "brief": inputs.spec.slug,
        "edition": {"name": inputs.spec.edition_name, "number": edition.number, "as_of": edition.as_of.isoformat(), "state": state},
        "command": " ".join(command + [f"-p {name}={value}" for name, value in sorted(given.items())]),
        "parameters": dict(sorted(inputs.parameters(given).items())),
        "inputs": dict(sorted(hashes.items())),
        "document": {"sha256": sha256(document), "bytes": len(document)},
        "versions": dict(versions),
    }


def dump(data: Any, *, canonical: bool = False) -> bytes:
    """Return data as JSON bytes; `canonical` sorts keys, whose order depends on whether a notebook was saved in between."""
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=canonical) + "\n").encode()
