"""Which blocks stand side by side. The page is 174 mm wide; a narrow screen sets everything in one column."""

from __future__ import annotations

from brieftools.document.nodes import Node, plain_block

_LIGHT = {"para", "list", "quote"}
_BESIDE = {60: 108, 84: 84, 108: 60, 116: 51}  # width of a figure -> width of the text beside it
_COLUMNS = {1: [174], 2: [84, 84], 3: [54, 54, 54]}
# What fits beside a figure of its usual height, in words per mm of column width.
_MOST_WORDS, _FEWEST_WORDS = 3.4, 18


def lay_out(blocks: list[Node]) -> list[Node]:
    """Group blocks into rows.

    Figures of half the width that follow each other share a row; prose that leads to a narrow figure stands beside it; short
    sections under box headings stand in two or three columns.
    """
    rows: list[Node] = []
    at = 0
    while at < len(blocks):
        row, used = _boxes(blocks, at) or _figures(blocks, at) or _beside(blocks, at) or (blocks[at], 1)
        rows.append(row)
        at += used
    return rows


def _boxes(blocks: list[Node], at: int) -> tuple[Node, int] | None:
    """Two or three short sections in a row."""
    boxes: list[list[Node]] = []
    end = at
    while end < len(blocks) and _is_box_heading(blocks[end]):
        box = [blocks[end]]
        while end + len(box) < len(blocks) and blocks[end + len(box)]["type"] in _LIGHT:
            box.append(blocks[end + len(box)])
        if len(box) == 1:
            break
        boxes.append(box)
        end += len(box)
    taken = boxes[: _how_many(len(boxes))]
    if len(taken) < 2:
        return None
    return _row(_COLUMNS[len(taken)], taken), sum(len(box) for box in taken)


def _how_many(left: int) -> int:
    """Rows of three, but never a last row of one."""
    return 2 if left in (2, 4) else min(left, 3)


def _is_box_heading(block: Node) -> bool:
    return bool(block["type"] == "heading" and block["level"] >= 3)


def _figures(blocks: list[Node], at: int) -> tuple[Node, int] | None:
    pair = blocks[at : at + 2]
    if len(pair) == 2 and all(block["type"] == "figure" for block in pair):
        widths = [block["width_mm"] for block in pair]
        if sum(widths) <= 168 or sorted(widths) == [60, 108]:
            return _row(widths, [[block] for block in pair]), 2
    return None


def _beside(blocks: list[Node], at: int) -> tuple[Node, int] | None:
    end = at
    while end < len(blocks) and blocks[end]["type"] in _LIGHT:
        end += 1
    if end == at or end == len(blocks) or blocks[end]["type"] != "figure":
        return None
    if _figures(blocks, end):
        return None
    column = _BESIDE.get(blocks[end]["width_mm"])
    words = sum(len(plain_block(block).split()) for block in blocks[at:end])
    if column is None or not _FEWEST_WORDS <= words <= _MOST_WORDS * column:
        return None
    return _row([column, blocks[end]["width_mm"]], [blocks[at:end], [blocks[end]]]), end - at + 1


def _row(spans: list[int], columns: list[list[Node]]) -> Node:
    return {"type": "row", "columns": [{"span": span, "blocks": inner} for span, inner in zip(spans, columns, strict=True)]}
