"""Handling labels: the Traffic Light Protocol 2.0 (FIRST, 2022)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from brieftools.errors import SpecError, nearest


@dataclass(frozen=True)
class Handling:
    """A TLP label with its colours as FIRST prescribes them.

    Attributes
    ----------
    label, text : str
        "TLP:CLEAR" and what it allows.
    foreground, background : str
        Colours, ``#RRGGBB``.
    """

    label: str
    text: str
    foreground: str
    background: str = "#000000"


# From the most open to the strictest.
TLP = (
    Handling("TLP:CLEAR", "No limit on disclosure; standard copyright rules apply.", "#FFFFFF"),
    Handling("TLP:GREEN", "Limited disclosure: recipients may share within their community, not on public channels.", "#33FF00"),
    Handling(
        "TLP:AMBER",
        "Limited disclosure: recipients may share within their organisation and its clients, where these need to know.",
        "#FFC000",
    ),
    Handling(
        "TLP:AMBER+STRICT", "Limited disclosure: recipients may share within their organisation only, where it needs to know.", "#FFC000"
    ),
    Handling("TLP:RED", "For the eyes and ears of individual recipients only; no further disclosure.", "#FF2B2B"),
)
_BY_LABEL = {handling.label: handling for handling in TLP}


def handling(label: str) -> Handling:
    """Return a label's record.

    Raises
    ------
    SpecError
        There is no such label.
    """
    if label not in _BY_LABEL:
        raise SpecError(f"no handling label {label!r}; {nearest(label, _BY_LABEL)}", do="use a label of TLP 2.0")
    return _BY_LABEL[label]


def _known(label: str) -> str:
    try:
        return handling(label).label
    except SpecError as e:
        raise ValueError(e.what) from None


Label = Annotated[str, AfterValidator(_known)]


def strictest(labels: Iterable[str]) -> Handling:
    """Return the strictest of some labels, TLP:CLEAR when there is none."""
    return max((handling(label) for label in labels), key=TLP.index, default=TLP[0])
