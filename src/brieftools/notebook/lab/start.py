"""Start JupyterLab on loopback, with a token of its own, at a brief's notebook."""

from __future__ import annotations

import os
import secrets
import socket
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from brieftools.errors import MissingToolError


def lab_arguments(project: Path, opened: str, *, token: str, browser: bool, port: int) -> list[str]:
    """Return the options of a lab; those of the user's own configuration do not outweigh them.

    The token is passed inside our own process, so that it stands in no list of processes; an empty one in the user's configuration
    does not open the lab to everybody.
    """
    return [
        f"--ServerApp.root_dir={project}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.allow_remote_access=False",
        "--ServerApp.disable_check_xsrf=False",
        f"--IdentityProvider.token={token}",
        f"--LabApp.default_url={opened}",
        f"--LabApp.extra_labextensions_path={files(__package__)}",
        *([] if browser else ["--no-browser"]),
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]


def start_lab(project: Path, notebook: Path | None, *, browser: bool = True, port: int | None = None) -> None:
    """Run JupyterLab until it is stopped.

    Raises
    ------
    MissingToolError
        JupyterLab is not installed.
    """
    try:
        from jupyterlab.labapp import LabApp
    except ImportError:
        raise MissingToolError("JupyterLab is not installed", do='pip install "brieftools[lab]", or `make lab` in a checkout') from None
    opened = f"/lab/tree/{quote(notebook.relative_to(project).as_posix())}" if notebook else "/lab"
    token, port = secrets.token_urlsafe(24), port or _free_port()
    print(f"JupyterLab: http://127.0.0.1:{port}{opened}?token={token}\nStop it with Ctrl-C, twice.", flush=True)
    os.chdir(project)  # terminals of the lab begin here
    LabApp.launch_instance(argv=lab_arguments(project, opened, token=token, browser=browser, port=port))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
