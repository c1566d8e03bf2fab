"""Reading a page that ends its process: always ("kill"), or only the first time ("kill-once FILE")."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from actions.page_pool import SeenPage
from models.document import Page
from models.parsed import ParsedPage


def read(tessdata: str, pictures: bool, page: ParsedPage) -> SeenPage:
    """In place of the pool's own function; every other page reads well."""
    words = (page.plain or "").split()
    if words[:1] == ["kill"]:
        os.kill(os.getpid(), signal.SIGKILL)
    if words[:1] == ["kill-once"] and not Path(words[1]).exists():
        Path(words[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return SeenPage(Page(page.number, page.width, page.height, "plain", plain=page.plain), None)
