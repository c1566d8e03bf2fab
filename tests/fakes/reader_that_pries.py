"""A reader that tries to reach beyond the walls and tells how far it came."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

from intake.raw import RawPage, ReadOptions


class _Report:
    notes: tuple[str, ...] = ()
    page_count = 1

    def __init__(self, text: str) -> None:
        self.text = text

    def page(self, number: int) -> RawPage:
        del number
        return RawPage(width=612, height=792, plain=self.text)


def load(content: bytes, options: ReadOptions) -> _Report:
    """Try everything once; the content names a file that exists outside and a port that listens."""
    del options
    return _Report("reached:" + _reached(content))


def _reached(content: bytes) -> str:
    """What the child can do and must not be able to, one line each; empty when the walls stand."""
    secret, port = json.loads(content)["secret"], json.loads(content)["port"]
    attempts = {
        "read /etc/passwd": lambda: Path("/etc/passwd").read_bytes(),
        "read the secret": lambda: Path(secret).read_bytes(),
        "list home": lambda: list(Path(secret).parent.iterdir()),
        "write": lambda: Path("/tmp/written").write_bytes(b"x"),
        "write here": lambda: Path("written").write_bytes(b"x"),
        "connect": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        "open a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "open a unix socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        "fork": os.fork,
        "run a program": lambda: os.execv("/usr/bin/env", ["env"]),  # noqa: S606 - the point is that it fails
        "signal another process": lambda: os.kill(1, 0),
        "change the file": lambda: os.pwrite(0, b"x", 0),
    }
    return "\n".join(name for name, attempt in attempts.items() if _succeeds(attempt))


def _succeeds(attempt: object) -> bool:
    try:
        attempt()  # type: ignore[operator]
    except OSError:
        return False
    return True
