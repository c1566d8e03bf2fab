from __future__ import annotations

from pathlib import Path

import pytest

import cli
from actions.backup import BackupDamaged
from actions.storage import NothingRemoved
from config import SandboxSettings, Settings
from models.problem import DossierError, NotFound, NotReady, TransientError, UsageError


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


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (UsageError("no such thing"), 2),
        (NotFound("no such id"), 2),
        (TransientError("the database is away"), 1),
        (NotReady("no key yet"), 1),
        (BackupDamaged("a file has changed"), 4),
        (NothingRemoved("an object is gone"), 4),
    ],
)
def test_what_could_not_be_done_what_was_misused_and_what_was_found_end_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: DossierError, status: int
) -> None:
    def fail() -> None:
        raise fault

    monkeypatch.setattr(cli, "application", lambda: fail)
    assert run(monkeypatch, "audit", "verify") == status
    assert capsys.readouterr().err == f"dossier: {fault}\n"


def test_settings_become_means() -> None:
    means = cli.installation(Settings(jobs=3, sandbox=SandboxSettings(pages=9))).means
    assert (means.jobs, means.limits.pages) == (3, 9)
    assert means.limits.memory_bytes == 1 << 30
    assert cli.installation(Settings()).means.jobs >= 1
