"""An e-mail with attachments, as a practice's mail program sends it and a plan's server receives it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path


def mail(
    eml: Path, *, sender: str, subject: str, body: str, attachments: Sequence[Path], received_at: dt.datetime
) -> None:
    """Write the message that arrived at `received_at` (aware); it was sent 40 seconds before."""
    message = EmailMessage()
    host = "mx.plan.example.org"
    message["Received"] = f"from mail.practice.example.org by {host} with ESMTPS; {format_datetime(received_at)}"
    message["From"] = sender
    message["To"] = "Prior Authorization <authorizations@plan.example.org>"
    message["Subject"] = subject
    message["Date"] = format_datetime(received_at - dt.timedelta(seconds=40))
    message["Message-ID"] = f"<{hashlib.sha256(subject.encode()).hexdigest()[:20]}@practice.example.org>"
    message.set_content(body)
    for path in attachments:
        message.add_attachment(path.read_bytes(), maintype="application", subtype="pdf", filename=path.name)
    if message.is_multipart():
        message.set_boundary("=_part_of_the_sample_=")
    eml.write_bytes(message.as_bytes())
