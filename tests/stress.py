"""Documents that strain both renderers: long, wide, empty, crowded, in every script."""

from __future__ import annotations

from typing import Any

import documents
from documents import cell, cite, figure, judgment, para, t

Document = dict[str, Any]
SENTENCE = (
    "Recorded fighting around the provincial capital showed no clear change against the year before, once clustering is allowed for. "
)
NOTE = "The figure rests on one dataset, which counts deaths above a threshold and lags by several weeks; a later release may revise it. "
SCRIPTS = {
    "latin": "Ordinary words, with Ångström, naïve façade and Łódź.",
    "cyrillic": "Исламское государство теряет территорию; число событий не изменилось.",
    "greek": "Καμία σαφής μεταβολή στα γεγονότα.",
    "arabic": "تنظيم الدولة الإسلامية يفقد الأرض في الموصل والرقة",
    "hebrew": "אין שינוי ברור במספר האירועים",
    "mixed": "The group (الدولة) in Mosul (الموصل), 12–14 March 2017, and in אילת.",
    "chinese": "伊斯兰国在摩苏尔失去地盘，记录的战斗没有明显变化。" * 3,
    "korean": "기록된 전투에는 뚜렷한 변화가 없다.",
    "thai": "ไม่มีการเปลี่ยนแปลงที่ชัดเจนในการสู้รบที่บันทึกไว้",
    "devanagari": "दर्ज लड़ाई में कोई स्पष्ट बदलाव नहीं",
    "combining": "Z\u0301\u0302\u0303\u0304\u0305 i\u0304\u0301 q\u0307\u0323 e\u0301\u0301\u0301 with accents on accents",
    "emoji": "A sign \U0001f4c8 and another \U0001f3f4\u200d\u2620\ufe0f in a line",
    "long word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2,
    "address": "https://example.org/" + "a-path-that-never-ends/" * 12 + "?q=" + "x" * 90,
}


def document(*body: dict[str, Any], **meta: Any) -> Document:
    """Return a Document with this body; an endnote for each citation."""
    made = documents.sample()
    made["meta"] |= meta
    made["body"] = [*body, *[node for node in made["body"] if node["type"] in ("notes", "closing")]]
    return made


def heading(level: int, text: str, number: int) -> dict[str, Any]:
    return {"type": "heading", "level": level, "id": f"s-{number}", "c": [t(text)]}


def long() -> Document:
    """About forty pages of everything."""
    body: list[dict[str, Any]] = [documents.body()[0], documents.body()[1]]
    body += [heading(3, "Key judgments", 1), judgments(7)]
    for n in range(2, 60):
        body.append(heading(2, f"Section {n}: no clear change in province {n}", n))
        body += [para(t(SENTENCE * 5), cite(1, place=1000 + 3 * n)), para(t(SENTENCE * 4), cite(2, place=1001 + 3 * n))]
        if n % 3 == 0:
            body.append(
                {"type": "row", "columns": [{"span": 51, "blocks": [para(t(SENTENCE * 2))]}, {"span": 116, "blocks": [figure(n, 116)]}]}
            )
        elif n % 3 == 1:
            body.append(table(n, rows=12, words=14))
        else:
            body += [figure(n, 174), para(t(SENTENCE * 4))]
    return document(*body)


def judgments(count: int) -> dict[str, Any]:
    given = next(node for node in documents.body() if node["type"] == "judgments")
    return given | {"items": [judgment(n, "likely", 55, 80, "that " + SENTENCE.lower()) for n in range(1, count + 1)]}


def table(number: int, *, rows: int, words: int, columns: int = 4) -> dict[str, Any]:
    """Return a numbered table whose last column holds long notes."""
    note = " ".join((NOTE * 9).split()[:words])
    body = [[cell(f"{number}.{n}"), *(cell(f"value {n}-{c}") for c in range(columns - 2)), cell(note)] for n in range(1, rows + 1)]
    return documents.table() | {
        "id": f"table-{number}",
        "number": number,
        "title": [t("What each row says, and what it leaves open")],
        "columns": [
            {"align": "left", "weight": 0},
            *({"align": "right", "weight": 1} for _ in range(columns - 2)),
            {"align": "left", "weight": 4},
        ],
        "head": [[cell("Key"), *(cell(f"Column {c}") for c in range(columns - 2)), cell("Note")]],
        "body": body,
    }


