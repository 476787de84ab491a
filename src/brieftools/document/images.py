"""Pictures that a Markdown cell points to: files of the project, or pasted into the cell. Nothing is fetched."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from brieftools.document.outputs import figure
from brieftools.errors import DocumentError

Node = dict[str, Any]
_KINDS = {".svg": "svg", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_MIMES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpeg"}


def load_image(address: str, alt: str, *, folder: Path, root: Path, attachments: Mapping[str, Mapping[str, str]], where: str) -> Node:
    """Turn an image's address into a figure.

    Raises
    ------
    DocumentError
        A remote address, a path outside the project, a file that is not there or is no picture.
    """
    address = unquote(address)
    if address.startswith("attachment:"):
        return _pasted(address.removeprefix("attachment:"), alt, attachments, where)
    if "://" in address or address.startswith(("//", "data:")):
        do = "save it into the project and point to the file; nothing is fetched"
        raise DocumentError(f"the picture {address[:80]!r} is not in the project", where=where, do=do)
    path = folder / address
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            raise DocumentError(f"the picture {address!r} lies outside the project", where=where, do="copy it into the project")
        kind = _KINDS.get(path.suffix.lower())
        data = path.read_bytes() if kind and path.is_file() else None
    except (OSError, ValueError, RuntimeError) as e:  # no permission; a name that no file can have; links in a circle
        why = e.strerror if isinstance(e, OSError) else str(e)
        raise DocumentError(f"the picture {address[:80]!r} cannot be read: {why}", where=where, do="check the path and the file") from None
    if kind is None or data is None:
        what = "is not there" if kind else "is no SVG, PNG or JPEG file"
        raise DocumentError(f"the picture {address!r} {what}", where=where, do="correct the path; it counts from the brief's folder")
    return _figure(kind, data, alt, address, where)


def _pasted(name: str, alt: str, attachments: Mapping[str, Mapping[str, str]], where: str) -> Node:
    for mime, data in attachments.get(name, {}).items():
        if mime in _MIMES:
            # JupyterLab keeps a pasted SVG as base64 too.
            return _figure(_MIMES[mime], _decoded(data), alt, name, where)
    raise DocumentError(f"the cell has no pasted picture {name!r}", where=where, do="paste it again")


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode(data)
    except ValueError:
        return b""  # which is no picture


def _figure(kind: str, data: bytes, alt: str, name: str, where: str) -> Node:
    try:
        return figure(kind, data.decode() if kind == "svg" else base64.b64encode(data).decode(), alt=alt)
    except (OSError, ValueError):
        raise DocumentError(f"the picture {name!r} is damaged", where=where, do="export it again") from None
