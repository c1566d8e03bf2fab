from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from models.identifiers import hkid_ok
from samples.case import Case
from samples.letters import necessity, plain
from samples.page import Book
from samples.papers.draw import DRAWERS
from samples.prose import Told, parse
from samples.scenario import Scenario
from samples.scenarios.catalogue import SCENARIOS
from samples.scenarios.texts import filled
from tests.samples.test_people import assert_fiction

ON = dt.date(2026, 9, 14)
SEEDS = range(30)
ICD = re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?")
SERVICE = re.compile(r"[0-9]{5}|[A-V][0-9]{4}")
SIDED = ("physical-therapy", "knee-orthosis", "joint-replacement", "hong-kong-admission")


@functools.cache
def told(service: str) -> tuple[Scenario, ...]:
    return tuple(SCENARIOS[service](random.Random(seed), ON) for seed in SEEDS)


def texts(scenario: Scenario) -> Iterator[str]:
    for paper in scenario.documents:
        yield paper.title
        for pair in (*paper.sections, *paper.facts):
            yield from pair
        for row in paper.table:
            yield from row
    yield from scenario.reasons


def marks(scenario: Scenario) -> tuple[Told, ...]:
    return tuple(mark for text in texts(scenario) for mark in parse(text).told)


@pytest.mark.parametrize("service", SCENARIOS)
def test_a_story_is_complete(service: str) -> None:
    for scenario in told(service):
        case = scenario.case
        assert scenario.service == service
        assert 2 <= len(scenario.documents) <= 6
        assert 3 <= len(scenario.reasons) <= 4
        assert all(paper.role and paper.author.full and paper.kind in DRAWERS for paper in scenario.documents)
        assert {paper.patient for paper in scenario.documents} == {case.patient}
        assert (case.drug is not None) == (case.kind == "drug")
        assert (case.admission is not None) == (case.kind == "admission")
        assert bool(case.lines) != (case.kind == "drug")
        assert (case.level_of_service == "urgent") == bool(case.urgency_reason)
        assert (case.certification == "initial") == (not case.previous_number)


@pytest.mark.parametrize("service", SCENARIOS)
def test_numbers_and_codes_are_well_formed(service: str) -> None:
    for scenario in told(service):
        case = scenario.case
        if case.market == "hk":
            assert hkid_ok(case.patient.hkid)
        else:
            people = (case.requester, case.servicing, case.ordering, case.facility, case.primary_care)
            for who in (*people, *(paper.author for paper in scenario.documents)):
                if who is not None:
                    assert_fiction(who)
        uncoded = case.market == "hk"
        assert all(ICD.fullmatch(one.code) or (uncoded and not one.code) for one in case.diagnoses)
        assert all(SERVICE.fullmatch(one.code) or uncoded or case.kind == "referral" for one in case.lines)


@pytest.mark.parametrize("service", SCENARIOS)
def test_the_papers_were_written_before_the_request(service: str) -> None:
    for scenario in told(service):
        case = scenario.case
        assert case.on == ON
        assert case.starts is not None
        assert case.starts > case.on
        assert case.ends is None or case.ends > case.starts
        assert all(case.patient.birth_date < paper.on < case.on for paper in scenario.documents)
        days = [mark.on for mark in marks(scenario) if mark.on is not None]
        assert all(day < case.on for day in days)


@pytest.mark.parametrize("service", SCENARIOS)
def test_marks_are_read_and_no_blank_is_forgotten(service: str) -> None:
    for scenario in told(service):
        assert {mark.concept for mark in marks(scenario) if mark.concept}
        for text in texts(scenario):
            assert not re.search(r"\[\[|\]\]|[{}|]|\w None\b|\bNone \w+ visits", parse(text).plain), text
        statuses = {mark.status for mark in marks(scenario) if mark.concept}
        assert statuses <= {"present", "absent", "possible", "historical", "hypothetical", "family", "failed"}


@pytest.mark.parametrize("service", SCENARIOS)
def test_no_value_is_stated_in_two_ways(service: str) -> None:
    for scenario in told(service):
        stated: dict[str, set[str]] = defaultdict(set)
        for mark in marks(scenario):
            if mark.path is not None:
                stated[mark.path].add(mark.value or mark.quote)
        for path, values in stated.items():
            assert values == {in_case(scenario.case, path)}, path


@pytest.mark.parametrize("service", SCENARIOS)
def test_the_body_mass_index_is_computed(service: str) -> None:
    for scenario in told(service):
        height, unit = scenario.case.patient.height.split()
        weight, pounds = scenario.case.patient.weight.split()
        metres = float(height) * (2.54 if unit == "in" else 1) / 100
        right = float(weight) * (0.4536 if pounds == "lb" else 1) / metres**2
        found = [float(mark.quote) for mark in marks(scenario) if mark.concept == "bmi"]
        assert all(abs(one - right) < 0.1 for one in found)


@pytest.mark.parametrize("service", SCENARIOS)
def test_stories_vary(service: str) -> None:
    stories = told(service)
    assert {story.case.patient.sex for story in stories} == {"female", "male"}
    assert len({text for story in stories for paper in story.documents for text in paper.sections}) > 100
    assert len({story.case.payer for story in stories}) > 2
    if service in SIDED:
        assert {line.side for story in stories for line in story.case.lines} >= {"left", "right"}
    if service not in ("joint-replacement", "hong-kong-admission"):
        assert {story.case.level_of_service for story in stories} == {"standard", "urgent"}


