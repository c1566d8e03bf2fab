"""When a submission was received, and by which clock."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from models.document import Document
from models.parsed import Envelope, FaxRecord
from models.received import Channel, Receipt
from models.transmission import transmissions_of

# The sender's machine is not the plan's: its clock may be wrong by any time. A time to come is not believed, nor one so
# long ago that the clock was never set; between these an early time errs to the side of the earlier deadline, and every
# deadline that starts from it is marked as assumed (rules of conduct: received is the end of reception at the plan).
_OLDEST = dt.timedelta(days=366)
# A sender that does not tell its zone may be so far ahead.
_ZONES = dt.timedelta(hours=14)

DateOrder = Literal["mdy", "dmy", "ymd"]


def receipt_of(
    submission: str,
    envelopes: Sequence[Envelope],
    *,
    stated: dt.datetime | None,
    now: dt.datetime,
    zone: str | None,
    faxes: Sequence[FaxRecord] = (),
    documents: Iterable[Document] = (),
    date_order: DateOrder = "mdy",
) -> Receipt:
    """The receipt, by the first clock that tells a time, in the order of the contract.

    That is the stated time, the topmost Received header of a mail, what the fax server says (`faxes`), and then, by the
    sender's clock, the mail's Date or the fax header of the `documents`; else it is `now`. A time without zone is in
    the payer's `zone`, else in UTC; where day and month could be exchanged, `date_order` decides. A re-sent paper keeps
    the earliest receipt, so of several times of one kind the first counts. `envelopes` are those of the mails that came
    in, not of mails they carried.
    """
    home: dt.tzinfo = zoneinfo.ZoneInfo(zone) if zone else dt.UTC
    channel: Channel = "email" if any(not e.faxes or e.received_at or e.sent_at for e in envelopes) else "cli"
    if stated is not None:
        return Receipt(submission, channel, _aware(stated, home), "option")
    received = [at for e in envelopes if (at := _told(e.received_at, home)) is not None]
    if received:
        return Receipt(submission, channel, min(received), "mail-received")
    faxed: Channel = "fax" if channel == "cli" else channel
    served = [at for fax in faxes if (at := _told(_meant(fax, date_order), home)) is not None]
    if served:
        return Receipt(submission, faxed, min(served), "sidecar")
    sent = [at for e in envelopes if (at := _told(e.sent_at, home)) is not None and at <= now + _ZONES]
    if sent:
        return Receipt(submission, channel, min(sent), "mail-date")
    headers = list(_believed(documents, now, home, date_order=date_order))
    if headers:
        return Receipt(submission, faxed, min(headers), "fax-header")
    return Receipt(submission, channel, now, "now")


def _believed(
    documents: Iterable[Document], now: dt.datetime, home: dt.tzinfo, *, date_order: DateOrder
) -> Iterator[dt.datetime]:
    """The end of each transmission by the sender's clock, where that can be believed."""
    for document in documents:
        for transmission in transmissions_of(document.pages):
            told = transmission.sent_at
            if told is None:
                continue
            readings = [read for at in told if (read := _told(at, home)) is not None]
            for at in readings[::-1] if date_order == "dmy" else readings:
                if now - _OLDEST <= at <= now:
                    yield at
                    break


def _meant(fax: FaxRecord, date_order: DateOrder) -> dt.datetime | None:
    return fax.swapped_at if date_order == "dmy" and fax.swapped_at is not None else fax.received_at


def _told(at: dt.datetime | None, zone: dt.tzinfo) -> dt.datetime | None:
    """A time with its zone; None where none is told, or one that no calendar has."""
    try:
        return None if at is None else _aware(at, zone)
    except OverflowError:
        return None


def _aware(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(dt.UTC)
