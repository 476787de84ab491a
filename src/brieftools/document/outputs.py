"""A code cell's outputs become blocks: ours from their data, everything else from its best plain form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from brieftools.brief.facts import MIME as FACT_MIME
from brieftools.document.html_table import read_html
from brieftools.document.math import math_node
from brieftools.document.prose import parse
from brieftools.execute.scrub import plain_text

Node = dict[str, Any]
MIME = "application/vnd.brieftools+json"
# What matplotlib and others return from a last line, meant for nobody.
_REPR = re.compile(r"^[\[(]*(?:<[^<>]*>|Text\(.*\)|\.\.\.)[\])]*$|^\[?\(?array\(|^\(?\[?<", re.DOTALL)
_OBJECT = re.compile(r"^<[\w.]+ object>$")
_IMAGES = {"image/png": "png", "image/jpeg": "jpeg"}


@dataclass(frozen=True)
class Outputs:
    """What one cell put out.

    Attributes
    ----------
    blocks : list of dict
        Blocks of docs/document.md, and payloads of our own objects as ``{"type": "payload", "payload": ...}``.
    warnings : list of str
        What was left out, for the build's log.
    """

    blocks: list[Node] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_outputs(outputs: list[Node], *, where: str) -> Outputs:
    """Turn a cell's outputs into blocks, in order."""
    found = Outputs()
    drawn = any(_is_figure(output.get("data", {})) for output in outputs)
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            _stream(output, found, where)
        elif kind == "error":
            trace = plain_text("\n".join(output.get("traceback", [])))
            found.blocks.append({"type": "error", "name": output["ename"], "message": plain_text(output["evalue"]), "trace": trace})
        else:
            found.blocks.extend(_data(output.get("data", {}), drawn and kind == "execute_result", found, where))
    return found


def _is_figure(data: Node) -> bool:
    payload = data.get(MIME)
    return any(mime.startswith("image/") for mime in data) or (isinstance(payload, dict) and payload.get("type") == "figure")


def _stream(output: Node, found: Outputs, where: str) -> None:
    text = plain_text(_text(output["text"]))
    if not text.strip():
        return
    if output["name"] == "stderr":
        found.warnings.append(f"{where}: wrote to stderr, which a brief does not show: {text.strip().splitlines()[-1][:200]}")
    else:
        found.blocks.append({"type": "output", "text": text.rstrip("\n")})


def _data(data: Node, beside_figure: bool, found: Outputs, where: str) -> list[Node]:
    payload = data.get(MIME)
    if FACT_MIME in data:
        return []  # read before, from the whole notebook
    if isinstance(payload, dict):
        return [{"type": "payload", "payload": payload}]
    if "text/html" in data:
        blocks = _html(data)
        if blocks:
            return blocks
    if "image/svg+xml" in data:
        return [figure("svg", _text(data["image/svg+xml"]))]
    for mime, name in _IMAGES.items():
        if mime in data:
            return [figure(name, _text(data[mime]).replace("\n", ""))]
    if "text/markdown" in data:
        return [block for block in parse(_text(data["text/markdown"])) if block["type"] != "footnote"]
    if "text/latex" in data:
        return [math_node(_bare_tex(_text(data["text/latex"])), block=True)]
    return _plain(_text(data.get("text/plain", "")), beside_figure, found, where, data)


def _html(data: Node) -> list[Node]:
    tables, words = read_html(_text(data["text/html"]))
    plain = _text(data.get("text/plain", ""))
    if tables:
        return tables + ([{"type": "para", "c": [{"type": "text", "text": words}]}] if words else [])
    if words and (not plain or _OBJECT.match(plain)):
        return [{"type": "para", "c": [{"type": "text", "text": line}]} for line in words.split("\n")]
    return []


def _plain(text: str, beside_figure: bool, found: Outputs, where: str, data: Node) -> list[Node]:
    if text and not (beside_figure and _REPR.match(text)):
        return [{"type": "output", "text": plain_text(text)}]
    if not text and data:
        found.warnings.append(f"{where}: an output of type {', '.join(sorted(data))} has no plain form and was left out")
    return []


def _bare_tex(text: str) -> str:
    text = text.strip()
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
            text = text[len(opening) : -len(closing)].strip()
    return text.removeprefix("\\displaystyle").strip()


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def figure(kind: str, data: str, *, alt: str = "") -> Node:
    """Return a figure without title: an analyst's own picture.

    Parameters
    ----------
    kind : str
        svg, png or jpeg.
    data : str
        SVG text, or base64.
    alt : str
        What it shows, for those who cannot see it.
    """
    width, height = _size(kind, data)
    scale = min(1.0, 174 / width)
    return {
        "type": "figure",
        "id": "",
        "number": None,
        "title": [],
        "subtitle": [],
        "source": None,
        "alt": alt,
        "width_mm": 116 if width * scale <= 116 else 174,
        "image": {"format": kind, "data": data, "width_mm": round(width * scale, 2), "height_mm": round(height * scale, 2)},
        "table": None,
        "period": None,
    }


def _size(kind: str, data: str) -> tuple[float, float]:
    """Width and height in mm; a raster picture counts 150 points to the inch."""
    if kind == "svg":
        return _svg_size(data)
    import base64
    import io

    from PIL import Image

    with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
        width, height = picture.size
    return width * 25.4 / 150, height * 25.4 / 150


def _svg_size(svg: str) -> tuple[float, float]:
    match = re.search(r'viewBox="\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)', svg)
    if match and float(match[1]) > 0 and float(match[2]) > 0:
        return float(match[1]) * 25.4 / 72, float(match[2]) * 25.4 / 72
    return 116.0, 72.0
