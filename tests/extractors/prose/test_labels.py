from __future__ import annotations

import pytest

from extractors.annotation.lines import part_lines
from extractors.prose.labels import find_labels
from tests.extractors.documents import At, document_from_lines


def labels(*pieces: str | At) -> list[tuple[tuple[str, ...], str]]:
    document = document_from_lines(list(pieces))
    line = part_lines(document, (1,))[0]
    text = document.text[line.span.start : line.span.end]
    return [(label.paths, text[label.value :]) for label in find_labels(line, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Member ID: ZX123", [(("coverage.member_id",), "ZX123")]),
        ("ID number: ZX123", [(("coverage.member_id",), "ZX123")]),
        ("Tel (312) 555-0142", [(("requesting_provider.phone",), "(312) 555-0142")]),
        ("F 312.555.0143", [(("requesting_provider.fax",), "312.555.0143")]),
        ("Date of birth / sex: 1/2/1970 / F", [(("patient.birth_date", "patient.sex"), "1/2/1970 / F")]),
        ("Her group of symptoms began in 2019", []),
    ],
)
def test_labels_with_and_without_a_colon(text: str, expected: list[tuple[tuple[str, ...], str]]) -> None:
    assert labels(text) == expected


def test_a_gap_parts_a_label_from_its_value() -> None:
    assert labels(At("Group", 72, 100), At("0019382", 180, 100)) == [(("coverage.group_number",), "0019382")]


def test_a_subject_in_running_text() -> None:
    found = labels("RE: Ann Lee; DOB 1/2/1970; ID# ZX123; GRP 0014; DX Low back pain (M54.50)")
    assert [paths[0] for paths, _ in found] == [
        "patient.name.full",
        "patient.birth_date",
        "coverage.member_id",
        "coverage.group_number",
        "diagnoses",
    ]
