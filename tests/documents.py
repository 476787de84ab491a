"""A Document with every node type in it, for the renderers' tests."""

from __future__ import annotations

from typing import Any

from brieftools.document.labels import labels

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="328.8pt" height="136pt" viewBox="0 0 328.8 136">'
    '<defs><clipPath id="p1"><rect x="0" y="0" width="328" height="136"/></clipPath></defs>'
    '<g id="figure_1" clip-path="url(#p1)"><rect x="20" y="40" width="60" height="80" style="fill: #74828f"/>'
    '<text x="20" y="30" style="font: 600 8px \'Source Sans Pro\'; fill: #1b2631">Iraq 236</text></g></svg>'
)


def t(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def cite(*numbers: int, place: int = 1) -> dict[str, Any]:
    return {"type": "cite", "notes": list(numbers), "ids": [f"cite-{n}-{place}" for n in numbers]}


def para(*c: dict[str, Any]) -> dict[str, Any]:
    return {"type": "para", "c": list(c)}


def cell(text: str, **more: Any) -> dict[str, Any]:
    return {"c": [t(text)], "colspan": 1, "rowspan": 1, "style": None} | more


MATHML = {
    "tag": "math",
    "attrs": {},
    "children": [
        {
            "tag": "mrow",
            "attrs": {},
            "children": [
                {"tag": "mi", "attrs": {}, "text": "r"},
                {"tag": "mo", "attrs": {}, "text": "="},
                {
                    "tag": "mfrac",
                    "attrs": {},
                    "children": [
                        {
                            "tag": "msub",
                            "attrs": {},
                            "children": [{"tag": "mi", "attrs": {}, "text": "x"}, {"tag": "mn", "attrs": {}, "text": "1"}],
                        },
                        {"tag": "mi", "attrs": {}, "text": "t"},
                    ],
                },
            ],
        }
    ],
}


def judgment(number: int, word: str, low: int, high: int, rest: str) -> dict[str, Any]:
    return {
        "number": number,
        "id": f"kj-{number}",
        "lead": "It is",
        "word": word,
        "band": f"{low}–{high} %",
        "low": low,
        "high": high,
        "rest": [t(" " + rest), cite(1, 2, place=number)],
        "tag": "NEW",
        "tag_reason": None,
        "confidence": [t("Confidence is low, because one article describes one week.")],
        "change_label": "Would change it:",
        "change": [t("eight weeks without a reported advance.")],
        "decided_label": "Decided by:",
        "decided": [t("two reports of separate origin.")],
        "basis": "2 sources, 2 origins",
        "reviewed": False,
    }


def figure(number: int, width: int = 116, *, table: bool = True) -> dict[str, Any]:
    return {
        "type": "figure",
        "id": f"figure-{number}",
        "number": number,
        "title": [t("No clear change in recorded fighting in Iraq")],
        "subtitle": [t("Events per month, Iraq, January 2014 – March 2017")],
        "source": [t("Source: UCDP GED, monthly extract."), cite(2, place=50 + number)],
        "alt": "Monthly dots between 23 and 108 without a trend.",
        "width_mm": width,
        "image": {"format": "svg", "data": SVG, "width_mm": width, "height_mm": 48},
        "narrow": {"format": "svg", "data": SVG, "width_mm": 76, "height_mm": 48} if width == 174 else None,
        "table": {
            "columns": ["month", "events"],
            "rows": [["2017-01", "77"], ["2017-02", "75"]],
            "redistribute": "aggregate",
            "name": "iraq-events",
        }
        if table
        else None,
        "period": "January 2014 – March 2017",
    }


def table() -> dict[str, Any]:
    return {
        "type": "table",
        "id": "table-2",
        "number": 2,
        "title": [t("One article and two tables")],
        "subtitle": [t("Sources with Admiralty grade")],
        "source": [t("F and 6 mean cannot be judged.")],
        "columns": [{"align": "left", "weight": 0}, {"align": "left", "weight": 3}, {"align": "right", "weight": 1}],
        "head": [[cell("Grade"), cell("Source"), cell("Rows")]],
        "body": [
            [cell("F3", style="strong"), cell("Leopold-Cohen, J. (2017)"), cell("13")],
            [cell("B2"), cell("UCDP One-sided Violence 17.1"), cell("7")],
        ],
        "row_headers": 1,
        "redistribute": "aggregate",
    }


def hypotheses() -> dict[str, Any]:
    keys = ["H1", "H2", "H3"]
    words = ["growing", "compensating", "level"]
    scores = [-2.4, -1.0, -1.0]
    rows = [
        ("E4", "List 19 to 19, 16 the same", ["I", "N", "CC"], 1.56, 1.0, "H2 H3", False),
        ("E3", "List 2 to 19 in 2014-15", ["C", "II", "CC"], 1.2, 0.8, "H2", True),
        ("E2", "No clear change in Iraq and Syria", ["C", "C", "C"], 0.0, 0.0, "H2 H3", False),
    ]
    return {
        "type": "hypotheses",
        "id": "table-1",
        "number": 1,
        "title": [t("Two readings tie; one single row would change the leader")],
        "subtitle": [t("If the hypothesis were true, how likely would we be to see this?")],
        "source": [t("Method: Heuer; PARC ACH 2.0."), cite(3, place=90)],
        "hypotheses": [
            {
                "key": k,
                "label": w,
                "score": s,
                "score_text": f"−{abs(s)}",
                "rank": r,
                "tied": "=" in r,
                "rated": True,
                "share": abs(s) / 2.4,
            }
            for k, w, s, r in zip(keys, words, scores, ["3", "1 =", "1 ="], strict=True)
        ]
        + [{"key": "H0", "label": "other", "score": None, "score_text": "", "rank": "–", "tied": False, "rated": False, "share": 0.0}],
        "rows": [
            {
                "key": key,
                "c": [t(text), cite(2, place=60 + i)],
                "grade": "B2",
                "credibility": "H",
                "relevance": "M",
                "ratings": [{"value": v, "reason": f"reason {v}"} for v in ratings],
                "diagnosticity": d,
                "share": share,
                "without": without,
                "changes": changes,
                "apart": d == 0,
            }
            for i, (key, text, ratings, d, share, without, changes) in enumerate(rows)
        ],
        "key": [t("CC very consistent, C consistent, N neutral, I inconsistent −1, II very inconsistent −2.")],
        "rank_note": "1 of 3 rows changes it",
    }


def body() -> list[dict[str, Any]]:
    return [
        {
            "type": "bottom_line",
            "label": "Bottom line.",
            "c": [t("Losing ground is "), {"type": "strong", "c": [t("very unlikely")]}, t(" (5–20 %) to end it."), cite(1)],
        },
        {
            "type": "key_figures",
            "items": [
                {
                    "value": "236",
                    "label": [t("events in Iraq, Jan–Mar 2017"), cite(2, place=2)],
                    "tone": "home",
                    "strip": {"low": 0.45, "mid": 0.6, "high": 0.75, "reference": 0.48, "clear": False},
                    "strip_text": "",
                    "reading": [{"type": "strong", "c": [t("No clear change")]}, t(" on a year before")],
                },
                {
                    "value": "29",
                    "label": [t("events in Nigeria")],
                    "tone": "abroad",
                    "strip": {"low": 0.05, "mid": 0.2, "high": 0.4, "reference": 0.48, "clear": True},
                    "strip_text": "",
                    "reading": [t("▼ down on a year before")],
                },
                {
                    "value": "19",
                    "label": [t("countries listed, 2016")],
                    "tone": "ink",
                    "strip": None,
                    "strip_text": "a count: no interval",
                    "reading": [t("Unchanged on 2015")],
                },
                {
                    "value": "3,718",
                    "label": [t("civilians reported killed")],
                    "tone": "home",
                    "strip": None,
                    "strip_text": "bounds 3,494–4,041",
                    "reading": [t("down 38 %")],
                },
                {
                    "value": "43",
                    "label": [t("affiliates said to have pledged or allied")],
                    "tone": "abroad",
                    "strip": None,
                    "strip_text": "a claim: no interval",
                    "reading": [t("One source")],
                },
            ],
        },
        {"type": "heading", "level": 3, "id": "key-judgments", "c": [t("Key judgments")]},
        {
            "type": "judgments",
            "scale": [[1, 5], [5, 20], [20, 45], [45, 55], [55, 80], [80, 95], [95, 99]],
            "scale_label": "Likelihood, 0 to 100 %",
            "items": [
                judgment(1, "likely", 55, 80, "that Iraqi forces hold all of Mosul by 31 December 2017."),
                judgment(2, "unlikely", 20, 45, "that the 2017 list names Israel or China."),
            ],
        },
        {"type": "heading", "level": 2, "id": "at-home", "c": [t("At home, fighting did not clearly grow")]},
        {
            "type": "row",
            "columns": [
                {
                    "span": 51,
                    "blocks": [
                        para(
                            t("The group was a side in "),
                            {"type": "fact", "name": "iraq_events", "text": "236", "origin": "events in 90 days"},
                            t(" events; see "),
                            {"type": "ref", "target": "figure-1", "text": "Figure 1"},
                            t("."),
                            cite(2, 3, place=3),
                        )
                    ],
                },
                {"span": 116, "blocks": [figure(1)]},
            ],
        },
        {"type": "row", "columns": [{"span": 84, "blocks": [figure(2, 84)]}, {"span": 84, "blocks": [figure(3, 84, table=False)]}]},
        {"type": "heading", "level": 2, "id": "ach", "c": [t("Alternative hypotheses")]},
        hypotheses(),
        {
            "type": "row",
            "columns": [
                {
                    "span": 54,
                    "blocks": [
                        {"type": "heading", "level": 3, "id": f"col-{i}", "c": [t("For readers")]},
                        para(t("Compare like with like, within one country file, per day, with intervals.")),
                    ],
                }
                for i in range(3)
            ],
        },
        {"type": "panel", "title": [t("What the table cannot do")], "blocks": [para(t("It shows which evidence carries a judgment."))]},
        {"type": "heading", "level": 2, "id": "prose", "c": [t("An analyst’s own cells")]},
        para(
            t("Plain "),
            {"type": "emph", "c": [t("emphasis")]},
            t(", "),
            {"type": "strike", "c": [t("struck")]},
            t(", "),
            {"type": "code", "text": "code <b>"},
            t(", a "),
            {"type": "link", "href": "https://example.org/a?b=1&c=2", "c": [t("link")]},
            t(" and "),
            {"type": "math", "tex": "r = \\frac{x_1}{t}", "mathml": MATHML, "svg": None},
            {"type": "break"},
            t("after a break."),
        ),
        {
            "type": "list",
            "ordered": False,
            "start": 1,
            "tight": True,
            "items": [
                [
                    para(t("one")),
                    {
                        "type": "list",
                        "ordered": True,
                        "start": 3,
                        "tight": True,
                        "items": [[para(t("nested three"))], [para(t("nested four"))]],
                    },
                ],
                [para(t("two"))],
            ],
        },
        {"type": "quote", "blocks": [para(t("Nothing is certain."))]},
        {"type": "codeblock", "text": 'import pandas as pd\n#read("/etc/passwd")', "lang": "python"},
        {"type": "mathblock", "tex": "r = \\frac{x_1}{t}", "mathml": MATHML, "svg": None},
        {"type": "rule"},
        {"type": "output", "text": "   rows  12\n   done"},
        {"type": "error", "name": "ZeroDivisionError", "message": "division by zero", "trace": "Traceback\n  1/0"},
        table(),
        {
            "type": "lexicon",
            "title": "Words and numbers",
            "name": "ICD 203, first row",
            "bands": [
                {"word": w, "band": f"{a}–{b} %", "low": a, "high": b}
                for w, a, b in [
                    ("almost no chance", 1, 5),
                    ("very unlikely", 5, 20),
                    ("unlikely", 20, 45),
                    ("roughly even chance", 45, 55),
                    ("likely", 55, 80),
                    ("very likely", 80, 95),
                    ("almost certain", 95, 99),
                ]
            ],
            "note": [t("Likelihood says how probable an event is; confidence how good the basis is.")],
        },
        {"type": "heading", "level": 3, "id": "notes", "c": [t("Notes")]},
        {
            "type": "notes",
            "items": [
                {"number": 1, "id": "note-1", "c": [t("Leopold-Cohen 2017, ¶2–3.")], "back": ["cite-1-1"]},
                {"number": 2, "id": "note-2", "c": [t("UCDP GED, monthly extract.")], "back": ["cite-2-1", "cite-2-2"]},
                {
                    "number": 3,
                    "id": "note-3",
                    "c": [t("Heuer, "), {"type": "emph", "c": [t("Psychology of Intelligence Analysis")]}, t(", ch. 8.")],
                    "back": ["cite-3-3"],
                },
            ],
        },
        {
            "type": "closing",
            "items": [
                {"label": "Views disclaimer", "paras": [[t("The views are those of the author.")]]},
                {"label": "Data licences", "paras": [[t("UCDP: CC BY 4.0.")]]},
                {"label": "Handling", "paras": [[t("TLP:CLEAR. No limit on disclosure.")]]},
            ],
        },
    ]


def sample() -> dict[str, Any]:
    """Return the Document; every call makes a new one."""
    return {
        "format": "brieftools/document/1",
        "meta": {
            "title": "Losing ground at home; abroad wide since 2015, growth not shown",
            "kicker": "Analytic brief",
            "running": "Islamic State abroad",
            "slug": "islamic-state-abroad",
            "lang": "en-GB",
            "labels_lang": "en",
            "house": None,
            "authors": [],
            "keywords": ["Islamic State"],
            "as_of": "2017-03-31",
            "edition": {"name": "2017-03-31", "line": "Edition 1", "state": "draft"},
            "dates": [
                {"label": "As of", "value": "31 March 2017"},
                {"label": "Covers", "value": "January 2012 – March 2017"},
                {"label": "Edition", "value": "1 (first issue)"},
                {"label": "Next issue", "value": "30 June 2017, earlier if an indicator trips"},
            ],
            "handling": {"label": "TLP:CLEAR", "text": "No limit on disclosure.", "foreground": "#FFFFFF", "background": "#000000"},
            "footer": "Views are the author’s alone (last page).",
            "watermark": "Draft",
            "contact": None,
        },
        "labels": dict(labels("en")),
        "notices": [{"kind": "retrospective", "c": [t("Retrospective edition: the data were compiled later.")]}],
        "body": body(),
    }
