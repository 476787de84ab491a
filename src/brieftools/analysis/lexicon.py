"""Words of likelihood and their bands.

Sources: Intelligence Community Directive 203 (2015, amended 2022), table of likelihood terms, both rows; Professional Head
of Intelligence Assessment (UK), probability yardstick (2025). The PHIA yardstick has gaps on purpose: a number in a gap
has no word.
"""

from __future__ import annotations

from dataclasses import dataclass

from brieftools.analysis import checks
from brieftools.errors import SpecError, nearest


@dataclass(frozen=True)
class Band:
    """One term of a lexicon.

    Attributes
    ----------
    word : str
        The term as it is printed.
    variants : tuple of str
        Other forms that count as the same term.
    low, high : int
        Per cent.
    open_top : bool
        The upper end is not part of the band ("40 to under 50 %").
    """

    word: str
    variants: tuple[str, ...]
    low: int
    high: int
    open_top: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return (self.word, *self.variants)

    @property
    def text(self) -> str:
        """The band as printed: ``55–80 %``."""
        if self.low == 0:
            return f"{self.high} % or less"
        if self.high == 100:
            return f"{self.low} % or more"
        return f"{self.low} to under {self.high} %" if self.open_top else f"{self.low}–{self.high} %"

    @property
    def middle(self) -> float:
        """Middle of the band in per cent: what a judgment that names only a word may be scored by, if that is said."""
        return (self.low + self.high) / 2

    def holds(self, percent: float) -> bool:
        """Say whether a number may stand beside this word; both ends belong to the band unless its top is open."""
        number = _percent(percent)
        return self.low <= number <= self.high and not (self.open_top and number == self.high)


@dataclass(frozen=True)
class Lexicon:
    """A scale of likelihood words.

    Attributes
    ----------
    name : str
        What ``brief.yml`` calls it.
    title : str
        What the brief prints.
    source : str
        Where it comes from.
    bands : tuple of Band
        From the least to the most probable.
    """

    name: str
    title: str
    source: str
    bands: tuple[Band, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All terms and their variants, longest first: the order in which prose has to be searched."""
        return tuple(sorted((w for band in self.bands for w in band.words), key=lambda w: (-len(w), w)))

    @property
    def scale(self) -> list[list[int]]:
        """The bands as ``[low, high]`` in per cent."""
        return [[band.low, band.high] for band in self.bands]

    def band(self, word: str) -> Band:
        """Return the band of a word; upper and lower case and spacing do not matter.

        Raises
        ------
        SpecError
            When the lexicon has no such word; names the nearest.
        """
        wanted = " ".join(word.split()).casefold()
        for band in self.bands:
            if wanted in band.words:
                return band
        raise SpecError(f"{word!r} is no likelihood term of {self.title}", do=nearest(wanted, self.words))

    def word(self, percent: float) -> str | None:
        """Return the word for a number in per cent, None where the scale has none.

        Neighbouring bands share their ends. There the stronger word is taken, the one further from 50 %: 20 % is
        "very unlikely", 45 % "unlikely", 55 % "likely", 80 % "very likely".

        Raises
        ------
        SpecError
            When the number is not between 0 and 100.
        """
        fitting = [band for band in self.bands if band.holds(percent)]
        return max(fitting, key=lambda band: abs(band.middle - 50)).word if fitting else None


def lexicon(name: str) -> Lexicon:
    """Return a lexicon: ``icd203-1``, ``icd203-2`` or ``phia``.

    Raises
    ------
    SpecError
        When there is none of that name; names the nearest.
    """
    try:
        return LEXICONS[name]
    except KeyError:
        raise SpecError(f"there is no lexicon {name!r}", do=nearest(str(name), LEXICONS)) from None


def _percent(value: float) -> float:
    number = checks.amount(value, "the probability")
    # 100 * 0.29 is 28.999999999999996; a hundred-millionth of a per cent is nobody's estimate.
    number = round(number, 8)
    if number > 100:
        raise SpecError(f"a probability of {value!r} % does not exist", do="give a number from 0 to 100")
    return number


def _band(low: int, high: int, word: str, *variants: str, open_top: bool = False) -> Band:
    return Band(word, variants, low, high, open_top)


_ICD = "Intelligence Community Directive 203, Analytic Standards (2015, amended 2022)"

LEXICONS: dict[str, Lexicon] = {
    entry.name: entry
    for entry in (
        Lexicon(
            "icd203-1",
            "ICD 203, first row",
            _ICD,
            (
                _band(1, 5, "almost no chance"),
                _band(5, 20, "very unlikely"),
                _band(20, 45, "unlikely"),
                _band(45, 55, "roughly even chance"),
                _band(55, 80, "likely"),
                _band(80, 95, "very likely"),
                _band(95, 99, "almost certain", "almost certainly"),
            ),
        ),
        Lexicon(
            "icd203-2",
            "ICD 203, second row",
            _ICD,
            (
                _band(1, 5, "remote"),
                _band(5, 20, "highly improbable"),
                _band(20, 45, "improbable", "improbably"),
                _band(45, 55, "roughly even odds"),
                _band(55, 80, "probable", "probably"),
                _band(80, 95, "highly probable"),
                _band(95, 99, "nearly certain"),
            ),
        ),
        Lexicon(
            "phia",
            "PHIA probability yardstick",
            "Professional Head of Intelligence Assessment, probability yardstick (UK, 2025)",
            (
                _band(0, 5, "remote chance"),
                _band(10, 20, "highly unlikely"),
                _band(25, 35, "unlikely"),
                _band(40, 50, "realistic possibility", open_top=True),
                # "probably" and "almost certainly" are the adverbs of the published words.
                _band(55, 75, "likely", "probable", "probably"),
                _band(80, 90, "highly likely"),
                _band(95, 100, "almost certain", "almost certainly"),
            ),
        ),
    )
}
