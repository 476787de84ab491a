"""A file that travels inside the PDF."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attachment:
    """A file embedded in the PDF (PDF/A-3 associated file).

    Attributes
    ----------
    name : str
        File name, without folders.
    data : bytes
        Content.
    mime : str
        Media type.
    description : str
        One line for the reader's attachment list.
    relationship : str
        ``source``, ``data``, ``alternative`` or ``supplement``.
    """

    name: str
    data: bytes
    mime: str
    description: str
    relationship: str = "data"
