"""The one style sheet of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from brieftools.house import House
from brieftools.render.html.palette import variables

# Size and margins: the text is 174 mm wide on either.
_PAPERS = {"a4": "A4;margin:22.6mm 18mm 20mm", "letter": "letter;margin:22.6mm 20.95mm 20mm"}


def stylesheet(house: House, faces: str, rules: Mapping[str, tuple[str, bool]], meta: Mapping[str, Any]) -> str:
    """Return the style sheet.

    Parameters
    ----------
    house : House
        Colours and names of fonts.
    faces : str
        The @font-face rules.
    rules : mapping
        Classes that the page asked for.
    meta : mapping
        For the margins of a printed page.

    Returns
    -------
    str
        CSS without any ``<``, so that it cannot end its own element.
    """
    made = [f"{name}{{{said}}}" for name, (said, wide) in sorted(rules.items()) if not wide]
    wide = [f"{name}{{{said}}}" for name, (said, only_wide) in sorted(rules.items()) if only_wide]
    parts = [
        faces,
        f":root{{{variables(house.light)};{families(house)}}}",
        f"@media screen and (prefers-color-scheme:dark){{:root{{{variables(house.dark)}}}}}",
        bare("page.css"),
        *made,
        f"@media (min-width:1100px){{{''.join(wide)}}}",
        # A4 at the margins of the PDF is 658 px wide: columns hold there too.
        f"@media print{{{''.join(wide)}}}",
        f"@page{{size:{_PAPERS[house.paper]}}}",
        _margins(house, meta),
    ]
    return "".join(part for part in parts if part).replace("<", "\\3c ")


def families(house: House) -> str:
    """Return the declarations of the three families of fonts."""
    return (
        f"--serif:brief-serif,brief-more,{css_string(house.serif)},Georgia,serif;"
        f"--sans:brief-sans,brief-more,{css_string(house.sans)},system-ui,sans-serif;"
        f"--mono:{css_string(house.mono)},ui-monospace,Menlo,Consolas,monospace"
    )


def _margins(house: House, meta: Mapping[str, Any]) -> str:
    """Return what stands in the margins of each printed page, in browsers that know margin boxes."""
    label = css_string(str((meta.get("handling") or {}).get("label") or ""))
    handling = f"content:{label};font:600 12pt brief-sans,{css_string(house.sans)},sans-serif"
    font = f"font:400 8pt brief-sans,{css_string(house.sans)},sans-serif"
    name = css_string(f"{meta['running']}, {meta['edition']['line']}")
    return (
        f"@page{{@top-left{{content:{name};{font}}}@top-right{{{handling}}}"
        f"@bottom-left{{content:counter(page);{font}}}@bottom-right{{{handling}}}}}"
        "@page:first{@top-left{content:none}@top-right{content:none}}"
    )


def css_string(raw: str) -> str:
    """Return data as a CSS string: everything but letters, digits and spaces as an escape."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", raw) + '"'


@cache
def bare(name: str) -> str:
    """Return the fixed rules of a file of this package without comments and needless blanks."""
    raw = files("brieftools.render.html").joinpath(name).read_text("utf-8")
    short = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", raw, flags=re.DOTALL))
    return re.sub(r" ?([{};,]) ?", r"\1", short).replace(": ", ":").replace(";}", "}").strip()