def test_the_side_is_the_same_in_all_papers() -> None:
    for service in SIDED:
        for scenario in told(service):
            side = scenario.case.lines[0].side
            if side is None:
                continue
            orders = [fact for paper in scenario.documents if paper.role == "order" for _, fact in paper.facts]
            assert all(side in fact for fact in orders if "laterality" in fact)
            assert any(side in text.casefold() for text in texts(scenario))


def test_sleep_events_give_the_index() -> None:
    for scenario in told("cpap"):
        table = {row[0]: row[1] for paper in scenario.documents if paper.kind == "sleep-study" for row in paper.table}
        index = float(table["Apneas + hypopneas"]) / float(table["Analysed time (h)"])
        assert abs(index - float(table["AHI (events/h)"])) < 0.06


def test_drugs_that_were_tried_are_in_the_notes() -> None:
    for scenario in told("biologic"):
        drug = scenario.case.drug
        assert drug is not None
        note = parse(scenario.documents[0].sections[0][1]).plain
        assert all(name in note and when in note for name, _, when, _ in drug.tried)


def test_blanks_are_filled_in_as_they_ask() -> None:
    words = {"day": dt.date(2026, 8, 2), "drug": "naproxen"}
    assert filled("{drug!c} until {day!d}, {day!h}, {day!m}, {day}", words) == (
        "Naproxen until 8/2/2026, 02/08/2026, August 2026, 2026-08-02"
    )
    with pytest.raises(KeyError):
        filled("{nothing}", words)


def test_one_seed_tells_one_story() -> None:
    for service, make in SCENARIOS.items():
        assert make(random.Random(7), ON) == make(random.Random(7), ON), service


@pytest.mark.parametrize("service", SCENARIOS)
def test_the_letters_carry_every_story(tmp_path: Path, service: str) -> None:
    for seed in range(4):
        scenario = told(service)[seed]
        for draw in (plain.draw, necessity.draw):
            if draw is necessity.draw and scenario.case.drug is None:
                continue
            book = Book(tmp_path / f"{seed}.pdf", "Letter")
            draw(book, scenario.case, rng=random.Random(seed), reasons=scenario.reasons)
            pages = book.save()
            assert all(word.box.bottom < 770 and word.box.x1 < 580 for page in pages for word in page.words)
            values = {value.path: value.value for page in pages for value in page.values}
            assert values["/patient/birth_date"] == scenario.case.patient.birth_date.isoformat()
            assert values["/signature/state"] == "signed"
            if draw is plain.draw:
                assert all(in_case(scenario.case, path) == value for path, value in values.items())


def in_case(case: Case, path: str) -> str:
    """What a case says at a path of the contract, as far as stories and letters state it."""
    one, drug, stay = case.patient, case.drug, case.admission
    known = {
        "/patient/name/full": one.full,
        "/patient/birth_date": one.birth_date.isoformat(),
        "/patient/height": one.height,
        "/patient/weight": one.weight,
        "/coverage/payer_name": case.payer,
        "/coverage/member_id": one.member_id,
        "/coverage/group_number": one.group_number,
        "/submitted_on": case.on.isoformat(),
        "/signature/state": "signed",
        "/level_of_service": case.level_of_service,
        "/urgency_reason": case.urgency_reason,
        "/references/previous_authorization_number": case.previous_number,
        "/service_lines/0/start_on": case.starts.isoformat() if case.starts else "",
    }
    for number, diagnosis in enumerate(case.diagnoses):
        known[f"/diagnoses/{number}/code"], known[f"/diagnoses/{number}/text"] = diagnosis.code, diagnosis.text
    for number, line in enumerate(case.lines):
        stem = f"/service_lines/{number}"
        for leaf in ("code", "text", "quantity", "visits", "duration"):
            known[f"{stem}/{leaf}"] = str(getattr(line, leaf))
        known[f"{stem}/modifiers/0"], known[f"{stem}/laterality"] = line.modifier, line.side or ""
        known[f"{stem}/frequency"] = f"{line.frequency[0]} per {line.frequency[1]}" if line.frequency else ""
    if drug is not None:
        leaves = dataclasses.asdict(drug) | {"new_or_continuing": "continuing" if drug.continuing else "new"}
        known |= {f"/service_lines/0/drug/{leaf}": str(value) for leaf, value in leaves.items()}
    if stay is not None:
        known |= {"/admission/type": stay.type, "/admission/admitted_on": stay.on.isoformat()}
        known["/admission/days"] = str(stay.days)
    roles = {"requesting_provider": case.requester, "servicing_provider": case.servicing, "facility": case.facility}
    for role, who in roles.items():
        if who is not None:
            for leaf in ("organization", "npi", "tin", "phone", "fax", "specialty"):
                known[f"/{role}/{leaf}"] = getattr(who, leaf)
            known[f"/{role}/name"] = who.full
            for leaf in ("line", "city", "state", "postal_code"):
                known[f"/{role}/address/{leaf}"] = getattr(who.address, leaf)
    return known[path]
