from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from models.identifiers import npi_ok
from samples.fictions import dashed, npi, person, phone, practitioner, wrong_npi

seeds = st.integers(0, 10_000)


@given(seeds)
def test_provider_numbers_pass_the_check_and_are_not_issued(seed: int) -> None:
    number = npi(random.Random(seed))
    assert npi_ok(number)
    assert number.startswith("2")
    assert not npi_ok(wrong_npi(number))


@given(seeds)
def test_telephones_are_those_kept_for_fiction(seed: int) -> None:
    number = phone(random.Random(seed))
    assert len(number) == 10
    assert number[3:8] == "55501"
    assert dashed(number).replace("-", "") == number


def test_one_seed_makes_one_person() -> None:
    assert person(random.Random(3)) == person(random.Random(3))
    assert practitioner(random.Random(3), "A", "B") == practitioner(random.Random(3), "A", "B")
    assert person(random.Random(3)) != person(random.Random(4))
