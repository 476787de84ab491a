"""Strings that would do something if anybody took them for more than text."""

from __future__ import annotations

HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\"'><svg/onload=alert(1)>",
    "entity": "&lt;b&gt; &amp;amp; &#x41;",
    "comment": "<!-- --> ]]> <![CDATA[",
    "typst": '#read("/etc/passwd") #set page(fill: red) #eval("1")',
    "typst-marks": "= not a heading *not bold* _not italic_ @label <label> $x$ // no comment",
    "latex": "\\input{/etc/passwd} $\\write18{id}$ %",
    "shell": "$(touch pwned) `touch pwned` ; touch pwned | cat",
    "template": "{{ 7*7 }} {% include 'x' %} {0} ${HOME} %(x)s",
    "markdown": "[x](javascript:alert(1)) **b** `c` ![i](http://example.org/i.png)",
    "formula": '=HYPERLINK("http://example.org") +1+1 -1-1 @SUM(A1)',
    "sql": "'; DROP TABLE incidents; -- \" OR 1=1 /* */",
    "python": "f'{1+1}' {x!r:>{y}} %s %(x)s \\N{BULLET} \\x41 __import__('os')",
    "yaml": "!!python/object:os.system {a: [b]} - &x *x # no comment: yes",
    "path": "../../../etc/passwd C:\\Windows\\x",
    "letters": "é e\u0301 Ω Ж ﬁ ½ № – — “”",
    "long": "x" * 300,
}

AWKWARD = {
    "overrides": "abc\u202egnp.exe\u2066x\u2069 \u200e\u200f",
    "controls": "a\x01b\x08c\x0bd\x1b[31me\x7ff\x85g",
    "joiners": "👩\u200d👩\u200d👧 x\u200by \u2060z \ufeffw",
    "emoji": "🙂 🇮🇶 👍🏽 ❤\ufe0f",
    "scripts": "中文 日本語 한국어 ไทย हिन्दी Ελλάδα Україна",
    "right to left": "שלום עולם مرحبا بالعالم 123 (a)",
    "accents": "e\u0301 a\u030a\u0323 Z\u0351\u036b\u0343\u036a\u0342 ộ",
    "private": "x\ue000y\U000f1234z\ufffdw\ufffe",
    "separators": "a\u2028b\u2029c\u00a0d\u3000e\u00ade",
}
"""Letters that fonts lack, that change how others are read, or that no file can hold as they are."""
