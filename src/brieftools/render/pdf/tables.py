"""How wide the columns of a table are, how small its type, and whether it has to be set in parts."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from brieftools.render.pdf.strings import longest_word, plain

LETTER = 0.178
"""Mean width of a letter of Source Sans in mm, for each pt of its size; capitals and figures are near it."""
SIZES = ((8.5, 3.0), (8.0, 2.0))
"""Type sizes tried, with the padding of a cell on each side, in pt; 8 pt is the smallest type in a brief."""
WORD = 12
"""Longer words may break rather than widen a column."""
WHOLE_MM = 110.0
PT = 25.4 / 72


def planned(table: Mapping[str, Any], width: float) -> dict[str, Any]:
    """Lay out a table for a column.

    Parameters
    ----------
    table : mapping
        A ``table`` node.
    width : float
        Width of the column in mm.

    Returns
    -------
    dict
        The node with ``size`` and ``pad`` (pt), ``parts`` (lists of columns, head and body rows, one under another),
        ``limits`` (letters that surely fit, by column) and ``whole`` (short enough to stay on one page).
    """
    texts = _lengths(table)
    size, pad = next(((s, p) for s, p in SIZES if _least(texts, s, p) <= width), SIZES[-1])
    room = [max(1, most) * LETTER * size + 2 * pad * PT for most, _ in texts]
    groups = [list(range(len(texts)))]
    if _least(texts, size, pad) > width and _simple(table):
        groups = _groups([min(most, WORD) * LETTER * size + 2 * pad * PT for most, _ in texts], table["row_headers"], width)
    parts = [_part(table, group, [room[i] for i in group], width) for group in groups]
    limits = [max(3, int(share / (LETTER * size))) for share in _shares(parts, groups, room, width, pad)]
    height = sum(_height(table, limits, size) for _ in parts)
    return {**table, "size": size, "pad": pad, "parts": parts, "limits": limits, "whole": height <= WHOLE_MM}


def _lengths(table: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Letters of the longest cell and of the longest word, by column; cells over several columns do not count."""
    lengths = [(1, 1)] * len(table["columns"])
    for row in (*table["head"], *table["body"]):
        for index, cell in enumerate(row):
            if index < len(lengths) and cell["colspan"] == 1:
                text = plain(cell["c"])
                most, word = lengths[index]
                lengths[index] = (max(most, len(text)), max(word, longest_word(text)))
    return lengths


def _least(texts: list[tuple[int, int]], size: float, pad: float) -> float:
    return sum(min(word, WORD) * LETTER * size + 2 * pad * PT for _, word in texts)


def _simple(table: Mapping[str, Any]) -> bool:
    return all(cell["colspan"] == 1 and cell["rowspan"] == 1 for row in (*table["head"], *table["body"]) for cell in row)


def _groups(needs: list[float], headers: int, width: float) -> list[list[int]]:
    """Deal the columns to parts that fit, each with the row headers first."""
    lead = list(range(min(headers, len(needs) - 1, 2)))
    room = max(width - sum(needs[i] for i in lead), 20.0)
    rest = range(len(lead), len(needs))
    even = sum(needs[i] for i in rest) / ceil(sum(needs[i] for i in rest) / room)
    groups: list[list[int]] = []
    used = room
    for index in rest:
        # Parts of about the same width, rather than full ones and a remnant.
        if used + needs[index] > room or used >= even:
            groups.append(list(lead))
            used = 0.0
        groups[-1].append(index)
        used += needs[index]
    return groups


def _part(table: Mapping[str, Any], group: list[int], room: list[float], width: float) -> dict[str, Any]:
    everything = len(group) == len(table["columns"])

    def picked(rows: list[Any]) -> list[Any]:
        return rows if everything else [[row[i] for i in group if i < len(row)] for row in rows]

    columns = [dict(table["columns"][i]) for i in group]
    fixed = sum(mm for mm, column in zip(room, columns, strict=True) if not column["weight"])
    loose = [column for column in columns if column["weight"]]
    if loose and fixed > width * 0.6:
        # Columns as wide as their text would leave nothing to the others.
        for mm, column in zip(room, columns, strict=True):
            column["weight"] = round(min(max(mm, 8.0), 60.0), 2)
    return {"columns": columns, "head": picked(table["head"]), "body": picked(table["body"])}


def _shares(parts: list[dict[str, Any]], groups: list[list[int]], room: list[float], width: float, pad: float) -> list[float]:
    """Text width in mm of each column, at worst."""
    shares = [width] * len(room)
    for part, group in zip(parts, groups, strict=True):
        weights = [column["weight"] for column in part["columns"]]
        fixed = sum(room[i] for i, weight in zip(group, weights, strict=True) if not weight)
        total = sum(weights)
        for i, weight in zip(group, weights, strict=True):
            if weight:
                mm = max(width - fixed, 0.0) * weight / total
            elif total:
                mm = room[i]
            else:
                # Typst narrows the widest columns first, down to an equal share.
                mm = room[i] if fixed <= width else min(room[i], width / len(group))
            shares[i] = min(shares[i], mm - 2 * pad * PT)
    return shares


def _height(table: Mapping[str, Any], limits: list[int], size: float) -> float:
    """Estimate of the height in mm."""
    total = 0.0
    for row in (*table["head"], *table["body"]):
        lines = max((-(-len(plain(cell["c"])) // limits[min(i, len(limits) - 1)]) for i, cell in enumerate(row)), default=1)
        total += (max(lines, 1) * size * 1.27 + 6) * PT
    return total


def regular(table: Mapping[str, Any]) -> bool:
    """Say whether every row fills exactly the columns, cells over several rows counted where they reach."""
    return all(_filled(rows, len(table["columns"])) for rows in (table["head"], table["body"]))


def _filled(rows: list[list[Mapping[str, Any]]], width: int) -> bool:
    taken: dict[int, int] = {}
    for index, row in enumerate(rows):
        wide = sum(cell["colspan"] for cell in row) + taken.pop(index, 0)
        if wide != width:
            return False
        for cell in row:
            for below in range(index + 1, index + cell["rowspan"]):
                taken[below] = taken.get(below, 0) + cell["colspan"]
    return not taken


__all__ = ["planned", "regular"]
