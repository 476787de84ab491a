"""A figure's numbers as CSV that no spreadsheet runs; the code lives in `brieftools.house.csvtext`."""

from __future__ import annotations

from brieftools.house.csvtext import csv_text, is_number, neutral

__all__ = ["csv_text", "is_number", "neutral"]
