from __future__ import annotations

from pathlib import Path

import pytest

from intake.channel import Taken
from intake.channels.mbox import take
from models.problem import TransientError
from tests.intake.channels.desk import Notebook

LINE = b"From a@example.org Mon Sep 14 10:00:00 2026\n"


def mailbox(folder: Path, *texts: bytes) -> Path:
    file = folder / "mails.mbox"
    file.write_bytes(b"".join(LINE + b"Subject: fax\n\n" + text + b"\n\n" for text in texts))
    return file


def test_each_mail_is_accepted_once_though_the_file_grows(tmp_path: Path) -> None:
    desk = Notebook()
    assert take(mailbox(tmp_path, b"one", b"two"), desk) == Taken(accepted=2)
    assert take(mailbox(tmp_path, b"zero", b"one", b"two"), desk) == Taken(accepted=1)
    assert [arrival.name for arrival in desk.accepted.values()] == ["mails.mbox/1", "mails.mbox/2", "mails.mbox/1"]
    assert {file for files in desk.names() for file in files} == {"message.eml"}


def test_two_equal_mails_are_two(tmp_path: Path) -> None:
    assert take(mailbox(tmp_path, b"one", b"one"), Notebook()) == Taken(accepted=2)


def test_quoted_lines_are_as_they_were_sent(tmp_path: Path) -> None:
    desk = Notebook()
    take(mailbox(tmp_path, b">From our point of view"), desk)
    (mail,) = desk.stored.values()
    assert mail.startswith(b"Subject: fax\n\nFrom our point of view")


def test_a_mail_that_is_too_large_is_counted(tmp_path: Path) -> None:
    desk = Notebook(most=100)
    assert take(mailbox(tmp_path, b"x" * 200, b"y"), desk) == Taken(accepted=1, refused=1)
    ((told,),) = [arrival.files for arrival in desk.refused.values()]
    assert (told.path, told.size > 200) == ("message.eml", True)
    assert "refuse mails.mbox/1 F002" in desk.told


def test_where_nothing_can_be_accepted_the_file_is_taken_again_later(tmp_path: Path) -> None:
    with pytest.raises(TransientError):
        take(mailbox(tmp_path, b"one"), Notebook(full=True))
