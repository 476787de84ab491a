"""What `brief build` and `brief issue` print."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from brieftools.brief.parameters import from_text
from brieftools.build import STEPS, Built, build
from brieftools.project.root import find_brief

_DOES = {
    "source": "source     brief.yml and sources read",
    "incidents": "incidents  data read and checked",
    "brief": "brief      parameters settled",
    "execute": "execute    notebook run",
    "document": "document   tree made",
    "render": "render     PDF and HTML drawn",
    "edition": "edition    published",
}


def run_build(slug: str, *, edition: str | None, given: Sequence[str], state: str, quiet: bool, as_json: bool) -> None:
    """Build, and say how it goes.

    Raises
    ------
    BrieftoolsError
        See `brieftools.build.build`.
    """
    parameters = dict(from_text(text) for text in given)
    folder = find_brief(slug, Path.cwd())
    with _progress(silent=quiet or as_json) as tell:
        built = build(folder, edition=edition, parameters=parameters, state=state, progress=tell)
    if as_json:
        print(json.dumps(_as_json(built)))
    elif not quiet:
        _print(built)


def _as_json(built: Built) -> dict[str, object]:
    return {
        "ok": True,
        "folder": str(built.folder),
        "pdf": str(built.pdf),
        "html": str(built.html),
        "pages": built.pages,
        "seconds": {step: round(seconds, 3) for step, seconds in built.seconds.items()},
        "warnings": list(built.warnings),
    }


def _print(built: Built) -> None:
    for warning in built.warnings:
        print(f"warning: {warning}")
    print(f"{built.pages} pages in {sum(built.seconds.values()):.2f} s")
    print(f"PDF   {built.pdf}\nHTML  {built.html}")


@contextmanager
def _progress(*, silent: bool) -> Iterator[Callable[[str, float], None] | None]:
    """A line per step: the running one with a spinner on a terminal, the finished ones with their time."""
    if silent:
        yield None
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    with console.status(_DOES[STEPS[0]]) as status:

        def tell(step: str, seconds: float) -> None:
            console.print(f"{_DOES[step]:<44}{seconds:6.2f} s")
            following = STEPS.index(step) + 1
            if following < len(STEPS):
                status.update(_DOES[STEPS[following]])

        yield tell
