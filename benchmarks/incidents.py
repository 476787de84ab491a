"""Import of a million rows against `pandas.read_csv`, in pairs, and a brief's query over ten million rows; each in its own process."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
ROWS = 1_000_000


def _spent(start: float) -> str:
    # VmHWM, not ru_maxrss: the latter is inherited from the process that started this one.
    peak = next(int(line.split()[1]) / 1024 for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return json.dumps({"seconds": time.perf_counter() - start, "mib": peak, "cpu": used.ru_utime + used.ru_stime})


def _pandas(path: Path) -> None:
    start = time.perf_counter()
    import pandas as pd

    assert len(pd.read_csv(path, low_memory=False)) == ROWS
    print(_spent(start))


def _import(path: Path) -> None:
    start = time.perf_counter()
    from brieftools.incidents.intake.importing import import_file
    from brieftools.incidents.intake.plan import Options

    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        counts = import_file(path, Path(folder), Options(name="million")).sidecar.counts
        assert counts is not None
        assert counts.accepted == ROWS
    print(_spent(start))


def _query(path: Path) -> None:
    start = time.perf_counter()
    from datetime import date

    from brieftools.incidents.actors import Actor, Actors, Known
    from brieftools.incidents.dataset import Cut, Dataset
    from brieftools.incidents.query import frame
    from brieftools.incidents.sidecar import Sidecar
    from brieftools.project.yamlfile import read_record

    sidecar = read_record(path / "sidecar.yml", Sidecar)
    actors = Actors(actors={"seven": Actor(label="Group 7", known=(Known(family="ucdp", name="Group 7"),))})
    cut = Cut(date(2020, 3, 31), date(2020, 1, 1), date(2020, 3, 31), ("IRQ",), ("seven",))
    found = frame(Dataset(sidecar, path / "ten.parquet", actors), cut=cut)
    assert len(found)
    print(_spent(start))


def _ten_million(source: Path, folder: Path) -> Path:
    """Import once, then lay the rows down ten times over, in the order in which an import leaves them."""
    from brieftools.incidents.engine import database, parquet, text
    from brieftools.incidents.intake.importing import import_file
    from brieftools.incidents.intake.plan import Options

    snapshot = import_file(source, folder, Options(name="million")).folder
    once = parquet(snapshot / "rows.parquet")
    ten = " UNION ALL ".join(f"SELECT * REPLACE ({n} || '-' || incident_id AS incident_id) FROM {once}" for n in range(10))
    with database(scratch=folder) as db:
        target = f"{text(snapshot / 'ten.parquet')} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        db.execute(f"COPY (SELECT * FROM ({ten}) ORDER BY date_start, record) TO {target}")
    return snapshot


def _run(what: str, path: Path) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, what, str(path)], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Measure and print."""
    from ucdp_rows import write_rows

    with tempfile.TemporaryDirectory() as temporary:
        source = Path(temporary) / "million.csv"
        write_rows(source, ROWS)
        pairs = [(_run("pandas", source), _run("import", source)) for _ in range(ROUNDS)]
        ratio = statistics.median(ours["seconds"] / theirs["seconds"] for theirs, ours in pairs)
        for name, side in (("pandas.read_csv", 0), ("brief import", 1)):
            seconds, mib = (statistics.median(pair[side][key] for pair in pairs) for key in ("seconds", "mib"))
            print(f"{name:<18} {seconds:6.2f} s  {mib:7.0f} MiB")
        print(f"ratio, median of {ROUNDS} pairs: {ratio:.2f} (goal: at most 1; peak below 1,536 MiB)")
        snapshot = _ten_million(source, Path(temporary))
        runs = [_run("query", snapshot) for _ in range(ROUNDS)]
        seconds, mib = (statistics.median(run[key] for run in runs) for key in ("seconds", "mib"))
        print(f"query, 10 million  {seconds:6.2f} s  {mib:7.0f} MiB, imports included (goal: below 1 s and 500 MiB)")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        {"pandas": _pandas, "import": _import, "query": _query}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
