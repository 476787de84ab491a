"""What all tests share: a skip that is a failure where nothing may be skipped."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import Laid, lay_down


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """With BRIEFTOOLS_NO_SKIPS=1, as in .ci/run, a skipped test has failed; material that is not ours to ship may be absent."""
    outcome = yield
    result = outcome.get_result()  # type: ignore[attr-defined]
    if result.skipped and "beside this checkout" not in str(result.longrepr) and os.environ.get("BRIEFTOOLS_NO_SKIPS") == "1":
        result.outcome = "failed"
        result.longrepr = f"skipped where nothing may be skipped: {result.longrepr}"


@pytest.fixture
def project(tmp_path: Path) -> Laid:
    """A small project of its own for each test."""
    return lay_down(tmp_path / "project")


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of this checkout."""
    return Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Goldens are renewed by this flag and by nothing else; a missing one fails."""
    parser.addoption("--renew-goldens", action="store_true", help="write the page images that tests compare with anew; look at each")
