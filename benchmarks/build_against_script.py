"""Wall time of a second `brief build` against the bare script, in pairs: the ratio holds when the machine's speed drifts.

python benchmarks/build_against_script.py [PAIRS]
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BRIEF = [str(Path(sys.executable).with_name("brief")), "build", "islamic-state-abroad", "--json"]
SCRIPT = [sys.executable, str(ROOT / "benchmarks" / "bare_script.py")]


def timed(command: list[str]) -> tuple[float, str]:
    """Return seconds and output of a command."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return time.perf_counter() - start, done.stdout


def main(pairs: int) -> None:
    """Run the pairs and print medians."""
    timed(BRIEF), timed(SCRIPT)  # warm the file cache
    builds, scripts, steps = [], [], []
    for _ in range(pairs):
        seconds, output = timed(BRIEF)
        builds.append(seconds)
        steps.append(json.loads(output)["seconds"])
        scripts.append(timed(SCRIPT)[0])
    ratios = [build / script for build, script in zip(builds, scripts, strict=True)]
    print(f"brief build   median {statistics.median(builds):.2f} s")
    print(f"bare script   median {statistics.median(scripts):.2f} s")
    print(f"ratio         median {statistics.median(ratios):.2f} (min {min(ratios):.2f}, max {max(ratios):.2f}, {pairs} pairs)")
    for step in steps[0]:
        print(f"  {step:<10} {statistics.median(s[step] for s in steps):.3f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
