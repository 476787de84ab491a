"""What IPython is told once a notebook has opened its brief: how figures and facts leave the kernel."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import Any

from brieftools.brief.facts import MIME, Fact
from brieftools.house import HOUSE, House
from brieftools.notebook.show import _table


def install(new_facts: Callable[[], list[Fact]], *, house: House = HOUSE) -> bool:
    """Hook into the running IPython, if there is one.

    Parameters
    ----------
    new_facts : callable
        Returns the facts that were registered since it was last called.
    house : House
        What charts look like from now on.

    Returns
    -------
    bool
        False outside IPython: then nothing is shown, and nothing breaks.
    """
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None:
        return False
    _figures(shell, house)
    _publish_facts(shell, new_facts)
    _seed()
    return True


def _figures(shell: Any, house: House) -> None:
    """A plain matplotlib figure leaves as our figure: SVG with text, in the house style, the same bytes everywhere."""
    from matplotlib.figure import Figure

    from brieftools.charts.chart import figure
    from brieftools.charts.style import use_house

    use_house(house)
    formatters = shell.display_formatter.formatters
    for formatter in formatters.values():  # the inline backend's own PNG
        formatter.pop(Figure, None)
    shell.display_formatter.mimebundle_formatter.for_type(Figure, lambda fig, include=None, exclude=None: figure(fig)._repr_mimebundle_())


def _publish_facts(shell: Any, new_facts: Callable[[], list[Fact]]) -> None:
    def publish(*_: object) -> None:
        facts = new_facts()
        if facts:
            shell.display_pub.publish(facts_bundle(facts))

    previous = getattr(shell, "_brieftools_publish", None)
    if previous is not None:  # the notebook opened its brief again
        shell.events.unregister("post_run_cell", previous)
    shell.events.register("post_run_cell", publish)
    shell._brieftools_publish = publish


def facts_bundle(facts: Iterable[Fact]) -> dict[str, Any]:
    """Return what a cell shows of the facts that it registered."""
    entries = [fact.as_json() for fact in facts]
    rows = [[entry["name"], f"{entry['text']} {entry['unit']}".strip(), entry["origin"]] for entry in entries]
    plain = "\n".join(f"{name} = {text}" for name, text, _ in rows)
    return {"text/plain": plain, "text/html": _table(["Fact", "Value", "Origin"], rows), MIME: {"facts": entries}}


def _seed() -> None:
    """A cell that draws random numbers draws the same ones in every build."""
    import numpy as np

    random.seed(0)
    np.random.seed(0)
