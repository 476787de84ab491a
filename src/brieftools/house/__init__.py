"""The house style in one place: colours, type and measures that charts, HTML and PDF share."""

from brieftools.house.style import HOUSE, House, Palette

__all__ = ["HOUSE", "House", "Palette"]
