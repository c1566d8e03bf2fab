"""A family in a small directory, with what a large one knows of names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from matching.members import match_member
from models.directory import DirectoryProvider, Member, MemberCandidates, Population
from models.request import Match

JOHN = Member(
    member_id="M12345678", family_name="Smith", given_name="John", birth_date="1962-03-14", sex="M",
    phone="5125550101", address_line="12 Main Street", city="Maplebrook", state="TX", postal_code="78701",
)  # fmt: skip
TWIN = replace(JOHN, member_id="M99887766", given_name="Jayden", phone="5125550102")
JUNIOR = replace(JOHN, member_id="M55443322", family_name="Smith Jr", birth_date="1990-07-02")
CHAN = Member(
    member_id="H200300401", family_name="Chan", given_name="Tai Man", birth_date="1975-12-01", sex="M", name_zh="陳大文"
)

LARGE = Population(
    1_000_000,
    family={"SMITH": 9000, "JONES": 6000, "CHAN": 2000, "GARCIA": 5000, "LOPEZ": 4000, "GARCIALOPEZ": 3},
    given={"JOHN": 20_000, "HAYDEN": 900, "JAYDEN": 1200, "WILLIAM": 12_000, "MARIA": 9000, "TAI": 40, "MARY": 15_000},
    postal={"78701": 900},
)


def match(query: Member, *rows: Member, population: Population = LARGE) -> Match:
    return match_member(query, MemberCandidates(rows, population))


def asked(member: Member, **other: Any) -> Member:
    """A query for a member, with other words in some fields."""
    return replace(member, **other)


DOCTOR = DirectoryProvider(
    provider_id="P1", npi="2123456785", tin="001234567", family_name="Okafor", given_name="Ngozi",
    organization="Larkfield Family Medicine", specialty="Family Medicine", phone="6145550111", fax="6145550112",
    address_line="40 Quarry Bend Rd", city="Bellhaven", state="OH", postal_code="43099",
)  # fmt: skip
PRACTICE = replace(DOCTOR, provider_id="O1", npi="2987654323", family_name="", given_name="", specialty="")
COLLEAGUE = replace(DOCTOR, provider_id="P2", npi="2555555551", family_name="Lindqvister", given_name="Tobias")
