"""Block nodes of the Document."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from brieftools.render.html.figures import figure
from brieftools.render.html.inlines import inlines, plain
from brieftools.render.html.judgments import judgments, lexicon, scale_label
from brieftools.render.html.keyfigures import key_figures
from brieftools.render.html.markup import NOTHING, Html, el, hidden, join, text
from brieftools.render.html.mathml import formula
from brieftools.render.html.matrix import hypotheses
from brieftools.render.html.scope import Node, Scope, anchor
from brieftools.render.html.tables import table

LEVELS = {2: "h-page", 3: "h-box", 4: "h-run"}


def blocks(children: Sequence[Node], scope: Scope) -> Html:
    """Return a list of blocks.

    Two neighbours are looked at together: a heading and the judgments below it share a line with the scale's label,
    and a run-in heading stands in the line of its paragraph.
    """
    made: list[Html] = []
    todo = list(children)
    while todo:
        node = todo.pop(0)
        after = todo[0]["type"] if todo else ""
        if node["type"] == "heading" and after == "judgments":
            made.append(el("div", block(node, scope), scale_label(todo[0]), cls="headline"))
        elif node["type"] == "heading" and node["level"] >= 4 and after == "para":
            made.append(el("div", block(node, scope), text(" "), block(todo.pop(0), scope), cls="run-in"))
        else:
            made.append(block(node, scope))
    return join(*made)


def block(node: Node, scope: Scope) -> Html:
    """Return one block; an unknown type is left out, as no renderer can know how it looks."""
    return _KINDS.get(node["type"], _nothing)(node, scope)


def sections(body: Sequence[Node], scope: Scope) -> Html:
    """Return the body, each level-2 heading and what follows it as a section."""
    groups: list[list[Node]] = [[]]
    for node in body:
        if node["type"] == "heading" and node["level"] <= 2:
            groups.append([])
        groups[-1].append(node)
    opening, *rest = groups
    return join(blocks(opening, scope), *(el("section", blocks(group, scope)) for group in rest))


def heading(children: Html, scope: Scope, *, level: int, name: str | None, cls: str) -> Html:
    """Return a heading whose level is at most one below the last one's, whatever it looks like."""
    scope.found.level = max(2, min(level, scope.found.level + 1, 6))
    return el(f"h{scope.found.level}", children, id=name, cls=cls)


def _heading(node: Node, scope: Scope) -> Html:
    level = min(max(int(node["level"]), 2), 4)
    return heading(
        inlines(node["c"], scope if level == 2 else scope.sans), scope, level=level, name=scope.claim(node.get("id")), cls=LEVELS[level]
    )


def _para(node: Node, scope: Scope) -> Html:
    return el("p", inlines(node["c"], scope))


def _list(node: Node, scope: Scope) -> Html:
    items = [el("li", _tight(item, scope) if node.get("tight") else blocks(item, scope)) for item in node["items"]]
    start = int(node.get("start") or 1) if node.get("ordered") else 1
    return el(
        "ol" if node.get("ordered") else "ul", *items, start=start if start != 1 else None, cls="tight" if node.get("tight") else None
    )


def _tight(item: Sequence[Node], scope: Scope) -> Html:
    return join(*(inlines(node["c"], scope) if node["type"] == "para" else block(node, scope) for node in item))


def _quote(node: Node, scope: Scope) -> Html:
    return el("blockquote", blocks(node["blocks"], scope))


def _pre(shown: str, cls: str) -> Html:
    # An HTML parser drops the first line feed of a pre, so one is given to it.
    return el("pre", text("\n"), el("code", text(shown)), cls=cls, tabindex="0")


def _codeblock(node: Node, scope: Scope) -> Html:
    return _pre(node["text"], "code")


def _output(node: Node, scope: Scope) -> Html:
    return _pre(node["text"], "output")


def _mathblock(node: Node, scope: Scope) -> Html:
    return el("div", formula(node, scope, block=True), cls="math scroll", tabindex="0")


def _rule(node: Node, scope: Scope) -> Html:
    return el("hr")


def _error(node: Node, scope: Scope) -> Html:
    said = f"{node.get('name') or ''}: {node.get('message') or ''}".strip(": ")
    head = el("p", el("strong", text(scope.labels["error"])), text(" "), text(said))
    trace = str(node.get("trace") or "")
    return el("div", head, _pre(trace, "trace") if trace.strip() else NOTHING, cls="error")


def _bottom_line(node: Node, scope: Scope) -> Html:
    return el("p", el("strong", text(node["label"])), text(" "), inlines(node["c"], scope), cls="bottom")


def _notes(node: Node, scope: Scope) -> Html:
    return el("ol", *(_note(item, scope.sans) for item in node["items"]), cls="notes")


def _note(item: Node, scope: Scope) -> Html:
    back = [name for given in item.get("back") or () if (name := anchor(given)) in scope.places and name]
    links = [_back(name, i, len(back), scope) for i, name in enumerate(back)]
    number = el("span", text(str(item["number"])), cls="note-no")
    return el("li", number, el("div", inlines(item["c"], scope), *links), id=scope.claim(item["id"]))


def _back(name: str, place: int, count: int, scope: Scope) -> Html:
    shown = "↑" if count == 1 else f"↑{place + 1}"
    return join(text(" "), el("a", hidden(scope.labels["back"] + " "), text(shown), href=f"#{name}", cls="back"))


def _closing(node: Node, scope: Scope) -> Html:
    items = [
        el("div", el("p", text(item["label"]), cls="label"), *(el("p", inlines(para, scope.sans)) for para in item["paras"]))
        for item in node["items"]
    ]
    return el("div", *items, cls=f"closing {scope.rule(f'closing-{len(items)}', f'--n:{min(len(items), 3)}')}")


def _row(node: Node, scope: Scope) -> Html:
    spans = [max(1, int(column["span"])) for column in node["columns"]]
    name = scope.rule(
        "g" + "-".join(map(str, spans)), "grid-template-columns:" + " ".join(f"minmax(0,{span}fr)" for span in spans), wide=True
    )
    return el(
        "div",
        *(el("div", blocks(column["blocks"], scope), cls="slim" if column["span"] <= 60 else None) for column in node["columns"]),
        cls=f"row {name}",
    )


def _panel(node: Node, scope: Scope) -> Html:
    title = heading(inlines(node["title"], scope.sans), scope, level=3, name=None, cls="panel-title")
    return el("aside", title, blocks(node["blocks"], scope.sans), cls="panel", aria_label=scope.region(plain(node["title"])))


def _nothing(node: Node, scope: Scope) -> Html:
    return NOTHING


_KINDS: dict[str, Callable[[Node, Scope], Html]] = {
    "heading": _heading,
    "para": _para,
    "list": _list,
    "quote": _quote,
    "codeblock": _codeblock,
    "mathblock": _mathblock,
    "rule": _rule,
    "table": table,
    "figure": figure,
    "output": _output,
    "error": _error,
    "bottom_line": _bottom_line,
    "key_figures": key_figures,
    "judgments": judgments,
    "hypotheses": hypotheses,
    "lexicon": lexicon,
    "notes": _notes,
    "closing": _closing,
    "row": _row,
    "panel": _panel,
}
