"""Rectangles in points, to keep labels apart."""

from __future__ import annotations

from collections.abc import Iterable

Box = tuple[float, float, float, float]  # left, lower, right, upper


def meets(box: Box, others: Iterable[Box]) -> bool:
    """Say whether a rectangle covers a part of any other one."""
    left, lower, right, upper = box
    return any(left < b[2] and b[0] < right and lower < b[3] and b[1] < upper for b in others)
