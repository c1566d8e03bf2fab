from __future__ import annotations

from pathlib import Path

import pytest

from actions.house import open_house
from actions.people_here import add_person, block_person, known_people
from models.problem import NotFound
from store import people
from tests.actions.installations import installation

PASSWORD = "correct horse battery staple"


def test_a_person_is_added_and_kept_out(tmp_path: Path) -> None:
    made = installation(tmp_path)
    identifier = add_person(made, name="ann", role="processor", office=None, password=PASSWORD)
    with open_house(made) as house:
        assert people.sign_in(house.database, "ann", PASSWORD) is not None
    (line,) = known_people(made)
    assert line.split("\t")[:4] == [identifier, "ann", "processor", "-"]
    assert "\tmay sign in\t" in line
    block_person(made, identifier)
    assert "\tblocked 20" in known_people(made)[0]
    with open_house(made) as house:
        assert people.sign_in(house.database, "ann", PASSWORD) is None
    with pytest.raises(NotFound):
        block_person(made, "nobody")


def test_a_name_does_not_look_like_another_line(tmp_path: Path) -> None:
    made = installation(tmp_path)
    add_person(made, name="ann\tx\nbob\tadmin", role="auditor", office=None, password=PASSWORD)
    (line,) = known_people(made)
    assert line.split("\t")[1:3] == ["ann x bob admin", "auditor"]
