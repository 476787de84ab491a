"""The words that renderers print, by language.

A Document carries its labels, so both renderers print the same ones.
"""

from __future__ import annotations

from brieftools.house.wording import words


def labels(language: str) -> dict[str, str]:
    """Return the words for a language, English where it has none of its own; see `brieftools.house.wording`.

    Parameters
    ----------
    language : str
        BCP 47 tag; only the primary part is looked at.
    """
    return words(language).printed
