from __future__ import annotations

import socket
from pathlib import Path

from models.problem import NotReady
from tests.commands.runner import dossier


def test_a_port_that_is_taken_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = dossier("serve", "--data", str(tmp_path / "data"), "--port", str(port))
    assert ended.status == 1
    assert isinstance(ended.fault, NotReady)
    assert f"port {port}" in str(ended.fault)
    assert "--port" in str(ended.fault)
    assert not (tmp_path / "data").exists()
