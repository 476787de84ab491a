"""The files of a build: both renderings, the executed notebook, the tree, the manifest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from brieftools.brief.facts import Fact
from brieftools.brief.inputs import Inputs
from brieftools.edition.manifest import dump, input_files, manifest, place, sha256
from brieftools.execute.notebook import notebook_text
from brieftools.house.csvtext import csv_text
from brieftools.render.attachment import Attachment
from brieftools.render.html import render_html
from brieftools.render.pdf import render_pdf

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LARGEST_DATA = 5_000_000  # bytes of rows; larger ones make a PDF that nobody can open
_MIMES = {".csv": "text/csv", ".yml": "application/yaml", ".md": "text/markdown", ".json": "application/json"}


def build_files(
    executed: NotebookNode,
    document: dict[str, Any],
    inputs: Inputs,
    *,
    facts: Iterable[Fact],
    given: Mapping[str, Any],
    state: str,
    versions: Mapping[str, str],
    only: str | None = None,
) -> tuple[dict[str, bytes], int, tuple[str, ...]]:
    """Render a Document and gather everything that belongs to the build.

    Parameters
    ----------
    only : str, optional
        ``brief.pdf`` or ``brief.html``: render nothing else.

    Returns
    -------
    files : dict of str to bytes
    pages : int
        Of the PDF.
    warnings : tuple of str
    """
    files = input_files(inputs)
    tree = dump(document, canonical=True)
    record = manifest(inputs, files=files, document=tree, given=given, state=state, versions=versions)
    fonts = (inputs.project.fonts,) if inputs.project.fonts.is_dir() else ()
    with ThreadPoolExecutor(max_workers=1) as pool:  # Typst works outside the interpreter's lock
        html = pool.submit(render_html, document, house=inputs.house, font_dirs=fonts) if only != "brief.pdf" else None
        if html is not None and only == "brief.html":
            return {only: html.result()}, 0, ()
        attached = attachments(inputs, files, tree, dump(record), facts_csv(facts))
        pdf = render_pdf(document, house=inputs.house, attachments=attached, font_dirs=fonts)
    if html is None:
        return {"brief.pdf": pdf.data}, pdf.pages, pdf.warnings
    output = {"brief.pdf": pdf.data, "brief.html": html.result(), "brief.ipynb": notebook_text(executed).encode(), "document.json": tree}
    hashes = {name: {"sha256": sha256(data), "bytes": len(data)} for name, data in output.items()}
    output["manifest.json"] = dump(record | {"outputs": hashes})
    return output, pdf.pages, pdf.warnings


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """Return the facts as CSV; no cell can be taken for a formula."""
    rows = [[fact.name, str(fact.value), fact.text, fact.unit, fact.origin] for fact in facts]
    return csv_text(["name", "value", "text", "unit", "origin"], rows).encode()


def attachments(inputs: Inputs, files: Mapping[str, bytes], tree: bytes, record: bytes, facts: bytes) -> tuple[Attachment, ...]:
    """Return what travels inside the PDF: the tree, the manifest, the brief's own files, and data that may be passed on."""
    found = [
        Attachment("document.json", tree, "application/json", "The brief as data; both renderings are made from it", "source"),
        Attachment("manifest.json", record, "application/json", "Inputs with hashes, versions, parameters", "supplement"),
        Attachment("facts.csv", facts, "text/csv", "Every number that the text can quote, and how it was computed", "data"),
    ]
    withheld = {place(dataset.path, inputs) for dataset in inputs.datasets.values() if not dataset.sidecar.redistribute_rows}
    withheld |= {place(path, inputs) for path in inputs.house.files}  # fonts may not be passed on, and a logo is on the page
    for path, data in files.items():
        name = path.rpartition("/")[2]
        if path in withheld or name.endswith((".ipynb", ".toml")):
            continue
        unique = name if name != "sidecar.yml" else f"{path.split('/')[2]}.sidecar.yml"
        if any(unique == one.name for one in found):  # two datasets may have files of one name
            unique = f"{path.split('/')[-2]}.{name}"
        kind = _MIMES.get("." + name.rpartition(".")[2], "application/octet-stream")
        found.append(Attachment(unique, data, kind, f"Input of the brief: {path}", "data" if kind == "text/csv" else "source"))
    return tuple(found) + tuple(_rows(inputs))


def _rows(inputs: Inputs) -> Iterator[Attachment]:
    """The rows of snapshots that the brief speaks of, as CSV, where they may be passed on and a reader could use them."""
    from brieftools.incidents.query import text_rows

    for name, dataset in inputs.datasets.items():
        if not (dataset.is_snapshot and dataset.sidecar.redistribute_rows) or dataset.path.stat().st_size > _LARGEST_DATA:
            continue
        columns, cells = text_rows(dataset, cut=inputs.cut)
        yield Attachment(
            f"{name}.csv", csv_text(columns, cells).encode(), "text/csv", f"Data of the brief: {dataset.sidecar.title}", "data"
        )
