from __future__ import annotations

from pathlib import Path

import pytest

from checklists.payers import find_payer, load_payers, resolve
from checklists.policies import Policies
from models.problem import PolicyError, UsageError

GOOD = """\
id: plan-a
name: Plan A Health, Inc.
aliases: [Plan A Advantage]
market: us
line_of_business: commercial
zone: America/Chicago
date_order: mdy
checklists: []
deadlines: []
"""


def write(folder: Path, text: str, name: str = "plan-a.yaml") -> Path:
    (folder / name).write_text(text)
    return folder


def test_a_payer_is_found_by_id_and_the_nearest_id_is_named(policies: Policies) -> None:
    assert find_payer("us-medicare-advantage", policies.payers).market == "us"
    with pytest.raises(UsageError, match="Did you mean us-medicare-advantage"):
        find_payer("medicare-advantag", policies.payers)
    with pytest.raises(UsageError, match="No payer files"):
        find_payer("x", ())


@pytest.mark.parametrize("name", ["PLAN A HEALTH INC", "plan a  health", "Plan A Advantage", "plan-a"])
def test_a_payer_is_recognised_by_its_names(tmp_path: Path, name: str) -> None:
    found = resolve(name, load_payers(write(tmp_path, GOOD)))
    assert found is not None
    assert found.id == "plan-a"


@pytest.mark.parametrize("name", ["Plan B Health", "Plan", "", "Inc.", "Plan A Health of Ohio"])
def test_nothing_near_is_taken_for_the_same(tmp_path: Path, name: str) -> None:
    assert resolve(name, load_payers(write(tmp_path, GOOD))) is None


def test_a_name_two_payers_share_is_nobodys(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("id: plan-a", "id: plan-b"), "plan-b.yaml")
    assert resolve("Plan A Advantage", load_payers(tmp_path)) is None


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("id: plan-a", "id: other", r"plan-a.yaml, line 1: the id is 'other'"),
        ("America/Chicago", "America/Nowhere", r"line 6: there is no time zone"),
        ("market: us", "market: uk", r"line 4: market: .*schema.json"),
        ("checklists: []", "checklists: []\nthresholds: {service: 1.5}", r"line 9: a threshold is"),
        ("zone: ", "zones: ", r"plan-a.yaml, line 1: zone: Field required. Add the key."),
    ],
)
def test_a_defect_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    with pytest.raises(PolicyError, match=told):
        load_payers(write(tmp_path, GOOD.replace(was, becomes)))
