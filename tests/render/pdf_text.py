"""The text and the tags of a PDF, read with pikepdf alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf


def opened(data: bytes) -> pikepdf.Pdf:
    """Open the bytes of a PDF."""
    return pikepdf.open(io.BytesIO(data))


def text(data: bytes) -> str:
    """Return what a reader can copy from all pages, one line for each piece of text."""
    with opened(data) as pdf:
        return "\n".join(piece for page in pdf.pages for piece in _pieces(page.obj))


def page_texts(data: bytes, *, artifacts: bool = False) -> list[str]:
    """Return the text of each page; artifacts are header, footer, watermark, and the heads of tables from their second page on."""
    with opened(data) as pdf:
        return ["\n".join(_pieces(page.obj, artifacts=artifacts)) for page in pdf.pages]


def words(data: bytes) -> str:
    """Return the text of all pages with every run of white space as one space."""
    return re.sub(r"\s+", " ", text(data))


def letters(data: bytes) -> str:
    """Return the text without any white space: lines may break anywhere."""
    return re.sub(r"\s", "", text(data))


def tags(data: bytes) -> list[str]:
    """Return the names of all tags, in reading order."""
    return [name for name, _ in elements(data)]


def elements(data: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Return name and text attributes (Alt, ActualText, ...) of each tag, in reading order."""
    with opened(data) as pdf:
        return list(_elements(pdf.Root.StructTreeRoot.K))


def attached(data: bytes) -> dict[str, tuple[bytes, str, str]]:
    """Return content, relationship and media type of each embedded file, by name."""
    with opened(data) as pdf:
        if "/AF" not in pdf.Root:
            return {}
        return {
            str(spec.UF): (spec.EF.F.read_bytes(), str(spec.AFRelationship).lstrip("/"), str(spec.EF.F.Subtype).lstrip("/"))
            for spec in pdf.Root.AF
        }


def _elements(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield str(node.S).lstrip("/"), {key.lstrip("/"): str(node[key]) for key in ("/Alt", "/ActualText", "/T") if key in node}
        if "/K" in node:
            yield from _elements(node.K)


def _pieces(owner: Any, *, artifacts: bool = True) -> Iterator[str]:
    resources = owner.get("/Resources", pikepdf.Dictionary())
    font: dict[int, str] = {}
    fonts: dict[str, dict[int, str]] = {}
    marks: list[str] = []  # the marked content that is open: "actual" where its text is given apart, "artifact", or ""
    for operands, operator in pikepdf.parse_content_stream(owner):
        name = str(operator)
        hidden = "artifact" in marks and not artifacts
        if name in ("BDC", "BMC"):
            actual = _actual(operands)
            marks.append("artifact" if str(operands[0]) == "/Artifact" else "" if actual is None else "actual")
            if actual is not None and not hidden:
                yield actual
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            chosen = str(operands[0])
            if chosen not in fonts:  # a page may change its font for every letter
                fonts[chosen] = _letters_of(resources.Font[chosen])
            font = fonts[chosen]
        elif name in ("Tj", "TJ") and not hidden and "actual" not in marks:
            strings = operands[0] if name == "TJ" else [operands[0]]
            yield "".join(_decoded(bytes(part), font) for part in strings if isinstance(part, pikepdf.String))
        elif name == "Do" and str(resources.XObject[str(operands[0])].Subtype) == "/Form":
            yield from _pieces(resources.XObject[str(operands[0])], artifacts=artifacts)


def _actual(operands: Any) -> str | None:
    properties = operands[1] if len(operands) > 1 else None
    return str(properties.ActualText) if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties else None


def _decoded(codes: bytes, font: dict[int, str]) -> str:
    return "".join(font.get(int.from_bytes(codes[i : i + 2], "big"), "\ufffd") for i in range(0, len(codes), 2))


def _letters_of(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"^<([0-9A-F]{4})> <([0-9A-F]+)>$", cmap, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs}
