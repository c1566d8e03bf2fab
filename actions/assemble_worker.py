"""Putting together a worker of an installation: everything that reads is loaded once, before it begins."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator

import pipeline
from actions.checklists import policies
from actions.checkpoints import signing
from actions.code_tables import imported
from actions.house import open_house
from actions.installation import Installation
from actions.machine import check_machine
from actions.page_pool import PagePool
from actions.workshop import Tempo, Worker
from checklists.payers import find_payer
from models.document import Document
from pipeline import Context
from store.queue import open_bell

_LOG = logging.getLogger(__name__)

Wait = Callable[[float], None]


@contextlib.contextmanager
def open_worker(installation: Installation, stop: threading.Event) -> Iterator[tuple[Worker, Wait]]:
    """A worker with everything loaded, and how it waits for work; its pages are read in a process of their own.

    Raises:
        NoWalls, NotReady: this machine cannot open files safely, or cannot read them.
        UsageError: the payer of the settings is unknown.
    """
    check_machine(installation.means)
    context = context_of(installation)
    _load_everything()
    # The process that reads pages is forked before there are connections and threads.
    with PagePool(installation.means.tessdata, 1) as readers, open_house(installation) as house:
        pace = installation.pace
        worker = Worker(
            f"{socket.gethostname()}:{os.getpid()}",
            house.database,
            house.blobs,
            installation.means,
            context,
            readers,
            installation.data,
            Tempo(pace.lease_s, pace.heartbeat_s, pace.reconcile_s),
            (signing(installation, house.database),),
            stop,
        )
        loaded = context.policies
        _LOG.info(
            "Worker reads with pipeline %s, %d checklists, %d payers, market %s",
            pipeline.PIPELINE_VERSION,
            len(loaded.checklists),
            len(loaded.payers),
            context.market,
        )
        yield worker, _wait(installation, stop)


def context_of(installation: Installation) -> Context:
    """By whose rules files are read that name no payer of their own.

    Raises:
        UsageError: the payer is unknown; the nearest one is named.
    """
    loaded = policies()
    payer = find_payer(installation.payer, loaded.payers) if installation.payer is not None else None
    market = installation.market or (payer.market if payer else "us")
    return Context(loaded, payer, market, imported(installation.data))


def _wait(installation: Installation, stop: threading.Event) -> Wait:
    """Until the bell rings or it is time to look; at the end of a worker, at once."""
    seconds = installation.pace.poll_s
    if installation.redis_url is not None:
        bell = open_bell(installation.redis_url)
        return lambda _: bell.wait(seconds, stop)

    def sleep(_: float) -> None:
        stop.wait(seconds)

    return sleep


def _load_everything() -> None:
    """Load what understanding a document takes, once, and keep the garbage collector from touching it.

    The process that reads pages is a fork and shares it all.
    """
    nothing = Document(
        id="d1", path="", filename="", parent=None, sha256="0" * 64, media_type="text/plain", pages=(), text=""
    )
    pipeline.understand(nothing)
    gc.collect()
    gc.freeze()
