"""The worker: one process that reads what came in and makes requests of it. Wiring only."""

from __future__ import annotations

import os
import signal
import sys
import threading

import config
from actions.assemble_worker import open_worker
from actions.ending import Ending
from actions.installation import install
from actions.logbook import begin_log
from models.problem import DossierError, UsageError


def main() -> int:
    """Work until told to stop; the exit status."""
    # One thread for each Tesseract: more burn four times the CPU for a longer wall time (docs/quality.md).
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    begin_log()
    # Ctrl-C at a terminal must not reach the process that reads pages, which inherits this.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        installation = install(config.load().model_dump())
        with open_worker(installation, threading.Event()) as (worker, wait):
            end = Ending(worker, installation.pace.grace_s)
            signal.signal(signal.SIGTERM, end)
            signal.signal(signal.SIGINT, end)
            worker.run(wait)
    except DossierError as error:
        print(f"dossier worker: {error}", file=sys.stderr)  # noqa: T201
        return 2 if isinstance(error, UsageError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
