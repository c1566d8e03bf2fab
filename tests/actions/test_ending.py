from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import pytest

from actions.ending import Ending
from models.problem import TransientError


@dataclass(slots=True)
class Busy:
    """A worker that never comes to an end by itself."""

    fails: bool = False
    stop: threading.Event = field(default_factory=threading.Event)
    returned: int = 0

    def give_back(self) -> None:
        self.returned += 1
        if self.fails:
            raise TransientError("away")


@pytest.mark.parametrize("fails", [False, True])
def test_what_is_being_done_is_given_back_after_the_grace(monkeypatch: pytest.MonkeyPatch, fails: bool) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    worker: Any = Busy(fails)
    ending = Ending(worker, 0.1)
    ending(15, None)
    ending(15, None)
    assert worker.stop.is_set()
    assert (worker.returned, ended) == (0, [])
    until = time.monotonic() + 5
    while not ended and time.monotonic() < until:
        time.sleep(0.01)
    assert (worker.returned, ended) == (1, [0])
