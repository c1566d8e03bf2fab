from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

import config
from models.problem import UsageError
from sandbox import Limits


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("DOSSIER_JOBS", "DOSSIER_TESSDATA"):
        monkeypatch.delenv(name, raising=False)


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("jobs = 2\n[sandbox]\npages = 30\nwall_s = 5\n")
    monkeypatch.setenv("DOSSIER_JOBS", "4")
    monkeypatch.setenv("DOSSIER_SANDBOX__PAGES", "7")
    settings = config.load()
    assert (settings.jobs, settings.sandbox.pages, settings.sandbox.wall_s) == (4, 7, 5.0)


def test_a_setting_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("3\n")
    monkeypatch.setenv("DOSSIER_JOBS_FILE", str(tmp_path / "jobs"))
    assert config.load().jobs == 3


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOSSIER_JOB", "1", "There is no setting DOSSIER_JOB. Did you mean DOSSIER_JOBS?"),
        (
            "DOSSIER_SANDBOX__PAGE",
            "1",
            "There is no setting DOSSIER_SANDBOX__PAGE. Did you mean DOSSIER_SANDBOX__PAGES?",
        ),
        ("DOSSIER_JOBS", "many", "The setting DOSSIER_JOBS cannot be used"),
        ("DOSSIER_JOBS", "0", "The setting DOSSIER_JOBS cannot be used"),
        ("DOSSIER_JOBS_FILE", "/nowhere/at/all", "The file that DOSSIER_JOBS_FILE names cannot be read."),
        ("DOSSIER_SANDBOX", "5", "The setting DOSSIER_SANDBOX cannot be used"),
    ],
)
def test_what_cannot_be_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as raised:
        config.load()
    assert str(raised.value).startswith(said)


def test_a_group_with_a_value_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_SANDBOX", "5")
    monkeypatch.setenv("DOSSIER_SANDBOX__PAGES", "5")
    with pytest.raises(UsageError, match="is a group"):
        config.load()


def test_an_unknown_key_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("[sandbox]\nmemory = 5\n")
    with pytest.raises(UsageError, match="DOSSIER_SANDBOX__MEMORY_BYTES"):
        config.load()


def test_a_broken_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("jobs = = 2")
    with pytest.raises(UsageError, match=r"dossier\.toml is not a valid TOML file"):
        config.load()


def test_every_sandbox_setting_is_a_limit() -> None:
    assert set(config.SandboxSettings.model_fields) <= {field.name for field in fields(Limits)}
