from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from web.api.shapes import AskShape, Changes, Search, moment


def test_moments_are_iso_8601_in_utc() -> None:
    assert moment(0) == "1970-01-01T00:00:00.000000Z"
    assert moment(1_772_461_207.123456) == "2026-03-02T14:20:07.123456Z"


@pytest.mark.parametrize("day", ["2026-02-29", "2026-2-1", "20260201", "2026-02-01T00:00", "", 20260201])
def test_days_that_are_none(day: Any) -> None:
    with pytest.raises(ValidationError):
        Search.model_validate({"birth_date": day})


def test_what_is_not_searched_for_is_empty() -> None:
    told = Search.model_validate({"name": "Sample"})
    assert (told.name, told.birth_date, told.member_id, told.cursor, told.limit) == ("Sample", "", "", "", 50)


@pytest.mark.parametrize(("shape", "body"), [
    (Changes, {"changes": [{"path": "patient", "value": 1, "kind": "correct_reading"}]}),
    (Changes, {"changes": [{"path": "/patient/sex", "kind": "correct_reading"}]}),
    (AskShape, {"channel": "fax", "language": "en", "due_on": "2026-03-16", "items": [1]}),
    (AskShape, {"channel": "fax", "language": "english please", "due_on": "2026-03-16", "items": ["x"]}),
])  # fmt: skip
def test_bodies_that_cannot_be(shape: Any, body: Any) -> None:
    with pytest.raises(ValidationError):
        shape.model_validate(body)
