"""Wall time of the rules on words over 20,000 words, as many cells and as one.

python benchmarks/check_words.py [WORDS]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat

from brieftools.check.run import check_notebook

PROSE = (
    "In the north the roads were closed for most of the month, and the convoys that had been planned for the second week were put "
    "off twice. Two agencies counted the lorries at the last checkpoint; their figures differ by nine [@a-2017, ¶3]. It is likely "
    "that the first is the better one. Confidence is low, because “nobody may stay there overnight”, as one driver said.",
    "| month | events |\n|---|---|\n| April | 12 |\n| May 2017 | 9 |",
    "See *What Comes Next* and <https://example.org/could-be>; run `count(events)`:\n\n```python\nprint('this may be')\n```",
    "- The group may strike again.\n- An attack in a remote area is unlikely (25 %).",
)


def seconds(cells: Sequence[str], folder: Path) -> float:
    """Return the median of five checks of a notebook."""
    path = folder / "long.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in cells]), path)
    times = []
    for _ in range(5):
        start = time.perf_counter()
        check_notebook(path)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(words: int) -> None:
    """Print the medians."""
    once = "\n\n".join(PROSE)
    cells = [once] * (words // len(once.split()) + 1)
    with tempfile.TemporaryDirectory() as folder:
        one = seconds(cells[:1], Path(folder))  # imports, patterns compiled
        print(f"{words} words in {len(cells)} cells   median {seconds(cells, Path(folder)):.3f} s")
        joined = seconds(["\n\n".join(cells)], Path(folder))
        print(f"{words} words in one cell    median {joined:.3f} s")
        print(f"one cell of {len(once.split())} words      median {one:.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
