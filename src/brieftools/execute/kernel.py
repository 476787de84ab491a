"""A kernel of ``sys.executable``, started early, asked when it is ready, killed when done.

A kernelspec is never looked up: papermill alone runs whatever a user-level spec called python3 points to.
The three shortcuts (start before papermill is imported, own ready check, kill in place of shutdown) save about
0.4 s of a build; docs/architecture.md has the measurements.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING, Any

from brieftools.errors import NotebookError

if TYPE_CHECKING:
    from jupyter_client.manager import KernelManager

# What a cell computes must not depend on the machine's settings.
_FIXED = {
    "PYTHONHASHSEED": "0",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "BRIEFTOOLS_BUILD": "1",
}
# -P: a file called pandas.py in the brief's folder must not be taken for pandas while the kernel loads.
_ARGV = (
    *(sys.executable, "-P", "-m", "brieftools.execute.launch", "-f", "{connection_file}", "--quiet"),
    "--HistoryManager.enabled=False",
    "--IPKernelApp.outstream_class=brieftools.execute.stream.LimitedOutStream",
)


def environment(private: Path) -> dict[str, str]:
    """Return the kernel's environment: the caller's, less what would change results.

    Parameters
    ----------
    private : Path
        An empty folder; user settings of IPython and matplotlib are looked for there, and so not found.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IPYTHON", "JUPYTER_", "PYTHONSTARTUP"))}
    (private / "matplotlibrc").touch()
    return kept | _FIXED | {"IPYTHONDIR": str(private / "ipython"), "MATPLOTLIBRC": str(private / "matplotlibrc")}


@contextlib.contextmanager
def kernel(cwd: Path) -> Iterator[KernelManager]:
    """Start a kernel; kill it and remove its files at the end, whatever happens.

    Parameters
    ----------
    cwd : Path
        The brief's folder, so that the notebook finds ``brief.yml`` as it does in JupyterLab.

    Raises
    ------
    NotebookError
        The interpreter cannot start a kernel.
    """
    from jupyter_client.kernelspec import KernelSpec
    from jupyter_client.manager import KernelManager

    with tempfile.TemporaryDirectory(prefix="brieftools-") as name:
        private = Path(name)
        manager = KernelManager(
            kernel_name="",
            transport=_transport(private),
            connection_file=str(private / "kernel.json"),
            client_class="brieftools.execute.client.ReadyClient",
        )
        manager._kernel_spec = KernelSpec(argv=list(_ARGV), display_name="brieftools", language="python")
        try:
            manager.start_kernel(cwd=str(cwd), env=environment(private))
        except OSError as e:
            raise NotebookError(f"no kernel could be started: {e}", do=f"check that {sys.executable} can import ipykernel") from None
        try:
            yield manager
        finally:
            _kill(manager)


def _transport(private: Path) -> str:
    """Sockets are files where their path fits into the 107 bytes that Linux allows (103 on macOS), else ports on loopback."""
    return "ipc" if os.name == "posix" and len(os.fsencode(private / "kernel-ipc-5")) <= 103 else "tcp"


def _kill(manager: KernelManager) -> None:
    """Waiting for a polite shutdown takes 200 ms, and nothing in the kernel is worth keeping."""
    process = getattr(manager.provisioner, "process", None)
    if process is not None:
        apart = _descendants(process.pid)
        # The kernel leads a process group of its own: its children go with it, and those that left the group by name.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, 9) if hasattr(os, "killpg") else process.kill()
        for child in apart:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(child, 9)
        with contextlib.suppress(Exception):
            process.wait(timeout=5)
    with contextlib.suppress(Exception):
        manager.cleanup_resources()


def _descendants(pid: int) -> list[int]:
    """Process numbers of all that a process started, and what these started, where /proc tells."""
    found: list[int] = []
    with contextlib.suppress(OSError, ValueError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [int(child), *_descendants(int(child))]
    return found


async def wait_until_ready(client: Any, timeout: float) -> None:
    """Ask for kernel info until the reply is there *and* the kernel's messages arrive.

    jupyter_client waits for 200 ms of silence instead.

    Raises
    ------
    RuntimeError
        The kernel died, or time is up.
    """
    deadline = time.monotonic() + timeout
    request, replied, heard = client.kernel_info(), False, False
    asked = time.monotonic()
    while not (replied and heard):
        replied = replied or await _reply(client)
        heard = heard or await _idle(client, request)
        now = time.monotonic()
        if now > deadline:
            raise RuntimeError(f"the kernel was not ready within {timeout:g} seconds")
        if replied and not heard and now - asked > 0.03:
            # The subscription came too late for the first answer: ask once more.
            request, replied, asked = client.kernel_info(), False, now
        if not replied and not await client._async_is_alive():
            raise RuntimeError("the kernel died while it started")


async def _reply(client: Any) -> bool:
    try:
        message = await client.shell_channel.get_msg(timeout=0.02)
    except Empty:
        return False
    if message["msg_type"] == "kernel_info_reply":
        client._handle_kernel_info_reply(message)
        return True
    return False


async def _idle(client: Any, request: str) -> bool:
    while True:
        try:
            message = await client.iopub_channel.get_msg(timeout=0.02)
        except Empty:
            return False
        if message["parent_header"].get("msg_id") == request and message["content"].get("execution_state") == "idle":
            return True
