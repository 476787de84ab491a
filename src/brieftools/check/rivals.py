"""L7: at least two hypotheses, each rated, each with what would follow and what would show it."""

from __future__ import annotations

from collections.abc import Iterator

from brieftools.check.finding import Finding, Place, complaints
from brieftools.check.scene import Scene
from brieftools.check.texts import shown
from brieftools.errors import SpecError
from brieftools.project.yamlfile import line_of


def rival_hypotheses(scene: Scene) -> Iterator[Finding]:
    """L7: the section on alternatives is there and complete."""
    if scene.inputs is None:
        return
    path = shown(scene.folder / "ach.yml")
    if scene.hypotheses is None:
        yield Finding(
            "L7",
            "error",
            Place(path),
            "there is no ach.yml: the brief weighs no alternative",
            "write one, with two hypotheses or more and the evidence",
        )
        return
    if not any("brief.hypotheses" in cell.source for cell in scene.notebook.cells if cell.cell_type == "code"):
        yield Finding("L7", "error", Place(scene.file), "no cell shows the alternatives", "add a code cell: brief.hypotheses")
    yield from _file(scene, path)


def _file(scene: Scene, path: str) -> Iterator[Finding]:
    from brieftools.brief.hypotheses import read_hypotheses

    try:
        file = read_hypotheses(scene.folder)
    except SpecError as e:
        yield from complaints("L7", path, e)
        return
    rated = {key: h for key, h in file.hypotheses.items() if h.rated}
    data = scene.hypotheses
    for key, hypothesis in rated.items():
        place = Place(path, line_of(data, ("hypotheses", key)))
        missing = [name for name in ("implies", "indicator") if not getattr(hypothesis, name).strip()]
        if not any(row.ratings.get(key, "").strip() for row in file.evidence.values()):
            missing.append("ratings")
        if missing:
            yield Finding(
                "L7",
                "error",
                place,
                f"hypothesis {key!r} lacks {' and '.join(missing)}",
                "say what would follow if it were true, what would show it, and rate the evidence",
            )
