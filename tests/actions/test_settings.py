from __future__ import annotations

from pathlib import Path

import pytest

import config
from actions.installation import Installation, install
from actions.settings import Setting, settings_that_hold
from config import AuditSettings, FolderSettings, QuotaSettings, Settings
from models.problem import UsageError


def made(settings: Settings, origins: dict[str, str] | None = None) -> Installation:
    return install(settings.model_dump(), config.shown(settings), origins=origins)


def held(settings: Settings) -> dict[str, str]:
    return {one.name: one.value for one in settings_that_hold(made(settings))}


def test_a_default_that_depends_on_others_is_told_as_it_comes_out(tmp_path: Path) -> None:
    told = held(Settings(data=tmp_path))
    assert told["database_url"] == f"(the file {tmp_path / 'dossier.sqlite3'})"
    assert told["audit.key"] == f"(the file {tmp_path / 'audit.key'})"
    assert told["audit.checkpoints"] == str(tmp_path / "checkpoints")
    assert told["folder.paths"] == str(tmp_path / "inbox")
    assert int(told["jobs"]) >= 1
    assert int(told["workers"]) >= 1
    assert told["market"] == "us"


def test_what_is_set_is_told_as_it_is_and_no_secret_with_it(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path,
        database_url="postgresql://d:hidden-1@db/d",
        audit=AuditSettings(checkpoints=Path("/second"), key="hidden-2"),
        folder=FolderSettings(paths=(Path("/a"), Path("/b"))),
        quota=QuotaSettings(bytes=None),
        jobs=5,
    )  # fmt: skip
    told = held(settings)
    assert (told["database_url"], told["audit.key"], told["audit.checkpoints"]) == ("(set)", "(set)", "/second")
    assert (told["folder.paths"], told["quota.bytes"], told["jobs"]) == ("/a:/b", "none", "5")
    assert "hidden" not in str(told)


def test_each_tells_where_it_comes_from() -> None:
    told = settings_that_hold(made(Settings(jobs=5), {"jobs": "DOSSIER_JOBS"}))
    assert Setting("jobs", "5", "DOSSIER_JOBS") in told
    assert Setting("port", "8000", "default") in told
    assert [one.name for one in told] == [name for name, _ in config.shown(Settings())]


def test_a_market_is_the_payers_and_a_payer_must_be_known() -> None:
    assert held(Settings(payer="hk-insurer"))["market"] == "hk"
    with pytest.raises(UsageError):
        held(Settings(payer="us-ca-knox"))
