"""Mailboxes (mbox) that came as one file among others: each mail in them is a document of its own."""

from __future__ import annotations

from collections.abc import Iterator

from intake.mailbox import message_bytes, split_mailbox
from intake.mime import split_headers
from intake.raw import RawLeaf, ReadOptions


class Mailbox:
    """An opened mailbox; see `intake.raw.LeafSource`."""

    notes: tuple[str, ...] = ()
    sender: str | None = None
    received_at: str | None = None
    sent_at: str | None = None

    def __init__(self, content: bytes) -> None:
        """Take the file."""
        self._content = content

    def leaves(self) -> Iterator[RawLeaf]:
        """The mails, in order; what stands in it without headers is a text."""
        for start, end in split_mailbox(self._content):
            mail = message_bytes(self._content[start:end])
            if mail.strip():
                kind = "message/rfc822" if split_headers(mail)[0].keys() else "text/plain"
                yield RawLeaf(filename="", media_type=kind, body=False, content=mail)


def load(content: bytes, options: ReadOptions) -> Mailbox:
    """Open a mailbox."""
    del options
    return Mailbox(content)
