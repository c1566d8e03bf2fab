from __future__ import annotations

import pytest

from extractors.annotation import annotate
from extractors.prose.contact import read_contact
from extractors.prose.earlier import read_earlier
from extractors.prose.said import Letter
from tests.extractors.documents import document_from_lines


def letter(text: str) -> Letter:
    document = document_from_lines(["Dear Reviewer:", text, "Sincerely,"])
    annotations = annotate(document)
    return Letter.of(document, annotations, annotations.parts[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This is a request for renewal of authorization AUTH-768543.", ["renewal", "AUTH-768543"]),
        ("I ask you to extend approval no. 4594231059 by a month.", ["extension", "4594231059"]),
        ("She was approved under authorization A-77812 last year.", ["A-77812"]),
        ("The renewal of her lease is due in 2027.", []),
    ],
)
def test_what_a_letter_goes_on_from(text: str, expected: list[str]) -> None:
    assert [said.value for said in read_earlier(letter(text))] == expected


def test_whom_to_call() -> None:
    told = "Our contact for this request is Bettina Cray at (570) 555-0130."
    assert [said.value for said in read_contact(letter(told))] == ["Bettina Cray"]
    assert not list(read_contact(letter("Please contact the office with questions.")))
