"""Words of likelihood, words of confidence, and vague words, as they stand in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from brieftools.analysis.lexicon import LEXICONS, Lexicon

# Words of a lexicon that are words of likelihood only beside one of these.
_NOUN = r"(?:chances?|possibilit(?:y|ies)|probabilit(?:y|ies)|prospects?|likelihood|odds)"
_REMOTE = rf"remote(?=\s+{_NOUN}\b)|(?<=is\s)remote(?=\s+that\b)|{_NOUN}\b[^.;|]{{0,40}}?\b(?:is|are|was|were|remains?|seems?)\s+remote"
# Idioms that hold a word of likelihood and state none.
_IDIOM = (
    r"not\s+(?:un|im)(?:likely|probable|possible)|(?:more|less|most|least|as|so|how)\s+(?:un)?(?:likely|probable)(?:\s+than\s+not)?"
    r"|probable\s+cause|natural\s+and\s+probable|remote\s+chance\s+of\s+survival|likely\s+voters?"
    r"|(?:suspected|confirmed)(?:,?\s+(?:and|or)|,)\s+probable|probable\s+(?:(?:and|or)\s+(?:suspected|confirmed)|cases?)"
    r"|unlikely\s+(?:all(?:y|ies|iances?)|bedfellows?|friends?|hero(?:es)?)"
)
_VAGUE = (
    r"(?:cannot|can\s*not|can['’]t|could\s+not)\s+(?:be\s+)?(?:rule[sd]?\s+out|exclude[sd]?|dismiss(?:ed)?|discount(?:ed)?)"
    r"|may(?!\s+\d)(?:\s+not)?|might(?:\s+not)?|could|possibly|perhaps|maybe|conceivably|potentially"
    r"|some\s+(?:risk|chance|possibility|likelihood|danger)|not\s+(?:impossible|inconceivable)|it\s+is\s+possible\s+that"
)
_OPENING = (
    r"Might|Could(?!\s+not\b)|Possibly|Perhaps|Maybe|Conceivably|Potentially|It\s+is\s+possible\s+that|Some\s+(?:risk|chance|possibility)"
)
# "May" that permits or shows the way, "could" that was able or not, "might" that is strength: none of them hedges.
_PLAIN = (
    r"(?:military|economic|political|naval|financial|the|its|their|his|her|our|whose|full|all|with)\s+might|might(?=\s+of\b)"
    r"|may\s+(?:be\s+(?:found|seen|read|noted|quoted|cited|copied|reproduced|reused|redistributed|downloaded|obtained|consulted)"
    r"|lawfully|legally|constitutionally|only|no\s+longer)|(?:as\s+it|what)\s+may(?=\s*[.,;:)])"
    r"|(?:[Nn]or|[Nn]either)\s+(?:\w+\s+){0,2}could|could(?:\s+(?:not|never|no\s+longer|hardly|barely|scarcely|neither|only)\b(?!\s+(?:be\s+)?(?:rule|exclude|dismiss|discount))|n['’]t)"
)
# Confidence as analysts mean it: not that of voters or markets, not that in the police; nor an interval.
_WORK = r"(?:th(?:is|ese|e)|our|its)\s+(?:\w+\s+)?(?:judg|assess|estimat|finding|conclusion|forecast)\w*"
_OTHER = rf"(?!-building|\s+(?:interval|limit|level|band|bound|vote|motion|building)|\s+in\s+(?!{_WORK}|this\b(?!\s+\w)))"
_OWNERS = "".join(
    f"(?<!{owner})" for owner in ("public ", "popular ", "investor ", "consumer ", "business ", "voter ", "no ", "no-", "self-")
)
_CONFIDENCE = re.compile(
    rf"\b(?:high|moderate|medium|low|limited|great|little|strong|full|much|higher|lower|some)(?:\s+to\s+\w+)?\s+confidence\b{_OTHER}"
    rf"|(?<!\d\s%\s){_OWNERS}\bconfidence\s+(?:is|that|remains|in\s+{_WORK})|\bwith\s+confidence\b{_OTHER}"
    r"|\b(?:we|I|you|one|analysts?|authors?|desk|team)\s+(?:\w+\s+){1,2}confident\b|\bconfidently\b|\bfairly\s+confident\b",
    re.IGNORECASE,
)
_ABSOLUTE = re.compile(
    r"\b(?<!almost\s)(?<!nearly\s)(?<!un)(?<!as\s)certainly\b"
    r"|\bimpossible(?=\s+that\b)|\b(?:is|are|be|remains?)\s+(?:quite\s+|simply\s+|virtually\s+)?impossible\b(?!\s+(?:to|for|not)\b)"
    r"|(?<![\d.,–−-])(?:0|100)\s?(?:%|per\s?cent\b)(?=\s*\)|\s+(?:certain|sure|likely|probable|probability|chance|likelihood|confiden))"
    r"|\b(?:probability|chance|likelihood)\s+(?:of|is|at)\s+(?:0|100)\s?(?:%|per\s?cent\b)",
    re.IGNORECASE,
)
_SHARE = re.compile(r"\d|\b(?:all|every|each|none|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A term in a text.

    Attributes
    ----------
    words : str
        As it stands there.
    start, end : int
        Place in the text.
    """

    words: str
    start: int
    end: int


