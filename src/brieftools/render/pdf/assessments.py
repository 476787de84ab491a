"""What a brief is made of beside prose: key figures, judgments, hypotheses, lexicon, notes, closing."""

from __future__ import annotations

import re

from brieftools.render.pdf.inlines import Node, Place, inlines, source
from brieftools.render.pdf.strings import longest_word, one_line, plain, soften

RATINGS = ("CC", "II", "NA", "C", "N", "I")
SANS_MM = 1.75
"""Mean width of a letter of Source Sans at 8.5 pt, on the safe side."""
TINY_MM = 1.6
"""The same at 8 pt."""


def key_figures(node: Node, place: Place) -> Node:
    """Prepare the strip of key figures; a long value gets smaller type."""
    column = place.narrowed(31.6, SANS_MM)

    def figure(item: Node) -> Node:
        value = one_line(item["value"])
        ems = sum(0.3 if c in ".,:; 1il" else 0.85 if c in "MW%" else 0.57 for c in value)
        return {
            **item,
            "value": soften(value, 18),
            "size": round(max(9.0, min(22.0, 86 / max(ems, 0.1))), 2),
            "label": inlines(item["label"], column),
            "reading": inlines(item["reading"], column),
            "strip_text": soften(one_line(item["strip_text"]), column.limit),
        }

    return {**node, "items": [figure(item) for item in node["items"]]}


def judgments(node: Node, place: Place) -> Node:
    """Prepare the judgments."""
    inner = place.narrowed(place.width - 50)

    def judgment(item: Node) -> Node:
        strings: Node = {key: soften(one_line(item[key]), 18) for key in ("lead", "word", "band", "basis")}
        labels: Node = {key: one_line(item[key]).replace(" ", "\u00a0") for key in ("change_label", "decided_label")}
        texts: Node = {key: inlines(item[key], inner) for key in ("rest", "confidence", "change", "decided")}
        reason = inlines(item["tag_reason"], inner) if item["tag_reason"] else None
        return {**item, **strings, **labels, **texts, "tag_reason": reason}

    return {**node, "scale_label": one_line(node["scale_label"]), "items": [judgment(item) for item in node["items"]]}


def hypotheses(node: Node, place: Place) -> Node:
    """Prepare the ACH matrix; its columns are as wide as their labels need and the page allows."""
    rated = sum(h["rated"] for h in node["hypotheses"])
    fixed = 49.5 + 8 * (len(node["hypotheses"]) - rated)
    word = max((longest_word(h["label"]) for h in node["hypotheses"] if h["rated"]), default=0) * 1.45 + 1.5
    share = max(7.5, (place.width - fixed - 39) / max(1, rated))
    # A label that is hyphenated anyway needs no more room than its halves; the evidence is glad of it.
    column = round(min(share, max(14.0, word) if word <= share else 13.0, 22.0), 2)
    evidence = place.narrowed(place.width - fixed - 8.5 - column * rated, SANS_MM)
    label = place.narrowed(place.width, 1.9)
    return {
        **node,
        "title": inlines(node["title"], label),
        "subtitle": inlines(node["subtitle"], label),
        "source": source(node, place),
        "hypotheses": [_hypothesis(h, 18 if place.hyphenated else int((column - 0.5) / 1.42)) for h in node["hypotheses"]],
        "rows": [_evidence(row, rated, evidence) for row in node["rows"]],
        "key": _chips(inlines(node["key"], place.narrowed(place.width, TINY_MM))),
        "rank_note": soften(one_line(node["rank_note"]), 16),
        "column": column,
        "label_size": 8 if word * 1.06 > column else 8.5,
        "whole": len(node["rows"]) <= 16,
    }


def _hypothesis(hypothesis: Node, limit: int) -> Node:
    label = soften(one_line(hypothesis["label"]), limit if hypothesis["rated"] else 6)
    return {**hypothesis, "label": label}


def _evidence(row: Node, rated: int, place: Place) -> Node:
    ratings = (row["ratings"] + [{"value": "", "reason": ""}] * rated)[:rated]
    return {
        **row,
        "c": inlines(row["c"], place),
        "ratings": [{**r, "reason": soften(one_line(r["reason"]), 30)} for r in ratings],
        "without": soften(one_line(row["without"]), 12),
        "shown": f"{row['diagnosticity']:.2f}",
    }


def _chips(nodes: list[Node]) -> list[Node]:
    """Set the first mention of each rating in the key on its own ground, as the matrix does."""
    pattern = re.compile(r"(?<!\w)(" + "|".join(RATINGS) + r")(?!\w)")
    told: set[str] = set()
    out: list[Node] = []
    for node in nodes:
        if node["type"] not in ("text", "strong", "code"):
            out.append(node)
            continue
        for piece in pattern.split(node["text"] if "text" in node else plain(node["c"])):
            chip = piece in RATINGS and piece not in told
            told.add(piece)
            if piece:
                out.append({"type": "chip" if chip else "text", "text": piece})
    return out


def lexicon(node: Node, place: Place) -> Node:
    """Prepare the table of words and numbers."""
    column = (place.width - 40) / max(1, len(node["bands"]))
    limit = max(5, int(column / TINY_MM))
    return {
        **node,
        "title": one_line(node["title"]),
        "name": soften(one_line(node["name"]), 18),
        "bands": [{**b, "word": soften(one_line(b["word"]), limit), "band": one_line(b["band"])} for b in node["bands"]],
        "note": inlines(node["note"], place.narrowed(place.width - 45, TINY_MM)),
    }


def notes(node: Node, place: Place) -> Node:
    """Prepare the endnotes; each leads back to the first place that cites it."""
    two = place.width > 120
    inner = place.narrowed((place.width - 6) / (2 if two else 1) - 6, TINY_MM)
    items = [
        {**note, "c": inlines(note["c"], inner), "to": next((back for back in note["back"] if back in place.anchors), None)}
        for note in node["items"]
    ]
    return {**node, "items": items}


def closing(node: Node, place: Place) -> Node:
    """Prepare the closing columns; the more text, the wider, so that they end at about the same height."""
    letters = [sum(len(plain(para)) + 30 for para in item["paras"]) for item in node["items"]]
    mean = sum(letters) / max(1, len(letters))
    weights = [min(max(n / max(1.0, mean), 0.75), 1.6) for n in letters] if len(letters) <= 3 else [1.0] * len(letters)
    total = sum(weights[:3])

    def column(item: Node, weight: float) -> Node:
        inner = place.narrowed(place.width * weight / total - 4, SANS_MM)
        return {
            "label": soften(one_line(item["label"]), 20),
            "paras": [{"c": inlines(para, inner)} for para in item["paras"]],
            "weight": round(weight, 3),
        }

    return {**node, "items": [column(item, weight) for item, weight in zip(node["items"], weights, strict=True)]}
