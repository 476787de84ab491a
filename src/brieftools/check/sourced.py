"""L6 and L8: facts with sources, citations that lead somewhere, the handling label, the disclaimer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from brieftools.brief.facts import PLACE
from brieftools.check.finding import Finding, Place
from brieftools.check.mask import blank, blank_code
from brieftools.check.scene import Scene
from brieftools.check.texts import Text, entries, shown
from brieftools.errors import DocumentError
from brieftools.project.yamlfile import line_of
from brieftools.source.citation import CITATION, check_citation, parse_citations
from brieftools.source.handling import TLP, strictest

_PARAGRAPH = re.compile(r"(?:(?!\n[ \t]*\n).)+", re.DOTALL)


def unsourced_facts(scene: Scene) -> Iterator[Finding]:
    """L6: a fact without an origin, in a paragraph that cites nothing."""
    origins = _origins(scene)
    for text in scene.texts:
        for paragraph in _PARAGRAPH.finditer(text.raw):
            if "[@" in paragraph[0] or "[^" in paragraph[0]:
                continue
            for match in PLACE.finditer(paragraph[0]):
                if origins.get(match[1]) == "":
                    what = f"the fact {match[1]!r} says neither how it was computed nor is its paragraph cited"
                    do = f'give it one: brief.fact("{match[1]}", ..., origin="dataset, filter, formula"), or cite a source'
                    yield Finding("L6", "error", text.place_of(paragraph.start() + match.start()), what, do)


def _origins(scene: Scene) -> dict[str, str]:
    """Origin of each fact, from the last run where there is one, else from the calls that can be read."""
    if scene.facts is not None:
        return {name: fact.origin for name, fact in scene.facts.items()}
    found: dict[str, str] = {}
    for cell in scene.notebook.cells:
        if cell.cell_type == "code":
            found |= _calls(cell.source)
    return found


def _calls(source: str) -> dict[str, str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # a magic command; what it registers is known after a run
        return {}
    calls = [
        n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "fact" and n.args
    ]
    return {
        name.value: "given" if any(keyword.arg == "origin" and not _empty(keyword.value) for keyword in call.keywords) else ""
        for call in calls
        if isinstance(name := call.args[0], ast.Constant) and isinstance(name.value, str)
    }


def _empty(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not str(node.value or "").strip()


def dead_citations(scene: Scene) -> Iterator[Finding]:
    """L6: a citation that leads nowhere; a listed source that nothing cites."""
    if scene.inputs is None:
        return
    cited: set[str] = set()
    for inside, place in _citations(scene):
        try:
            for citation in parse_citations(inside, where=str(place)):
                cited.add(citation.key)
                check_citation(citation, scene.inputs.sources, where=str(place))
        except DocumentError as e:
            yield Finding("L6", "error", place, e.what, e.do or "correct the citation")
    for key in scene.inputs.spec.sources:
        if key not in cited:
            what = f"source {key!r} is listed in brief.yml but never cited"
            yield Finding(
                "L6", "warning", Place(shown(scene.folder / "brief.yml")), what, "cite it where it is used, or take it off the list"
            )


def _citations(scene: Scene) -> Iterator[tuple[str, Place]]:
    code = (Text(str(c.source), Place(scene.file, 1, c.get("id"))) for c in scene.notebook.cells if c.cell_type == "code")
    for text in (*scene.texts, *code):
        bare = _no_code(text.raw) if text.place.cell and text in scene.texts else text.raw
        for match in CITATION.finditer(bare):
            if not match[1].startswith(("@fig:", "@tbl:", "@sec:")):
                yield match[1], text.place_of(match.start())
    for file, data, part in (("judgments.yml", scene.judgments, "judgments"), ("ach.yml", scene.hypotheses, "evidence")):
        yield from _bases(data, shown(scene.folder / file), part)


def _no_code(source: str) -> str:
    return re.sub(r"`[^`\n]*`", lambda match: blank(match[0]), blank_code(source))


def _bases(data: object, file: str, part: str) -> Iterator[tuple[str, Place]]:
    for name, entry in entries(data.get(part) if hasattr(data, "get") else None):
        basis = entry.get("basis") if hasattr(entry, "get") else None
        for citation in basis if isinstance(basis, list) else ():
            yield str(citation), Place(file, line_of(data, (part, name, "basis")))


def handling_and_disclaimer(scene: Scene) -> Iterator[Finding]:
    """L8: no disclaimer; a label weaker than that of a source."""
    if scene.inputs is None:
        return
    place, inputs = Place(shown(scene.folder / "brief.yml")), scene.inputs
    if not inputs.spec.disclaimer.full.strip():
        yield Finding("L8", "error", place, "the brief has no views disclaimer", "fill `disclaimer: {full: ...}`, or leave the key out")
    used = [source.handling for source in inputs.sources.values()] + [dataset.sidecar.handling for dataset in inputs.datasets.values()]
    least = strictest(used)
    if TLP.index(inputs.handling) < TLP.index(least):
        what = f"the brief is {inputs.handling.label}, but one of its sources is {least.label}"
        yield Finding("L8", "error", place, what, f"set `handling: {least.label}`, or leave that source out")
