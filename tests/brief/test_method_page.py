"""The page that teaches the method says what the software says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_example_of_the_page_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line after `>>>` in docs/method.md gives what stands under it."""
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "docs" / "method.md"), module_relative=False, encoding="utf-8")
    assert result.attempted > 20
    assert result.failed == 0