def _pattern(word: str) -> str:
    return _REMOTE if word == "remote" else re.escape(word).replace(r"\ ", r"\s+")


@cache
def _likelihood() -> re.Pattern[str]:
    """Idioms first, then every term of every lexicon, longest first: "very likely" is not "likely"."""
    words = sorted({word for lexicon in LEXICONS.values() for word in lexicon.words}, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:(?P<idiom>{_IDIOM})|{'|'.join(_pattern(word) for word in words)})\b", re.IGNORECASE)


@cache
def _vague() -> re.Pattern[str]:
    # "May" is the month unless it opens a question, which no judgment does; "MIGHT" is not written.
    return re.compile(rf"\b(?:(?P<idiom>{_PLAIN})|(?P<vague>{_VAGUE}|{_OPENING}))\b")


def likelihood_terms(text: str) -> Iterator[Term]:
    """Yield every term of any lexicon; text is masked."""
    for match in _likelihood().finditer(text):
        if not match["idiom"]:
            yield Term(" ".join(match[0].split()), match.start(), match.end())


def vague_terms(text: str) -> Iterator[Term]:
    """Yield the words that commit the author to nothing; text is masked."""
    for match in _vague().finditer(text):
        if not match["idiom"]:
            yield Term(" ".join(match[0].split()), match.start(), match.end())


def confidence_terms(text: str) -> Iterator[Term]:
    """Yield mentions of analytic confidence; "confidence interval" is another thing."""
    for match in _CONFIDENCE.finditer(text):
        yield Term(" ".join(match[0].split()), match.start(), match.end())


def absolute_terms(text: str) -> Iterator[Term]:
    """Yield what lies outside every scale: certainly, impossible, 0 %, 100 %; "all 43 hospitals (100 %)" is a share."""
    for match in _ABSOLUTE.finditer(text):
        before = re.split(r"[.!?;|]\s|\n\s*\n", text[max(match.start() - 400, 0) : match.start()])[-1]
        if not (match[0][0].isdigit() and text[match.end() :].lstrip().startswith(")") and _SHARE.search(before)):
            yield Term(" ".join(match[0].split()), match.start(), match.end())


def scale_word(term: Term) -> str:
    """Return the term as a lexicon writes it."""
    word = term.words.casefold()
    return "remote" if word.endswith(" remote") else word


def foreign(term: Term, lexicon: Lexicon) -> list[Lexicon]:
    """Return the lexicons that have this term when the declared one lacks it; empty when it has it."""
    word = scale_word(term)
    if word in lexicon.words:
        return []
    return [other for other in LEXICONS.values() if word in other.words]
