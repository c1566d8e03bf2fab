from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from models.identifiers import npi_ok
from models.truth import PageTruth, PlacedValue
from samples.defects import DEFECTS, Plan, Planting, seen
from samples.scenario import Scenario
from samples.scenarios.catalogue import SCENARIOS

ON = dt.date(2026, 9, 14)


def story(name: str = "lumbar-mri", seed: int = 1) -> Scenario:
    return SCENARIOS[name](random.Random(seed), ON)


def planted(plant: Planting, name: str = "lumbar-mri", seed: int = 1) -> Plan | None:
    return plant(Plan(story(name, seed)), random.Random(seed), lambda: story("brain-mri", seed + 100))


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda plant: plant.__name__)
def test_each_defect_finds_a_place_and_says_what_it_is(plant: Planting) -> None:
    plans = [planted(plant, name, seed) for name in SCENARIOS for seed in range(3)]
    found = [plan for plan in plans if plan is not None]
    assert found
    for plan in found:
        (defect,) = plan.defects
        assert defect.code == defect.code.lower()
        assert len(defect.words.split()) > 3
        assert plan != Plan(plan.scenario)


def by_code(code: str, name: str = "lumbar-mri", seed: int = 1) -> Plan:
    plans = (planted(plant, name, seed) for plant in DEFECTS)
    return next(plan for plan in plans if plan is not None and plan.defects[0].code == code)


def test_a_missing_document_is_one_less() -> None:
    assert len(by_code("missing-document").scenario.documents) < len(story().documents)


def test_an_unsigned_form_changes_nothing_else() -> None:
    plan = by_code("unsigned-form")
    assert not plan.scenario.case.signed
    assert replace(plan.scenario, case=story().case) == story()


def test_an_expired_visit_is_older_than_a_year() -> None:
    visits = [paper for paper in by_code("expired-visit").scenario.documents if paper.role == "visit"]
    assert visits
    assert all(ON - paper.on > dt.timedelta(days=365) for paper in visits)


def test_a_mistyped_npi_fails_its_check_and_is_named() -> None:
    plan = by_code("mistyped-npi")
    assert not npi_ok(plan.scenario.case.requester.npi)
    assert plan.wrong == (("/npi", plan.scenario.case.requester.npi, "mistyped-npi"),)


def test_a_near_miss_differs_by_one_digit_on_one_paper() -> None:
    plan = by_code("near-miss-identifier")
    right = plan.scenario.case.patient.member_id
    others = [paper.patient.member_id for paper in plan.scenario.documents if paper.patient.member_id != right]
    assert len(others) == 1
    assert sum(a != b for a, b in zip(right, others[0], strict=True)) == 1


@pytest.mark.parametrize("seed", range(20))
def test_a_conflicting_birth_date_is_another_day(seed: int) -> None:
    plan = by_code("conflicting-date", seed=seed)
    days = {paper.patient.birth_date for paper in plan.scenario.documents}
    assert len(days) == 2
    assert plan.scenario.case.patient.birth_date in days


def test_strangers_are_other_people() -> None:
    plan = by_code("second-patient")
    assert plan.strangers[0].patient != plan.scenario.case.patient
    second = by_code("second-form").second
    assert second is not None
    assert second.case.patient != plan.scenario.case.patient


def test_a_wrong_value_that_no_page_shows_is_no_defect() -> None:
    plan = by_code("mistyped-npi")
    value = PlacedValue("/requesting_provider/npi", "1", "1", (), planted="mistyped-npi")
    assert seen(plan, ()) == ()
    assert seen(plan, (PageTruth("other", 612, 792, values=(value,)),)) == plan.defects


def test_only_papers_that_rules_ask_for_are_missed() -> None:
    assert planted(DEFECTS[0], "specialist-referral") is None
    gone = planted(DEFECTS[0], "cpap")
    assert gone is not None
    left = {paper.part for paper in gone.scenario.documents}
    assert not {"order", "sleep-study"} <= left or not left & {"progress-note", "consultation"}
