from __future__ import annotations

import hashlib
import imaplib
import re
from dataclasses import replace

import pytest

from intake.channel import Taken
from intake.channels.imap import Account, Mailbox, MailServerAway
from models.problem import TransientError
from tests.intake.channels.desk import Notebook
from tests.services.imap import ImapServer

MAIL = b"From: office@example.org\r\nSubject: %s\r\n\r\nPlease find attached.\r\n"


def put(server: ImapServer, account: Account, subject: bytes = b"a fax", flags: str = "") -> None:
    client = server.client(account)
    client.append("INBOX", flags, "", MAIL % subject)
    client.logout()


def count(server: ImapServer, account: Account, mailbox: str) -> int:
    client = server.client(account)
    status, data = client.status(mailbox, "(MESSAGES)")
    client.logout()
    return int(re.findall(rb"MESSAGES (\d+)", data[0])[0]) if status == "OK" else 0


def test_a_mail_is_moved_after_it_was_accepted(imap: ImapServer, account: Account) -> None:
    desk = Notebook()
    put(imap, account)
    put(imap, account, b"seen by somebody", r"(\Seen)")
    assert Mailbox(account, desk).look() == Taken(accepted=1)
    assert desk.told == ["accept mail 1", "move"]
    assert list(desk.stored.values()) == [MAIL % b"a fax"]
    assert (count(imap, account, "INBOX"), count(imap, account, "Processed")) == (1, 1)
    assert Mailbox(account, desk).look() == Taken()


def test_a_process_that_dies_before_the_move_takes_the_mail_once(
    imap: ImapServer, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Died(BaseException):
        pass

    def die(_: Notebook) -> None:
        raise Died

    desk = Notebook()
    put(imap, account)
    monkeypatch.setattr(Notebook, "before_mail_move", die)
    with pytest.raises(Died):
        Mailbox(account, desk).look()
    monkeypatch.undo()
    assert count(imap, account, "INBOX") == 1
    assert Mailbox(account, desk).look() == Taken(accepted=0)
    assert len(desk.accepted) == 1
    assert (count(imap, account, "INBOX"), count(imap, account, "Processed")) == (0, 1)


def test_when_the_program_ends_what_is_not_begun_is_left(imap: ImapServer, account: Account) -> None:
    desk = Notebook(stopping=True)
    put(imap, account)
    assert Mailbox(account, desk).look() == Taken()
    assert count(imap, account, "INBOX") == 1


def test_a_mail_that_names_a_request_answers_it(imap: ImapServer, account: Account) -> None:
    desk = Notebook(requests=frozenset({"r-0123456789abcdef"}))
    put(imap, account, b"Re: missing papers [r-0123456789abcdef]")
    put(imap, account, b"Re: missing papers [r-ffffffffffffffff]")
    assert Mailbox(account, desk).look() == Taken(accepted=2)
    assert [arrival.answers for arrival in desk.accepted.values()] == ["r-0123456789abcdef", None]


def test_a_mail_that_is_too_large_is_put_aside(imap: ImapServer, account: Account) -> None:
    desk = Notebook(most=10)
    put(imap, account)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("intake.channels.imap.CHUNK_BYTES", 16)
        assert Mailbox(account, desk).look() == Taken(refused=1)
    assert count(imap, account, "Refused") == 1
    assert desk.stored == {}
    assert desk.told == ["refuse mail 1 F002", "move"]
    mail = MAIL % b"a fax"
    ((told,),) = [arrival.files for arrival in desk.refused.values()]
    assert (told.path, told.sha256, told.size) == ("message.eml", hashlib.sha256(mail).hexdigest(), len(mail))


def test_where_nothing_can_be_accepted_the_mail_stays_unseen(imap: ImapServer, account: Account) -> None:
    desk = Notebook(full=True)
    put(imap, account)
    with pytest.raises(TransientError):
        Mailbox(account, desk).look()
    desk.full = False
    assert Mailbox(account, desk).look() == Taken(accepted=1)


def test_a_server_that_cannot_move_copies_and_removes(
    imap: ImapServer, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, told in enumerate([b"IMAP4REV1 UIDPLUS", b"IMAP4REV1"]):
        monkeypatch.setattr(imaplib.IMAP4, "capability", lambda _, told=told: ("OK", [told]))
        put(imap, account, b"fax %d" % number)
        desk = Notebook()
        assert Mailbox(account, desk).look() == Taken(accepted=1)
        assert Mailbox(account, desk).look() == Taken()
        assert count(imap, account, "Processed") == number + 1
        assert count(imap, account, "INBOX") == number


def test_a_server_that_is_away_or_refuses_is_said_without_the_password(imap: ImapServer, account: Account) -> None:
    for wrong in (replace(account, port=1), replace(account, password="wrong"), replace(account, mailbox="Nowhere")):
        with pytest.raises(MailServerAway) as raised:
            Mailbox(wrong, Notebook()).look()
        assert str(raised.value) in {"ConnectionRefusedError", "error", "readonly"}
        assert account.password not in repr(account)
