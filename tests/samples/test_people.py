from __future__ import annotations

import datetime as dt
import random

from models.identifiers import npi_ok
from samples import people
from samples.fictions import Practitioner
from samples.names import AREA_CODES, FAMILY, GIVEN, PLANS, TOWNS

ON = dt.date(2026, 9, 14)


def test_the_pools_are_large_and_of_many_kinds() -> None:
    assert len(set(GIVEN)) >= 120
    assert {sex for _, sex in GIVEN} == {"female", "male"}
    assert len(set(FAMILY)) >= 150
    assert any("-" in name for name in FAMILY)
    assert any(name.startswith("O'") for name in FAMILY)
    assert any(name.startswith("de la ") for name in FAMILY)
    assert len(set(PLANS)) >= 10
    assert {state for _, state, _ in TOWNS} <= set(AREA_CODES)


def test_members_have_the_age_that_was_asked_for() -> None:
    for seed in range(200):
        born = people.member(random.Random(seed), ages=(18, 30), on=ON).birth_date
        age = ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))
        assert 18 <= age <= 30, born


def test_member_ids_are_of_several_kinds() -> None:
    ids = [people.member_id(random.Random(seed)) for seed in range(200)]
    assert any(one.isdigit() and len(one) == 9 for one in ids)
    assert any(one.isdigit() and len(one) == 12 for one in ids)
    assert any(one[:3].isalpha() for one in ids)
    assert any("-0" in one for one in ids)
    assert all(" " not in one for one in ids)


def test_providers_are_fictions_with_valid_numbers() -> None:
    for seed in range(100):
        rng = random.Random(seed)
        for who in (people.doctor(rng, "Neurology"), people.facility(rng, "hospital"), people.supplier(rng)):
            assert_fiction(who)
            assert who.fax[:3] in AREA_CODES[who.address.state]


def test_credentials_go_with_the_specialty() -> None:
    credentials = {people.doctor(random.Random(seed), "Physical Therapy").credential for seed in range(60)}
    assert credentials == {"PT", "DPT", "PT, DPT"}
    assert people.facility(random.Random(1), "imaging").family == ""


def assert_fiction(who: Practitioner) -> None:
    """The numbers of a provider in the United States are well formed and of nobody."""
    assert npi_ok(who.npi)
    assert who.npi.startswith("2")
    assert len(who.tin) == 9
    assert who.tin.startswith("00")
    for number in (who.phone, who.fax):
        assert len(number) == 10
        assert number[3:8] == "55501"
