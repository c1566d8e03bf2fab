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
    assert lines["database_url"] == "(set)\tDOSSIER_DATABASE_URL"
    assert lines["imap.password"] == "(set)\tDOSSIER_IMAP__PASSWORD_FILE"
    assert lines["imap.user"] == "intake\tDOSSIER_IMAP__USER"
    assert (lines["work.lease_s"], lines["payer"]) == ("30.0\tdefault", "(not set)\tdefault")
    assert "db-secret" not in ended.out
    assert "mail-secret" not in ended.out


def test_what_was_left_to_its_default_is_shown_as_it_holds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dossier.toml").write_text("workers = 3\n[sandbox]\nwall_s = 7\n")
    lines = dict(line.split(" = ") for line in dossier("config", "check").out.splitlines())
    assert (lines["workers"], lines["sandbox.wall_s"]) == ("3\tdossier.toml", "7.0\tdossier.toml")
    assert (lines["sandbox.pages"], lines["folder.paths"]) == ("1000\tdefault", "data/inbox\tdefault")
    unset = {name for name, told in lines.items() if told.startswith("(not set)")}
    # These have no default: without them the part that they belong to is not there.
    assert unset == {
        "payer", "redis_url", "s3.endpoint", "s3.access_key", "s3.secret_key", "imap.host", "imap.user",
        "imap.password", "web.trusted_proxies",
    }  # fmt: skip


def test_a_payer_that_is_unknown_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_PAYER", "us-ca-knox")
    assert isinstance(dossier("config", "check").fault, UsageError)
