"""Plain text gets places to be read by, and keeps none of them in its evidence."""

from __future__ import annotations

from extractors.annotation import annotate
from extractors.form_fields import extract_form_fields
from extractors.layout.plain import typeset
from models.mention import FieldMention
from tests.extractors.documents import document_from_lines

LINES = ["PRIOR AUTHORIZATION REQUEST FORM", "Member Name: John Roe", "Member ID: ABC1234567", "NPI:   1234567893"]


def test_words_stand_on_their_lines_and_columns() -> None:
    page = typeset(document_from_lines(LINES, plain=True).page(1))
    boxes = {word.text: word.box for word in page.words}
    name, number = boxes["Roe"], boxes["1234567893"]
    assert name is not None
    assert number is not None
    assert name.top < number.top
    assert number.x0 == 36 + len("NPI: ") * 6


def test_a_typed_mail_is_read_like_a_form() -> None:
    document = document_from_lines(LINES, plain=True)
    found = {m.path: m for m in extract_form_fields(document, annotate(document)) if isinstance(m, FieldMention)}
    assert found["patient.name.full"].value == "John Roe"
    assert found["coverage.member_id"].value == "ABC1234567"
    assert found["requesting_provider.npi"].value == "1234567893"
    assert all(evidence.boxes == () for mention in found.values() for evidence in mention.evidence)
