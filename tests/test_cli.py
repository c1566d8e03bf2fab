from __future__ import annotations

from pathlib import Path

import pytest

import cli
from config import SandboxSettings, Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr("sys.argv", ["dossier", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    return int(ended.value.code or 0)


def test_help_lists_the_commands(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, "--help") == 0
    out = capsys.readouterr().out
    assert "doctor" in out
    assert "list" in out


def test_an_unknown_command_ends_with_two_and_the_nearest_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "docter") == 2
    said = capsys.readouterr().err
    assert "No such command 'docter'" in said
    assert "doctor" in said.split("docter", 1)[1]


def test_an_unknown_option_ends_with_two_and_the_nearest_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list", "--jsn") == 2
    assert "--json" in capsys.readouterr().err


def test_an_unknown_setting_ends_with_two_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DOSSIER_TESDATA", "/x")
    assert run(monkeypatch, "list") == 2
    assert capsys.readouterr().err == ("dossier: There is no setting DOSSIER_TESDATA. Did you mean DOSSIER_TESSDATA?\n")


def test_settings_become_means() -> None:
    means = cli.installation(Settings(jobs=3, sandbox=SandboxSettings(pages=9))).means
    assert (means.jobs, means.limits.pages) == (3, 9)
    assert means.limits.memory_bytes == 1 << 30
    assert cli.installation(Settings()).means.jobs >= 1
