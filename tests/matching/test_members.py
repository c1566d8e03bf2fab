from __future__ import annotations

from dataclasses import replace

import pytest

from matching.members import kin_of
from models.directory import Member, Population
from tests.matching.people import CHAN, JOHN, JUNIOR, LARGE, TWIN, asked, match


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"given_name": "J0hn", "birth_date": "03/14/1962"},
        {"member_id": "Ml2345678"},
        {"member_id": "M12345679"},
        {"member_id": "", "phone": ""},
        {"birth_date": "1962-03-19"},
        {"birth_date": ""},
        {"family_name": "John", "given_name": "Smith"},
        {"family_name": "", "given_name": "SMITH, JOHN"},
        {"given_name": "Jack"},
        {"given_name": "John A"},
        {"address_line": "9 Elm St", "postal_code": "10001", "phone": ""},
    ],
)
def test_the_member_is_linked_through_misreadings(other: dict[str, str]) -> None:
    found = match(asked(JOHN, **other), JOHN, TWIN, JUNIOR)
    assert (found.decision, found.record) == ("link", "M12345678")
    assert found.probability > 0.99


def test_what_moved_the_score_is_told() -> None:
    found = match(asked(JOHN, member_id="M12345679"), JOHN)
    told = {one.field: (one.level, one.weight) for one in found.comparisons}
    assert told["member_id"][0] == "last-character"
    assert told["birth_date"] == ("exact", 14.46)
    assert told["family_name"][1] < told["phone"][1], "a common name says less than a telephone"
    assert found.candidates[0].record == "M12345678"


@pytest.mark.parametrize(
    "absent",
    [
        {"given_name": "Jayden"},
        {"given_name": "Hayden"},
        {"given_name": "Mary", "sex": "F"},
        {"given_name": "J"},
    ],
)
def test_a_twin_is_not_taken_for_the_other(absent: dict[str, str]) -> None:
    there = replace(TWIN, given_name="William" if absent["given_name"] == "Jayden" else "Jayden")
    query = asked(there, member_id="M00001111", **absent)
    assert match(query, there).decision != "link"
    assert match(replace(query, member_id=""), there).decision != "link"


def test_a_father_is_not_taken_for_his_son() -> None:
    son = asked(JUNIOR, member_id="M00001111")
    assert match(son, JOHN).decision != "link"
    assert match(replace(son, birth_date="", member_id=""), JOHN).decision != "link", "a household cannot settle it"
    assert match(
        asked(JOHN, family_name="Smith Jr", birth_date=""), replace(JOHN, family_name="Smith Sr")
    ).decision != ("link")


def test_another_s_number_on_the_form_does_not_make_them_one() -> None:
    child = asked(JOHN, given_name="Maria", sex="F", birth_date="2014-05-05")
    found = match(child, JOHN)
    assert found.decision != "link"


def test_a_tie_is_never_decided() -> None:
    twice = replace(JOHN, member_id="M77777777")
    found = match(asked(JOHN, member_id=""), JOHN, twice)
    assert (found.decision, found.record) == ("possible_link", None)
    assert {one.record for one in found.candidates} == {"M12345678", "M77777777"}


def test_rows_of_one_member_are_one_and_old_numbers_lead_to_the_new() -> None:
    earlier = replace(JOHN, effective_on="2020-01-01", address_line="1 Old Rd", postal_code="10001")
    assert match(asked(JOHN, member_id=""), earlier, JOHN).decision == "link"
    old = replace(JOHN, member_id="OLD4455667")
    new = replace(JOHN, alt_id="OLD4455667")
    found = match(asked(JOHN, member_id="OLD4455667"), old, new)
    assert (found.decision, found.record) == ("link", "M12345678")


@pytest.mark.parametrize(
    "query",
    [
        Member(family_name="Chan", given_name="Tai-Man", birth_date="1975-12-01", sex="M"),
        Member(family_name="Man", given_name="Chan Tai", birth_date="1975-12-01", sex="M"),
        Member(family_name="Chan", given_name="Taiman", birth_date="1975-12-01", sex="M", name_zh="陳大文"),
        Member(family_name="Tai Man", given_name="Chan", birth_date="1975-12-01", member_id="H200300401"),
    ],
)
def test_chinese_names_in_every_order(query: Member) -> None:
    assert match(query, CHAN).record == "H200300401"


def test_hyphens_and_second_names() -> None:
    maria = replace(JOHN, family_name="Garcia-Lopez", given_name="Maria", sex="F")
    for family in ("Garcia Lopez", "Garcia", "Lopez", "GARCIALOPEZ"):
        found = match(asked(maria, family_name=family), maria)
        assert found.decision == "link", family


def test_nobody_at_all() -> None:
    found = match(Member(family_name="Smith"))
    assert (found.decision, found.record, found.probability, found.candidates) == ("non_link", None, 0.0, ())
    assert match(Member(family_name="Smith"), JOHN).decision == "non_link"


def test_a_roster_without_households_is_asked_for_its_twins() -> None:
    assert not kin_of(LARGE).certain
    assert kin_of(Population(4000, alike=(2, 3))).certain
    assert not kin_of(Population(4000, alike=(130, 3))).certain, "one birth in thirty"
    assert not kin_of(Population(50, alike=(0, 0))).certain, "too few to tell"
