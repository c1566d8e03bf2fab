"""Putting together what the API serves; nothing that reads documents is loaded for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from actions.checklists import policies
from actions.drawing import Looking
from actions.house import open_house
from actions.installation import Installation
from actions.render_page import PageRoom
from actions.service import Service
from store.blobs import sweep


@contextlib.contextmanager
def open_service(installation: Installation) -> Iterator[Service]:
    """Everything that the API and the pages are made of, for the time of a `with`."""
    with open_house(installation) as house:
        for folder in (installation.data / "blobs/incoming", installation.data / "spool"):
            sweep(folder, now=time.time())
        web = installation.web
        looking = Looking(sandboxes=web.drawings, wait_s=web.drawing_wait_s, kept_bytes=web.drawn_bytes)
        room = PageRoom(house.blobs, installation.means, installation.data / "drawn", looking)
        payers = tuple(payer.id for payer in policies().payers)
        yield Service(house.database, house.blobs, house.inbox, room, payers)
