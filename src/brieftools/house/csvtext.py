"""Tables as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What spreadsheets take for the start of a formula (OWASP, CSV injection), and their full-width twins.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+)?\s?%?")


def is_number(cell: str) -> bool:
    """Tell whether a cell is a plain number: sign, digits, thousands, decimals, exponent, per cent."""
    return bool(_NUMBER.fullmatch(cell)) and any(char.isdecimal() and char.isascii() for char in cell)


def neutral(cell: str) -> str:
    """Return a cell that a spreadsheet shows and never evaluates.

    A leading apostrophe keeps it text; plain numbers, negative ones too, stay as they are.
    """
    bare = cell.lstrip("'")  # a text that begins with '= gets a second apostrophe, so that `raw` takes the right one away
    return f"'{cell}" if bare.startswith(_FORMULA) and not is_number(bare) else cell


def raw(cell: str) -> str:
    """Return a cell as it was before `neutral`."""
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV (RFC 4180: CRLF between records)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([neutral(str(name)) for name in columns])
    writer.writerows([neutral(str(cell)) for cell in row] for row in rows)
    return out.getvalue()
