"""The incidents of the article, as the first brief codes them."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "incident_id",
    "date_start",
    "date_end",
    "date_precision",
    "written_start",
    "written_end",
    "country",
    "country_name",
    "place",
    "label",
    "theatre",
    "paragraph",
]
ROWS = [
    ("a1", "2017-03-07", "2017-03-07", "day", None, None, "IRQ", "Iraq", "Mosul", "army retakes government buildings", "home", "2"),
    ("a2", "2017-03-06", "2017-03-06", "day", None, None, "SYR", "Syria", "Raqqa", "militias take a main road", "home", "3"),
    ("a3", "2016-11-01", "2016-11-30", "month", None, None, "ISR", "Israel", "Golan line", "border clash", "abroad", "7"),
    ("a4", "2016-07-14", "2016-07-14", "day", "2016-12-01", "2017-01-31", "FRA", "France", "Nice", "truck attack", "abroad", "7"),
    ("a5", "2017-01-01", "2017-01-31", "month", None, None, "ISR", "Israel", "Jerusalem", "truck attack", "abroad", "7"),
    ("a6", "2017-02-01", "2017-02-28", "month", None, None, "ISR", "Israel", "Eilat", "rocket, claimed", "abroad", "7"),
    ("a7", "2017-03-01", "2017-03-01", "day", None, None, "CHN", "China", "", "video threat", "abroad", "10"),
    ("a8", None, None, "unknown", None, None, "EGY", "Egypt", "Sinai", "fighters reported joining", "abroad", "8"),
]


def incidents() -> pd.DataFrame:
    """Return the table; every call makes a new one."""
    return pd.DataFrame(ROWS, columns=COLUMNS)


def svg_texts(svg: str) -> list[str]:
    """Return what the text elements of a drawing say."""
    import xml.etree.ElementTree as ET

    return ["".join(element.itertext()) for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
