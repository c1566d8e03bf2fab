from __future__ import annotations

import pytest

from emit.formats import FORMATS, NOT_BUILT, choose
from models.problem import UsageError


def test_a_list_is_taken_in_its_order_each_once() -> None:
    assert [chosen.name for chosen in choose("html, native,html")] == ["html", "native"]


@pytest.mark.parametrize("name", NOT_BUILT)
def test_formats_of_the_contract_that_are_not_there_say_so(name: str) -> None:
    with pytest.raises(UsageError, match=f"'{name}' is not built yet"):
        choose(f"native,{name}")


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'native'"):
        choose("nativ")
    with pytest.raises(UsageError, match=r"no format 'zzz'\. Known formats: native, html"):
        choose("zzz")


def test_no_name_at_all_is_an_error() -> None:
    with pytest.raises(UsageError, match="No output format"):
        choose(" , ")


def test_names_are_unique_and_none_is_both_built_and_not() -> None:
    names = [known.name for known in FORMATS]
    assert len(set(names)) == len(names)
    assert not set(names) & set(NOT_BUILT)