def matrix(rows: int, hypotheses: int) -> dict[str, Any]:
    """Return a matrix with long evidence and a reason in every cell."""
    values = ["CC", "C", "N", "I", "II", "NA", ""]
    base = documents.hypotheses()
    columns = [
        {"key": f"H{n}", "label": ["growing", "compensating", "redistributed", "level"][n % 4], "score": -float(n), "score_text": f"−{n}.00", "rank": str(n), "tied": False, "rated": True, "share": n / hypotheses}
        for n in range(1, hypotheses + 1)
    ]  # fmt: skip
    evidence = [
        {
            "key": f"E{n}",
            "c": [t(SENTENCE), cite(1 + n % 3, place=5000 + n)],
            "grade": "B2",
            "credibility": "H",
            "relevance": "M",
            "ratings": [{"value": values[(n + k) % 7], "reason": "a reason of a few words"} for k in range(hypotheses)],
            "diagnosticity": 1.2 if n < rows - 3 else 0.0,
            "share": 0.5,
            "without": "H1 H2" if n % 5 else "H3",
            "changes": n % 5 == 0,
            "apart": n >= rows - 3,
        }
        for n in range(1, rows + 1)
    ]
    return base | {"hypotheses": columns, "rows": evidence}


def titled(length: int = 300) -> Document:
    title = ("The Islamic State lost ground at home and kept a wide reach abroad, but growth there is not shown by any count " * 4)[
        :length
    ].strip()
    return document(*documents.body()[:3], para(t(SENTENCE * 20)), title=title, running=title, kicker=title[:90])


def scripts() -> Document:
    """Every script in title, judgment, table, caption and chart."""
    nodes: list[dict[str, Any]] = []
    for n, (name, text) in enumerate(SCRIPTS.items(), 20):
        drawn = figure(n, 84)
        # Typst does not shape Devanagari inside a drawing: its vowel signs fall on the letters beside them.
        svg = drawn["image"]["data"].replace("Iraq 236", "Iraq" if name == "devanagari" else text[:18].replace("&", "&amp;"))
        nodes += [
            heading(2, f"{name}: {text}"[:120], n),
            para(t(text), {"type": "strong", "c": [t(f" {text} ")]}, {"type": "emph", "c": [t(text)]}),
            drawn | {"title": [t(text)], "image": drawn["image"] | {"data": svg}},
            table(n, rows=2, words=5) | {"body": [[cell(text[:20]), cell("1"), cell("2"), cell(text)]]},
        ]
    return document(*nodes, title=" · ".join(SCRIPTS[name][:24] for name in ("latin", "cyrillic", "arabic", "chinese", "combining")))


def charted(payload: dict[str, Any], number: int = 7) -> dict[str, Any]:
    """Return the figure that a chart's payload becomes."""
    kept = ("format", "data", "width_mm", "height_mm")
    node = figure(number, payload["width_mm"])
    texts = {key: [t(payload[key])] if payload[key] else [] for key in ("title", "subtitle")}
    more = {"source": [t(payload["source"])] if payload["source"] else None, "alt": payload["alt"], "table": payload["table"]}
    return node | texts | more | {"image": {key: payload[key] for key in kept}, "narrow": payload["narrow"]}


def incidents(count: int) -> Document:
    """Charts of no, one or very many incidents."""
    import numpy as np
    import pandas as pd

    from brieftools.charts import counts, incident_map, timeline

    random = np.random.default_rng(0)
    days = pd.Timestamp("2016-01-01") + pd.to_timedelta(np.sort(random.integers(0, 450, count)), unit="D")
    frame = pd.DataFrame(
        {
            "incident_id": [f"i{n}" for n in range(count)],
            "date_start": days,
            "date_end": days,
            "date_precision": "day",
            "country": "IRQ",
            "country_name": "Iraq",
            "place": [f"Place {n % 500}" for n in range(count)],
            "label": [f"a clash at place {n % 500}" for n in range(count)],
            "theatre": "home",
            "latitude": 33 + random.random(count) * 3,
            "longitude": 42 + random.random(count) * 3,
            "where_prec": 1,
            "events": 1,
        }
    )
    months = frame.groupby(frame.date_start.dt.strftime("%Y-%m")).size().rename("events").rename_axis("month").reset_index()
    as_of = pd.Timestamp("2017-03-31").date()
    made = [
        timeline(frame, as_of=as_of, width=174),
        counts(months, place="Iraq", width=116),
        incident_map(frame, as_of=as_of, count="events", label="place", area=["IRQ"], width=108),
    ]
    return document(*(charted(chart.payload(), n) for n, chart in enumerate(made, 1)), para(t(SENTENCE * 8)))


DOCUMENTS = {
    "forty pages": long,
    "matrix 60 x 12": lambda: document(para(t(SENTENCE)), matrix(60, 12), para(t(SENTENCE))),
    "long notes": lambda: document(para(t(SENTENCE)), table(1, rows=30, words=70), table(2, rows=30, words=40, columns=7)),
    "title of 300": titled,
    "scripts": scripts,
    "no incidents": lambda: incidents(0),
    "one incident": lambda: incidents(1),
    "100,000 incidents": lambda: incidents(100_000),
}
