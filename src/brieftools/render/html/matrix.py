"""The matrix of an analysis of competing hypotheses (Heuer, Psychology of Intelligence Analysis, chapter 8)."""

from __future__ import annotations

from collections.abc import Sequence

from brieftools.render.html.captions import caption, scrolling, source
from brieftools.render.html.inlines import inlines
from brieftools.render.html.markup import NOTHING, Html, el, hidden, join, text
from brieftools.render.html.scope import Node, Scope

RATINGS = frozenset({"CC", "C", "N", "I", "II", "NA"})


def hypotheses(node: Node, scope: Scope) -> Html:
    """Return the matrix: evidence in rows, hypotheses in columns, scores and ranks below."""
    head, name = caption(node, scope, kind="table")
    scope, count = scope.sans, len(node["hypotheses"])
    made = el(
        "table",
        _columns(node),
        _head(node, scope),
        *_bodies(node, scope),
        _foot(node, scope),
        cls=f"ach {scope.rule(f'ach-{count}', f'--n:{count}')}",
        aria_label=name,
    )
    key = el("p", inlines(node["key"], scope), cls="source") if node.get("key") else NOTHING
    return el(
        "figure",
        head,
        scrolling(made, name=name, wide=True),
        key,
        source(node, scope),
        _reasons(node, scope, name),
        cls="tab",
        id=scope.claim(node.get("id")),
    )


def _columns(node: Node) -> Html:
    kinds = ["ev", "grade", "short", "short", *("hyp" if h.get("rated") else "open" for h in node["hypotheses"]), "dia", "lead"]
    return el("colgroup", *(el("col", cls=f"w-{kind}") for kind in kinds))


def _head(node: Node, scope: Scope) -> Html:
    words = scope.labels
    short = [_short(words["credibility"], words["credibility_long"]), _short(words["relevance"], words["relevance_long"])]
    return el(
        "thead",
        el(
            "tr",
            el("th", text(words["evidence"]), scope="col", cls="ev"),
            el("th", text(words["grade"]), scope="col", cls="mid"),
            *(el("th", cell, scope="col", cls="mid") for cell in short),
            *(
                el("th", el("strong", text(h["key"])), text(" "), el("span", text(h["label"])), scope="col", cls="hyp")
                for h in node["hypotheses"]
            ),
            el("th", text(words["diagnosticity"]), scope="col", cls="dia"),
            el("th", text(words["leads_without"]), scope="col", cls="lead"),
        ),
    )


def _short(shown: str, full: str) -> Html:
    return el("abbr", text(shown), title=full)


def _bodies(node: Node, scope: Scope) -> list[Html]:
    rated = [row for row in node["rows"] if not row.get("apart")]
    apart = [row for row in node["rows"] if row.get("apart")]
    bodies = [el("tbody", *(_row(row, node, scope) for row in rated))] if rated else []
    if apart:
        note = el("tr", el("th", text(scope.labels["apart"]), colspan=6 + len(node["hypotheses"]), scope="rowgroup"), cls="apart")
        bodies.append(el("tbody", note, *(_row(row, node, scope) for row in apart)))
    return bodies


def _row(row: Node, node: Node, scope: Scope) -> Html:
    ratings = iter(row["ratings"])
    cells = [_rating(next(ratings, None), scope) if h.get("rated") else el("td", text("·"), cls="r mute") for h in node["hypotheses"]]
    leads = [text(str(row.get("without") or "")), text(" ◆") if row.get("changes") else NOTHING]
    return el(
        "tr",
        el("th", el("span", text(row["key"]), cls="ev-key"), text(" "), el("span", inlines(row["c"], scope)), scope="row", cls="ev"),
        *(el("td", text(str(row.get(key) or "")), cls="mid mute") for key in ("grade", "credibility", "relevance")),
        *cells,
        el("td", _diagnosticity(row, scope), cls="dia"),
        el("td", *leads, cls="lead b" if row.get("changes") else "lead mute"),
    )


def _rating(rating: Node | None, scope: Scope) -> Html:
    value = str((rating or {}).get("value") or "")
    if not value:
        return el("td", hidden(scope.labels["missing"]), cls="r")
    return el("td", text(value), cls=f"r r-{value.lower()}" if value in RATINGS else "r")


def _diagnosticity(row: Node, scope: Scope) -> Html:
    value, share = float(row.get("diagnosticity") or 0), float(row.get("share") or 0)
    if value == 0:
        return el("span", text(scope.labels["none"]), cls="mute")
    return join(_bar(share, "dia-bar"), hidden(f"{value:.2f}"))


def _bar(share: float, cls: str) -> Html:
    """Draw a bar on its ground; the number stands beside it, so screen readers skip it."""
    width = f"{100 * min(max(share, 0.0), 1.0):.1f}%"
    ground = el("rect", x="0", y="0", width="100%", height="7", cls="bar-of")
    return el("svg", ground, el("rect", x="0", y="0", width=width, height="7", cls="bar-is"), cls=cls, height="7", aria_hidden="true")


def _foot(node: Node, scope: Scope) -> Html:
    words = scope.labels
    label = join(el("strong", text(words["inconsistency"])), text(" "), el("span", text(f"({words['inconsistency_note']})")))
    scores = [
        el("td", el("span", text(h["score_text"])), _bar(float(h.get("share") or 0), "score-bar"), cls="r score")
        if h.get("rated")
        else el("td", text(words["not_rated"]), cls="r mute")
        for h in node["hypotheses"]
    ]
    ranks = [el("td", text(h["rank"]), cls="r rank") for h in node["hypotheses"]]
    return el(
        "tfoot",
        el("tr", el("th", label, scope="row", colspan=4), *scores, el("td", colspan=2)),
        el(
            "tr",
            el("th", el("strong", text(words["rank"])), scope="row", colspan=4),
            *ranks,
            el("td", text(str(node.get("rank_note") or "")), colspan=2, cls="mute"),
        ),
    )


def _reasons(node: Node, scope: Scope, name: str) -> Html:
    """Return the reason for each rating, as a table of the same shape that opens on demand."""
    rows: Sequence[Node] = [row for row in node["rows"] if any(rating.get("reason") for rating in row["ratings"])]
    if not rows:
        return NOTHING
    rated = [h for h in node["hypotheses"] if h.get("rated")]
    corner = el("td")
    head = el("tr", corner, *(el("th", text(f"{h['key']} {h['label']}"), scope="col") for h in rated))
    body = [
        el("tr", el("th", text(row["key"]), scope="row"), *(_reason(rating) for rating in row["ratings"][: len(rated)])) for row in rows
    ]
    title = f"{scope.labels['data_of']} {name.partition(':')[0]}"
    width = scope.rule(f"min-{150 * len(rated)}", f"min-width:{150 * len(rated)}px")
    table = el("table", el("thead", head), el("tbody", *body), cls=f"reasons {width}", aria_label=title)
    return el("details", el("summary", text(title)), scrolling(table, name=title, wide=len(rated) > 1), cls="data")


def _reason(rating: Node) -> Html:
    return el("td", el("strong", text(str(rating.get("value") or ""))), text(" "), text(str(rating.get("reason") or "")))
