from __future__ import annotations

import pytest

from extractors.clinical.chinese import find_chinese, is_chinese, load_words
from extractors.language import concepts


def facts(text: str) -> list[tuple[str, str]]:
    return [("".join(text[f.span.start : f.span.end].split()), f.status) for f in find_chinese(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("病人有高血壓及糖尿病", [("高血壓", "present"), ("糖尿病", "present")]),
        ("否認胸痛及氣促", [("胸痛", "absent"), ("氣促", "absent")]),
        ("沒有發燒，但有咳嗽", [("發燒", "absent"), ("咳嗽", "present")]),
        ("物理治療無效", [("物理治療", "failed")]),
        ("服用止痛藥，效果不佳", [("止痛藥", "failed")]),
        ("不排除椎間盤突出", [("椎間盤突出", "possible")]),
        ("疑似肺炎", [("肺炎", "possible")]),
        ("父親患有大腸癌", [("大腸癌", "family")]),
        ("曾患肺結核", [("肺結核", "historical")]),
        ("建議安排磁力共振檢查", [("磁力共振", "hypothetical")]),
        ("高 血 壓", [("高血壓", "present")]),
    ],
)
def test_facts_and_what_is_said_of_them(text: str, expected: list[tuple[str, str]]) -> None:
    assert facts(text) == expected


def test_the_side_before_a_fact() -> None:
    assert [f.side for f in find_chinese("左膝痛，右膝關節退化，雙側腕管綜合症")] == ["left", "right", "bilateral"]


def test_scripts() -> None:
    assert is_chinese("病人有 hypertension 病史")
    assert not is_chinese("Patient has hypertension")


def test_concepts_exist() -> None:
    known = {concept.concept: concept.category for concept in concepts()}
    for entry in load_words().terms:
        assert entry.concept == "-" or known[entry.concept] == entry.category, entry
