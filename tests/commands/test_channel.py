from __future__ import annotations

from pathlib import Path

import pytest

from models.problem import UsageError
from tests.commands.runner import dossier

MAIL = "From a@example.org Mon Sep 14 10:00:00 2026\nSubject: a fax\n\ntext %d\n\n"


def test_the_mails_of_mailbox_files_are_taken_in_once(tmp_path: Path) -> None:
    (tmp_path / "mails.mbox").write_text(MAIL % 1 + MAIL % 2)
    command = ("channel", "mbox", str(tmp_path / "mails.mbox"), "--data", str(tmp_path / "data"))
    assert dossier(*command).err == "2 mails accepted, 0 too large.\n"
    assert dossier(*command).err == "0 mails accepted, 0 too large.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fax",), "There is no channel 'fax'"),
        (("imap",), "DOSSIER_IMAP__HOST"),
        (("mbox",), "dossier channel mbox FILE"),
        (("mbox", "/nowhere.mbox"), "cannot be read"),
    ],
)
def test_what_cannot_be_is_said(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    ended = dossier("channel", *arguments, "--data", str(tmp_path))
    assert isinstance(ended.fault, UsageError)
    assert said in str(ended.fault)
