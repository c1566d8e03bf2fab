from __future__ import annotations

import pytest

from extractors.annotation.lines import lines_of
from extractors.charting.vitals import find_vitals
from tests.extractors.documents import document_from_lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ht 5'8\", Wt 190 lb, BMI 28.9", {"height": "68 in", "weight": "190 lb"}),
        ("weight 86.2 kg, height 172 cm", {"height": "172 cm", "weight": "86.2 kg"}),
        ("Weight loss 20 lb since May; goal weight 150 lb", {}),
        ("Weight bearing as tolerated. Height 700 in", {}),
        ("She weighs 140 pounds.", {"weight": "140 lb"}),
    ],
)
def test_body_measures(text: str, expected: dict[str, str]) -> None:
    document = document_from_lines([text])
    found = {kind: value for kind, value, _ in find_vitals(lines_of(document, document.pages[0]))}
    assert found == expected
