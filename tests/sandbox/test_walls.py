"""The child reaches nothing: no network, no file but its code, no other process, behind either kind of wall."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

import sandbox
from sandbox import process, walls
from sandbox.confine import KINDS, Kind
from tests.sandbox.openers import opened


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Kind:
    wanted: Kind = request.param
    if not walls.stands(wanted):
        pytest.skip(f"no {wanted} on this machine")
    monkeypatch.setattr(process, "wall_kind", lambda: wanted)
    return wanted


def test_the_child_reaches_nothing(kind: Kind, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("not to be read")
    with socket.create_server(("127.0.0.1", 0)) as server:
        order = json.dumps({"secret": str(secret), "port": server.getsockname()[1]}).encode()
        ((_, (page,)),) = opened(order, "pry.txt", fake="reader_that_pries")
    assert page.plain == "reached:", kind


def test_real_pages_come_through_either_wall(kind: Kind) -> None:
    ((_, (page,)),) = opened(b"a letter", "letter.txt")
    assert page.plain == "a letter", kind


def test_without_any_wall_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "stands", lambda _: False)
    walls.wall_kind.cache_clear()
    try:
        assert sandbox.describe().startswith("none: ")
        with pytest.raises(walls.NoWalls, match="bubblewrap"):
            opened(b"a letter", "letter.txt")
    finally:
        walls.wall_kind.cache_clear()


def test_the_walls_are_described() -> None:
    assert "no network" in sandbox.describe()
