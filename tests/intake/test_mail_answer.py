from __future__ import annotations

import pytest

from intake.mail_answer import answered_request

ID = "r-0123456789abcdef"


@pytest.mark.parametrize(
    ("header", "request_id"),
    [
        (f"Subject: Re: missing papers [{ID}]", ID),
        (f"Subject: other\r\nX-Dossier-Request: {ID}", ID),
        (f"Subject: r-ffffffffffffffff\r\nX-Dossier-Request: {ID}", ID),
        ("Subject: =?utf-8?B?UmU6IHItMDEyMzQ1Njc4OWFiY2RlZg==?=", ID),
        (f"Subject: two of them {ID} r-ffffffffffffffff", None),
        (f"Subject: twice {ID} {ID}", ID),
        (f"Subject: not {ID}0", None),
        ("Subject: =?no-such-charset?Q?r=2D0123?=", None),
        ("Subject: a fax", None),
    ],
)
def test_the_request_that_a_mail_names(header: str, request_id: str | None) -> None:
    assert answered_request(f"From: a@example.org\r\n{header}\r\n\r\n{ID}\r\n".encode()) == request_id


def test_bytes_that_are_no_mail_name_none() -> None:
    assert answered_request(b"\xff\xfe\x00 Subject") is None
