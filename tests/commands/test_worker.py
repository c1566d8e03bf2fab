from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands.runner import dossier


def test_it_goes_on_as_the_entry_point_with_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[tuple[str, ...], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda _, command, environment: told.append((command, environment)))
    monkeypatch.setenv("DOSSIER_REDIS_URL", "redis://127.0.0.1:1/0")
    assert dossier("worker", "--data", str(tmp_path)).status == 0
    ((command, environment),) = told
    assert command[-1].endswith("/worker.py")
    assert environment["DOSSIER_DATA"] == str(tmp_path)
    assert environment["DOSSIER_REDIS_URL"] == "redis://127.0.0.1:1/0"
