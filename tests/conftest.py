"""What every test has: closed sockets, one OCR thread, and the folder of measured data where it is at hand."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services.fixtures import account, any_blobs, any_database, bucket, imap, postgres, redis, s3

__all__ = ["account", "any_blobs", "any_database", "bucket", "imap", "postgres", "redis", "s3"]

ROOT = Path(__file__).resolve().parent.parent

os.environ.setdefault("OMP_THREAD_LIMIT", "1")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder TEST_DATA (default ../shared/data). Without it the test skips; with CI=true that is a failure."""
    folder = Path(os.environ.get("TEST_DATA", ROOT / "../shared/data")).resolve()
    if folder.is_dir():
        return folder
    message = "the measured data is not here: set TEST_DATA to its folder"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(autouse=True, scope="session")
def closed_sockets() -> Iterator[None]:
    """No test reaches the network: connecting anywhere but to this machine is an error."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    yield
    patch.undo()


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _loopback(str(address[0])):
            raise RuntimeError(f"a test tried to connect to {address[0]}: sockets are closed in tests")
        return connect(self, address)

    return guarded


def _loopback(host: str) -> bool:
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
