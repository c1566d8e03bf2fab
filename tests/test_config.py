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
        (
            "DOSSIER_WEB__TRUSTED_PROXIES",
            "proxy.example.org",
            "The setting DOSSIER_WEB__TRUSTED_PROXIES cannot be used: a proxy is told by its address",
        ),
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


def test_each_setting_that_is_set_has_an_origin(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('jobs = 2\n[sandbox]\npages = 30\n[folder]\npaths = ["/a"]\n')
    (tmp_path / "pages").write_text("3\n")
    monkeypatch.setenv("DOSSIER_JOBS", "4")
    monkeypatch.setenv("DOSSIER_SANDBOX__PAGES_FILE", str(tmp_path / "pages"))
    monkeypatch.setenv("DOSSIER_S3__BUCKET", "b")
    found = config.origins()
    assert found == {
        "jobs": "DOSSIER_JOBS",
        "sandbox.pages": "DOSSIER_SANDBOX__PAGES_FILE",
        "s3.bucket": "DOSSIER_S3__BUCKET",
        "folder.paths": "dossier.toml",
    }
    assert set(found) <= {name for name, _ in config.shown(config.load())}
    assert config.load().sandbox.pages == 3


def test_an_unknown_key_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("[sandbox]\nmemory = 5\n")
    with pytest.raises(UsageError, match="DOSSIER_SANDBOX__MEMORY_BYTES"):
        config.load()


def test_a_broken_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("jobs = = 2")
    with pytest.raises(UsageError, match=r"dossier\.toml is not a valid TOML file"):
        config.load()


def test_every_setting_is_explained() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs/settings.md").read_text("utf-8")
    missing = [name for name, _ in config.shown(config.Settings()) if f"`{name}`" not in page]
    assert missing == []


def test_what_is_shown_holds_no_secret() -> None:
    s3 = config.S3Settings(endpoint="s3:9000", access_key="hidden-1", secret_key="hidden-2")
    imap = config.ImapSettings(host="mail", user="intake", password="hidden-3")
    settings = config.Settings(
        s3=s3, imap=imap, database_url="postgresql://d:hidden-4@db/d", redis_url="redis://:hidden-5@redis/0"
    )
    told = dict(config.shown(settings))
    assert (told["s3.secret_key"], told["database_url"], told["s3.endpoint"]) == ("(set)", "(set)", "s3:9000")
    assert "hidden" not in str(told) + repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DOSSIER_WORK__LEASE_S", "15", "The setting DOSSIER_WORK cannot be used: a lease must hold for at least two"),
        ("DOSSIER_S3__ENDPOINT", "s3:9000", "The settings do not fit together: an object store needs s3.access_key"),
        ("DOSSIER_IMAP__HOST", "mail", "The settings do not fit together: a mailbox needs imap.user and imap.password"),
        ("DOSSIER_MARKET", "eu", "The setting DOSSIER_MARKET cannot be used"),
        ("DOSSIER_S3__BUCKETT", "b", "There is no setting DOSSIER_S3__BUCKETT. Did you mean DOSSIER_S3__BUCKET?"),
    ],
)
def test_what_does_not_fit_together_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as raised:
        config.load()
    assert str(raised.value).startswith(said)


def test_folders_are_listed_as_in_a_path_or_as_a_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text('[folder]\npaths = ["/a", "/b"]\n')
    assert config.load().folder.paths == (Path("/a"), Path("/b"))
    monkeypatch.setenv("DOSSIER_FOLDER__PATHS", "/c:/d")
    assert config.load().folder.paths == (Path("/c"), Path("/d"))


def test_every_sandbox_setting_is_a_limit() -> None:
    assert set(config.SandboxSettings.model_fields) <= {field.name for field in fields(Limits)}


def test_proxies_are_listed_as_they_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOSSIER_WEB__TRUSTED_PROXIES", "10.1.2.3, fd00::1/8")
    settings = config.load()
    assert ("web.trusted_proxies", "10.1.2.3/32, fd00::/8") in set(config.shown(settings))
    monkeypatch.delenv("DOSSIER_WEB__TRUSTED_PROXIES")
    (tmp_path / "dossier.toml").write_text('[web]\ntrusted_proxies = ["10.1.2.3"]\n')
    assert [str(one) for one in config.load().web.trusted_proxies] == ["10.1.2.3/32"]


@pytest.mark.parametrize(
    ("file", "name", "said"),
    [
        ("[web]\ntrusted_proxies = 10", "WEB__TRUSTED_PROXIES", "a proxy is told by its address"),
        ("[web]\ntrusted_proxies = [1]", "WEB__TRUSTED_PROXIES", "a proxy is told by its address"),
        ("[web]\ntrusted_proxies = true", "WEB__TRUSTED_PROXIES", ""),
        ("[web.trusted_proxies]\nx = 1", "WEB__TRUSTED_PROXIES", "a proxy is told by its address"),
        ("[web]\nburst = true", "WEB__BURST", "it is neither true nor false"),
        ("[web]\ncalls_per_s = true", "WEB__CALLS_PER_S", "it is neither true nor false"),
        ("[web]\ncalls_per_s = inf", "WEB__CALLS_PER_S", "Input should be a finite number"),
        ("[web]\nfailures_per_s = inf", "WEB__FAILURES_PER_S", "Input should be a finite number"),
        ("[upload]\nstall_s = inf", "UPLOAD__STALL_S", "Input should be a finite number"),
        ("[upload]\nfiles = true", "UPLOAD__FILES", "it is neither true nor false"),
        ("[sandbox]\nwall_s = inf", "SANDBOX__WALL_S", "Input should be a finite number"),
        ("[work]\ngrace_s = inf", "WORK__GRACE_S", "Input should be a finite number"),
        ("[quota]\nfiles = true", "QUOTA__FILES", "it is neither true nor false"),
        ("jobs = true", "JOBS", "it is neither true nor false"),
    ],
)
def test_what_is_no_sensible_number_or_proxy_is_said(tmp_path: Path, file: str, name: str, said: str) -> None:
    (tmp_path / "dossier.toml").write_text(file)
    with pytest.raises(UsageError) as raised:
        config.load()
    assert str(raised.value).startswith(f"The setting DOSSIER_{name} cannot be used: {said}")


def test_a_proxy_with_a_name_of_its_own_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_WEB__TRUSTED_PROXIES__X", "1")
    with pytest.raises(UsageError, match="a proxy is told by its address"):
        config.load()


def test_the_environment_tells_numbers_and_truths_as_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_text("[web]\nopen_metrics = true\n")
    for name, value in (("WEB__BURST", "1"), ("WEB__CALLS_PER_S", "2.5"), ("WEB__SECURE", "true"), ("JOBS", "1")):
        monkeypatch.setenv(f"DOSSIER_{name}", value)
    settings = config.load()
    assert (settings.web.burst, settings.web.calls_per_s, settings.jobs) == (1, 2.5, 1)
    assert (settings.web.secure, settings.web.open_metrics, settings.imap.tls) == (True, True, True)
    monkeypatch.setenv("DOSSIER_WEB__CALLS_PER_S", "inf")
    with pytest.raises(UsageError, match="DOSSIER_WEB__CALLS_PER_S"):
        config.load()


@pytest.mark.parametrize("told", ["0.0.0.0/0", "10.1.2.3, ::/0"])
def test_nobody_trusts_everybody(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("DOSSIER_WEB__TRUSTED_PROXIES", told)
    with pytest.raises(UsageError, match="name the proxies' own addresses"):
        config.load()
