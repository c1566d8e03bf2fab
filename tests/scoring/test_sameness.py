from __future__ import annotations

import pytest

from models.request import Admission, Amount, Estimate, HongKong, Patient, PatientIdentifier
from models.service_line import Frequency, Money, Quantity, ServiceLine
from scoring.found import Found, leaves
from scoring.sameness import same
from scoring.stated import Stated
from tests.scoring.made import FORM, part, request, said


@pytest.mark.parametrize(
    ("path", "read", "unit", "value", "equal"),
    [
        ("/patient/name/full", "MARY  Reed", None, "Mary Reed", True),
        ("/patient/name/full", "Mary Reed", None, "Mary Reed, MD", False),
        ("/coverage/member_id", "0012", None, "12", False),
        ("/service_lines/0/quantity", "12.0", "visits", "12", True),
        ("/service_lines/0/quantity", "12", "visits", "12 visit", True),
        ("/service_lines/0/quantity", "12", None, "12 visits", False),
        ("/service_lines/0/drug/quantity", "6 pens", None, "6 pens", True),
        ("/service_lines/0/frequency", "2", "per week", "2 per week", True),
        ("/service_lines/0/frequency", "2", "per month", "2 per week", False),
        ("/patient/weight", "71", "kg", "71 kg", True),
        ("/patient/weight", "71", "lb", "71 kg", False),
        ("/hong_kong/estimates/0", "45000.00", "HKD", "45000", True),
        ("/hong_kong/guarantee_requested", "true", None, "yes", True),
        ("/patient/identifiers/0", "A123***(*)", None, "A123456(3)", True),
    ],
)
def test_values_are_compared_as_the_contract_writes_them(
    path: str, read: str, unit: str | None, value: str, equal: bool
) -> None:
    assert same(Found(path, read, 0.9, None, (), unit), Stated(path, (value,), ())) is equal


def test_a_name_is_right_as_it_was_written() -> None:
    one = Stated("/patient/name/full", ("Mary Reed",), (), names=("REED, MARY",))
    assert same(Found("/patient/name/full", "Reed, Mary", 0.9, None, ()), one)


def test_amounts_with_their_units_are_one_leaf() -> None:
    read = request(
        part(FORM, 1),
        patient=Patient(
            weight=said(Amount(value="71", unit="kg")), identifiers=(PatientIdentifier(system="mrn", value=said("7")),)
        ),
        admission=Admission(days=said("3")),
        service_lines=(
            ServiceLine(
                quantity=Quantity(value=said("12"), unit="visits"),
                frequency=Frequency(count=said("2"), per="week"),
                charge=Money(amount=said("90.00"), currency="USD"),
            ),
        ),
        hong_kong=HongKong(estimates=(Estimate(kind="surgeon", amount=said("45000"), currency="HKD"),)),
    )
    assert {one.path: (one.value, one.unit) for one in leaves(read)} == {
        "/patient/weight": ("71", "kg"),
        "/patient/identifiers/0": ("7", None),
        "/patient/identifiers/0/system": ("mrn", None),
        "/admission/days": ("3", None),
        "/service_lines/0/quantity": ("12", "visits"),
        "/service_lines/0/frequency": ("2", "per week"),
        "/service_lines/0/charge": ("90.00", "USD"),
        "/hong_kong/estimates/0": ("45000", "HKD"),
        "/hong_kong/estimates/0/kind": ("surgeon", None),
    }
