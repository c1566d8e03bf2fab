from __future__ import annotations

import pytest

from actions import api_keys, people_here
from actions.columns import day, plain
from store.keys import KnownKey
from store.people import KnownPerson


@pytest.mark.parametrize(("moment", "told"), [(0.0, "1970-01-01"), (86_399.9, "1970-01-01"), (86_400.0, "1970-01-02")])
def test_a_day_is_told_in_utc(moment: float, told: str) -> None:
    assert day(moment) == told


def test_what_was_typed_stays_in_its_column() -> None:
    assert plain(" a\tb\r\n c ") == "a b c"
    assert plain("\n") == ""


def test_both_lists_write_days_and_names_alike() -> None:
    for module in (api_keys, people_here):
        assert module.day is day
        assert module.plain is plain
    person = KnownPerson("p", "a\nb", "qa", None, 0.0, None, 86_400.0)
    assert people_here._line(person) == "p\ta b\tqa\t-\t1970-01-01\tmay sign in\t1970-01-02"
    key = KnownKey(id="k", role="qa", office="o", label="a\tb", created_at=0.0, expires_at=86_400.0, revoked_at=None)
    assert api_keys._line(key) == "k\tqa\to\t1970-01-01\tuntil 1970-01-02\ta b"
