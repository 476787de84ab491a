"""Blank out what is not the author's own wording: quotations, titles of works, addresses, code, citations.

Every character keeps its place, so that a line number found in the masked text is right in the original.
"""

from __future__ import annotations

import re

_BLANK = re.compile(r"[^\n]")
# A quotation, or code, never goes past an empty line: a mark left open swallows no more than its paragraph.
_NOT_PROSE = (
    re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"(?<!`)(?P<tick>`+)(?!`)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=tick)(?!`)", re.DOTALL),
    re.compile(r"\{\{[^{}\n]*\}\}"),
    re.compile(r"\[\^?@?[^\[\]\n]*\](?=:)|\[[@^][^\[\]\n]*\]"),
    re.compile(r"(?<=\])\([^()\n]*\)"),
    re.compile(r"(?:https?://|www\.|mailto:)[^\s<>]*[^\s<>.,;:!?)\]]"),
    re.compile(r"<[A-Za-z/][^<>\n]*>"),
    re.compile(r"\$\$.*?\$\$", re.DOTALL),
    re.compile(r"(?<![\\$\w])\$(?=[^\s$])[^$\n]*?(?<=[^\s\\])\$(?![\d$])"),
    re.compile(r"^[ \t]*>[^\n]*(?:\n(?![ \t]*\n)(?![ \t]*(?:[-*+]|\d+\.|#|```)[ \t])[^\n]+)*", re.MULTILINE),
)
_QUOTED = (
    re.compile(r'"(?:(?!\n[ \t]*\n)[^"])*"'),
    re.compile(r"[“„](?:(?!\n[ \t]*\n)[^“”„])*[”“]"),
    re.compile(r"«(?:(?!\n[ \t]*\n)[^«»])*»|»(?:(?!\n[ \t]*\n)[^«»])*«"),
    re.compile(r"‹(?:(?!\n[ \t]*\n)[^‹›])*›"),
    # A closing mark is no apostrophe: it follows a letter or a stop and no letter follows it.
    re.compile(r"(?<!\w)[‘‚](?:(?!\n[ \t]*\n)[^‘‚])*?[’‘](?!\w)"),
    re.compile(r"(?<![\w'])'(?=\S)(?:(?!\n[ \t]*\n)[^'\n]|(?<=\w)'(?=\w))*?(?<=\S)'(?!\w)"),
)
# Looked for only where the first pattern finds a sign of them: most prose has none, and a try at every word is slow.
_RARE = (
    (
        re.compile(r"@|10\.\d{4}"),
        re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s<>]*|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
    ),
    (
        re.compile(r"\.[a-z]{2,10}/|\.(?:csv|xlsx|pdf|py|ipynb|md|txt|json|ya?ml|html?|zip|png|svg)\b"),
        re.compile(
            r"(?<![\w.-])(?:[\w-]{1,63}\.){1,8}(?:[a-z]{2,10}/[^\s<>)\]]*|(?:csv|xlsx|pdf|py|ipynb|md|txt|json|ya?ml|html?|zip|png|svg)\b)"
        ),
    ),
    (
        re.compile(r"&(?:quot|[lb]dquo|laquo);"),
        re.compile(
            r"&quot;(?:(?!\n[ \t]*\n).)*?&quot;|&(?:ldquo|bdquo);(?:(?!\n[ \t]*\n).)*?&(?:rdquo|ldquo);"
            r"|&laquo;(?:(?!\n[ \t]*\n).)*?&raquo;",
            re.DOTALL,
        ),
    ),
)
_ITALIC = re.compile(
    r"(?<![*\w\\])\*(?![*\s])(?P<star>[^*\n]+)(?<![\s*])\*(?![*\w])"
    r"|(?<![_\w\\])_(?![_\s])(?P<line>[^_\n]+)(?<![\s_])_(?![_\w])"
)
_LINKED = re.compile(r"(?<=\[)[^\[\]\n]+(?=\][(\[])")
_ENTRY = re.compile(r" {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]")
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "with"),
        *("de", "des", "du", "la", "le", "les", "et", "der", "die", "das", "und", "von"),
    )
)


def mask(text: str) -> str:
    """Return the text with everything blanked out that is not the author's own wording; as long as before, line by line."""
    text = _indented_code_blanked(text)
    text = _LINKED.sub(lambda match: blank(match[0]) if _is_title(match[0]) else match[0], text)
    rare = (pattern for sign, pattern in _RARE if sign.search(text))
    for pattern in (*_NOT_PROSE, *rare, *_QUOTED):
        text = pattern.sub(lambda match: blank(match[0]), text)
    return _ITALIC.sub(lambda match: blank(match[0]) if _is_title(match["star"] or match["line"]) else match[0], text)


def blank_code(text: str) -> str:
    """Return the text with fenced code alone blanked out."""
    return _NOT_PROSE[0].sub(lambda match: blank(match[0]), text)


def _indented_code_blanked(text: str) -> str:
    """Blank out lines indented by four after an empty one, unless they go on with a list."""
    lines = text.split("\n")
    after_blank, in_code, in_list = True, False, False
    for number, line in enumerate(lines):
        if not line.strip():
            after_blank = True
            continue
        indented = line.startswith(("    ", "\t"))
        in_code = indented and not in_list and (after_blank or in_code)
        in_list = bool(_ENTRY.match(line)) or (in_list and (indented or line.startswith("  ") or not after_blank))
        after_blank = False
        if in_code:
            lines[number] = blank(line)
    return "\n".join(lines)


def blank(text: str) -> str:
    """Return spaces in place of everything but line breaks."""
    return _BLANK.sub(" ", text)


def _is_title(text: str) -> bool:
    """Tell a title in italics from stress: two words or more, capital letters on all but the small ones."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in _SMALL]
    return len(_WORD.findall(text)) > 1 and bool(words) and all(word[0].isupper() for word in words)
