from __future__ import annotations

from extractors.form.labels import Fragment
from extractors.form.loose_codes import coded_lines
from extractors.layout.runs import runs
from tests.extractors.documents import At, document_from_lines


def read(*pieces: At) -> list[tuple[str | None, str, int | None]]:
    fragments = [Fragment(run) for run in runs(document_from_lines(pieces).page(1))]
    return [(answer.label.meaning.path, answer.label.text, answer.row) for answer in coded_lines(fragments)]


def test_a_code_without_a_label_takes_the_words_left_of_it_line_by_line() -> None:
    pieces = (At("Low back pain", 72, 60), At("M54.50", 300, 60), At("Sciatica", 72, 90), At("M54.30", 300, 90))
    assert read(*pieces) == [
        ("diagnoses.code", "M54.50", 0),
        ("diagnoses.text", "Low back pain", 0),
        ("diagnoses.code", "M54.30", 1),
        ("diagnoses.text", "Sciatica", 1),
    ]


def test_a_code_without_a_dot_and_words_on_other_lines_are_left_alone() -> None:
    assert read(At("Suite", 72, 60), At("E0601", 300, 60)) == []
    assert read(At("Low back pain", 72, 60), At("M54.50", 300, 90)) == [("diagnoses.code", "M54.50", 0)]


def test_these_values_are_never_sure() -> None:
    fragments = [Fragment(run) for run in runs(document_from_lines((At("M54.50", 300, 60),)).page(1))]
    assert [answer.label.sure < 0.9 for answer in coded_lines(fragments)] == [True]
