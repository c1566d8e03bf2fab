from __future__ import annotations

import pytest

from extractors.clinical.abbreviations import AbbreviationList, definitions, find_abbreviations
from extractors.data_files import load_data


def meant(text: str) -> list[tuple[str, str]]:
    return [(text[own.span.start : own.span.end], own.long) for own in find_abbreviations(text)]


def test_the_list_is_long_and_each_entry_says_something() -> None:
    lists = load_data("abbreviations", AbbreviationList)
    plain = {**lists.problem, **lists.drug, **lists.test, **lists.procedure, **lists.device, **lists.other}
    assert len(plain) >= 400
    assert all(short != long and long.strip() for short, long in plain.items())
    assert not {entry.short for entry in lists.ambiguous if entry.short in {"OSA", "COPD"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OSA on CPAP", [("OSA", "obstructive sleep apnea"), ("CPAP", "continuous positive airway pressure")]),
        ("Failed 6 weeks of PT", [("PT", "physical therapy")]),
        ("PT 12.1, INR 1.0", [("PT", "prothrombin time"), ("INR", "international normalized ratio")]),
        ("PT is a pleasant man", []),
        ("RA on methotrexate", [("RA", "rheumatoid arthritis")]),
        ("sat 86% on RA", [("RA", "room air")]),
        ("ms. Doe", []),
        ("take 1 tab b.i.d. with food", [("b.i.d.", "twice daily")]),
    ],
)
def test_what_abbreviations_stand_for(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


def test_what_a_text_defines_itself() -> None:
    text = "Restless legs syndrome (RLS) and chronic rhinosinusitis (CRS); seen in our clinic (Smith)."
    assert definitions(text) == {"RLS": "Restless legs syndrome", "CRS": "chronic rhinosinusitis"}
    assert definitions("The patient (DOB 1970) was seen (AHI).") == {}
    own = {"PT": "posterior tibial tendinopathy"}
    assert [a.long for a in find_abbreviations("PT for weeks", own)] == ["posterior tibial tendinopathy"]
