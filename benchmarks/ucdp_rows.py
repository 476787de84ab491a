"""Rows in the layout of UCDP GED: invented values, realistic widths, the same for the same seed."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from brieftools.incidents.formats.ucdp import CANDIDATE

HEADER = CANDIDATE.by_position
_COUNTRIES = (
    ("Iraq", 645, "Middle East"),
    ("Syria", 652, "Middle East"),
    ("Nigeria", 475, "Africa"),
    ("Afghanistan", 700, "Asia"),
    ("Colombia", 100, "Americas"),
)
_TEXT = (
    "convoy checkpoint village road market clash patrol district armed group reported killed according officials near northern town attack"
)
_WORDS = _TEXT.split()


def _row(number: int, draw: random.Random) -> list[str]:
    country, code, region = _COUNTRIES[draw.randrange(5)]
    start = date(1989, 1, 1) + timedelta(days=draw.randrange(12_400))
    group, place = draw.randrange(40), draw.randrange(900)
    deaths = [draw.randrange(4) for _ in range(4)]
    best = sum(deaths)
    office = f"Agency {draw.randrange(30)}"
    headline = " ".join(draw.choices(_WORDS, k=12))
    latitude, longitude = draw.randrange(-40_000_000, 60_000_000) / 1e6, draw.randrange(-90_000_000, 120_000_000) / 1e6
    description = " ".join(draw.choices(_WORDS, k=8))
    if number % 200 == 0:
        description += "\nsecond line"
    return [
        str(number), f"{country[:3].upper()}-{start.year}-1-{group}-{number}", str(start.year), "1", "Clear", "1", str(group), str(group),
        f"{country}: Government", str(group + 400), str(group + 400), f"Government of {country} - Group {group}", "116", "116",
        f"Government of {country}", str(group + 200), str(group + 200), f"Group {group}", "1",
        f'"{office},{start},{headline}"', office, str(start), headline,
        office, str(1 + draw.randrange(6)), f"Place {place} town", description,
        f"Province {place % 18}", f"District {place % 90}", f"{latitude:.6f}",
        f"{longitude:.6f}", f"POINT ({longitude:.6f} {latitude:.6f})", str(draw.randrange(250_000)), country, str(code), region, "1",
        "1", str(start), str(start), *map(str, deaths),
        str(best), str(best + draw.randrange(5)), str(max(0, best - draw.randrange(3))), str(code), "",
    ]  # fmt: skip


def write_rows(path: Path, rows: int, *, seed: int = 9) -> None:
    """Write a CSV of so many rows."""
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        for number in range(1, rows + 1):
            writer.writerow(_row(number, draw))
