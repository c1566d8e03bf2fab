"""A mailbox on an IMAP server: each unseen mail is accepted, then moved to another mailbox, never before.

A mail's key is made of the mailbox, its UIDVALIDITY and the mail's UID: whenever this process is killed, the same mail
is accepted once. Mails too large to be taken go to the mailbox of the refused ones, and have a receipt, too.
"""

from __future__ import annotations

import contextlib
import hashlib
import imaplib
import logging
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake.channel import CHUNK_BYTES, Desk, Taken
from intake.mail_arrival import FILE, accept_mail
from models.arrival import Arrival, ArrivedFile
from models.problem import FileCode

_LOG = logging.getLogger(__name__)

REFUSED = "Refused"
_TIMEOUT_S = 30.0
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class MailServerAway(Exception):
    """The mail server does not do as it should; the next look may succeed."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where the mailbox is, and who may open it; `processed` is the mailbox for mails that were accepted."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    mailbox: str = "INBOX"
    processed: str = "Processed"
    tls: bool = True


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox that is emptied."""

    account: Account
    desk: Desk

    def look(self) -> Taken:
        """Take the mails that nobody has seen.

        Raises:
            MailServerAway: the server does not answer, or refuses; what was not moved will be found again.
            TransientError: nothing can be accepted now; the mails stay where they are.
        """
        try:
            with self._opened() as server:
                return self._empty(server)
        except (imaplib.IMAP4.error, OSError) as failure:
            # What a server says may quote a mail.
            raise MailServerAway(type(failure).__name__) from None

    def _empty(self, server: imaplib.IMAP4) -> Taken:
        validity = (server.response("UIDVALIDITY")[1] or [b"0"])[0] or b"0"
        accepted = refused = 0
        for uid in (_answer(server.uid("SEARCH", "UNSEEN", "UNDELETED"))[0] or b"").split():
            if self.desk.stopping:
                break
            size = _size(_answer(server.uid("FETCH", uid.decode(), "(RFC822.SIZE)")))
            if size is not None and size > self.desk.most:
                self._refuse(server, uid, size, key=self._key(validity, uid))
                refused += 1
                continue
            mail = _body(_answer(server.uid("FETCH", uid.decode(), "(BODY.PEEK[])")))
            if mail is None:
                # Somebody else has moved it meanwhile.
                continue
            told = accept_mail(mail, self.desk, name=f"mail {uid.decode()}", key=self._key(validity, uid))
            self.desk.before_mail_move()
            self._move(server, uid, self.account.processed)
            accepted += not told.again
        return Taken(accepted=accepted, refused=refused)

    def _refuse(self, server: imaplib.IMAP4, uid: bytes, size: int, *, key: str) -> None:
        """Keep a receipt of a mail that is too large, and put it aside. It is read in pieces: its SHA-256 tells it."""
        digest = hashlib.sha256()
        for start in range(0, size, CHUNK_BYTES):
            piece = f"(BODY.PEEK[]<{start}.{CHUNK_BYTES}>)"
            digest.update(_body(_answer(server.uid("FETCH", uid.decode(), piece))) or b"")
        told = ArrivedFile(FILE, digest.hexdigest(), size)
        self.desk.refuse(Arrival("email", f"mail {uid.decode()}", (told,), source_key=key), FileCode.TOO_LARGE)
        self.desk.before_mail_move()
        self._move(server, uid, REFUSED)

    def _key(self, validity: bytes, uid: bytes) -> str:
        place = f"{self.account.host} {self.account.user} {self.account.mailbox}"
        return f"imap:{hashlib.sha256(place.encode()).hexdigest()[:16]}:{validity.decode()}:{uid.decode()}"

    def _move(self, server: imaplib.IMAP4, uid: bytes, mailbox: str) -> None:
        """Move a mail; where the server knows no MOVE, by a copy and the removal of the first."""
        name = _quoted(mailbox)
        # What a server can do it may tell only after the sign-in.
        can = bytes((_answer(server.capability())[0]) or b"").upper().split()
        if b"MOVE" in can:
            status, _ = server.uid("MOVE", uid.decode(), name)
            if status == "OK":
                return
            server.create(name)
            _answer(server.uid("MOVE", uid.decode(), name))
            return
        if server.uid("COPY", uid.decode(), name)[0] != "OK":
            server.create(name)
            _answer(server.uid("COPY", uid.decode(), name))
        _answer(server.uid("STORE", uid.decode(), "+FLAGS.SILENT", r"(\Deleted)"))
        # Without it, a removal would take along what others have marked; the mail stays, marked, and is not looked at.
        if b"UIDPLUS" in can:
            _answer(server.uid("EXPUNGE", uid.decode()))

    @contextlib.contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        account = self.account
        server: imaplib.IMAP4
        if account.tls:
            context = ssl.create_default_context()
            server = imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context, timeout=_TIMEOUT_S)
        else:
            server = imaplib.IMAP4(account.host, account.port, timeout=_TIMEOUT_S)
        try:
            server.login(account.user, account.password)
            _answer(server.select(_quoted(account.mailbox)))
            yield server
        finally:
            with contextlib.suppress(imaplib.IMAP4.error, OSError):
                server.logout()


def _answer(told: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    """What the server has answered; a literal stands in it as a pair of its announcement and its bytes."""
    status, data = told
    if status != "OK":
        raise imaplib.IMAP4.error(status)
    return data


def _size(data: Sequence[Any]) -> int | None:
    found = next((match for part in data if isinstance(part, bytes) and (match := _SIZE.search(part))), None)
    return int(found[1]) if found else None


def _body(data: Sequence[Any]) -> bytes | None:
    return next((part[1] for part in data if isinstance(part, tuple)), None)


def _quoted(mailbox: str) -> str:
    return '"' + mailbox.replace("\\", "\\\\").replace('"', '\\"') + '"'
