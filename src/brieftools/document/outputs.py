"""A code cell's outputs become blocks: ours from their data, everything else from its best plain form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from brieftools.brief.facts import MIME as FACT_MIME
from brieftools.document.html_table import read_html
from brieftools.document.math import math_node
from brieftools.document.prose import parse
from brieftools.errors import DocumentError
from brieftools.execute.scrub import plain_text

Node = dict[str, Any]
MIME = "application/vnd.brieftools+json"
# What a line that draws returns (matplotlib's objects, arrays, limits of an axis), meant for nobody.
_OF_MATPLOTLIB = r"<(?:matplotlib|mpl_toolkits|Figure size|Axes\w*|\w*Container)\b.*"
_DRAWN = re.compile(rf"(?:array\()?[\[(]*{_OF_MATPLOTLIB}|[\[(]*Text\(.*\)[\])]*|\{{'\w+': \[{_OF_MATPLOTLIB}", re.DOTALL)
_LIMIT = r"(?:np\.float64\()?-?[\d.]+(?:e[-+]?\d+)?\)?"
_BESIDE = re.compile(rf"[\[(]*(?:<.*|array\(.*)|\({_LIMIT}(?:, {_LIMIT}){{1,3}}\)|\.\.\.", re.DOTALL)
# An object without a text of its own.
_OBJECT = re.compile(r"<[\w.<>]+(?: object)?(?: at 0x[0-9a-f…]+)?>")
_PROGRESS = re.compile(r"\d+%\|.*\|")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_IMAGES = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpeg"}


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


@dataclass(frozen=True)
class _Cell:
    """Where an output stands: the cell's name, the output's place in it, whether the cell drew a figure."""

    where: str
    place: int
    drew: bool


def read_outputs(outputs: list[Node], *, where: str) -> Outputs:
    """Turn a cell's outputs into blocks, in order."""
    found = Outputs()
    drew = any(_is_figure(output.get("data", {})) for output in outputs)
    for place, output in enumerate(outputs, 1):
        kind = output["output_type"]
        if kind == "stream":
            _stream(output, found, where)
        elif kind == "error":
            trace = plain_text("\n".join(output.get("traceback", [])))
            found.blocks.append({"type": "error", "name": output["ename"], "message": plain_text(output["evalue"]), "trace": trace})
        else:
            found.blocks.extend(_data(output.get("data", {}), _Cell(where, place, drew and kind == "execute_result"), found))
    return found


def _is_figure(data: Node) -> bool:
    payload = data.get(MIME)
    return any(mime.startswith("image/") for mime in data) or (isinstance(payload, dict) and payload.get("type") == "figure")


def _stream(output: Node, found: Outputs, where: str) -> None:
    text = plain_text(_text(output["text"])).rstrip()
    if not text.strip():
        return
    if output["name"] != "stderr":
        found.blocks.append({"type": "output", "text": text})
        return
    lines = [line.strip() for line in text.splitlines() if line.strip() and not _PROGRESS.search(line)]
    if lines:
        # Under a warning Python prints the line of code that caused it.
        line = next((line for line in lines if "Warning: " in line), lines[-1])
        found.warnings.append(f"{where}: wrote to stderr, which a brief does not show: {line[:200]}")


def _data(data: Node, cell: _Cell, found: Outputs) -> list[Node]:
    payload = data.get(MIME)
    if FACT_MIME in data:
        return []  # read before, from the whole notebook
    if isinstance(payload, dict):
        return [{"type": "payload", "payload": payload}]
    blocks = _rich(data, cell) or _plain(data, cell)
    if not blocks and not _is_noise(data, cell):
        kinds = ", ".join(sorted(set(data) - {"text/plain"})) or "no known type"
        found.warnings.append(f"{cell.where}: an output ({kinds}) has no form that a page can show, and was left out")
    return blocks


