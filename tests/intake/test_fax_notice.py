from __future__ import annotations

import pytest

from intake.fax_notice import read_notice
from intake.raw import RawFax


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        (
            "Fax from (216) 555-0192",
            "You have received a 5 page fax from 216-555-0192.\nCSID: LAKEVIEW\nReceived: 09/14/2026 02:05 PM EDT\n",
            RawFax(number="2165550192", csid="LAKEVIEW", pages=5, received_at="2026-09-14T14:05:00-04:00"),
        ),
        (
            'eFax message from "LAKEVIEW" - 3 page(s), Caller-ID: 1-216-555-0192',
            "You have received a 3 page fax at 2026-09-14 14:05:12 GMT.\n* The reference number is x-1.",
            RawFax(number="2165550192", pages=3, received_at="2026-09-14T14:05:12+00:00"),
        ),
        (
            "New Fax Received",
            "From: 216 555 0192\nNumber of pages: 12\nDate: Sep 14, 2026 2:05 PM\n",
            RawFax(number="2165550192", pages=12, received_at="2026-09-14T14:05:00"),
        ),
    ],
)
def test_a_gateway_s_notice_is_read(subject: str, body: str, expected: RawFax) -> None:
    assert read_notice(subject, body) == (expected,)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Prior authorization request", "Please find our request attached. The visit note will follow by fax."),
        ("Fax from our office", "We will send a fax later; call 216-555-0192 with questions."),
        ("Request", "The fax we received from you at 216-555-0192 had 3 pages."),
        ("", ""),
    ],
)
def test_a_letter_that_speaks_of_a_fax_is_none(subject: str, body: str) -> None:
    assert read_notice(subject, body) == ()
