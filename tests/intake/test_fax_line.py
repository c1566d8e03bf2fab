"""The lines of many machines, as they are and as OCR reads them."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from intake.fax_line import ENOUGH, FaxLine, parse_line
from samples.envelope import STYLES, Sending, Style, header_line

AT = dt.datetime(2026, 9, 14, 14, 3, 15)  # noqa: DTZ001 - lines of machines name no zone
SENDING = Sending("Lakeview Rheumatology", "2165550192", "18005550100", AT, 5)


def told(line: str) -> FaxLine:
    return parse_line(re.sub(r" {2,}", "  ", line))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_every_maker_s_line_is_read(style: Style) -> None:
    line = told(header_line(style, SENDING, 2))
    assert line.score >= ENOUGH
    assert line.sent_at is not None
    assert line.sent_at.replace(second=0, tzinfo=None) == AT.replace(second=0)
    assert (line.page, line.of) == (2, 5 if "of" in style.tells else None)
    assert line.number == ("2165550192" if "number" in style.tells else None)
    if "sender" in style.tells:
        assert (line.sender or "").lower() == "lakeview rheumatology"


@pytest.mark.parametrize(
    "line",
    [
        "O9/l4/2026 l4:O3 ACME 2l6-555-O192 P.OO1/OO5",
        "09/14/2026 14 203 FAX 216 555 0192 ACME @001/005",
        "14-SEP-2026 14° 03 FROM ACME 216 555 0192 P. 1/5",
        "5EP. 14 2026 2 O3PM ACME 216 555 0192 NO. 1234 P. 1/5",
        "SEP. l4 2026 2 2:O3PM ACME 216 555 0192 NO. 1234 P. 1/5",
        "09-14-26 O2 O3p ACME 216 555 0192 Pg: 1/5",
        "2026-09-14 14. 03 ACME 216-555-0192 >> 18005550100 P 1/5",
    ],
)
def test_damaged_characters_are_made_out(line: str) -> None:
    found = told(line)
    assert (found.sent_at, found.number, found.page, found.of) == (
        dt.datetime(2026, 9, 14, 14, 3),  # noqa: DTZ001
        "2165550192",
        1,
        5,
    )
    assert found.score >= ENOUGH


@pytest.mark.parametrize(
    "line",
    [
        "PRIOR AUTHORIZATION REQUEST",
        "PRIOR AUTHORIZATION REQUEST  Phone (800) 555-1234  Fax (800) 555-1235",
        "Fax: 800-555-1234  Page 1 of 2",
        "Page 1 of 4  Rev. 01/2024",
        "Form 61-211 (Revised 12/2016)  Fax 800-555-0100  Page 1 of 2",
        "9/14/26, 2:03 PM  Epic Chart Review",
        "9/14/2026, 2:03 PM  Provider Portal",
        "Sample, Jane (MRN 12345) DOB 01/02/1960  Printed at 9/14/26 2:03 PM  Page 1 of 3",
        "Date of visit: 09/14/2026 14:03  Patient: Jane Sample  Page 2 of 2",
        "Collected 09/14/2026 08:10  Copperfield Laboratory 216-555-0100  Page 1/1",
        "Visit 03/12/2026 10:15 AM  SMITH, JOHN  Page 1 of 4",
        "Date of service 03/12/2026 09:30  DOE, JANE  Page 1 of 2",
        "SMITH JOHN  Admit 03/12/2026 10:15  Phone 216-555-0192",
        "Appointment: 03/12/2026 2:15 PM  Clinic (216) 555-0192",
        "Valley Clinic  03/12/2026 10:15  216-555-0192  Page 1 of 2",
        "",
    ],
)
def test_lines_of_forms_and_charts_are_none(line: str) -> None:
    assert told(line).score < ENOUGH


@pytest.mark.parametrize(
    ("line", "machine"),
    [
        ("09/14/2026 14:03 HILL CLINIC P.001/002", True),
        ("09/14/2026 14:03 HILL CLINIC 001/005", True),
        ("FROM : HILL CLINIC  PHONE NO. : 216 555 0192  Sep. 14 2026 02:03PM P1", True),
        ("09/14/2026 14:03 216-555-0192 ACME Page 1 of 5", True),
        ("09/14/2026 14:03 SMITH, JOHN Page 1 of 5", False),
        ("09/14/2026 14:03 SMITH, JOHN 216-555-0192", False),
    ],
)
def test_a_machine_s_sign(line: str, machine: bool) -> None:
    found = told(line)
    assert found.machine is machine
    assert found.score >= ENOUGH


def test_a_date_that_can_be_read_in_two_orders_keeps_both() -> None:
    line = told("03/09/2026 14:03 ACME 216-555-0192 P.1/5")
    assert (line.sent_at, line.swapped_at) == (
        dt.datetime(2026, 3, 9, 14, 3),  # noqa: DTZ001
        dt.datetime(2026, 9, 3, 14, 3),  # noqa: DTZ001
    )
    assert told("14/09/2026 14:03 ACME P.1/5").sent_at == dt.datetime(2026, 9, 14, 14, 3)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("zone", "hours"),
    [("(GMT)", 0), ("UTC-05:00", -5), ("EDT", -4), ("-0500", -5), ("GMT+8", 8), ("HKT", 8)],
)
def test_a_zone_is_kept(zone: str, hours: int) -> None:
    sent = told(f"2026-09-14 14:03:15 {zone}  ACME CLINIC  P.1/3").sent_at
    assert sent is not None
    assert sent.utcoffset() == dt.timedelta(hours=hours)


def test_the_recipient_is_not_the_sender() -> None:
    line = told("To: 18005550100  From: Acme Clinic  12165550192  Page: 1 of 2  09/14/26 14:03")
    assert (line.number, line.to, line.sender) == ("2165550192", "8005550100", "Acme Clinic")


@pytest.mark.parametrize("line", ["P.7/5 09/14/2026 14:03", "09/14/2026 14:03 P.0/3", "13/45/2026 27:03 ACME"])
def test_what_cannot_be_is_not_told(line: str) -> None:
    found = told(line)
    assert found.of is None
    assert found.page is None or found.page >= 1
