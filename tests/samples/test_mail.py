from __future__ import annotations

import datetime as dt
import email
import email.policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from samples.mail import mail

AT = dt.datetime(2026, 9, 14, 14, 3, tzinfo=dt.UTC)


def test_a_mail_has_its_times_body_and_attachments(tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 nothing")
    mail(
        tmp_path / "m.eml", sender="a@example.org", subject="Request", body="Please see.\n",
        attachments=(tmp_path / "letter.pdf",), received_at=AT,
    )  # fmt: skip
    message = email.message_from_bytes((tmp_path / "m.eml").read_bytes(), policy=email.policy.default)
    assert parsedate_to_datetime(message["Received"].split(";")[1].strip()) == AT
    assert parsedate_to_datetime(message["Date"]) == AT - dt.timedelta(seconds=40)
    body, attached = list(message.iter_parts())
    assert body.get_content() == "Please see.\n"
    assert (attached.get_filename(), attached.get_content()) == ("letter.pdf", b"%PDF-1.4 nothing")
