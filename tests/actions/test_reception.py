from __future__ import annotations

import datetime as dt

import pytest

from actions.reception import receipt_of
from models.parsed import MailEnvelope
from models.received import Receipt

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
EAST = dt.timezone(dt.timedelta(hours=-5))
NAIVE = dt.datetime(2026, 7, 1, 9, 30)  # noqa: DTZ001 - a header without zone


def receipt(*envelopes: MailEnvelope, stated: dt.datetime | None = None, zone: str | None = None) -> Receipt:
    return receipt_of("s", envelopes, stated=stated, now=NOW, zone=zone)


def mail(received: dt.datetime | None = None, sent: dt.datetime | None = None) -> MailEnvelope:
    return MailEnvelope(received, sent)


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
