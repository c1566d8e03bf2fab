from __future__ import annotations

from extractors.prose.providers import read_named


def said(text: str) -> dict[str, object]:
    return {one.path: one.value for one in read_named("servicing_provider", text, 0)}


def test_a_person_an_organization_and_a_number() -> None:
    assert said("Ezekiel Uchida, PT, Twin Bridges Therapy Works, NPI 1234567893.") == {
        "servicing_provider.name": "Ezekiel Uchida, PT",
        "servicing_provider.organization": "Twin Bridges Therapy Works",
        "servicing_provider.npi": "1234567893",
    }


def test_a_company_keeps_its_dot_and_a_sentence_does_not() -> None:
    assert said("Old Quarry Medical Equipment Co., NPI 1234567890.") == {
        "servicing_provider.organization": "Old Quarry Medical Equipment Co.",
        "servicing_provider.npi": None,
    }
    assert said("Mill Pond Surgery Center. She") == {"servicing_provider.organization": "Mill Pond Surgery Center"}


def test_nobody_is_named() -> None:
    assert said("an outpatient center near her home") == {}
