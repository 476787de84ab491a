"""HTML: a walk over the Document that ends in one self-contained, static page."""

from brieftools.render.html.page import render_html

__all__ = ["render_html"]
