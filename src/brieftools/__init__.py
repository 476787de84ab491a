"""brieftools: a sourced article and its incident data become a reproducible analytic brief.

::

    source -> incidents -> brief -> execute -> document -> render -> edition

In a notebook, ``brief = brieftools.open()``; on the command line, ``brief build SLUG``; in Python, ``from brieftools.build import build``.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from brieftools.notebook.session import Brief

__all__ = ["open"]


def open(*, edition: str | None = None, folder: str | Path | None = None, **parameters: Any) -> Brief:
    """Open the brief that a notebook belongs to; see `brieftools.notebook.session.open_brief`."""
    from brieftools.notebook.session import open_brief

    return open_brief(edition=edition, folder=folder, **parameters)
