from __future__ import annotations

import datetime as dt
import random

import pytest

from samples.forms.answers import DATES, PHONES, Answers, Manner
from samples.prose import parse
from tests.samples.forms.cases import rich, sparse

BORN = dt.date(1941, 5, 3)


@pytest.mark.parametrize(
    ("pattern", "written", "born"),
    [
        (DATES[0], "05/03/1941", "05/03/1941"),
        (DATES[1], "5/3/1941", "5/3/1941"),
        (DATES[2], "05-03-1941", "05-03-1941"),
        (DATES[3], "May 3 1941", "May 3 1941"),
        (DATES[4], "5/3/41", "5/3/1941"),
    ],
)
def test_the_year_of_a_birth_is_whole(pattern: str, written: str, born: str) -> None:
    assert Manner(date=pattern).day(BORN) == written
    assert Manner(date=pattern).day(BORN, born=True) == born


def test_every_way_to_write_a_telephone_number_keeps_its_digits() -> None:
    for pattern in PHONES:
        written = Manner(phone=pattern).telephone("2165550143")
        assert "".join(glyph for glyph in written if glyph.isdigit()) == "2165550143"


def test_capitals_change_what_is_written_and_not_what_it_says() -> None:
    case = rich()
    entry = Answers(case, Manner(capitals=True))("Name", "/patient/name/reversed")
    assert entry.text == f"{case.patient.family}, {case.patient.given}".upper()
    assert (entry.path, entry.value) == ("/patient/name/full", case.patient.full)


def test_an_address_in_a_line_states_its_four_parts() -> None:
    prose = parse(Answers(rich(), Manner())("Address", "/patient/address").text)
    assert prose.plain == "1207 Old Mill Lane, Building C, Suite 410, North Maplebrook Heights, PA 15000-4417"
    told = {one.path: one.value for one in prose.told}
    assert told == {
        "/patient/address/line": "1207 Old Mill Lane, Building C, Suite 410",
        "/patient/address/city": "North Maplebrook Heights",
        "/patient/address/state": "PA",
        "/patient/address/postal_code": "15000-4417",
    }


def test_a_blank_that_the_case_cannot_fill_stays_empty() -> None:
    entry = Answers(sparse(), Manner())("Fax", "/servicing_provider/fax")
    assert (entry.label, entry.text, entry.path) == ("Fax", "", None)


def test_offices_differ_and_one_office_keeps_to_its_manner() -> None:
    assert len({Manner.any(random.Random(seed)) for seed in range(12)}) > 8
    assert Manner.any(random.Random(3)) == Manner.any(random.Random(3))
