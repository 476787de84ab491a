"""Addresses that a brief may link to."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

SCHEMES = ("http", "https", "mailto")

# RFC 3986: what may stand unescaped in a reference; everything else is percent-encoded.
_SAFE = ":/?#[]@!$&'()*+,;=%-._~"


def safe_href(raw: object) -> str | None:
    """Return an address that can only open a page or a letter, or None.

    Parameters
    ----------
    raw : object
        Address as the Document has it.

    Returns
    -------
    str or None
        The address with every character outside RFC 3986 percent-encoded; None for any scheme but http, https and
        mailto, for an address without a host, and for one that no parser can read.
    """
    if not isinstance(raw, str):
        return None
    try:
        parts = urlsplit(raw.strip())
        host = parts.hostname
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES or (scheme != "mailto" and not host):
        return None
    encoded = quote(raw.strip(), safe=_SAFE, errors="replace")
    # Brackets stand for themselves only around an IPv6 host; a lone per cent sign stands for nothing.
    head, mark, tail = encoded.partition("://") if scheme != "mailto" else ("", "", encoded)
    authority, slash, rest = tail.partition("/")
    rest = rest.replace("[", "%5B").replace("]", "%5D")
    return _whole_percents(f"{head}{mark}{authority}{slash}{_one_fragment(rest)}")


def _one_fragment(rest: str) -> str:
    before, mark, after = rest.partition("#")
    return before + mark + after.replace("#", "%23")


def _whole_percents(address: str) -> str:
    pieces = address.split("%")
    hexa = set("0123456789abcdefABCDEF")
    fixed = [piece if len(piece) > 1 and set(piece[:2]) <= hexa else "25" + piece for piece in pieces[1:]]
    return "%".join([pieces[0], *fixed])
