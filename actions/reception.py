"""When a submission was received, and by which clock."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Sequence

from models.parsed import MailEnvelope
from models.received import Channel, Receipt


def receipt_of(
    submission: str,
    envelopes: Sequence[MailEnvelope],
    *,
    stated: dt.datetime | None,
    now: dt.datetime,
    zone: str | None,
) -> Receipt:
    """The receipt: the stated time, else the topmost Received header of a mail, else the mail's Date, else `now`.

    A time without zone is in the payer's `zone`, else in UTC. A re-sent paper keeps the earliest receipt, so of several
    mails the first counts. `envelopes` are those of the mails that came in, not of mails they carried.
    """
    home = zoneinfo.ZoneInfo(zone) if zone else dt.UTC
    channel: Channel = "email" if envelopes else "cli"
    if stated is not None:
        return Receipt(submission, channel, _aware(stated, home), "option")
    received = [_aware(e.received_at, home) for e in envelopes if e.received_at is not None]
    if received:
        return Receipt(submission, channel, min(received), "mail-received")
    sent = [_aware(e.sent_at, home) for e in envelopes if e.sent_at is not None]
    if sent:
        return Receipt(submission, channel, min(sent), "mail-date")
    return Receipt(submission, channel, now, "now")


def _aware(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(dt.UTC)
