from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import get_args

import pytest
from pydantic import BaseModel

from docs.example_request import at, example, said
from emit.sheet.entry import Entry
from emit.sheet.fields import GROUPS, critical_paths, groups
from emit.sheet.reasons import DOUBTFUL
from models.evidence import Sourced
from models.request import (
    Amount,
    AuthorizationRequest,
    Consent,
    Coverage,
    Estimate,
    HongKong,
    Name,
    Patient,
    PatientIdentifier,
)
from models.service_line import Frequency, Money, Quantity, ServiceLine, Used


def entries(request: AuthorizationRequest) -> dict[str, Entry]:
    return {entry.id: entry for group in groups(request) for entry in group.entries}


def leaves(value: object, path: str = "") -> Iterator[str]:
    if isinstance(value, Sourced):
        yield path
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from leaves(getattr(value, name), f"{path}.{field.alias or name}".lstrip("."))
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from leaves(item, f"{path}.{number}")


def test_every_leaf_of_a_request_is_shown_once() -> None:
    request = example()
    shown = [entry.id for group in groups(request) for entry in group.entries]
    assert sorted(shown) == sorted(path for path in leaves(request) if not path.startswith("documents"))


def test_every_key_of_a_request_that_holds_leaves_stands_in_a_group() -> None:
    listed = {key for _, keys in GROUPS for key in keys}
    for name, field in AuthorizationRequest.model_fields.items():
        if "Sourced" in str(field.annotation) or _holds_leaves(field.annotation):
            assert name in listed | {"documents"}, name


def _holds_leaves(annotation: object) -> bool:
    kinds = [annotation, *get_args(annotation)]
    models = [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return any("Sourced" in str(field.annotation) for model in models for field in model.model_fields.values())


def test_values_are_written_as_people_write_them() -> None:
    shown = entries(example())
    assert shown["patient.birth_date"].text == "3 Dec 1961"
    assert shown["patient.birth_date"].as_written == "12/03/1961"
    assert shown["patient.phone"].text == "(415) 555-0132"
    assert shown["patient.phone"].as_written is None
    assert shown["diagnoses.0.code"].text.startswith("K50.90 (ICD-10-CM) Crohn's disease")
    assert shown["patient.identifiers.0.value"].label == "Medicare number (MBI)"
    assert shown["patient.identifiers.0.value"].repaired


def test_a_doubtful_reading_says_that_it_is_doubtful() -> None:
    request = example()
    member = said("XQ774501", at("XQ774501", 4), confidence=0.84)
    shown = entries(request.model_copy(update={"coverage": Coverage(member_id=member, group_number=member)}))
    assert shown["coverage.member_id"].reason == DOUBTFUL
    assert (shown["coverage.group_number"].sureness, shown["coverage.group_number"].reason) == ("likely", None)


def test_plain_keys_are_read_with_the_value_they_belong_to() -> None:
    line = ServiceLine(
        quantity=Quantity(value=said("12", at("12", 1)), unit="visits"),
        frequency=Frequency(count=said("2", at("2", 2)), per="week"),
        charge=Money(amount=said("1200.00", at("1200.00", 3)), currency="HKD"),
        modifiers=(said("RT", at("RT", 4)),),
        used=Used(approved="24", used="18", unit="visits"),
    )
    weighty = Patient(
        weight=said(Amount(value="70", unit="kg"), at("70 kg", 5)),
        identifiers=(PatientIdentifier(system="hkid", value=said("A123***(*)", at("A123***(*)", 6))),),
    )
    consents = (Consent(by="patient", signed=said(value=True, place=at("X", 7))),)
    kong = HongKong(
        consents=consents, estimates=(Estimate(kind="surgeon", amount=said("9", at("9", 8)), currency="HKD"),)
    )
    request = example().model_copy(update={"service_lines": (line,), "patient": weighty, "hong_kong": kong})
    shown = entries(request)
    assert shown["service_lines.0.quantity.value"].text == "12 visits"
    assert shown["service_lines.0.frequency.count"].text == "2 per week"
    assert shown["service_lines.0.charge.amount"].text == "1200.00 HKD"
    assert shown["service_lines.0.modifiers.0"].label == "Modifier"
    assert shown["patient.weight"].text == "70 kg"
    assert shown["patient.identifiers.0.value"].text == "A123***(*)"
    assert (shown["hong_kong.consents.0.signed"].label, shown["hong_kong.consents.0.signed"].text) == (
        "Consent (patient)",
        "Yes",
    )
    assert shown["hong_kong.estimates.0.amount"].label == "Estimate (surgeon)"
    services = next(group for group in groups(request) if group.title == "Services")
    assert "18 of 24 visits already used" in [note for block in services.blocks for note in block.notes]


def test_what_every_request_must_say_and_does_not_is_a_row_of_its_own() -> None:
    bare = example().model_copy(
        update={"patient": Patient(), "coverage": Coverage(), "service_lines": (), "level_of_service": None}
    )
    absent = {
        (group.title, row.label)
        for group in groups(bare)
        for block in group.blocks
        for row in block.rows
        if not row.entries
    }
    assert absent == {
        ("Request", "Urgency"),
        ("Patient", "Name"),
        ("Patient", "Birth date"),
        ("Coverage", "Member ID"),
        ("Services", "Service"),
    }


def test_a_name_in_parts_is_a_name() -> None:
    parts = Name(family=said("Testerly", at("Testerly", 1)), given=said("Marigold", at("Marigold", 1)))
    request = example().model_copy(update={"patient": Patient(name=parts)})
    rows = [row for group in groups(request) for block in group.blocks for row in block.rows if not row.entries]
    assert [row.label for row in rows] == ["Birth date"]
    assert {"patient.name.family", "patient.name.given"} <= critical_paths(request)


def test_an_address_is_read_in_one_row_and_a_group_without_content_is_not_there() -> None:
    made = groups(example())
    patient = next(group for group in made if group.title == "Patient")
    address = next(row for block in patient.blocks for row in block.rows if row.label == "Address")
    assert [entry.text for entry in address.entries] == ["12 Elm Street", "Oakland", "CA", "94607"]
    assert address.sureness == "likely"
    assert not {"Hong Kong", "Facility", "Admission"} & {group.title for group in made}


def test_several_services_are_told_apart_by_number() -> None:
    lines = tuple(
        ServiceLine(text=said(text, at(text, 3)), start_on=said(dt.date(2026, 3, 9), at("3/9/26", 4))) for text in "ab"
    )
    request = example().model_copy(update={"service_lines": lines})
    services = next(group for group in groups(request) if group.title == "Services")
    assert [block.title for block in services.blocks] == ["Service 1", "Service 2"]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        (ServiceLine(quantity=Quantity(value=said("3", at("3", 1)))), "quantity.value"),
        (ServiceLine(visits=said("3", at("3", 1))), "visits"),
        (ServiceLine(), "drug.quantity"),
    ],
)
def test_units_are_critical_wherever_the_line_says_them(line: ServiceLine, path: str) -> None:
    request = example().model_copy(update={"service_lines": (line,)})
    assert f"service_lines.0.{path}" in critical_paths(request)
