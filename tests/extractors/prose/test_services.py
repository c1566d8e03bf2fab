from __future__ import annotations

import datetime as dt

import pytest

from extractors.prose.services import read_services
from models.code import Code
from models.geometry import Span


def said(text: str) -> dict[str, object]:
    found = read_services(text, Span(0, len(text)), sure=0.95, rule="labelled")
    values = {f"{one.path.removeprefix('service_lines.')}.{'.'.join(map(str, one.rows))}": one.value for one in found}
    return {key: value.code if isinstance(value, Code) else value for key, value in values.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "97110-GP Therapeutic exercises, left, 12 visits, 2 per week for 6 weeks",
            {"code.0": "97110", "modifiers.0.0": "GP", "text.0": "Therapeutic exercises", "laterality.0": "left",
             "visits.0": "12", "frequency.count.0": "2", "frequency.per.0": "week", "duration.0": "6 weeks"},
        ),
        (
            "E0601-RR CPAP device, auto-titrating, qty 1 A7034-NU Nasal mask, qty 2",
            {"code.0": "E0601", "modifiers.0.0": "RR", "text.0": "CPAP device, auto-titrating", "quantity.value.0": "1",
             "code.1": "A7034", "modifiers.1.0": "NU", "text.1": "Nasal mask", "quantity.value.1": "2"},
        ),
        (
            "Knee brace, ready-made (HCPCS L1845-RT), quantity 1, purchase, from 9/4/26 to 11/3/26",
            {"code.0": "L1845", "text.0": "Knee brace, ready-made", "modifiers.0.0": "RT", "quantity.value.0": "1",
             "equipment.acquisition.0": "purchase", "start_on.0": dt.date(2026, 9, 4),
             "end_on.0": dt.date(2026, 11, 3)},
        ),
        (
            "Portable concentrator (E1392) and stationary one (E1390), rental for 12 months",
            {"code.0": "E1392", "text.0": "Portable concentrator", "code.1": "E1390",
             "text.1": "stationary one", "equipment.months.1": "12", "equipment.acquisition.1": "rental"},
        ),
        (
            "elective admission on 9/21/2026 for 3 days; and of hip replacement (CPT 27130), 2 visits per week",
            {"code.0": "27130", "text.0": "hip replacement", "frequency.count.0": "2", "frequency.per.0": "week"},
        ),
        ("her member number is 12345 and the ZIP code of the office is 97099", {}),
        (
            "Right total knee arthroplasty, CPT 27447",
            {"code.0": "27447", "text.0": "Right total knee arthroplasty", "laterality.0": "right"},
        ),
    ],
)  # fmt: skip
def test_service_lines_in_words(text: str, expected: dict[str, object]) -> None:
    assert said(text) == expected
