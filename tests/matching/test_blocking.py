from __future__ import annotations

from dataclasses import replace

import pytest

from matching.blocking import member_keys, provider_keys
from models.directory import DirectoryProvider, Member
from tests.matching.people import CHAN, DOCTOR, JOHN


@pytest.mark.parametrize(
    "query",
    [
        Member(member_id="m-l2345678"),
        Member(birth_date="03/14/1962"),
        Member(family_name="Srnith", given_name="Jack", birth_date="1962-08-14"),
        Member(family_name="John", given_name="Smith", birth_date="1982-03-14"),
        Member(family_name="Smith", given_name="John"),
        Member(phone="(512) 555-0101"),
        Member(family_name="Smith", postal_code="78701"),
    ],
)
def test_a_misread_query_shares_a_key(query: Member) -> None:
    assert set(member_keys(query)) & set(member_keys(JOHN))


def test_other_people_share_none() -> None:
    other = Member(member_id="Q9", family_name="Brown", given_name="Ann", birth_date="1999-01-01", postal_code="10001")
    assert not set(member_keys(other)) & set(member_keys(JOHN))
    assert member_keys(Member()) == ()


def test_keys_are_small_numbers_and_the_same_at_every_run() -> None:
    keys = member_keys(replace(JOHN, alt_id="OLD1; OLD2"))
    assert len(keys) == len(set(keys)) >= 11
    assert all(0 <= key < 2**32 for key in keys)
    assert set(member_keys(Member(alt_id="OLD2"))) <= set(keys)
    assert set(member_keys(Member(name_zh="陳大文"))) <= set(member_keys(CHAN))


@pytest.mark.parametrize(
    "query",
    [
        DirectoryProvider(npi="2123456785"),
        DirectoryProvider(fax="6145550111"),
        DirectoryProvider(family_name="Okafur", given_name="Ngozi", state="OH"),
        DirectoryProvider(organization="Larkfield Medical", postal_code="43099"),
        DirectoryProvider(address_line="40 Quarry Bend Road", postal_code="43099"),
    ],
)
def test_providers_are_found_by_any_of_their_fields(query: DirectoryProvider) -> None:
    assert set(provider_keys(query)) & set(provider_keys(DOCTOR))
