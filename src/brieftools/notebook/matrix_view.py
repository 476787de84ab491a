"""The matrix as a cell of a notebook shows it: letters and colours of the page, in styles that every notebook keeps."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from brieftools.document.labels import labels
from brieftools.house.style import HOUSE

_COLOUR = HOUSE.light
_GROUND = {"CC": _COLOUR.ach_cc, "C": _COLOUR.ach_c, "N": _COLOUR.ach_n, "I": _COLOUR.ach_i, "II": _COLOUR.ach_ii}
_LEFT = "text-align:left;vertical-align:middle"
_MIDDLE = "text-align:center;vertical-align:middle"


def matrix_html(payload: dict[str, Any], language: str = "en-GB") -> str:
    """Return verdict, matrix and key as HTML; facts in the texts are filled before.

    Parameters
    ----------
    payload : dict
        The ``hypotheses`` payload of `brieftools.notebook.session.Brief.hypotheses`.
    """
    words = labels(language)
    verdict = "".join(f"<p><strong>{escape(head)}</strong> {escape(text)}</p>" for head, text in payload.get("verdict", ()))
    near = [row for row in payload["rows"] if not row["apart"]]
    apart = [row for row in payload["rows"] if row["apart"]]
    width = len(payload["hypotheses"]) + 7
    note = f"<tr><td colspan='{width}' style='{_LEFT}'><em>{escape(words['apart'])}</em></td></tr>" if apart else ""
    body = "".join(_row(row, payload, words) for row in near) + note + "".join(_row(row, payload, words) for row in apart)
    table = (
        f"<table><caption style='{_LEFT}'><strong>{escape(payload['title'])}</strong><br>{escape(payload['subtitle'])}</caption>"
        f"<thead>{_head(payload, words)}</thead><tbody>{body}</tbody><tfoot>{_foot(payload, words)}</tfoot></table>"
    )
    return f"{verdict}{table}<p><small>{escape(payload['key'])}</small></p>"


def _head(payload: dict[str, Any], words: dict[str, str]) -> str:
    hypotheses = [f"{escape(h['key'])}<br><small>{escape(h['label'])}</small>" for h in payload["hypotheses"]]
    plain = [words[name] for name in ("grade", "credibility", "relevance")]
    heads = [
        "",
        escape(words["evidence"]),
        *map(escape, plain),
        *hypotheses,
        escape(words["diagnosticity"]),
        escape(words["leads_without"]),
    ]
    return "<tr>" + "".join(f"<th scope='col' style='{_LEFT if n < 2 else _MIDDLE}'>{head}</th>" for n, head in enumerate(heads)) + "</tr>"


def _row(row: dict[str, Any], payload: dict[str, Any], words: dict[str, str]) -> str:
    ratings = iter(row["ratings"])
    cells = [_rating(next(ratings), words) if h["rated"] else _cell("·") for h in payload["hypotheses"]]
    worth = _cell("none" if row["apart"] else f"{row['diagnosticity']:.2f}")
    leads = f"<strong>{escape(row['without'])} ◆</strong>" if row["changes"] else escape(row["without"])
    before = [_cell(row[name]) for name in ("grade", "credibility", "relevance")]
    return "<tr>" + "".join((_cell(row["key"], _LEFT), _cell(row["text"], _LEFT), *before, *cells, worth, f"<td>{leads}</td>")) + "</tr>"


def _rating(rating: dict[str, str], words: dict[str, str]) -> str:
    """One cell; its ground is light on a dark page too, so its letters are dark there."""
    value, reason = rating["value"], rating["reason"]
    ground = f";background:{_GROUND[value]};color:{_COLOUR.ink}" if value in _GROUND else ""
    weight = ";font-weight:600" if value in ("CC", "II") else ""
    title = f" title='{escape(reason)}'" if reason else ""
    shown = escape(value) if value else f"<em>{escape(words['missing'])}</em>"
    return f"<td style='{_MIDDLE}{ground}{weight}'{title}>{shown}</td>"


def _foot(payload: dict[str, Any], words: dict[str, str]) -> str:
    scores = [h["score_text"] if h["rated"] else words["not_rated"] for h in payload["hypotheses"]]
    ranks = [h["rank"] for h in payload["hypotheses"]]
    return _line(words["inconsistency"], scores, "") + _line(words["rank"], ranks, payload["rank_note"])


def _line(name: str, values: Iterable[str], note: str) -> str:
    cells = "".join(f"<td style='{_MIDDLE}'><strong>{escape(value)}</strong></td>" for value in values)
    return f"<tr><td></td><th scope='row' colspan='4' style='{_LEFT}'>{escape(name)}</th>{cells}<td colspan='2'>{escape(note)}</td></tr>"


def _cell(text: str, style: str = _MIDDLE) -> str:
    return f"<td style='{style}'>{escape(text)}</td>"
