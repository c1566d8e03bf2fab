from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands.runner import dossier


def test_it_goes_on_as_the_entry_point_with_what_was_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[tuple[tuple[str, ...], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda _, command, environment: told.append((command, environment)))
    assert dossier("api", "--data", str(tmp_path), "--port", "8123", "--host", "::1").status == 0
    ((command, environment),) = told
    assert command[-1].endswith("/api.py")
    chosen = (environment["DOSSIER_DATA"], environment["DOSSIER_PORT"], environment["DOSSIER_HOST"])
    assert chosen == (str(tmp_path), "8123", "::1")
