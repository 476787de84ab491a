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
    "path": "../../../etc/passwd C:\\Windows\\x",
    "letters": "é e\u0301 Ω Ж ﬁ ½ № – — “”",
    "long": "x" * 300,
}
