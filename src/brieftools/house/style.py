"""Colours, fonts and the grid.

The contrast of each text colour on its own ground is at least 4.5:1 (WCAG 2.2, 1.4.3); the figures stand
beside the values.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True)
class Palette:
    """One set of colours, as ``#RRGGBB``.

    Attributes
    ----------
    ink, ink2, mute : str
        Text: body, labels, source lines. ``mute`` only on ``bg`` or ``panel``.
    rule, hair, grid : str
        Lines, never text.
    abroad, home : str
        The accent and its neutral counterpart; ``_tint`` and ``_mid`` are their fills.
    ach_cc, ach_c, ach_n, ach_i, ach_ii : str
        Grounds of the ratings in an ACH matrix; only inconsistency is saturated, because only it is scored.
    land, coast, border : str
        Maps; the sea is ``bg``.
    heat_1, heat_2, heat_3, heat_4, heat_5 : str
        Classes of a heat map from few to many; none is ``bg`` with an outline.
    """

    bg: str = "#FFFFFF"
    panel: str = "#F4F5F3"
    ink: str = "#1B2631"  # 15.3
    ink2: str = "#465463"  # 7.8
    mute: str = "#5D6A77"  # 5.5; 5.1 on panel
    rule: str = "#B9C2CA"
    hair: str = "#DDE2E6"
    grid: str = "#E2E6EA"
    abroad: str = "#B3301F"  # 6.3
    abroad_tint: str = "#F0D3CC"
    abroad_mid: str = "#D98A7C"
    home: str = "#74828F"  # 3.9: fills only
    home_tint: str = "#DCE2E7"
    home_mid: str = "#A9B4BE"
    home_deep: str = "#4A5866"
    ach_cc: str = "#D0DDE6"
    ach_c: str = "#EBF0F4"
    ach_n: str = "#FFFFFE"  # not plain white, so that a dark page can tell it from the ground
    ach_i: str = "#EDC878"
    ach_ii: str = "#C9820F"
    land: str = "#EEF0EE"
    coast: str = "#A7B1BA"
    border: str = "#C3CAD1"
    heat_1: str = "#E9EDF0"
    heat_2: str = "#C9D2DA"
    heat_3: str = "#9DABB7"
    heat_4: str = "#6C7B89"
    heat_5: str = "#36434F"


DARK = Palette(
    bg="#12181E",
    panel="#1A222A",
    ink="#E8ECF0",  # 15.1
    ink2="#BCC7D1",  # 10.4
    mute="#98A5B2",  # 7.1
    rule="#46525E",
    hair="#2A343D",
    grid="#28323B",
    abroad="#F2836B",  # 7.0
    abroad_tint="#4A2620",
    abroad_mid="#A95747",
    home="#8D9BA8",
    home_tint="#2C3742",
    home_mid="#5D6B78",
    home_deep="#B4C0CB",
    ach_cc="#3E5566",
    ach_c="#263643",
    ach_n="#12181F",
    ach_i="#5A4616",
    ach_ii="#D79A2B",
    land="#222C35",
    coast="#56636F",
    border="#3A4651",
    heat_1="#1F2831",
    heat_2="#33404C",
    heat_3="#536472",
    heat_4="#8294A2",
    heat_5="#C6D2DB",
)


@dataclass(frozen=True)
class Logo:
    """A picture that stands for the organisation, with the words for who cannot see it."""

    format: Literal["svg", "png"]
    data: bytes
    alt: str


@dataclass(frozen=True)
class FontFile:
    """One file of a family that the project brings along."""

    path: Path
    family: str
    weight: int
    italic: bool


@dataclass(frozen=True)
class House:
    """What an organisation's briefs look like.

    Attributes
    ----------
    serif, sans, mono : str
        Font families: prose and numbers that are read; labels; code.
    light, dark : Palette
        Print and light screens; dark screens.
    name : str
        Of the organisation; empty when it gives none.
    logo : Logo or None
    paper : {"a4", "letter"}
    language : str
        Of the labels, a primary BCP 47 tag; empty: the brief's own.
    disclaimer, disclaimer_short : str
        For briefs that have none of their own; empty: the usual one.
    fonts : tuple of FontFile
        The project's files of these families.
    files : tuple of Path
        What the house was read from; a build pins their hashes.
    """

    serif: str = "Source Serif Pro"
    sans: str = "Source Sans Pro"
    mono: str = "DejaVu Sans Mono"
    light: Palette = field(default_factory=Palette)
    dark: Palette = DARK
    name: str = ""
    logo: Logo | None = None
    paper: Literal["a4", "letter"] = "a4"
    language: str = ""
    disclaimer: str = ""
    disclaimer_short: str = ""
    fonts: tuple[FontFile, ...] = ()
    files: tuple[Path, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return colours and paper as plain data, for the Typst page."""
        return {"light": asdict(self.light), "paper": self.paper}


HOUSE = House()
