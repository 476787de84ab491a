"""nbconvert exporters: thin doors over the two renderers, for JupyterLab's menu and ``jupyter nbconvert``.

``brief_html`` and ``brief_pdf`` (JupyterLab's server routes only names of letters, digits and underscores). They execute nothing:
the notebook is exported as it was last saved. The same executed notebook gives the same bytes as ``brief build``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import default


class _BriefExporter(Exporter):
    """Finds the brief that a notebook belongs to, and takes one file of its build."""

    wanted = ""

    @default("default_preprocessors")
    def _none(self) -> list[str]:
        """They join and rewrite what cells printed; a build does not."""
        return []

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[bytes | str, dict[str, Any]]:  # type: ignore[override]
        """Return the rendering of an executed notebook.

        Raises
        ------
        BrieftoolsError
            The notebook was not run, or cannot become a brief; the message is complete, since JupyterLab shows nothing else.
        """
        from brieftools.notebook.export import export

        prepared, given = super().from_notebook_node(nb, resources, **kw)
        where = given.get("metadata", {})
        data = export(prepared, folder=Path(where.get("path") or "."), name=str(where.get("name") or "notebook"), wanted=self.wanted)
        given["output_extension"] = self.file_extension
        return (data if self.wanted.endswith(".pdf") else data.decode("utf-8")), given


class BriefHTMLExporter(_BriefExporter):
    """The brief as one HTML file."""

    wanted = "brief.html"
    output_mimetype = "text/html"

    @default("file_extension")
    def _extension(self) -> str:
        return ".html"


class BriefPDFExporter(_BriefExporter):
    """The brief as PDF/A-3a and PDF/UA-1."""

    wanted = "brief.pdf"
    output_mimetype = "application/pdf"

    @default("file_extension")
    def _extension(self) -> str:
        return ".pdf"
