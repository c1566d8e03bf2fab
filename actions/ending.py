"""How a worker ends when it is told to: it finishes what it does, or gives it back for another worker."""

from __future__ import annotations

import logging
import os
import threading
import time
from types import FrameType

from actions.workshop import Worker
from models.problem import TransientError

_LOG = logging.getLogger(__name__)


class Ending:
    """A handler of signals: the worker stops after what it is doing; after `grace_s` seconds that is given back."""

    def __init__(self, worker: Worker, grace_s: float) -> None:
        """Take the worker, which runs in the main thread."""
        self._worker = worker
        self._grace_s = grace_s

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Begin to end."""
        del number, frame
        if not self._worker.stop.is_set():
            self._worker.stop.set()
            threading.Thread(target=self._give_back, name="ending", daemon=True).start()

    def _give_back(self) -> None:
        time.sleep(self._grace_s)
        try:
            self._worker.give_back()
        except TransientError as away:
            # Its lease will expire.
            _LOG.warning("Work could not be given back: %s", type(away).__name__)
        os._exit(0)
