"""What a kernel process runs: the imports that every brief needs, then ipykernel.

The builder is busy reading the inputs meanwhile, so these imports cost nothing, where in a cell they would be waited for. Nothing in a
notebook can tell: a module that is loaded already is the same module.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Import, then hand over to ipykernel with the arguments of the command line."""
    _end_with_the_builder()
    gc.disable()  # nothing of what is imported is ever freed; collecting in between takes a tenth of the time
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # 50 ms for a debugger that no build attaches
    import duckdb  # noqa: F401
    import matplotlib.pyplot  # noqa: F401
    import pandas  # noqa: F401
    import scipy.special  # noqa: F401
    from ipykernel.kernelapp import IPKernelApp

    import brieftools.charts
    import brieftools.notebook.hooks
    import brieftools.notebook.session  # noqa: F401

    gc.freeze()
    gc.enable()
    IPKernelApp.launch_instance()


def _end_with_the_builder() -> None:
    """A killed builder takes its kernel with it; ipykernel's own watch misses a builder that died while the kernel was starting."""
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    set_parent_death_signal = 1  # PR_SET_PDEATHSIG, prctl(2)
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)
    if os.getppid() != int(os.environ.get("JPY_PARENT_PID") or os.getppid()):
        os._exit(1)


if __name__ == "__main__":
    main()