def _rich(data: Node, cell: _Cell) -> list[Node]:
    """The best of the forms that an object offers, if there is one."""
    tables, words = read_html(_text(data["text/html"])) if "text/html" in data else ([], "")
    if tables:
        return tables + _paras(words)
    if "text/latex" in data:
        return [math_node(_bare_tex(_text(data["text/latex"])), block=True)]
    for mime, name in _IMAGES.items():
        if mime in data:
            return [_picture(name, _text(data[mime]), cell.where)]
    if "text/markdown" in data:
        return parse(_text(data["text/markdown"]), scope=f"{cell.where}, output {cell.place}: ")
    return _paras(words) if _OBJECT.fullmatch(_text(data.get("text/plain", "")) or "<no>") else []


def _paras(words: str) -> list[Node]:
    return [{"type": "para", "c": [{"type": "text", "text": line}]} for line in words.split("\n") if line]


def _picture(kind: str, data: str, where: str) -> Node:
    try:
        return figure(kind, data)
    except (OSError, ValueError) as e:
        raise DocumentError(f"a picture that the cell put out is damaged: {e}", where=where, do="run the notebook again") from None


def _plain(data: Node, cell: _Cell) -> list[Node]:
    text = plain_text(_text(data.get("text/plain", "")))
    bare = _WIDGET in data or (set(data) != {"text/plain"} and _OBJECT.fullmatch(text))
    return [{"type": "output", "text": text}] if text and not bare and not _is_noise(data, cell) else []


def _is_noise(data: Node, cell: _Cell) -> bool:
    text = _text(data.get("text/plain", ""))
    return set(data) <= {"text/plain"} and bool(not text or _DRAWN.fullmatch(text) or (cell.drew and _BESIDE.fullmatch(text)))


def _bare_tex(text: str) -> str:
    text = text.strip()
    for opening, closing in (("$$", "$$"), ("$", "$"), ("\\[", "\\]"), ("\\(", "\\)")):
        if text.startswith(opening) and text.endswith(closing) and len(text) > len(opening) + len(closing):
            text = text[len(opening) : -len(closing)].strip()
    return text.removeprefix("\\displaystyle").strip()


def _text(value: str | list[str]) -> str:
    return value if isinstance(value, str) else "".join(value)


def figure(kind: str, data: str, *, alt: str = "") -> Node:
    """Return a figure without title: an analyst's own picture, scaled down to fit a page.

    Parameters
    ----------
    kind : str
        svg, png or jpeg.
    data : str
        SVG text, or base64.
    alt : str
        What it shows, for those who cannot see it.

    Raises
    ------
    OSError, ValueError
        It is no such picture.
    """
    data = data if kind == "svg" else "".join(data.split())
    width, height = _size(kind, data)
    scale = min(1.0, 174 / width, 200 / height)
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
        "narrow": None,
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

    try:
        with Image.open(io.BytesIO(base64.b64decode(data)), formats=[kind]) as picture:
            width, height = picture.size
            picture.load()
    except (Image.DecompressionBombError, SyntaxError) as e:
        raise ValueError(str(e)) from None
    return width * 25.4 / 150, height * 25.4 / 150


def _svg_size(svg: str) -> tuple[float, float]:
    """From the view box, one unit of which is a point, else from width and height, else a usual size."""
    root = re.search(r"<svg\b[^>]*>", svg)
    if root is None:
        raise ValueError("no SVG")
    box = re.search(r"viewBox\s*=\s*[\"']\s*[-+\d.eE]+[\s,]+[-+\d.eE]+[\s,]+([\d.eE+]+)[\s,]+([\d.eE+]+)\s*[\"']", root[0])
    given = dict(re.findall(r"\s(width|height)\s*=\s*[\"']([\d.]+)(?:pt|px)?[\"']", root[0]))
    try:
        width, height = (float(box[1]), float(box[2])) if box else (float(given["width"]), float(given["height"]))
    except (KeyError, ValueError):
        return 116.0, 72.0
    return (width * 25.4 / 72, height * 25.4 / 72) if width > 0 and height > 0 else (116.0, 72.0)
