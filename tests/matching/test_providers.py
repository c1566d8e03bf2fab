from __future__ import annotations

from dataclasses import replace

import pytest

from matching.providers import match_provider, organization_level
from models.directory import DirectoryProvider, Population, ProviderCandidates
from models.request import Match
from tests.matching.people import COLLEAGUE, DOCTOR, PRACTICE

_KNOWN = Population(20_000, family={"OKAFOR": 3, "LINDQVISTER": 1}, given={"NGOZI": 5, "TOBIAS": 9})


def match(query: DirectoryProvider) -> Match:
    return match_provider(query, ProviderCandidates((DOCTOR, PRACTICE, COLLEAGUE), _KNOWN))


@pytest.mark.parametrize(
    ("query", "record"),
    [
        (replace(DOCTOR, provider_id=""), "P1"),
        (DirectoryProvider(npi="2123456785", family_name="Okafor"), "P1"),
        (DirectoryProvider(family_name="Okafor", given_name="Ngozi", phone="6145550111"), "P1"),
        (DirectoryProvider(family_name="Okafor", given_name="Ngozi", fax="6145550111"), "P1"),
        (DirectoryProvider(npi="2123456780", family_name="0kafor", given_name="N", tin="001234567"), "P1"),
        (replace(PRACTICE, provider_id="", npi=""), "O1"),
        (DirectoryProvider(organization="LARKFIELD FAMILY MEDICINE INC", npi="2987654323"), "O1"),
    ],
)
def test_the_provider_is_linked(query: DirectoryProvider, record: str) -> None:
    found = match(query)
    assert (found.decision, found.record) == ("link", record)


def test_a_colleague_is_not_the_one_asked_for() -> None:
    absent = replace(DOCTOR, provider_id="", npi="2444444442", family_name="Vasilenko", given_name="Irina")
    assert match(absent).decision != "link"
    assert match(replace(absent, npi="")).decision != "link"


def test_another_s_npi_under_a_name_is_for_a_person_to_settle() -> None:
    found = match(replace(COLLEAGUE, npi=DOCTOR.npi))
    assert found.decision == "possible_link"


def test_a_number_alone_is_not_enough_where_colleagues_share_it() -> None:
    assert match(DirectoryProvider(fax="6145550112", family_name="Unknown")).decision != "link"


def test_organizations_by_their_words() -> None:
    assert organization_level(("A", "B"), ("A", "B")) == "exact"
    assert organization_level(("LARKFIELD", "CLINIC"), ("CLINIC", "LARKFIE1D")) in {"words", "some-words"}
    assert organization_level(("LARKFIELD", "CLINIC"), ("HOLLOWAY", "HOSPITAL")) == "different"
