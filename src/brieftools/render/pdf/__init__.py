"""The PDF: one fixed Typst page over the Document, PDF/A-3a and PDF/UA-1."""

from brieftools.render.pdf.render import Pdf, render_pdf

__all__ = ["Pdf", "render_pdf"]
