"""JupyterLab itself, in a browser: live numbers in prose, labels of the export menu, a lab that is never open to everybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from brieftools.brief.facts import MIME as FACTS
from brieftools.build import build
from brieftools.errors import SpecError
from brieftools.notebook.session import open_brief
from projects import Laid, lay_down

pytestmark = pytest.mark.lab
COMMAND = str(Path(sys.executable).with_name("brief"))
CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Laid, str, str]]:
    """`brief lab` on a project, with the worst configuration that a user can have; the address and the token."""
    laid = lay_down(tmp_path_factory.mktemp("lab"))
    shutil.copy(build(laid.folder).folder / "brief.ipynb", laid.folder / "brief.ipynb")
    home = tmp_path_factory.mktemp("home")
    (home / ".jupyter").mkdir()
    config = "c.IdentityProvider.token = ''\nc.ServerApp.ip = '0.0.0.0'\nc.ServerApp.allow_remote_access = True\n"
    (home / ".jupyter" / "jupyter_server_config.py").write_text(config)
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    process = subprocess.Popen(
        [COMMAND, "lab", "roads", "--no-browser"],
        cwd=laid.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    found = re.search(r"(http://127\.0\.0\.1:\d+)/lab/tree/briefs/roads/brief\.ipynb\?token=([\w-]{20,})", process.stdout.readline())
    assert found is not None
    deadline = time.monotonic() + 90
    while not _answers(f"{found[1]}/api?token={found[2]}"):
        assert time.monotonic() < deadline, "the lab did not start"
    yield laid, found[1], found[2]
    process.terminate()
    process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=5)
    except OSError:
        return False
    return True


def test_nobody_enters_without_the_token(lab: tuple[Laid, str, str]) -> None:
    """Whatever the user's own configuration says; and the token stands in no list of processes."""
    _, address, token = lab
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"{address}/api/contents")
    assert caught.value.code == 403
    assert urllib.request.urlopen(f"{address}/api/contents?token={token}").status == 200
    listed = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline") if path.exists()]
    assert not any(token.encode() in line for line in listed)


@pytest.mark.browser
def test_facts_are_live_and_the_menu_speaks_of_briefs(lab: tuple[Laid, str, str], tmp_path: Path) -> None:
    """A fact shows its value and origin, an unknown one is marked, hostile text stays text, the file keeps the name."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    laid, address, token = lab
    path = laid.folder / "live.ipynb"
    notebook = json.loads((laid.folder / "brief.ipynb").read_text(encoding="utf-8"))
    prose = {"cell_type": "markdown", "id": "live", "metadata": {}, "source": "There were {{ hits }} and {{ no_such }} and `{{ hits }}`."}
    fact = {"name": "hits", "text": "<b>7</b>", "origin": "counted"}
    data = {FACTS: {"facts": [fact]}, "text/plain": "7"}
    shown = {"output_type": "display_data", "metadata": {}, "data": data}
    code: dict[str, Any] = {"cell_type": "code", "id": "code", "metadata": {}, "execution_count": 1, "source": "1", "outputs": [shown]}
    path.write_text(json.dumps(notebook | {"cells": [code, prose]}), encoding="utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/lab/workspaces/auto-t/tree/briefs/roads/live.ipynb?reset&token={token}")
        page.wait_for_selector(".brieftools-fact", timeout=60_000)
        facts = page.locator(".jp-MarkdownOutput .brieftools-fact")
        assert facts.all_inner_texts() == ["<b>7</b>", "{{ no_such }}"]
        assert facts.nth(0).get_attribute("title") == "hits: counted"
        assert [facts.nth(n).get_attribute("data-known") for n in (0, 1)] == ["yes", "no"]
        assert page.locator(".jp-MarkdownOutput code").inner_text() == "{{ hits }}"
        page.locator(".lm-MenuBar-itemLabel", has_text="File").click()
        page.locator(".lm-Menu-itemLabel", has_text="Save and Export Notebook As").hover()
        page.wait_for_selector(".lm-Menu-itemLabel:text-is('Analytic brief (PDF)')", timeout=30_000)
        assert page.locator(".lm-Menu-itemLabel:text-is('Analytic brief (HTML)')").count() == 1
        browser.close()
    assert wrong == []
    assert "{{ hits }}" in path.read_text(encoding="utf-8")


def test_a_citation_is_checked_where_it_is_written(project: Laid) -> None:
    """`brief.cite` gives the citation, or names the nearest source."""
    brief = open_brief(folder=project.folder)
    assert brief.cite("smith-2020", 1) == "[@smith-2020, ¶1]"
    with pytest.raises(SpecError, match="smith-2020"):
        brief.cite("smith-2021")
    with pytest.raises(SpecError, match="no paragraph 99"):
        brief.cite("smith-2020", 99)
