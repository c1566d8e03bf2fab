from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.normalize.codes import find_diagnosis_codes, find_modifiers, find_ndc, find_service_codes


def diagnoses(text: str, *, dotted: bool = False) -> list[str]:
    return [code.code for _, _, code in find_diagnosis_codes(text, dotted=dotted)]


def services(text: str) -> list[tuple[str, str]]:
    return [(code.system, code.code) for _, _, code in find_service_codes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M54.16", ["M54.16"]),
        ("m54.16", ["M54.16"]),
        ("M5416", ["M54.16"]),
        ("Z79.899; E11.9", ["Z79.899", "E11.9"]),
        ("S72.001A", ["S72.001A"]),
        ("C7A.010", ["C7A.010"]),
        ("U07.1", ["U07.1"]),
        ("(K50.90)", ["K50.90"]),
        ("L40.0.", ["L40.0"]),
        ("I10", ["I10"]),
        ("72148", []),
        ("A1C 8.2", []),
        ("XM54.16", []),
    ],
)
def test_diagnosis_codes_get_their_dot(text: str, expected: list[str]) -> None:
    assert diagnoses(text) == expected


def test_in_prose_only_what_has_its_dot_is_a_code() -> None:
    assert diagnoses("Crohn's disease K50.90, room B12, I10", dotted=True) == ["K50.90"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("72148", [("CPT", "72148")]),
        ("72148, J0135", [("CPT", "72148"), ("HCPCS", "J0135")]),
        ("j0135", [("HCPCS", "J0135")]),
        ("0075T", [("CPT", "0075T")]),
        ("72148.", [("CPT", "72148")]),
        ("27447-50", [("CPT", "27447")]),
        ("97110-GP", [("CPT", "97110")]),
        ("78701-1234", []),
        ("$12345", []),
        ("721489", []),
    ],
)
def test_service_codes(text: str, expected: list[tuple[str, str]]) -> None:
    assert services(text) == expected


def test_drug_codes_and_modifiers() -> None:
    assert find_ndc("NDC 0074-4339-02 pen") == (4, 16, "0074-4339-02")
    assert find_ndc("00744339021") == (0, 11, "00744339021")
    assert find_ndc("512-555-0142") is None
    assert [modifier for _, _, modifier in find_modifiers("rt, 50 KX")] == ["RT", "50", "KX"]


@given(st.text(max_size=40).map(lambda text: f"ßﬁ {text} M54.16, 72148 RT"))
def test_places_hold_their_codes_whatever_stands_before(text: str) -> None:
    for start, end, code in (*find_diagnosis_codes(text), *find_service_codes(text)):
        assert text[start:end].upper().replace(".", "") == code.code.replace(".", "")
    assert all(text[start:end].upper() == modifier for start, end, modifier in find_modifiers(text))
    assert "M54.16" in diagnoses(text)
    assert ("CPT", "72148") in services(text)
