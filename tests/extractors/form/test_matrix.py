from __future__ import annotations

from tests.extractors.forms import At, form, in_cells, table, values

X, Y = (36, 145, 360, 576), (200, 216, 232, 248)
ROWS = (("Name", "Bo Example MD", "Ann Sample PT"), ("NPI", "1234567893", ""), ("Phone", "512-555-0142", ""))


def test_a_grid_with_parties_above_and_questions_at_its_left() -> None:
    heads = [At("Requesting provider", 150, 186), At("Rendering provider", 365, 186)]
    said = values(form([*heads, *in_cells(ROWS, X, Y)], rules=table(X, Y)))
    assert said["requesting_provider.name"] == "Bo Example MD"
    assert said["servicing_provider.name"] == "Ann Sample PT"
    assert said["requesting_provider.npi"] == "1234567893"
    assert said["requesting_provider.phone"] == "5125550142"
    assert "servicing_provider.npi" not in said


def test_a_grid_without_parties_above_it_is_none() -> None:
    said = values(form(in_cells(ROWS, X, Y), rules=table(X, Y)))
    assert "servicing_provider.name" not in said
