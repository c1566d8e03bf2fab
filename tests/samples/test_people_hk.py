from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from models.identifiers import hkid_ok
from samples import people_hk

seeds = st.integers(0, 10_000)


@given(seeds)
def test_people_are_safe_fictions_with_numbers_that_check(seed: int) -> None:
    rng = random.Random(seed)
    who, doctor = people_hk.patient(rng), people_hk.doctor(rng, "Surgery")
    assert hkid_ok(who.hkid)
    assert who.hkid.startswith("X")
    assert who.phone.startswith("5550")
    assert len(who.phone) == len(doctor.fax) == 8
    assert who.name_zh.isalpha()
    assert doctor.npi == ""
    assert doctor.full == f"{doctor.given} {doctor.family}"
    assert people_hk.written(who).startswith(who.family.upper())


@given(seeds)
def test_a_policy_has_a_holder_and_fees(seed: int) -> None:
    rng = random.Random(seed)
    who, day = people_hk.patient(rng), dt.date(2026, 5, 2)
    policy = people_hk.policy(rng, who, symptoms="Cough", onset_on=day, consulted_on=day)
    assert policy.holder
    assert (policy.holder == people_hk.written(who)) >= (policy.relationship == "Self")
    assert all(amount > 0 for _, amount in policy.estimates)


def test_one_seed_makes_one_patient() -> None:
    assert people_hk.patient(random.Random(3)) == people_hk.patient(random.Random(3))
