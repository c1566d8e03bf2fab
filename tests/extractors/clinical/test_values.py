from __future__ import annotations

import pytest

from extractors.clinical.values import is_aim, measured
from models.geometry import Span


def value(text: str, name: str, concept: str = "") -> tuple[str, str | None] | None:
    at = text.index(name)
    found = measured(text, Span(at, at + len(name)), concept)
    return (found.value, found.unit) if found else None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("AHI of 32.4 events/hr", "AHI", ("32.4", "/h")),
        ("AHI 14 per hour on the home test", "AHI", ("14", "/h")),
        ("apnea-hypopnea index (AHI) was 41", "apnea-hypopnea index", ("41", None)),
        ("BMI: 41.2 kg/m2", "BMI", ("41.2", "kg/m2")),
        ("SpO2 was 86% on room air", "SpO2", ("86", "%")),
        ("HbA1c 8.9 %", "HbA1c", ("8.9", "%")),
        ("DAS28 = 5.6", "DAS28", ("5.6", None)),
        ("PASI improved from 18 to 4", "PASI", ("4", None)),
        ("pain score 8/10", "pain score", ("8", "/10")),
        ("pain level is 7 out of 10 today", "pain level", ("7", "/10")),
        ("flexion 0-110 degrees", "flexion", ("110", "deg")),
        ("quadriceps strength 4/5", "strength", ("4", "/5")),
        ("18 headache days per month", "headache days", ("18", None)),
        ("10% BSA", "BSA", ("10", "%")),
        ("HbA1c on file", "HbA1c", None),
        ("BMI 3 years ago", "BMI", None),
    ],
)
def test_the_number_beside_a_measure_is_its_value(
    text: str, name: str, expected: tuple[str, str | None] | None
) -> None:
    assert value(text, name) == expected


def test_sizes_and_pressures() -> None:
    assert value("Weight: 245 lbs", "Weight", "body_weight") == ("245", "lb")
    assert value("Height 5'6\"", "Height", "body_height") == ("66", "in")
    assert value("BP 142/88", "BP", "blood_pressure") == ("142/88", None)


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("The patient should target a BMI of 25", True),
        ("goal BMI is 25", True),
        ("BMI goal 25", True),
        ("Coverage criteria: AHI of 15", True),
        ("BMI is 41 today", False),
        ("The target was missed, BMI is 41", False),
    ],
)
def test_an_aim_is_no_finding(text: str, aim: bool) -> None:
    name = "AHI" if "AHI" in text else "BMI"
    assert is_aim(text, Span(text.index(name), text.index(name) + 3)) is aim
