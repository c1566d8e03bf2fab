"""Mailboxes in a file (mbox): each message is a submission of its own; the file is left as it is."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import BinaryIO

from intake.channel import CHUNK_BYTES, Desk, Taken
from intake.mail_arrival import FILE, accept_mail
from intake.mailbox import message_bytes, split_mailbox_file
from models.arrival import Arrival, ArrivedFile
from models.problem import FileCode


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
            mailbox.seek(start)
            if length > desk.most:
                told = ArrivedFile(FILE, _digest(mailbox, length), length)
                key = f"mbox:{told.sha256}:refused"
                desk.refuse(Arrival("email", f"{file.name}/{number}", (told,), source_key=key), FileCode.TOO_LARGE)
                refused += 1
                continue
            mail = message_bytes(mailbox.read(length))
            sha256 = hashlib.sha256(mail).hexdigest()
            seen[sha256] += 1
            accepted_mail = accept_mail(mail, desk, name=f"{file.name}/{number}", key=f"mbox:{sha256}:{seen[sha256]}")
            accepted += not accepted_mail.again
    return Taken(accepted=accepted, refused=refused)


def _digest(mailbox: BinaryIO, length: int) -> str:
    """The SHA-256 of the next bytes, as the file has them."""
    digest = hashlib.sha256()
    while length and (chunk := mailbox.read(min(length, CHUNK_BYTES))):
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()
