from __future__ import annotations

from pathlib import Path

import pytest

from models.problem import UsageError
from tests.commands.runner import dossier


def test_settings_are_shown_without_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("mail-secret\n")
    monkeypatch.setenv("DOSSIER_DATABASE_URL", "postgresql://dossier:db-secret@db/dossier")
    monkeypatch.setenv("DOSSIER_IMAP__HOST", "mail.example.org")
    monkeypatch.setenv("DOSSIER_IMAP__USER", "intake")
    monkeypatch.setenv("DOSSIER_IMAP__PASSWORD_FILE", str(tmp_path / "password"))
    ended = dossier("config", "check")
    assert ended.status == 0
    lines = dict(line.split(" = ") for line in ended.out.splitlines())
    assert (lines["database_url"], lines["imap.password"], lines["imap.user"]) == ("(set)", "(set)", "intake")
    assert (lines["work.lease_s"], lines["payer"]) == ("30.0", "(not set)")
    assert "db-secret" not in ended.out
    assert "mail-secret" not in ended.out


def test_a_payer_that_is_unknown_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_PAYER", "us-ca-knox")
    assert isinstance(dossier("config", "check").fault, UsageError)
