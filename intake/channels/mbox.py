"""Mailboxes in a file (mbox): each message is a submission of its own; the file is left as it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

from intake.channel import Desk, Taken
from intake.mail_arrival import accept_mail
from intake.mailbox import message_bytes, split_mailbox_file


def take(file: Path, desk: Desk) -> Taken:
    """Accept every message; one that was accepted before, from this or another copy of the file, is passed over.

    Raises:
        OSError: the file cannot be read.
        TransientError: nothing can be accepted now; take the file again later.
    """
    with file.open("rb") as lines:
        places = tuple(split_mailbox_file(lines))
    accepted = refused = 0
    seen: Counter[str] = Counter()
    with file.open("rb") as mailbox:
        for number, (start, length) in enumerate(places, 1):
            if length > desk.most:
                refused += 1
                continue
            mailbox.seek(start)
            mail = message_bytes(mailbox.read(length))
            sha256 = hashlib.sha256(mail).hexdigest()
            seen[sha256] += 1
            told = accept_mail(mail, desk, name=f"{file.name}/{number}", key=f"mbox:{sha256}:{seen[sha256]}")
            accepted += not told.again
    return Taken(accepted=accepted, refused=refused)
