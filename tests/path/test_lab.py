"""JupyterLab's export menu, through a real server on loopback, and `jupyter nbconvert`."""

from __future__ import annotations

import html
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from brieftools.build import Built, build
from projects import Laid, lay_down

JUPYTER = str(Path(sys.executable).with_name("jupyter"))
pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laid, Built]:
    """A project whose executed notebook lies beside brief.yml, as an analyst would have saved it."""
    laid = lay_down(tmp_path_factory.mktemp("lab"))
    done = build(laid.folder)
    shutil.copy(done.folder / "brief.ipynb", laid.folder / "executed.ipynb")
    return laid, done


@pytest.fixture(scope="module")
def server(built: tuple[Laid, Built]) -> Iterator[str]:
    """A Jupyter server on the project; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=t",
        f"--ServerApp.root_dir={built[0].root}",
    ]
    process = subprocess.Popen([JUPYTER, "server", *options, "--no-browser", "--allow-root"], stderr=subprocess.DEVNULL)
    address, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 30
    while not _answers(address):
        assert time.monotonic() < deadline, "the server did not start"
    yield address
    process.terminate()
    process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/api?token=t", timeout=5)
    except OSError:
        return False
    return True


@pytest.mark.parametrize(("exporter", "name"), [("brief_html", "brief.html"), ("brief_pdf", "brief.pdf")])
def test_the_menu_gives_the_same_bytes_as_a_build(exporter: str, name: str, server: str, built: tuple[Laid, Built]) -> None:
    """GET /nbconvert/<exporter>/<notebook> is what File > Save and Export Notebook As opens."""
    for notebook in ("briefs/roads/executed.ipynb", "briefs/roads/editions/2020-03-31/r1/brief.ipynb"):
        with urllib.request.urlopen(f"{server}/nbconvert/{exporter}/{notebook}?download=true&token=t") as answer:
            assert answer.read() == (built[1].folder / name).read_bytes()


def test_a_notebook_that_was_not_run_says_which_cells(server: str) -> None:
    """The lab shows nothing but the message: it is complete."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{server}/nbconvert/brief_pdf/briefs/roads/brief.ipynb?token=t")
    page = html.unescape(caught.value.read().decode())
    assert "cell 2 (`import brieftools`) was not run" in page
    assert "Run All Cells" in page


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_nbconvert_gives_the_same_bytes_as_a_build(kind: str, built: tuple[Laid, Built], tmp_path: Path) -> None:
    """`jupyter nbconvert --to brief_pdf` and `brief build` are two doors to one renderer."""
    convert = [JUPYTER, "nbconvert", "--to", f"brief_{kind}", "--output-dir", str(tmp_path), str(built[0].folder / "executed.ipynb")]
    subprocess.run(convert, check=True, capture_output=True)
    assert (tmp_path / f"executed.{kind}").read_bytes() == (built[1].folder / f"brief.{kind}").read_bytes()


def test_a_notebook_torn_out_of_its_project_exports_and_says_so(built: tuple[Laid, Built], tmp_path: Path) -> None:
    """No sources, no attachments, and page 1 says that; a citation stays as typed."""
    shutil.copy(built[0].folder / "executed.ipynb", tmp_path / "torn.ipynb")
    subprocess.run([JUPYTER, "nbconvert", "--to", "brief_html", str(tmp_path / "torn.ipynb")], check=True, capture_output=True)
    page = (tmp_path / "torn.html").read_text(encoding="utf-8")
    assert "belongs to no brief" in page
    assert "[@smith-2020, ¶1]" in page
