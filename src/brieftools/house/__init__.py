"""The house style in one place: colours, type and measures that charts, HTML and PDF share."""

from brieftools.house.style import HOUSE, FontFile, House, Logo, Palette

__all__ = ["HOUSE", "FontFile", "House", "Logo", "Palette"]
