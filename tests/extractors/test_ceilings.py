from __future__ import annotations

import pytest

from extractors import ceilings
from extractors.ceilings import Ceiling, believed, ceiling
from extractors.data_files import load_data
from models.mention import FieldMention
from tests.extractors.test_day_first import dated

TABLE = {("part_facts.test", "part.dated_on"): 0.7, ("part_facts.other", "*"): 0.8}


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ceilings, "_ceilings", lambda: TABLE)


def test_a_leaf_has_its_own_ceiling_before_that_of_its_rule() -> None:
    assert ceiling("part_facts.test", "part.dated_on") == 0.7
    assert ceiling("part_facts.other", "part.author") == 0.8
    assert ceiling("part_facts.unknown", "part.author") == 1.0


def test_no_value_claims_more_than_others_of_its_kind_were_worth() -> None:
    mention = dated("x", "written")
    assert believed(mention).confidence == 0.7
    low = mention.model_copy(update={"confidence": 0.3})
    assert believed(low) is low


def test_a_doubt_without_a_value_is_left_as_it_is() -> None:
    mention = dated("x", "written").model_copy(update={"value": None, "unclear": "illegible"})
    assert isinstance(mention, FieldMention)
    assert believed(mention) is mention


def test_what_the_list_of_the_program_holds_lies_below_what_lets_a_reviewer_off_looking() -> None:
    assert all(0 < one.most < 0.9 for one in load_data("trust", tuple[Ceiling, ...]))
