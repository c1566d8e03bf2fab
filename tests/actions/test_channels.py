from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from actions.channels import check_channel, run_channel, take_mailboxes
from actions.house import open_house
from intake.channels.imap import Account
from models.principal import MAIN, Principal
from models.problem import UsageError
from store import faults
from store.repository import Repository
from tests.actions.installations import installation
from tests.services.imap import ImapServer

WHO = Principal(MAIN, "key:t", "supervisor")


@pytest.fixture(autouse=True)
def signals() -> object:
    kept = signal.getsignal(signal.SIGIO)
    yield
    signal.signal(signal.SIGIO, kept)


def test_a_file_of_the_watched_folder_is_accepted_before_it_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = installation(tmp_path, folder={"settle_s": 0.0, "poll_s": 0.05})
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/fax.txt").write_text("a fax")
    stop, points = threading.Event(), []

    def hook(point: str) -> None:
        points.append(point)
        if point == "before_file_move":
            stop.set()

    monkeypatch.setattr(faults, "hook", hook)
    run_channel("folder", made, stop)
    assert points.index("after_commit_before_reply") < points.index("before_file_move")
    assert (tmp_path / "inbox/done/fax.txt").exists()
    with open_house(made) as house:
        (one,) = Repository(house.database, WHO).submissions().items
    assert one["channel"] == "folder"


def test_a_mail_is_accepted_before_it_is_moved(
    tmp_path: Path, imap: ImapServer, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = imap.client(account)
    client.append("INBOX", "", "", b"Subject: a fax\r\n\r\ntext\r\n")
    client.logout()
    mail = {"host": account.host, "port": account.port, "user": account.user, "password": account.password}
    made = installation(tmp_path, imap={**mail, "tls": False, "poll_s": 0.05})
    stop, points = threading.Event(), []

    def hook(point: str) -> None:
        points.append(point)
        if point == "before_mail_move":
            stop.set()

    monkeypatch.setattr(faults, "hook", hook)
    run_channel("imap", made, stop)
    assert points.index("after_commit_before_reply") < points.index("before_mail_move")
    with open_house(made) as house:
        (one,) = Repository(house.database, WHO).submissions().items
    assert one["channel"] == "email"


def test_a_source_that_is_away_is_looked_at_again_later(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    made = installation(tmp_path, imap={"host": "127.0.0.1", "port": 1, "user": "u", "password": "p", "tls": False})
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    run_channel("imap", made, stop)
    assert "Channel imap takes nothing in: MailServerAway" in caplog.text


def test_a_folder_that_cannot_be_read_does_not_keep_the_others_waiting(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").write_text("a file, no folder")
    (tmp_path / "good").mkdir()
    (tmp_path / "good/fax.txt").write_text("a fax")
    paths = (tmp_path / "broken", tmp_path / "good")
    made = installation(tmp_path / "data", folder={"paths": paths, "settle_s": 0.0, "poll_s": 0.05})
    stop = threading.Event()
    monkeypatch.setattr(faults, "hook", lambda point: stop.set() if point == "before_file_move" else None)
    run_channel("folder", made, stop)
    assert (tmp_path / "good/done/fax.txt").exists()
    assert "Channel folder takes nothing in: FileExistsError" in caplog.text


def test_channels_that_cannot_be_watched_are_told(tmp_path: Path) -> None:
    check_channel("folder", installation(tmp_path))
    for name in ("imap", "mbox", "fax"):
        with pytest.raises(UsageError):
            check_channel(name, installation(tmp_path))


def test_mailboxes_are_taken_once(tmp_path: Path) -> None:
    file = tmp_path / "mails.mbox"
    file.write_text("From a@example.org Mon Sep 14 10:00:00 2026\nSubject: a fax\n\ntext\n\n")
    assert take_mailboxes([file], installation(tmp_path)).accepted == 1
    assert take_mailboxes([file], installation(tmp_path)).accepted == 0


def test_what_is_refused_is_seen_and_what_is_over_the_quota_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = installation(
        tmp_path, folder={"settle_s": 0.0, "poll_s": 0.05}, quota={"files": 1}, sandbox={"file_bytes": 10}
    )
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox/a.txt").write_text("first")
    (tmp_path / "inbox/b.txt").write_text("far too large")
    (tmp_path / "inbox/c.txt").write_text("third")
    stop = threading.Event()
    threading.Timer(1.0, stop.set).start()
    run_channel("folder", made, stop)
    assert "Channel folder takes nothing in: TooManyCalls" in caplog.text
    assert {path.name for path in (tmp_path / "inbox").glob("*.txt")} == {"c.txt"}
    assert (tmp_path / "inbox/done/a.txt").exists()
    assert (tmp_path / "inbox/refused/b.txt").exists()
    with open_house(made) as house:
        repository = Repository(house.database, WHO)
        listed = [repository.submission(one["id"])["files"][0] for one in repository.submissions().items]
        assert len(list(house.blobs.listed())) == 1
    assert sorted((one["path"], one["code"]) for one in listed) == [("a.txt", None), ("b.txt", "F002")]
