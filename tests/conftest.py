"""What every test has: closed sockets, one OCR thread, and the folder of measured data where it is at hand."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.report import Proof, Run, write_run
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


_proofs: list[Proof] = []
_BEGAN = pytest.StashKey[float]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of `make reliability`."""
    parser.addoption("--release", action="store_true", help="test what is promised at the sizes of a release")
    parser.addoption("--proofs", type=Path, help="write how the tests of promises end into this file, for the report")


def pytest_configure(config: pytest.Config) -> None:
    """Look at the clock."""
    config.stash[_BEGAN] = time.monotonic()


@pytest.fixture
def sized(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Chooses between the size of every test run and that of a release."""
    release = bool(request.config.getoption("--release"))
    return lambda usual, at_release: at_release if release else usual


_PROMISES = "promises"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Write what a test proves into its report, which reaches the process that writes the page from any other."""
    marked = item.get_closest_marker("promise")
    if marked is not None:
        item.user_properties.append((_PROMISES, marked.args))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember how the tests of promises end, with the figures they recorded."""
    told: dict[str, Any] = dict(report.user_properties)
    promises = told.pop(_PROMISES, None)
    if promises and (report.when == "call" or report.failed):
        test = report.nodeid.partition("::")[2]
        _proofs.append(Proof(tuple(promises), test, report.passed, report.duration, tuple(told.items())))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what the report is made of, if it is asked for."""
    path = session.config.getoption("--proofs")
    # Of several processes the one that started the others hears of all tests.
    if path is not None and not hasattr(session.config, "workerinput"):
        release = bool(session.config.getoption("--release"))
        write_run(
            path, Run(tuple(_proofs), release, dt.datetime.now(dt.UTC), time.monotonic() - session.config.stash[_BEGAN])
        )
