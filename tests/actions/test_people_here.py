from __future__ import annotations

from pathlib import Path

import pytest

from actions.house import open_house
from actions.people_here import add_person, block_person
from models.problem import NotFound
from store import people
from tests.actions.installations import installation

PASSWORD = "correct horse battery staple"


def test_a_person_is_added_and_kept_out(tmp_path: Path) -> None:
    made = installation(tmp_path)
    identifier = add_person(made, name="ann", role="processor", office=None, password=PASSWORD)
    with open_house(made) as house:
        assert people.sign_in(house.database, "ann", PASSWORD) is not None
    block_person(made, identifier)
    with open_house(made) as house:
        assert people.sign_in(house.database, "ann", PASSWORD) is None
    with pytest.raises(NotFound):
        block_person(made, "nobody")
