from __future__ import annotations

import time

import pytest

from actions import undrawn
from actions.undrawn import Undrawn


def test_a_page_is_remembered_for_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages, at = Undrawn(), time.monotonic()
    pages.add("a", 1)
    assert pages.has("a", 1)
    assert not pages.has("a", 2)
    monkeypatch.setattr(time, "monotonic", lambda: at + 301)
    assert not pages.has("a", 1)


def test_only_so_many_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undrawn, "_MOST", 2)
    pages = Undrawn()
    for number in (1, 2, 1, 3):
        pages.add("a", number)
    assert [pages.has("a", number) for number in (1, 2, 3)] == [True, False, True]
