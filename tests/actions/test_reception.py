from __future__ import annotations

import datetime as dt

import pytest

from actions.reception import DateOrder, receipt_of
from models.document import Document, FaxHeader, Page
from models.geometry import Box
from models.parsed import Envelope, FaxRecord
from models.received import Receipt

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
EAST = dt.timezone(dt.timedelta(hours=-5))
NAIVE = dt.datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001 - a header without zone


def receipt(*envelopes: Envelope, stated: dt.datetime | None = None, zone: str | None = None) -> Receipt:
    return receipt_of("s", envelopes, stated=stated, now=NOW, zone=zone)


def mail(received: dt.datetime | None = None, sent: dt.datetime | None = None) -> Envelope:
    return Envelope(received, sent)


def test_without_anything_better_it_is_now() -> None:
    assert receipt() == Receipt("s", "cli", NOW, "now")
    assert receipt(mail()) == Receipt("s", "email", NOW, "now")


def test_the_stated_time_counts_before_all() -> None:
    stated = dt.datetime(2026, 11, 1, 8, 0, tzinfo=EAST)
    found = receipt(mail(NOW), stated=stated)
    assert (found.received_at, found.source) == (dt.datetime(2026, 11, 1, 13, 0, tzinfo=dt.UTC), "option")


def test_the_plan_s_own_header_counts_before_the_sender_s_clock() -> None:
    assert receipt(mail(NOW, NOW - dt.timedelta(days=3))).source == "mail-received"
    sent = receipt(mail(None, NOW - dt.timedelta(days=3)))
    assert (sent.received_at, sent.source) == (NOW - dt.timedelta(days=3), "mail-date")


def test_of_several_mails_the_first_counts() -> None:
    assert receipt(mail(NOW), mail(NOW - dt.timedelta(hours=1))).received_at == NOW - dt.timedelta(hours=1)


@pytest.mark.parametrize(("zone", "hour"), [(None, 9), ("America/New_York", 13), ("Asia/Hong_Kong", 1)])
def test_a_time_without_zone_is_in_the_payer_s_or_in_utc(zone: str | None, hour: int) -> None:
    for found in (receipt(stated=NAIVE, zone=zone), receipt(mail(NAIVE), zone=zone)):
        assert found.received_at == dt.datetime(2026, 7, 1, hour, 30, tzinfo=dt.UTC)
        assert found.received_at.tzinfo is dt.UTC


def faxed(*sent: dt.datetime, swapped: dt.datetime | None = None) -> Document:
    """A document whose pages have these times in their headers."""
    headers = [FaxHeader((), Box(0, 0, 1, 1), sent_at=at, swapped_at=swapped, page=n) for n, at in enumerate(sent, 1)]
    made = tuple(Page(n, 612, 792, "ocr", fax_headers=(header,)) for n, header in enumerate(headers, 1))
    return Document("d1", "a.tif", "a.tif", None, "0" * 64, "image/tiff", made, "")


def test_the_fax_server_counts_before_the_sender_s_clock() -> None:
    record = FaxRecord(received_at=NAIVE)
    found = receipt_of(
        "s",
        [Envelope(faxes=(record,))],
        stated=None,
        now=NOW,
        zone="America/New_York",
        faxes=(record, FaxRecord(pages=3)),
        documents=(faxed(NAIVE - dt.timedelta(days=1)),),
    )
    assert found == Receipt("s", "fax", dt.datetime(2026, 7, 1, 13, 30, tzinfo=dt.UTC), "sidecar")


@pytest.mark.parametrize(("order", "month"), [("mdy", 5), ("dmy", 11), ("ymd", 5)])
def test_day_and_month_of_the_fax_server_are_the_payer_s(order: DateOrder, month: int) -> None:
    record = FaxRecord(received_at=NAIVE.replace(month=5, day=11), swapped_at=NAIVE.replace(month=11, day=5))
    found = receipt_of("s", [], stated=None, now=NOW, zone=None, faxes=(record,), date_order=order)
    assert (found.received_at.month, found.source) == (month, "sidecar")


def test_the_plan_s_mail_server_counts_before_the_gateway() -> None:
    record = FaxRecord(received_at=NAIVE)
    found = receipt_of("s", [Envelope(NOW, None, (record,))], stated=None, now=NOW, zone=None, faxes=(record,))
    assert (found.channel, found.source) == ("email", "mail-received")


def test_the_header_counts_after_the_mail_s_date() -> None:
    documents = (faxed(NAIVE, NAIVE + dt.timedelta(minutes=2)),)
    mailed = receipt_of("s", [mail(None, NOW)], stated=None, now=NOW, zone=None, documents=documents)
    assert mailed.source == "mail-date"
    alone = receipt_of("s", [], stated=None, now=NOW, zone=None, documents=documents)
    assert alone == Receipt("s", "fax", dt.datetime(2026, 7, 1, 9, 32, tzinfo=dt.UTC), "fax-header")


@pytest.mark.parametrize("at", [NOW + dt.timedelta(hours=2), dt.datetime(2000, 1, 1, tzinfo=dt.UTC)])
def test_a_clock_that_cannot_be_right_is_not_believed(at: dt.datetime) -> None:
    assert receipt_of("s", [], stated=None, now=NOW, zone=None, documents=(faxed(at),)).source == "now"


def test_of_two_readings_of_a_date_the_payer_s_order_decides_unless_only_one_can_be() -> None:
    march, september = dt.datetime(2026, 3, 9, 9, 0, tzinfo=dt.UTC), dt.datetime(2026, 9, 3, 9, 0, tzinfo=dt.UTC)
    documents = (faxed(march, swapped=september),)

    def received(now: dt.datetime, order: DateOrder) -> dt.datetime:
        found = receipt_of("s", [], stated=None, now=now, zone=None, documents=documents, date_order=order)
        return found.received_at

    times = [received(NOW, "mdy"), received(NOW, "dmy"), received(march + dt.timedelta(days=1), "dmy")]
    assert times == [march, september, march]


def test_a_fax_sent_again_keeps_the_earliest_receipt() -> None:
    documents = (faxed(NAIVE + dt.timedelta(days=3)), faxed(NAIVE))
    found = receipt_of("s", [], stated=None, now=NOW, zone=None, documents=documents)
    assert found.received_at == NAIVE.replace(tzinfo=dt.UTC)


def test_a_sender_s_time_to_come_is_not_believed() -> None:
    assert receipt(mail(None, NOW + dt.timedelta(days=900))) == Receipt("s", "email", NOW, "now")


def test_a_time_that_no_calendar_has_is_none() -> None:
    end_of_time = dt.datetime(9999, 12, 31, 23, 59, tzinfo=EAST)
    assert receipt(mail(end_of_time, end_of_time)) == Receipt("s", "email", NOW, "now")
