from __future__ import annotations

import fcntl
import signal
import socket
from pathlib import Path
from typing import Any

import pytest

from actions import serve as module
from actions.house import open_house
from actions.serve import serve
from models.problem import NotReady, UsageError
from store import keys
from tests.actions.installations import installation
from tests.services.server import free_port


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "begin_log", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)


def test_the_first_start_makes_the_administrator_s_key_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs: list[Any] = []
    monkeypatch.setattr(module, "supervise", lambda parts, *_, **__: runs.append(parts))
    made, told = installation(tmp_path / "data", port=free_port()), list[str]()
    serve(made, told.append)
    key = told[1].strip()
    with open_house(made) as house:
        who = keys.find(house.database, key)
    assert who is not None
    assert who.role == "admin"
    told.clear()
    serve(made, told.append)
    assert told == []
    assert (tmp_path / "data/inbox").is_dir()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert len(runs) == 2


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::1"])  # noqa: S104
def test_where_it_can_be_opened_is_said_once_it_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str
) -> None:
    made, told = installation(tmp_path, host=host, port=free_port()), list[str]()

    def run(*_: object, watch: Any, **__: object) -> None:
        told.clear()
        watch()
        assert told == []
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, made.port), family=family):
            watch()
            watch()

    monkeypatch.setattr(module, "supervise", run)
    serve(made, told.append)
    shown = {"0.0.0.0": "127.0.0.1", "::1": "[::1]"}.get(host, host)  # noqa: S104
    assert told[0] == f"Dossier is ready: http://{shown}:{made.port}/"
    assert len(told) == (3 if host == "0.0.0.0" else 2)  # noqa: S104
    assert ("without TLS" in told[1]) == (host == "0.0.0.0")  # noqa: S104


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(NotReady, match=f"port {port}"):
            serve(installation(tmp_path / "data", port=port), lambda _: None)
    assert not (tmp_path / "data").exists()


def test_a_folder_is_served_once(tmp_path: Path) -> None:
    made = installation(tmp_path, port=free_port())
    with (tmp_path / "serve.lock").open("a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotReady, match="Another dossier serve runs in"):
            serve(made, print)


def test_what_it_makes_is_for_its_user_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with open_house(installation(tmp_path)) as house:
        house.blobs.put("main", b"x")
    made = [path for path in tmp_path.rglob("*") if path != tmp_path]
    assert made
    assert [path for path in made if path.stat().st_mode & 0o077] == []


def test_a_folder_without_an_installation_gets_none_by_looking(tmp_path: Path) -> None:
    with (
        pytest.raises(UsageError, match="There is no installation in"),
        open_house(installation(tmp_path / "typo"), begins=False),
    ):
        pass
    assert not (tmp_path / "typo").exists()
