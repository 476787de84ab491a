"""Objects that show themselves in a cell: HTML for the eye, JSON for the Document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from brieftools.brief.facts import Fact, fill
from brieftools.document.outputs import MIME

Payload = dict[str, Any]
_LARGEST = 1_000_000


@dataclass(frozen=True)
class Shown:
    """A block of the brief, as the last line of a cell.

    Attributes
    ----------
    payload : dict
        What the Document is made from; texts may hold ``{{ facts }}`` and ``[@citations]``.
    facts : mapping of str to Fact
        Those registered when the cell ran: the eye sees their values.
    """

    payload: Payload
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {
            "text/plain": f"brieftools {self.payload['type']}",
            "text/html": _html(_filled(self.payload, self.facts)),
            MIME: _limited(self.payload),
        }


def _filled(part: Any, facts: Mapping[str, Fact]) -> Any:
    if isinstance(part, str):
        return fill(part, facts)
    if isinstance(part, dict):
        return {key: _filled(value, facts) for key, value in part.items()}
    return [_filled(value, facts) for value in part] if isinstance(part, list | tuple) else part


def _limited(payload: Payload) -> Payload:
    from brieftools.errors import DocumentError

    if len(json.dumps(payload)) > _LARGEST:
        raise DocumentError("the object is larger than 1 MB: a notebook with it is slow to open", do="show fewer rows, or sums of them")
    return payload


def _html(payload: Payload) -> str:
    draw = {"judgments": _judgments, "key_figures": _key_figures, "hypotheses": _matrix, "table": _plain_table}.get(payload["type"])
    if payload["type"] == "para":
        return f"<p>{escape(payload['text'])}</p>"
    return draw(payload) if draw else f"<p><em>{escape(payload['type'])}</em></p>"


def _table(head: list[str], rows: list[list[str]], caption: str = "") -> str:
    cells = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    body = "".join("<tr>" + "".join(f"<td style='text-align:left'>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _judgments(payload: Payload) -> str:
    rows = [
        [
            str(e["number"]),
            f"{e['lead']} {e['word']} ({e['band']}){e['rest']}",
            e["confidence"],
            e["change"],
            e["basis"],
            "yes" if e["reviewed"] else "no",
        ]
        for e in payload["items"]
    ]
    return _table(["", "Judgment", "Confidence", "Would change it", "Basis", "Reviewed"], rows, "Key judgments")


def _key_figures(payload: Payload) -> str:
    rows = [[e["value"], e["label"], e["strip_text"], f"{e['lead']} {e['reading']}".strip()] for e in payload["items"]]
    return _table(["Value", "Of", "", "Reading"], rows, "Key figures")


def _matrix(payload: Payload) -> str:
    from brieftools.notebook.matrix_view import matrix_html

    return matrix_html(payload)


def _plain_table(payload: Payload) -> str:
    return _table(payload["head"], payload["body"], payload.get("title") or "")
