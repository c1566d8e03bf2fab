"""What fax servers write down, in the manners of several makers; bytes are untrusted."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.fax_record import is_record, looks_like_record, number_of, read_records, swapped_time_of, time_of
from intake.raw import RawFax
from samples.envelope import Sending, sidecar

AT = dt.datetime(2026, 9, 14, 14, 5, 11, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
SENDING = Sending("Lakeview & Sons", "2165550192", "8005550100", AT, 5)
KINDS: tuple[Literal["xml", "txt", "ini", "json"], ...] = ("xml", "txt", "ini", "json")

RIGHTFAX = """<?xml version="1.0" encoding="utf-8"?><RightFaxIn xmlns="urn:x"><Fax UniqueID="X1">
<FromFaxNumber>216-555-0192</FromFaxNumber><ToFaxNumber>800-555-0100</ToFaxNumber><RemoteID>LAKEVIEW</RemoteID>
<NumPages>4</NumPages><ReceivedTime>09/14/2026 02:05:11 PM</ReceivedTime></Fax></RightFaxIn>"""
HYLAFAX = """Sender: 216 555 0192
Pages: 3
Quality: Fine
Received: 2026:09:14 14:05:33
TimeToRecv: 1:02
SignalRate: 14400 bit/s
CallID1: 2165550192
"""
WEBHOOK = json.dumps(
    {
        "id": 17,
        "data": {
            "from_number": "+12165550192",
            "to_number": "+18005550100",
            "num_pages": 3,
            "completed_at": "2026-09-14T18:05:00.000Z",
            "remote_csid": "LAKEVIEW",
            "is_ok": True,
        },
    }
)
ATTRIBUTES = '<Fax CallerID="2165550192" CSID="LAKEVIEW" Pages="7" Date="09/14/2026" Time="14:05:00"/>'
PROPERTIES = """<Properties><property name="CallerID" value="2165550192"/><property name="PageCount" value="3"/>
<property name="ReceivedDateTime" value="2026-09-14 14:05:00"/></Properties>"""
INDEX = """<index><fax><file>C:\\in\\a.tif</file><callerid>2165550192</callerid><pages>2</pages>
<received>2026-09-14T14:05:00</received></fax><fax><file>b.tif</file><callerid>2165550193</callerid><pages>3</pages>
<received>2026-09-14T14:06:00Z</received></fax></index>"""
REFERRAL = """<?xml version="1.0"?><referral><date>2026-01-10T09:00:00</date><to>Health Plan</to>
<sender>Alan Smith MD</sender><faxNumber>555-123-4567</faxNumber><patient><name>Jane Roe</name>
<memberId>W123456789</memberId></patient><service><cpt>72148</cpt></service></referral>"""
WINDOWS = "Fax Received\r\nDate: 9/14/2026\r\nTime: 2:05 PM\r\nCSID: 2165550192\r\nPages: 3\r\nDNIS: 8005550100\r\n"


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_known_and_read(kind: Literal["xml", "txt", "ini", "json"]) -> None:
    content = sidecar(SENDING, kind=kind, received_at=AT, file="0001.tif")
    assert is_record(content)
    assert read_records(content.decode()) == (
        RawFax(
            file="0001.tif",
            received_at="2026-09-14T14:05:11-04:00",
            number="2165550192",
            csid="LAKEVIEW & SONS",
            pages=5,
        ),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            RIGHTFAX,
            RawFax(received_at="2026-09-14T14:05:11", number="2165550192", to="8005550100", csid="LAKEVIEW", pages=4),
        ),
        (HYLAFAX, RawFax(received_at="2026-09-14T14:05:33", number="2165550192", pages=3)),
        (
            WEBHOOK,
            RawFax(
                received_at="2026-09-14T18:05:00+00:00",
                number="2165550192",
                to="8005550100",
                csid="LAKEVIEW",
                pages=3,
            ),
        ),
        (ATTRIBUTES, RawFax(received_at="2026-09-14T14:05:00", number="2165550192", csid="LAKEVIEW", pages=7)),
        (PROPERTIES, RawFax(received_at="2026-09-14T14:05:00", number="2165550192", pages=3)),
        (
            WINDOWS,
            RawFax(received_at="2026-09-14T14:05:00", number="2165550192", to="8005550100", csid="2165550192", pages=3),
        ),
    ],
    ids=["rightfax", "hylafax", "webhook", "attributes", "properties", "windows"],
)
def test_the_manners_of_several_makers(text: str, expected: RawFax) -> None:
    assert looks_like_record(text)
    assert read_records(text) == (expected,)


def test_an_index_names_several_faxes() -> None:
    assert looks_like_record(INDEX)
    assert [(fax.file, fax.number, fax.pages) for fax in read_records(INDEX)] == [
        ("a.tif", "2165550192", 2),
        ("b.tif", "2165550193", 3),
    ]


def test_utf_16_is_read_as_well() -> None:
    assert is_record(RIGHTFAX.encode("utf-16"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello there",
        "Patient: Jane Doe\nDOB: 01/02/1960\nFax: 216-555-0192\nDate: 09/14/2026\n",
        "To: Prior Auth\nFrom: Dr. Smith\nFax number: 216-555-0192\nNumber of pages: 4\nDate: 09/14/2026\nRe: us\n",
        "From: a@b.org\nTo: c@d.org\nSubject: fax\nDate: Mon, 14 Sep 2026 14:05:00 -0400\n\nplease see the pages\n",
        "<html><body><p>Fax: 216-555-0192</p></body></html>",
        "<ClinicalDocument><recordTarget><name>Jane</name></recordTarget></ClinicalDocument>",
        '{"name": "Jane", "pages": 3, "from": "x"}',
        "CallerID: the caller said that she would like to send the pages later today\nPages: x\nCSID: y\nDate: z\n",
    ],
)
def test_other_texts_are_no_records(text: str) -> None:
    assert not looks_like_record(text)


@pytest.mark.parametrize(
    "text",
    [
        REFERRAL,
        '{"date": "2026-01-10T09:00:00", "to": "Plan", "sender": "A", "faxNumber": "5551234567", "pageCount": 3}',
        '{"callerId": "2165550192", "received": "2026-01-10T09:00:00", "pages": 3, "patient": {"id": 1}}',
        "<x><CallerID>2165550192</CallerID><Received>2026-01-10</Received><Pages>3</Pages><MemberId>1</MemberId></x>",
        "<x><CallerID>2165550192</CallerID><Received>2026-01-10</Received><Pages>3</Pages>"
        "<history>a</history><findings>b</findings><plan>c</plan></x>",
    ],
    ids=["referral", "plain keys", "patient", "member", "other leaves"],
)
def test_a_referral_as_data_is_no_record(text: str) -> None:
    assert not looks_like_record(text)


def test_a_plain_date_is_a_time_of_receipt_only_beside_a_telling_key() -> None:
    plain = "<x><date>2026-01-10T09:00:00</date><faxNumber>2165550192</faxNumber><pages>3</pages>{}</x>"
    assert [fax.received_at for fax in read_records(plain.format(""))] == [None]
    assert [fax.received_at for fax in read_records(plain.format("<CSID>HILL</CSID>"))] == ["2026-01-10T09:00:00"]


def test_no_entity_is_resolved_and_nothing_is_fetched() -> None:
    laughs = (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><Fax><CallerID>2165550192</CallerID><CSID>&b;</CSID>'
    )
    (fax,) = read_records(laughs + "<Pages>3</Pages></Fax>")
    assert "ha" not in (fax.csid or "")
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><Fax><CallerID>2165550192</CallerID><Pages>3</Pages></Fax>'
    assert read_records(outside)[0].number == "2165550192"


def test_broken_xml_and_json_tell_what_they_can() -> None:
    assert read_records("<Fax><CallerID>2165550192</CallerID><Pages>3</Pages><CSID>X")[0].pages == 3
    assert read_records('{"fax": {"CallerID": "2165550192", "Pages": 3,, ')[0].number == "2165550192"


@pytest.mark.parametrize("text", ["<a " * 6000, "a" * 20_000, "a: " * 6000, "{" * 20_000, "<" * 20_000, "a:a\n" * 5000])
def test_hostile_texts_cost_no_time(text: str) -> None:
    started = time.perf_counter()
    looks_like_record(text)
    read_records(text)
    assert time.perf_counter() - started < 5


@given(st.text(max_size=400))
def test_any_text_is_read_or_not(text: str) -> None:
    for start in ("<Fax>", "{", "", "[Fax]\n"):
        looks_like_record(start + text)
        assert all(fax.pages is None or fax.pages > 0 for fax in read_records(start + text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-09-14T14:05:11.1234567Z", "2026-09-14T14:05:11.123456+00:00"),
        ("9/14/2026 2:05:11 PM", "2026-09-14T14:05:11"),
        ("14/09/2026 14:05", "2026-09-14T14:05:00"),
        ("Mon, 14 Sep 2026 14:05:11 -0400", "2026-09-14T14:05:11-04:00"),
        ("Sep 14, 2026 2:05 PM EDT", "2026-09-14T14:05:00-04:00"),
        ("20260914140511", "2026-09-14T14:05:11"),
        ("1789394711", "2026-09-14T14:05:11+00:00"),
        ("2026-09-14", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times(text: str, expected: str | None) -> None:
    assert time_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05/11/2026 09:30", "2026-11-05T09:30:00"),
        ("Wed 05/11/26 9:30 PM", "2026-11-05T21:30:00"),
        ("5-11-2026 09:30:00 HKT", "2026-11-05T09:30:00+08:00"),
        ("05/05/2026 09:30", None),
        ("05/13/2026 09:30", None),
        ("2026-05-11 09:30", None),
        ("05/11/2026", None),
        (None, None),
    ],
)
def test_times_that_may_mean_two_days(text: str | None, expected: str | None) -> None:
    assert swapped_time_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+1 (216) 555-0192", "2165550192"),
        ("12165550192@gateway.example.org", "2165550192"),
        ("2345 6789", "23456789"),
        ("LAKEVIEW 2", None),
        ("911", None),
        (None, None),
    ],
)
def test_numbers(text: str | None, expected: str | None) -> None:
    assert number_of(text) == expected
