"""Mailboxes as files among others: each mail is a document."""

from __future__ import annotations

from intake.raw import ReadOptions
from intake.readers.mailbox import load

LINE = b"From office@example.org Sun Nov 22 10:00:00 2026\n"


def test_each_mail_is_a_leaf() -> None:
    box = LINE + b"Subject: a\n\nfirst\n>From here\n\n" + LINE + b"Subject: b\n\nsecond\n\n" + LINE + b"\nonly text\n"
    leaves = list(load(box, ReadOptions()).leaves())
    assert [(leaf.media_type, leaf.content) for leaf in leaves] == [
        ("message/rfc822", b"Subject: a\n\nfirst\nFrom here\n"),
        ("message/rfc822", b"Subject: b\n\nsecond\n"),
        ("text/plain", b"\nonly text\n"),
    ]
